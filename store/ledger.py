"""The ledger: what was asserted, and what is believed of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Literal, cast

from sqlalchemy import func, insert, tuple_
from sqlmodel import Session, col, select

from inspections.compare import hold
from inspections.concerns import latest_move, open_causes
from inspections.ledger import Assertion, Held, KnownCause, KnownMove
from inspections.lexicon import Lexicon
from inspections.model import Grade, Publisher
from store.database import Database
from store.tables import AssertionRow, CauseRow, MoveRow, SourceRow
from store.urls import canonical_url

Precision = Literal["day", "month", "year", ""]


class Ledger:
    def __init__(self, database: Database, lexicon: Lexicon) -> None:
        self._database = database
        self._lexicon = lexicon

    def held(self, force: str) -> tuple[Held, ...]:
        """Everything believed about `force`: by question, the older cycle first."""
        with self._database.read() as session:
            rows = session.exec(
                select(AssertionRow).where(AssertionRow.force == force, col(AssertionRow.withdrawn_at).is_(None))
            )
            return hold([assertion_of(row) for row in rows], self._lexicon)

    def monitoring(self, force: str) -> KnownMove | None:
        """The last known move of `force`; None when nothing is known, which is not the same as never."""
        with self._database.read() as session:
            return latest_move(moves_of(session, [force]))

    def causes(self, force: str) -> tuple[KnownCause, ...]:
        """The causes of concern that stand open for `force`, as far as known."""
        with self._database.read() as session:
            return open_causes(causes_of(session, [force]), self._lexicon)

    def last_checked(self, force: str) -> datetime | None:
        """When a place that publishes about `force` (its own, or the inspectorate's) was last read well."""
        theirs = (SourceRow.force == force) | (SourceRow.publisher == "inspectorate")
        with self._database.read() as session:
            query = select(func.max(SourceRow.last_ok)).where(col(SourceRow.watched), theirs)
            return session.exec(query).one()

    def is_empty(self) -> bool:
        with self._database.read() as session:
            return session.exec(select(AssertionRow.id).limit(1)).first() is None

    def import_baseline(
        self, assertions: Sequence[Assertion], moves: Sequence[KnownMove], causes: Sequence[KnownCause], now: datetime
    ) -> int:
        """Takes in published history; nobody is alerted. How many rows were new: importing again adds none.

        A row of the baseline that the program ships with another grade or date than before is mended in place.
        """
        with self._database.write() as session:
            new = _import_assertions(session, assertions, now)
            new += _import_missing(session, MoveRow, ("origin", "force", "move", "on"), map(move_values, moves), now)
            keys = ("origin", "force", "topic", "state", "on")
            return new + _import_missing(session, CauseRow, keys, map(cause_values, causes), now)


def assertions_about(session: Session, topics: Iterable[tuple[str, str]]) -> list[Assertion]:
    """All assertions about these (force, canonical question)."""
    wanted = sorted(set(topics))
    if not wanted:
        return []
    about = tuple_(col(AssertionRow.force), col(AssertionRow.canonical)).in_(wanted)
    query = select(AssertionRow).where(about, col(AssertionRow.withdrawn_at).is_(None))
    return [assertion_of(row) for row in session.exec(query)]


def moves_of(session: Session, forces: Iterable[str]) -> list[KnownMove]:
    query = select(MoveRow).where(col(MoveRow.force).in_(sorted(set(forces))), col(MoveRow.withdrawn_at).is_(None))
    return [
        KnownMove(
            force=row.force,
            move=cast(Literal["entered", "left", "in"], row.move),
            published=row.published,
            precision=cast(Precision, row.precision),
            release=row.release,
            note=row.note,
            publisher=cast(Publisher, row.publisher),
            revision=row.revision,
            evidence=row.evidence,
        )
        for row in session.exec(query)
    ]


def causes_of(session: Session, forces: Iterable[str]) -> list[KnownCause]:
    query = select(CauseRow).where(col(CauseRow.force).in_(sorted(set(forces))), col(CauseRow.withdrawn_at).is_(None))
    return [
        KnownCause(
            force=row.force,
            state=cast(Literal["raised", "kept", "closed"], row.state),
            topic=row.topic,
            published=row.published,
            precision=cast(Precision, row.precision),
            release=row.release,
            publisher=cast(Publisher, row.publisher),
            revision=row.revision,
            evidence=row.evidence,
        )
        for row in session.exec(query)
    ]


def assertion_of(row: AssertionRow) -> Assertion:
    return Assertion(
        id=row.id or 0,
        force=row.force,
        cycle=row.cycle,
        question=row.question,
        canonical=row.canonical,
        grade=Grade(row.grade),
        publisher=cast(Publisher, row.publisher),
        published=row.published,
        precision=cast(Precision, row.precision),
        release=row.release,
        revision=row.revision,
        evidence=row.evidence,
        current=row.current,
    )


def assertion_values(a: Assertion, origin: str) -> dict[str, Any]:
    return {
        "origin": origin,
        "force": a.force,
        "cycle": a.cycle,
        "question": a.question,
        "canonical": a.canonical,
        "grade": a.grade.value,
        "publisher": a.publisher,
        "published": a.published,
        "precision": a.precision,
        "release": canonical_url(a.release),
        "revision": a.revision,
        "evidence": a.evidence,
        "current": a.current,
    }


def move_values(m: KnownMove) -> dict[str, Any]:
    return {
        "origin": f"baseline:{canonical_url(m.release)}",
        "force": m.force,
        "move": m.move,
        "on": _day(m.published),
        "published": m.published,
        "precision": m.precision,
        "release": canonical_url(m.release),
        "revision": m.revision,
        "publisher": m.publisher,
        "note": m.note,
        "evidence": m.evidence,
    }


def cause_values(c: KnownCause) -> dict[str, Any]:
    return {
        "origin": f"baseline:{canonical_url(c.release)}",
        "force": c.force,
        "topic": c.topic,
        "state": c.state,
        "on": _day(c.published),
        "published": c.published,
        "precision": c.precision,
        "release": canonical_url(c.release),
        "revision": c.revision,
        "publisher": c.publisher,
        "evidence": c.evidence,
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _import_assertions(session: Session, assertions: Sequence[Assertion], now: datetime) -> int:
    query = select(AssertionRow).where(col(AssertionRow.origin).startswith("baseline:", autoescape=True))
    there = {(row.origin, row.force, row.cycle, row.question): row for row in session.exec(query)}
    fresh: dict[tuple[str, ...], dict[str, Any]] = {}
    for assertion in assertions:
        values = assertion_values(assertion, f"baseline:{canonical_url(assertion.release)}")
        key = (values["origin"], assertion.force, assertion.cycle, assertion.question)
        row = there.get(key)
        if row is None:
            fresh[key] = {**values, "made_at": now}
        elif any(getattr(row, name) != value for name, value in values.items()):
            row.sqlmodel_update(values)
    if fresh:
        session.execute(insert(AssertionRow), list(fresh.values()))
    return len(fresh)


def _import_missing(
    session: Session,
    table: type[MoveRow] | type[CauseRow],
    keys: tuple[str, ...],
    rows: Iterable[dict[str, Any]],
    now: datetime,
) -> int:
    columns = [getattr(table, key) for key in keys]
    there = {tuple(found) for found in session.execute(select(*columns))}
    fresh = {tuple(row[key] for key in keys): {**row, "made_at": now} for row in rows}
    missing = [row for key, row in fresh.items() if key not in there]
    if missing:
        session.execute(insert(table), missing)
    return len(missing)
