"""With a real local Bot API server: answers arrive once, every failure has its outcome, no token is logged."""

from __future__ import annotations

import asyncio
import io
import logging
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.replies import Button
from bot.sending import make_bot, send
from bot.telegram import TelegramTrouble, run_telegram
from inspections.alerts import Chat, Later, Moved, Never, Outcome, Sent, Uncertain, Wish
from store import Store
from tests.servers.bot_api import BotApi, Drop, Failure, Hang, Refuse
from tests.store_builders import NOW, broken, judgment, lexicon, listening, record, store_at

CHAT = Chat("telegram", 7)
Doing = Callable[[BotApi, asyncio.Event], Awaitable[None]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_at(tmp_path / "peelwatch.sqlite", settle=timedelta(0)) as made:
        yield made


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as made:
        yield made


def clock() -> datetime:
    return datetime.now(UTC)


def running(
    api: BotApi, store: Store, doing: Callable[[], Any], *, token: str = "", admins: tuple[int, ...] = ()
) -> Any:
    """Runs the bot while `doing` happens in a thread, then stops it."""

    async def run() -> Any:
        stop = asyncio.Event()
        bot = asyncio.create_task(
            run_telegram(token or api.token, api.url, store, lexicon(), clock, stop, admins, rate=1000)
        )
        act = asyncio.create_task(asyncio.to_thread(doing))
        await asyncio.wait([bot, act], return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        await bot
        return await act

    return asyncio.run(asyncio.wait_for(run(), 60))


def sending(api: BotApi, text: str = "<b>words</b>", *, seconds: float = 5.0, **more: Any) -> Outcome:
    async def run() -> Outcome:
        async with make_bot(api.token, api.url, seconds=seconds) as bot:
            return await send(bot, CHAT, text, NOW, **more)

    return asyncio.run(run())


def test_a_command_is_answered_in_its_chat(api: BotApi, store: Store) -> None:
    api.say(7, "/grade cheshire")
    running(api, store, lambda: api.wait_for(1))
    assert api.messages[0].chat_id == 7
    assert "Cheshire Constabulary" in api.messages[0].visible
    assert api.violations == []


def test_who_cannot_be_answered_is_told_so_and_nothing_of_the_reason(api: BotApi, store: Store, tmp_path: Path) -> None:
    def doing() -> None:
        api.say(7, "/latest")
        broken(tmp_path / "peelwatch.sqlite", lambda: api.wait_for(1))
        api.say(7, "/latest")
        api.wait_for(2)

    running(api, store, doing)
    assert api.messages[0].visible.startswith("That did not work just now, and nothing was changed.")
    assert "release" not in api.messages[0].visible
    assert "release" in api.messages[1].visible


def test_a_repeated_update_is_answered_once(api: BotApi, store: Store) -> None:
    first = api.say(7, "/help")

    def doing() -> None:
        api.wait_for(1)
        api.repeat(first)
        api.say(7, "/subscriptions")
        api.wait_for(2)

    running(api, store, doing)
    assert [m.visible.split()[0] for m in api.messages] == ["Ask", "You"]


def test_what_was_answered_is_confirmed_before_the_bot_ends(api: BotApi, store: Store) -> None:
    last = api.say(7, "/help")
    running(api, store, lambda: api.wait_for(1))
    offsets = [int(given.get("offset", 0)) for method, given in api.calls if method == "getUpdates"]
    assert max(offsets) == last + 1


def test_did_you_mean_has_buttons_and_a_press_is_answered(api: BotApi, store: Store) -> None:
    api.say(7, "/grade yorkshire")

    def doing() -> None:
        api.wait_for(1)
        api.press(7, api.messages[0].buttons[1][0][1])
        api.wait_for(2)

    running(api, store, doing)
    labels = [row[0][0] for row in api.messages[0].buttons]
    assert labels == ["North Yorkshire Police", "South Yorkshire Police", "West Yorkshire Police"]
    assert "South Yorkshire Police" in api.messages[1].visible
    assert len(api.answered) == 1
    assert api.violations == []


def test_in_a_group_only_commands_are_answered_and_in_the_topic_they_came_from(api: BotApi, store: Store) -> None:
    api.say(-9, "how good is cheshire?", kind="supergroup")
    api.say(-9, "/help@other_bot", kind="supergroup")
    api.say(-9, "/subscribe@peelwatch_bot kent", kind="supergroup", thread=44)
    running(api, store, lambda: api.wait_for(1))
    assert [(m.thread, m.visible.splitlines()[0]) for m in api.messages] == [(44, "Subscribed: Kent Police.")]
    assert [s.wish for s in store.chats.of(Chat("telegram", -9, 44))] == [Wish("kent")]


def test_a_chat_that_blocks_the_bot_is_paused_and_comes_back_with_its_subscriptions(api: BotApi, store: Store) -> None:
    listening(store, CHAT)
    api.member(7, "kicked")

    def blocked() -> None:
        while not store.chats.is_paused(CHAT):
            api.wait_for_call("getUpdates", len(api.calls) and 1)

    running(api, store, blocked)
    api.say(7, "/start")
    running(api, store, lambda: api.wait_for(1))
    assert "Welcome back. Your 1 subscription is on again" in api.messages[0].visible
    assert not store.chats.is_paused(CHAT)


def test_a_group_that_migrates_takes_its_subscriptions_along(api: BotApi, store: Store) -> None:
    listening(store, Chat("telegram", -5))
    api.migrated(-5, -100500)
    api.say(7, "/help")
    running(api, store, lambda: api.wait_for(1))
    assert [s.wish for s in store.chats.of(Chat("telegram", -100500))] == [Wish()]


def test_only_admin_chats_see_the_sources(api: BotApi, store: Store) -> None:
    api.say(7, "/sources")
    api.say(8, "/sources")
    running(api, store, lambda: api.wait_for(2), admins=(8,))
    texts = {m.chat_id: m.visible for m in api.messages}
    assert "Only the operator" in texts[7]
    assert "No source is watched" in texts[8]


def test_an_alert_reaches_its_chat(api: BotApi, store: Store) -> None:
    listening(store, CHAT)
    record(store, judgment("good"), now=clock(), published=clock())
    running(api, store, lambda: api.wait_for(1))
    assert "Protecting vulnerable people: good" in api.messages[0].visible
    assert store.deliveries.counts() == {"sent": 1}
    assert api.violations == []


def test_a_correction_answers_the_message_it_corrects(api: BotApi, store: Store) -> None:
    assert isinstance(sending(api, reply_to=41), Sent)
    assert api.messages[0].reply_to == 41


CASES: list[tuple[Failure, type, dict[str, Any]]] = [
    (Refuse(429, retry_after=7), Later, {"until": NOW + timedelta(seconds=8)}),
    (Refuse(403), Never, {"pause": True}),
    (Refuse(400), Never, {"pause": True}),
    (Refuse(400, "Bad Request: message thread not found"), Never, {"pause": True}),
    (Refuse(400, "Bad Request: BUTTON_DATA_INVALID"), Never, {"pause": False}),
    (Refuse(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to=-1007), Moved, {"to": -1007}),
    (Refuse(401), Later, {}),
    (Refuse(500), Uncertain, {}),
    (Refuse(502, body=b"<html>bad gateway</html>"), Uncertain, {}),
    (Drop(accepted=True), Uncertain, {}),
    (Drop(accepted=False), Uncertain, {}),
]


@pytest.mark.parametrize(("failure", "kind", "fields"), CASES, ids=lambda v: v.__class__.__name__ if v else "")
def test_every_refusal_has_its_outcome(api: BotApi, failure: Failure, kind: type, fields: dict[str, Any]) -> None:
    api.fail("sendMessage", failure)
    outcome = sending(api)
    assert type(outcome) is kind
    for name, value in fields.items():
        assert getattr(outcome, name) == value


def test_an_answer_that_never_comes_is_uncertain_though_the_message_is_there(api: BotApi) -> None:
    api.fail("sendMessage", Hang())
    assert isinstance(sending(api, seconds=0.3), Uncertain)
    assert len(api.messages) == 1


def test_no_connection_at_all_is_later_not_uncertain() -> None:
    with socket.socket() as held:  # bound and not listening: connecting is refused
        held.bind(("127.0.0.1", 0))

        async def run() -> Outcome:
            bot = make_bot("1:x", f"http://127.0.0.1:{held.getsockname()[1]}")
            request = bot.request
            await request.initialize()
            try:
                return await send(bot, CHAT, "words", NOW)
            finally:
                await bot.shutdown()
                await request.shutdown()

        assert isinstance(asyncio.run(run()), Later)


def test_markup_that_telegram_refuses_arrives_as_plain_words(api: BotApi) -> None:
    outcome = sending(api, "<b>bold</b> & <blink>words</blink>")
    assert isinstance(outcome, Sent)
    assert (api.messages[0].parse_mode, api.messages[0].text) == ("", "bold & words")


def test_buttons_are_sent_with_their_data(api: BotApi) -> None:
    sending(api, buttons=((Button("Kent", "g:kent:"),),))
    assert api.messages[0].buttons == ((("Kent", "g:kent:"),),)
    assert api.violations == []


def test_a_message_longer_than_telegram_takes_is_noticed_by_the_server(api: BotApi) -> None:
    assert isinstance(sending(api, "👮" * 3000), Sent)
    assert api.violations == ["sendMessage: message is too long"]
    assert len(api.messages[0].text) <= 2048


@pytest.mark.parametrize("refusal", [Refuse(401), Refuse(404)])
def test_a_refused_token_ends_with_a_sentence_that_does_not_hold_it(api: BotApi, store: Store, refusal: Refuse) -> None:
    api.fail("getMe", refusal, times=9)
    with pytest.raises(TelegramTrouble) as caught:
        running(api, store, lambda: api.wait_for_call("getMe"))
    assert "PEELWATCH_TELEGRAM_TOKEN" in str(caught.value)
    assert api.token not in str(caught.value)
    assert caught.value.__cause__ is None


def test_polling_goes_on_after_conflicts_waits_and_errors(api: BotApi, store: Store, capsys: Any) -> None:
    for failure in (Refuse(409), Drop(accepted=False), Refuse(429, retry_after=1)):
        api.fail("getUpdates", failure)
    api.say(7, "/help")
    running(api, store, lambda: api.wait_for(1, seconds=20))
    assert "only one may run with a token" in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    "failure", [None, Refuse(401), Refuse(404), Refuse(500), Refuse(502, body=b"<html>"), Drop(accepted=True), "closed"]
)
def test_the_token_and_peoples_words_are_in_no_log_at_any_level(
    api: BotApi, store: Store, failure: Any, capfd: Any
) -> None:
    caught: list[str] = []

    class Everything(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            caught.append(f"{record.name} {record.getMessage()} {record.exc_info}")

    handler, root = Everything(0), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(0)
    out = io.StringIO()
    token, secret = api.token, "my-secret-words"
    try:
        with redirect_stdout(out), redirect_stderr(out):
            if failure == "closed":
                with BotApi() as gone:
                    url = gone.url
                asyncio.run(_for_a_moment(token, url, store))
            else:
                api.say(7, f"/grade {secret}")
                if failure:
                    for method in ("getUpdates", "sendMessage"):
                        api.fail(method, failure)
                try:
                    running(api, store, lambda: api.wait_for_call("getUpdates", 1))
                except TelegramTrouble as error:
                    out.write(str(error))
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    said = "".join(caught) + out.getvalue() + "".join(capfd.readouterr())
    assert token not in said
    assert token.split(":")[1] not in said
    assert secret not in said


async def _for_a_moment(token: str, url: str, store: Store) -> None:
    stop = asyncio.Event()
    bot = asyncio.create_task(run_telegram(token, url, store, lexicon(), clock, stop))
    await asyncio.sleep(0.3)
    stop.set()
    await bot
