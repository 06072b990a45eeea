"""The whole story against real servers: a site that is polled, a Bot API that is sent to, a database file, a kill."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.build import PeelWatch, build, fetching_session, prepare
from bot.deliver import Delivered, deliver_due
from bot.sending import make_bot, send
from config.settings import load_settings
from inspections.alerts import Chat, Outcome, Parcel, Wish
from scrapers.poll import PassReport, poll_pass
from tests.servers.bot_api import BotApi, Drop, Hang
from tests.servers.site import Site

READER = Chat("telegram", 4711)
START = datetime(2026, 2, 11, 12, 0, tzinfo=UTC)
PUBLISHED = datetime(2026, 2, 12, 0, 5, tzinfo=UTC)
GOOD = "Cleveland Police is good at investigating crime."
ADEQUATE = "Cleveland Police is adequate at investigating crime."


def listing(*rows: tuple[str, str, str]) -> str:
    items = "".join(f'<li><h2><a href="{path}">{title}</a></h2><p>{day}</p></li>' for path, title, day in rows)
    return f"<!doctype html><html lang='en'><body><main><h1>News</h1><ul>{items}</ul></main></body></html>"


def article(title: str, day: str, *sentences: str) -> str:
    words = "".join(f"<p>{s}</p>" for s in sentences)
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title></head><body><main><article>"
        f"<h1>{title}</h1><p>Published on: {day}</p>{words}</article></main></body></html>"
    )


OLD = ("/news/essex/", "Essex Police: report published", "20 January 2026")
NEW = ("/news/cleveland/", "Cleveland Police: report published", "12 February 2026")


@dataclass
class World:
    """A site, a Bot API and a PeelWatch between them, on a clock that the test moves."""

    site: Site
    api: BotApi
    folder: Path
    peelwatch: PeelWatch
    now: datetime = START

    def clock(self) -> datetime:
        return self.now

    def poll(self) -> PassReport:
        return poll_pass(
            self.peelwatch.store.sources.all(),
            session=fetching_session("", allow_private=True),
            store=self.peelwatch.store,
            lexicon=self.peelwatch.lexicon,
            now=self.clock,
            seconds_apart=0,
        )

    def deliver(self) -> Delivered:
        """One pass of the delivery loop, half a minute later: what belongs together has had time to come together."""
        self.now += timedelta(seconds=30)

        async def passed() -> Delivered:
            bot = make_bot(self.api.token, self.api.url, seconds=1.0)

            async def to_telegram(parcel: Parcel, text: str) -> Outcome:
                return await send(bot, parcel.chat, text, self.now, reply_to=parcel.reply_to)

            async with bot:
                return await deliver_due(self.peelwatch.store, to_telegram, self.clock, self.peelwatch.lexicon)

        return asyncio.run(passed())

    def publish(self, sentence: str = GOOD) -> None:
        self.site.put("/news/", listing(NEW, OLD))
        self.site.put(NEW[0], article(NEW[1], NEW[2], sentence))
        self.now = PUBLISHED

    def restart(self) -> None:
        """What a new process does on the database that a killed one left."""
        self.peelwatch.store.close()
        self.peelwatch = started(self.environment(), self)

    def environment(self) -> dict[str, str]:
        return {
            "PEELWATCH_DATA_DIR": str(self.folder),
            "PEELWATCH_SOURCES": str(self.folder / "sources.toml"),
            "PEELWATCH_ALLOW_PRIVATE_NETWORKS": "on",
            "PEELWATCH_TELEGRAM_TOKEN": self.api.token,
            "PEELWATCH_TELEGRAM_API_URL": self.api.url,
        }

    def visible(self) -> list[str]:
        return [m.visible for m in self.api.messages]


def started(environment: dict[str, str], world: World | None = None) -> PeelWatch:
    peelwatch = build(load_settings(environment), world.clock if world else lambda: START)
    assert prepare(peelwatch).mistakes == ()
    peelwatch.store.deliveries.recover(world.now if world else START)
    return peelwatch


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with Site() as site, BotApi() as api:
        site.put("/news/", listing(OLD))
        site.put(OLD[0], article(OLD[1], OLD[2], "Essex Police is inadequate at investigating crime."))
        (tmp_path / "sources.toml").write_text(
            f'[[source]]\nurl = "{site.url("/news/")}"\npublisher = "inspectorate"\nevery = "1m"\n', encoding="utf-8"
        )
        environment = {
            "PEELWATCH_DATA_DIR": str(tmp_path),
            "PEELWATCH_SOURCES": str(tmp_path / "sources.toml"),
            "PEELWATCH_ALLOW_PRIVATE_NETWORKS": "on",
        }
        world = World(site, api, tmp_path, started(environment))
        world.peelwatch.store.chats.subscribe(READER, Wish(), START)
        yield world
        world.peelwatch.store.close()
        assert api.violations == []


def test_first_silence_then_an_alert_then_silence_then_a_correction(world: World) -> None:
    first = world.poll()
    assert (first.new, first.deliveries) == (1, 0)
    assert world.deliver().sent == 0

    world.publish()
    assert world.poll().new == 1
    assert world.deliver().sent == 1
    assert "Investigating crime" in world.visible()[0]
    assert "requires improvement → good" in world.visible()[0]
    assert GOOD.rstrip(".") in world.visible()[0]

    again = world.poll()
    assert (again.new, again.revised) == (0, 0)
    assert world.deliver().sent == 0

    world.site.put(NEW[0], article(NEW[1], NEW[2], ADEQUATE))
    assert world.poll().revised == 1
    assert world.deliver().sent == 1
    correction = world.api.messages[1]
    assert correction.visible.startswith("Correction: Cleveland Police")
    assert "We told you on 12 February 2026: good. The inspectorate now says adequate." in correction.visible
    assert correction.reply_to == world.api.messages[0].message_id
    assert world.deliver().sent == 0


def test_an_answer_that_is_lost_is_repeated_once_with_a_word_of_it_and_never_a_third_time(world: World) -> None:
    world.poll()
    world.publish()
    world.poll()
    world.api.fail("sendMessage", Drop(accepted=True), times=2)

    assert world.deliver().uncertain == 1
    world.restart()
    assert world.deliver().sent == 0, "not before the wait for a repeat is over"

    world.now += timedelta(minutes=11)
    assert world.deliver().uncertain == 1
    assert "You may have had this message already" not in world.visible()[0]
    assert "You may have had this message already" in world.visible()[1]

    for _ in range(3):
        world.now += timedelta(hours=6)
        world.restart()
        assert world.deliver() == Delivered()
    assert len(world.api.messages) == 2
    (listed,) = world.peelwatch.store.deliveries.uncertain()
    assert (listed.chat, listed.final) == (READER, True)


@contextmanager
def peelwatch_process(world: World, *words: str) -> Iterator[subprocess.Popen[str]]:
    """`peelwatch …` as a process of its own; none is left behind, however the test ends."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PEELWATCH_")}
    with subprocess.Popen(
        [sys.executable, "-m", "app.cli", *words],
        env={**kept, **world.environment(), "PEELWATCH_FRESH_DAYS": "3650"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_process_killed_between_recording_and_sending_delivers_once_when_it_is_back(world: World) -> None:
    world.poll()
    world.publish()
    with peelwatch_process(world, "poll", "--all") as poller:
        said, _ = poller.communicate(timeout=60)
    assert poller.returncode == 0, said
    assert "1 new" in said
    assert world.peelwatch.store.deliveries.counts()["due"] == 1

    with peelwatch_process(world, "bot") as killed:
        world.api.wait_for_call("getMe")
        killed.send_signal(signal.SIGKILL)
    assert world.api.messages == []

    with peelwatch_process(world, "bot") as bot:
        world.api.wait_for(1, seconds=60)
        bot.send_signal(signal.SIGTERM)
        log, _ = bot.communicate(timeout=30)
    assert bot.returncode == 0, log
    assert world.api.token not in log
    assert len(world.api.messages) == 1

    world.now = datetime.now(UTC) + timedelta(days=1)
    world.restart()
    assert world.deliver() == Delivered(), "nothing is owed any more"


def test_a_process_killed_while_the_answer_is_on_its_way_leaves_the_alert_uncertain(world: World) -> None:
    world.poll()
    world.publish()
    with peelwatch_process(world, "poll", "--all") as poller:
        assert poller.wait(timeout=60) == 0
    world.api.fail("sendMessage", Hang())

    with peelwatch_process(world, "bot") as killed:
        world.api.wait_for(1, seconds=60)
        killed.send_signal(signal.SIGKILL)
    world.api.recover()

    world.now = datetime.now(UTC)
    world.restart()
    (listed,) = world.peelwatch.store.deliveries.uncertain()
    assert not listed.final

    world.now += timedelta(minutes=11)
    assert world.deliver().sent == 1
    assert "You may have had this message already" in world.visible()[1]
    assert world.deliver().sent == 0
