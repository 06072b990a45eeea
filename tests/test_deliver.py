"""What is due leaves once, at Telegram's pace, and what became of it is written, whatever goes wrong on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.deliver import Delivered, Pace, by_platform, deliver_due, deliver_forever
from inspections.alerts import Chat, Later, Moved, Never, Outcome, Parcel, Sent, Uncertain, Wish
from store import Store
from tests.store_builders import NOW, SETTLED, chat, judgment, lexicon, listening, record, store_at

DUE = NOW + SETTLED
FAST = {"overall": 0.0, "per_chat": 0.0}


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = DUE) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Post:
    """A post office with a memory: answers as told, `Sent` otherwise."""

    def __init__(self, *outcomes: Outcome | Exception) -> None:
        self.outcomes = list(outcomes)
        self.sent: list[tuple[Chat, str]] = []

    async def __call__(self, parcel: Parcel, text: str) -> Outcome:
        self.sent.append((parcel.chat, text))
        outcome = self.outcomes.pop(0) if self.outcomes else Sent(len(self.sent))
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_at(tmp_path / "peelwatch.sqlite") as made:
        yield made


def owe(store: Store, *chats: Chat) -> None:
    listening(store, *chats)
    record(store, judgment("good"))


def deliver(store: Store, post: Any, clock: Clock | None = None) -> Delivered:
    return asyncio.run(deliver_due(store, post, clock or Clock(), lexicon(), pace=Pace(**FAST)))


def test_what_is_due_leaves_once(store: Store) -> None:
    owe(store, chat(1), chat(2))
    post = Post()
    assert deliver(store, post).sent == 2
    assert {c for c, _ in post.sent} == {chat(1), chat(2)}
    assert "Cheshire Constabulary" in post.sent[0][1]
    assert deliver(store, post).sent == 0
    assert store.deliveries.counts() == {"sent": 2}


def test_nothing_is_sent_before_sending_is_written(store: Store) -> None:
    owe(store, chat(1))
    states: list[dict[str, int]] = []

    async def post(parcel: Parcel, text: str) -> Outcome:
        states.append(dict(await asyncio.to_thread(store.deliveries.counts)))
        return Sent(1)

    deliver(store, post)
    assert states == [{"sending": 1}]


def test_a_postponed_message_leaves_when_its_time_comes(store: Store) -> None:
    owe(store, chat(1))
    clock = Clock()
    post = Post(Later(DUE + timedelta(seconds=30), "asked to wait"))
    assert deliver(store, post, clock).later == 1
    assert deliver(store, post, clock).sent == 0
    clock.now = DUE + timedelta(seconds=31)
    assert deliver(store, post, clock).sent == 1


def test_a_chat_that_blocked_us_is_paused_and_keeps_its_subscriptions(store: Store) -> None:
    owe(store, chat(1))
    deliver(store, Post(Never("blocked", pause=True)))
    assert store.chats.is_paused(chat(1))
    assert [s.wish for s in store.chats.of(chat(1))] == [Wish()]


def test_a_group_that_moved_gets_its_message_at_the_new_place(store: Store) -> None:
    owe(store, chat(-5))
    post = Post(Moved(-1005))
    deliver(store, post)
    assert [c.id for c, _ in post.sent] == [-5, -1005]


def test_a_lost_answer_is_uncertain_then_repeated_once_with_a_mark_and_never_a_third_time(store: Store) -> None:
    owe(store, chat(1))
    clock = Clock()
    post = Post(Uncertain("lost"), Uncertain("lost again"))
    deliver(store, post, clock)
    assert store.deliveries.counts() == {"uncertain": 1}
    clock.now += timedelta(minutes=11)
    deliver(store, post, clock)
    clock.now += timedelta(days=2)
    deliver(store, post, clock)
    assert len(post.sent) == 2
    assert "You may have had this message already" in post.sent[1][1]
    assert "already" not in post.sent[0][1]


def test_a_sender_that_breaks_leaves_its_parcel_uncertain_and_the_others_are_sent(store: Store) -> None:
    owe(store, chat(1), chat(2), chat(3))
    counts = deliver(store, Post(RuntimeError("token 123:secret in the words")))
    assert (counts.uncertain, counts.sent) == (1, 2)
    assert store.deliveries.counts() == {"uncertain": 1, "sent": 2}


def test_an_alert_that_cannot_be_written_is_kept_and_holds_up_nothing(store: Store) -> None:
    owe(store, chat(1))

    class Broken:
        def __getattr__(self, name: str) -> Any:
            raise RuntimeError(name)

    post = Post()
    counts = asyncio.run(deliver_due(store, post, Clock(), Broken(), pace=Pace(**FAST)))  # type: ignore[arg-type]
    assert (counts.broken, post.sent) == (1, [])
    assert store.deliveries.counts() == {"later": 1}


def test_an_outcome_is_written_though_the_database_is_busy_at_first(store: Store) -> None:
    owe(store, chat(1))
    written, failures = store.deliveries.record_outcome, [OSError("busy"), OSError("busy")]

    class Deliveries:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def record_outcome(self, *given: Any) -> None:
            if failures:
                raise failures.pop()
            written(*given)

    real = store.deliveries
    store.deliveries = Deliveries()  # type: ignore[assignment]
    assert deliver(store, Post()).sent == 1
    assert real.counts() == {"sent": 1}


def test_a_parcel_whose_lease_is_lost_is_not_sent(store: Store) -> None:
    owe(store, chat(1))
    real = store.deliveries

    class Deliveries:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def sending(self, ids: Any, now: datetime) -> bool:
            return real.sending(ids, now) and False

    store.deliveries = Deliveries()  # type: ignore[assignment]
    post = Post()
    deliver(store, post)
    assert post.sent == []


def test_a_parcel_for_a_chat_nobody_serves_stays_owed(store: Store) -> None:
    owe(store, chat(1), Chat("terminal", 0))
    post = Post()
    counts = deliver(store, by_platform({"terminal": post}, Clock()))
    assert (counts.sent, counts.later) == (1, 1)
    assert [c.platform for c, _ in post.sent] == ["terminal"]


def test_the_loop_sends_what_comes_up_later_and_ends_when_told(store: Store) -> None:
    listening(store, chat(1))
    post = Post()
    clock = Clock()

    async def run() -> Delivered:
        stop, nudge = asyncio.Event(), asyncio.Event()
        loop = asyncio.create_task(
            deliver_forever(store, post, clock, lexicon(), stop=stop, nudge=nudge, rate=0, per_chat=0, idle=30)
        )
        await asyncio.sleep(0)
        await asyncio.to_thread(record, store, judgment("good"))
        nudge.set()
        while not post.sent:
            await asyncio.sleep(0.005)
        stop.set()
        return await loop

    assert asyncio.run(asyncio.wait_for(run(), 20)).sent == 1


def test_what_is_being_sent_is_finished_before_the_loop_ends(store: Store) -> None:
    owe(store, chat(1))
    clock = Clock()

    async def run() -> None:
        stop, begun, go_on = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def slow(parcel: Parcel, text: str) -> Outcome:
            begun.set()
            await go_on.wait()
            return Sent(9)

        loop = asyncio.create_task(deliver_forever(store, slow, clock, lexicon(), stop=stop, rate=0, per_chat=0))
        await begun.wait()
        stop.set()
        await asyncio.sleep(0.02)
        assert not loop.done()
        go_on.set()
        await loop

    asyncio.run(asyncio.wait_for(run(), 20))
    assert store.deliveries.counts() == {"sent": 1}


def test_the_loop_outlives_trouble_with_the_database(store: Store) -> None:
    owe(store, chat(1))
    real, troubles = store.deliveries, [OSError("disk"), OSError("disk")]

    class Deliveries:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def next_due(self, now: datetime) -> datetime | None:
            if troubles:
                raise troubles.pop()
            return real.next_due(now)

    store.deliveries = Deliveries()  # type: ignore[assignment]
    post = Post()

    async def run() -> None:
        stop = asyncio.Event()
        loop = asyncio.create_task(
            deliver_forever(store, post, Clock(), lexicon(), stop=stop, rate=0, per_chat=0, idle=0.01)
        )
        while not post.sent:
            await asyncio.sleep(0.005)
        stop.set()
        await loop

    asyncio.run(asyncio.wait_for(run(), 20))


class _Virtual:
    """The turns a pace gives, on a loop whose time moves only by sleeping."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.time = 100.0

        async def sleep(seconds: float) -> None:
            self.time += seconds

        monkeypatch.setattr("bot.deliver.asyncio.sleep", sleep)

    def turns(self, pace: Pace, chats: list[int]) -> list[float]:
        async def run() -> list[float]:
            loop = asyncio.get_running_loop()
            loop.time = lambda: self.time  # type: ignore[method-assign]
            times = []
            for one in chats:
                await pace.turn(one)
                times.append(round(self.time - 100, 3))
            return times

        return asyncio.run(run())


def test_a_chat_gets_one_message_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _Virtual(monkeypatch).turns(Pace(), [1, 1, 1]) == [0, 1, 2]


def test_all_chats_together_get_no_more_than_the_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    times = _Virtual(monkeypatch).turns(Pace(overall=10), list(range(21)))
    assert times[-1] == pytest.approx(2.0)
    assert times[10] == pytest.approx(1.0)
