"""The clock: what it says of a first look that lasts long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.clock import PATIENCE, LongLook
from inspections.source import Source
from scrapers.poll import Polled

READ = Polled(Source("https://www.kent.police.uk/news/", "force"), first=True)
START = datetime(2025, 5, 22, 9, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


def test_a_first_look_that_lasts_says_once_that_it_goes_on() -> None:
    clock, said = Clock(), list[str]()
    look = LongLook(45, clock, said.append)
    look(READ)
    assert said == []
    clock.now += PATIENCE
    look(READ)
    look(READ)
    assert len(said) == 1
    assert said[0].startswith("Reading 45 sources for the first time, 2 done so far")


def test_a_pass_that_is_no_first_look_or_reaches_nothing_or_is_done_says_nothing_of_lasting() -> None:
    clock, said = Clock(), list[str]()
    look = LongLook(3, clock, said.append)
    clock.now += timedelta(minutes=5)
    look(Polled(READ.source))
    look(Polled(READ.source, "no answer", "network", first=True))
    look(READ)
    assert said == []
