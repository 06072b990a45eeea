"""Polling: one source, or a pass over all that are due, eight at a time. One that fails never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import requests
import structlog

from inspections.ledger import Change
from inspections.lexicon import Lexicon
from inspections.source import SourceState
from scrapers.fetch import Limits
from scrapers.timing import NETWORK_RETRY, Spacing, backoff
from scrapers.urls import host_of
from scrapers.visit import Means, Polled, visit
from store import Store, StoreTrouble

__all__ = ["PassReport", "Polled", "poll_pass", "poll_source"]

THREADS = 8
SECONDS_APART = 1.0
"""Between two requests to one host."""
_MUCH = 10

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class PassReport:
    """What one pass came to, source by source."""

    polled: tuple[Polled, ...]
    network_down: bool
    """True when no host answered at all: our own line, most likely."""

    @property
    def tried(self) -> int:
        return len(self.polled)

    @property
    def read(self) -> int:
        """How many sources could be read."""
        return sum(1 for p in self.polled if not p.reason)

    @property
    def new(self) -> int:
        return sum(p.new for p in self.polled)

    @property
    def revised(self) -> int:
        return sum(p.revised for p in self.polled)

    @property
    def deliveries(self) -> int:
        return sum(p.deliveries for p in self.polled)

    @property
    def changes(self) -> tuple[Change, ...]:
        return tuple(c for p in self.polled for c in p.changes)

    @property
    def newsworthy(self) -> bool:
        """Whether a person at the terminal wants to hear of it."""
        return bool(self.new or self.revised)

    def summary(self, *, first: bool = False) -> str:
        """One line for a person. `first`: of the first pass since the start, which may end with what to try next."""
        if not self.polled:
            return "No source was due."
        if self.network_down:
            return (
                f"No source could be reached ({_count(self.tried, 'source')} tried): the network seems to be down. "
                "PeelWatch goes on trying every minute."
            )
        parts = [f"{_count(self.new, 'new release')} from {_count(self.read, 'source')}"]
        if self.revised:
            parts.append(f"{_count(self.revised, 'release')} changed")
        if self.deliveries:
            parts.append(f"{_count(self.deliveries, 'alert')} to send")
        unread = self.tried - self.read
        if unread:
            parts.append(f"{_count(unread, 'source')} could not be read (see /sources)")
        waiting = sum(p.waiting for p in self.polled)
        if waiting:
            parts.append(f"{_count(waiting, 'older release')} left for later")
        line = "; ".join(parts) + "."
        if self.new and all(p.first for p in self.polled if p.new):
            line = f"First look, which alerts nobody: {line}"
            return f"{line} Try /latest, or /grade cheshire." if first or self.new >= _MUCH else line
        return line


def poll_source(
    state: SourceState,
    *,
    session: requests.Session,
    store: Store,
    lexicon: Lexicon,
    now: Callable[[], datetime],
    alerting: bool = True,
    limits: Limits | None = None,
) -> Polled:
    """Polls one source and writes what came of it."""
    means = Means(session, store, lexicon, now, Spacing(0), limits or Limits(), alerting=alerting)
    polled = _visit(state, means)
    _settle(state, polled, means, counts=True)
    return polled


def poll_pass(
    states: Sequence[SourceState],
    *,
    session: requests.Session,
    store: Store,
    lexicon: Lexicon,
    now: Callable[[], datetime],
    stopping: Callable[[], bool] = lambda: False,
    alerting: bool = True,
    limits: Limits | None = None,
    seconds_apart: float = SECONDS_APART,
    note: Callable[[Polled], None] = lambda _: None,
) -> PassReport:
    """Polls sources and writes what came of each; `note` hears of each as it is done.

    The first visit to a source alerts nobody. When no host answers, it is our own network, and no source's fault."""
    means = Means(
        session, store, lexicon, now, Spacing(seconds_apart, stopping), limits or Limits(), stopping, alerting
    )

    def turn(state: SourceState) -> Polled | None:
        if stopping():
            return None
        polled = _visit(state, means)
        if polled.reason and stopping():
            return None  # broken off by ourselves: no fault of the source, which stays due
        if polled.reached:
            _settle(state, polled, means, counts=True)
        note(polled)
        return polled

    with ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="poll") as pool:
        results = list(zip(states, pool.map(turn, states), strict=True))
    done = [(state, polled) for state, polled in results if polled is not None]
    down = _nobody_answered([p for _, p in done])
    for state, polled in done:
        if not polled.reached:
            _settle(state, polled, means, counts=not down)
    return PassReport(tuple(p for _, p in done), down)


def _visit(state: SourceState, means: Means) -> Polled:
    """A visit that cannot stop the others, whatever happens in it."""
    try:
        return visit(state, means)
    except StoreTrouble as trouble:
        log.warning("a source could not be polled", source=state.source.url, reason=str(trouble))
        return Polled(state.source, str(trouble))
    except Exception:
        log.exception("a source could not be polled", source=state.source.url)
        return Polled(
            state.source, f"{state.source.url} brought out an error in PeelWatch itself; the log has it.", "broken"
        )


def _settle(state: SourceState, polled: Polled, means: Means, *, counts: bool) -> None:
    """Writes why a source could not be read, and when it is tried again. Of our own database's trouble: nothing."""
    if not polled.kind:
        return
    now = means.now()
    wait = backoff(state.source.every, state.failures + 1, polled.retry_after) if counts else NETWORK_RETRY
    try:
        means.store.sources.failed(state.id, now, polled.reason, now + wait, counts=counts)
    except Exception:
        log.exception("a source's failure could not be written", source=state.source.url)


def _nobody_answered(polled: Sequence[Polled]) -> bool:
    """Whether every host failed to answer, and there was more than one: a single one may be at fault itself."""
    hosts = {host_of(p.source.url) for p in polled}
    return len(hosts) > 1 and not any(p.reached for p in polled)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
