"""Builds PeelWatch from its settings: the one place where the rooms meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from bot.grades import Footnotes
from config.baseline import load_baseline
from config.lexicon import load_lexicon
from config.settings import Settings
from config.sources import SourcesRead, load_sources
from inspections.lexicon import Lexicon
from scrapers.fetch import Session, make_session, user_agent
from store.opening import Store, open_store

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class PeelWatch:
    """What every part of the program is handed."""

    settings: Settings
    lexicon: Lexicon
    store: Store
    clock: Clock


def fetching_session(contact: str, *, allow_private: bool) -> Session:
    """A session that fetches pages and says who asks. `allow_private` lets it go to addresses of the local network."""
    return make_session(user_agent(version("peelwatch"), contact), allow_private=allow_private)


def build(settings: Settings, clock: Clock = utc_now) -> PeelWatch:
    """PeelWatch on the database the settings name, its schema as it is."""
    lexicon = load_lexicon()
    store = open_store(settings.database_url, lexicon, fresh_days=settings.fresh_days)
    return PeelWatch(settings, lexicon, store, clock)


def prepare(peelwatch: PeelWatch) -> SourcesRead:
    """Bring the schema up to date, import the baseline into an empty ledger, and note the sources.

    Returns the sources as read: those that are right are watched, the mistakes in the others are for the operator.
    """
    store = peelwatch.store
    store.migrate()
    now = peelwatch.clock()
    if store.ledger.is_empty():
        baseline = load_baseline(peelwatch.lexicon)
        store.ledger.import_baseline(baseline.assertions, baseline.moves, baseline.causes, now)
    return note_sources(peelwatch)


def note_sources(peelwatch: PeelWatch) -> SourcesRead:
    """Read sources.toml and tell the store which sources are watched from now on.

    A file of which nothing can be read changes nothing: what was watched goes on being watched.
    """
    read = load_sources(peelwatch.settings.sources, peelwatch.lexicon)
    if read.sources or not read.mistakes:
        peelwatch.store.sources.sync(read.sources, peelwatch.clock())
    return read


def known_footnotes(lexicon: Lexicon) -> Footnotes:
    """What the baseline tells beside its grades: corrections, disagreements, questions left ungraded."""
    baseline = load_baseline(lexicon)
    return Footnotes(baseline.notes, baseline.ungraded)
