"""The clock: APScheduler ticks, the database says what is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Lock

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from app.build import Clock, PeelWatch, fetching_session, note_sources
from inspections.source import SourceState
from scrapers.poll import PassReport, Polled, poll_pass
from store import Store, StoreTrouble

TICK_SECONDS = 20
"""How often the database is asked which sources are due; a source's own `every` is a minute at least."""
LATE_SECONDS = 3600
"""A tick that a sleeping machine missed by up to an hour is made up for, once."""
PATIENCE = timedelta(seconds=10)
"""A first look that lasts longer says so: thirty releases of a source, a second apart, take a while."""

log = structlog.get_logger()


class Watch:
    """The clock's work: one polling pass a tick, and sources.toml read again when it was edited."""

    def __init__(self, peelwatch: PeelWatch, say: Callable[[str], None], nudge: Callable[[], None]) -> None:
        """`say` tells whoever sits at the terminal; `nudge` wakes the delivery loop."""
        self._peelwatch = peelwatch
        self._say = say
        self._nudge = nudge
        self._stopping = Event()
        self._edited = _edited(peelwatch.settings.sources)
        self._first = True
        settings = peelwatch.settings
        self._session = fetching_session(settings.contact, allow_private=settings.allow_private_networks)

    def tick(self) -> None:
        """One pass over the sources that are due. What goes wrong in it is logged; the next tick comes all the same."""
        try:
            self._note_edits()
            due = self._peelwatch.store.sources.due(self._peelwatch.clock())
            report = poll_pass(
                due,
                session=self._session,
                store=self._peelwatch.store,
                lexicon=self._peelwatch.lexicon,
                now=self._peelwatch.clock,
                stopping=self._stopping.is_set,
                note=LongLook(len(due), self._peelwatch.clock, self._say),
            )
        except StoreTrouble as trouble:
            log.warning("a polling pass failed", reason=str(trouble))
            return
        except Exception:  # a bug in one pass must not stop the watch; it is logged whole
            log.exception("a polling pass failed")
            return
        self._tell(report)
        if report.deliveries:
            self._nudge()

    def stop(self) -> None:
        self._stopping.set()

    def _note_edits(self) -> None:
        edited = _edited(self._peelwatch.settings.sources)
        if edited == self._edited:
            return
        self._edited = edited
        for mistake in note_sources(self._peelwatch).mistakes:
            self._say(str(mistake))

    def _tell(self, report: PassReport) -> None:
        if not report.tried or self._stopping.is_set():
            return
        if self._first or report.newsworthy:
            self._say(report.summary(first=self._first))
        self._first = False


class LongLook:
    """Hears of each source that is done in a pass, and says once that a first look at many goes on."""

    def __init__(self, sources: int, clock: Clock, say: Callable[[str], None]) -> None:
        self._sources, self._clock, self._say = sources, clock, say
        self._speak_from = clock() + PATIENCE
        self._lock = Lock()
        self._done = 0
        self._said = False

    def __call__(self, polled: Polled) -> None:
        with self._lock:
            self._done += 1
            early = self._clock() < self._speak_from
            if self._said or early or self._done == self._sources or not (polled.first and polled.reached):
                return
            self._said = True
        self._say(
            f"Reading {self._sources} sources for the first time, {self._done} done so far; this takes some minutes. "
            "You can ask meanwhile."
        )


def poll_now(
    peelwatch: PeelWatch, urls: Sequence[str], *, every: bool, stopping: Callable[[], bool] = lambda: False
) -> PassReport:
    """One pass over the sources named, over all, or over those that are due. Raises UnknownSource with a sentence."""
    store, settings = peelwatch.store, peelwatch.settings
    return poll_pass(
        _chosen(store, urls) if urls else store.sources.all() if every else store.sources.due(peelwatch.clock()),
        session=fetching_session(settings.contact, allow_private=settings.allow_private_networks),
        store=store,
        lexicon=peelwatch.lexicon,
        now=peelwatch.clock,
        stopping=stopping,
    )


class UnknownSource(Exception):
    """An address that is not watched; the text is a sentence for the operator."""


def _chosen(store: Store, urls: Sequence[str]) -> list[SourceState]:
    chosen = []
    for url in urls:
        state = store.sources.by_url(url)
        if state is None:
            raise UnknownSource(f"{url} is not watched. Add it to sources.toml, or give an address as it stands there.")
        chosen.append(state)
    return chosen


def start(watch: Watch, now: datetime) -> BackgroundScheduler:
    """The scheduler, ticking: in UTC, one pass at a time, missed ticks made up for once."""
    scheduler = BackgroundScheduler(
        timezone="UTC",
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": LATE_SECONDS},
    )
    scheduler.add_job(watch.tick, "interval", seconds=TICK_SECONDS, next_run_time=now, id="poll")
    scheduler.start()
    return scheduler


def _edited(file: Path | None) -> float:
    """When the file was last written; 0 when it is the one that comes with PeelWatch, or is gone."""
    try:
        return file.stat().st_mtime if file else 0.0
    except OSError:
        return 0.0
