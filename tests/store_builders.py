"""Builders for tests of the ledger and the store: releases, findings, assertions, and a store on a real file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from config.lexicon import load_lexicon
from inspections.alerts import Chat, Parcel, Wish
from inspections.findings import CauseOfConcern, Findings, Judgment, MonitoringMove
from inspections.ledger import Assertion
from inspections.lexicon import Lexicon
from inspections.model import Grade, Publisher
from inspections.release import Quote, Release, blocks_of_text
from store import Recorded, Store, open_store

NOW = datetime(2025, 6, 2, 9, 0, tzinfo=UTC)
SETTLED = timedelta(seconds=11)
PVP = "protecting-vulnerable-people"
INVESTIGATING = "investigating-crime"
URL = "https://example.org/news/cheshire-inspected"


@cache
def lexicon() -> Lexicon:
    return load_lexicon()


def chat(number: int = 1, thread: int = 0) -> Chat:
    return Chat("telegram", number, thread)


def broken(path: Path, doing: Callable[[], object]) -> None:
    """Does something while the releases of the database cannot be read."""
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE release RENAME TO release_away")
        connection.commit()
        try:
            doing()
        finally:
            connection.execute("ALTER TABLE release_away RENAME TO release")
    connection.close()


def judgment(grade: str = "good", force: str = "cheshire", question: str = PVP, **more: Any) -> Judgment:
    words = f"{force} {question} {grade}"
    given = {"cycle": "2023-25", "part": "", "current": True, "confidence": 0.95, "rule": "tests.stated"}
    return Judgment(force, question, Grade(grade), quote=Quote(words, 0, len(words)), **{**given, **more})


def move(what: Any = "entered", force: str = "cheshire") -> MonitoringMove:
    return MonitoringMove(force, what, Quote("moved", 0, 5), "tests.moved")


def cause(state: Any = "raised", topic: str = INVESTIGATING, force: str = "cheshire") -> CauseOfConcern:
    return CauseOfConcern(force, state, topic, Quote("cause", 0, 5), "tests.cause")


def release(text: str = "", url: str = URL, publisher: Publisher | None = "inspectorate", **more: Any) -> Release:
    given: dict[str, Any] = {"title": "Cheshire inspected", "published": NOW - timedelta(hours=1)}
    return Release(url=url, publisher=publisher, text=text, blocks=blocks_of_text(text), **{**given, **more})


def record(store: Store, *stated: Any, now: datetime = NOW, alerting: bool = True, **more: Any) -> Recorded:
    """Records a release whose text is what it states, so that other findings are another text."""
    found = Findings(
        judgments=tuple(s for s in stated if isinstance(s, Judgment)),
        monitoring=tuple(s for s in stated if isinstance(s, MonitoringMove)),
        causes=tuple(s for s in stated if isinstance(s, CauseOfConcern)),
        grade_words=len(stated),
    )
    text = more.pop("text", "\n".join(repr(s) for s in stated) or "nothing stated")
    return record_found(store, release(text, **more), found, now=now, alerting=alerting)


def record_found(
    store: Store, item: Release, found: Findings, *, now: datetime = NOW, alerting: bool = True
) -> Recorded:
    return store.releases.record(
        item,
        found,
        source_id=None,
        fetched_at=now,
        page_hash="page",
        etag='"1"',
        last_modified="",
        recheck_at=now + timedelta(hours=6),
        alerting=alerting,
        now=now,
    )


def says(grade: str = "good", publisher: Publisher = "inspectorate", day: date | None = None, **more: Any) -> Assertion:
    """An assertion about Cheshire protecting vulnerable people in 2023-25, unless told otherwise."""
    given: dict[str, Any] = {
        "id": 0,
        "force": "cheshire",
        "cycle": "2023-25",
        "question": PVP,
        "canonical": PVP,
        "precision": "day" if day else "",
        "release": f"https://{publisher}.example/",
        "revision": 1,
        "evidence": "",
    }
    return Assertion(grade=Grade(grade), publisher=publisher, published=day, **{**given, **more})


@cache
def _empty_database() -> bytes:
    """A migrated file, made once a test process: migrating each one anew would take most of the tests' time."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        store = open_store(f"sqlite:///{path}", lexicon())
        store.migrate()
        store.close()
        return path.read_bytes()


@contextmanager
def store_at(path: Path, **more: Any) -> Iterator[Store]:
    if not path.exists():
        path.write_bytes(_empty_database())
    store = open_store(f"sqlite:///{path}", lexicon(), **more)
    try:
        store.migrate()
        yield store
    finally:
        store.close()


def listening(store: Store, *chats: Chat, wish: Wish | None = None) -> None:
    for one in chats:
        store.chats.subscribe(one, wish or Wish(), NOW - timedelta(days=1))


def claim(store: Store, now: datetime = NOW + SETTLED) -> Parcel:
    parcel = store.deliveries.claim(now)
    assert parcel is not None
    return parcel


def told(parcel: Parcel) -> list[tuple[str, str, str]]:
    """(kind, before, after) of everything in the parcel."""
    return [(change.kind, change.before, change.after) for a in parcel.announcements for change in a.changes]
