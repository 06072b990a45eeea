"""`peelwatch demo`: plays the weeks of script.toml through the real parts, on a clock of its own."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.build import fetching_session
from app.demo.site import DemoSite, serving
from bot.deliver import deliver_due
from bot.terminal import Screen, screen_of, subscribe_at_first
from config.baseline import Baseline, load_baseline
from config.lexicon import load_lexicon
from inspections.lexicon import Lexicon
from inspections.source import Source
from scrapers.poll import poll_pass
from store import Store, open_store

LONDON = ZoneInfo("Europe/London")
SCRIPT = Path(__file__).parent / "script.toml"


@dataclass
class DemoClock:
    """A clock that stands still until the script moves it."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


def play() -> int:
    """Play all weeks; the database is a temporary file. Returns the exit status: 1 when an alert did not come."""
    weeks = tomllib.loads(SCRIPT.read_text(encoding="utf-8"))["week"]
    clock = DemoClock(weeks[0]["day"])
    screen = screen_of(None, sys.stdout, clock)
    screen.say(
        "PeelWatch plays some weeks from 2019 to 2025: real forces, grades and dates, our own sentences, a website "
        "on this machine. You are subscribed to everything."
    )
    with tempfile.TemporaryDirectory(prefix="peelwatch-demo-") as folder, serving(DemoSite()) as site:
        lexicon = load_lexicon()
        store = open_store(f"sqlite:///{folder}/demo.db", lexicon, settle=timedelta(0))
        try:
            alerts = asyncio.run(_play_weeks(weeks, clock, site, store, lexicon, screen))
        finally:
            store.close()
    expected = sum(1 for week in weeks if week["alert"])
    screen.say(f"The demo is over: {alerts} messages in {len(weeks)} weeks. Now try: make run")
    return 0 if alerts == expected else 1


async def _play_weeks(
    weeks: list[dict[str, Any]], clock: DemoClock, site: DemoSite, store: Store, lexicon: Lexicon, screen: Screen
) -> int:
    store.migrate()
    store.sources.sync([Source(f"{site.url}/news/", "inspectorate", every=timedelta(minutes=15))], clock())
    subscribe_at_first(store, clock)
    baseline = load_baseline(lexicon)
    session = fetching_session("", allow_private=True)
    sent = 0
    for week in weeks:
        clock.now = week["day"]
        _remember_what_came_before(store, baseline, clock)
        for address, file in week["put"].items():
            site.put(address, file)
        day = clock().astimezone(LONDON)
        screen.say(f"{day:%A} {day.day} {day:%B %Y}. {week['about']}")
        await asyncio.to_thread(
            poll_pass, store.sources.all(), session=session, store=store, lexicon=lexicon, now=clock, seconds_apart=0
        )
        delivered = await deliver_due(store, screen.send, clock, lexicon)
        if not delivered.sent:
            screen.say("(nobody is told anything)")
        sent += delivered.sent
    return sent


def _remember_what_came_before(store: Store, baseline: Baseline, clock: DemoClock) -> None:
    """The ledger as it stood a fortnight before this day: what the demo then reads is news to it."""
    until = (clock() - timedelta(days=14)).date()
    store.ledger.import_baseline(
        [a for a in baseline.assertions if a.published and a.published <= until],
        [m for m in baseline.moves if m.published and m.published <= until],
        [c for c in baseline.causes if c.published and c.published <= until],
        clock(),
    )
