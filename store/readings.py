"""Readings: stored releases read again by today's rules, how that differs, and the ledger brought to it in silence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import cast

from sqlmodel import Session, col, select

from inspections.findings import Findings
from inspections.lexicon import Lexicon
from inspections.model import Publisher
from inspections.release import Block, Release
from store.database import Database
from store.findings import finding_key, finding_rows
from store.policy import Policy
from store.recording import Statement, state
from store.tables import FindingRow, ReleaseRow, RevisionRow
from store.values import ReadFinding, Reread, StoredRevision

AT_ONCE = 100
READING = ("cycle", "part", "confidence", "rule", "reason")
"""What a newer rule may say otherwise of the same finding."""


class Readings:
    def __init__(self, database: Database, lexicon: Lexicon, policy: Policy) -> None:
        self._database = database
        self._lexicon = lexicon
        self._policy = policy

    def all(self) -> Iterator[StoredRevision]:
        """Every revision kept, the oldest first."""
        last = 0
        while True:
            with self._database.read() as session:
                query = select(RevisionRow, ReleaseRow).where(RevisionRow.release_id == ReleaseRow.id)
                query = query.where(col(RevisionRow.id) > last).order_by(col(RevisionRow.id)).limit(AT_ONCE)
                some = [_stored(*found) for found in session.exec(query)]
            if not some:
                return
            yield from some
            last = some[-1].id

    def difference(self, revision_id: int, findings: Findings) -> Reread:
        """How `findings` differ from what is stored for the revision; nothing is written."""
        with self._database.read() as session:
            return _difference(_kept(session, revision_id), finding_rows(findings, revision_id))

    def apply(self, revision_id: int, findings: Findings, now: datetime) -> Reread:
        """Puts `findings` in the place of what is stored, and brings the ledger to them. Nobody is told.

        What is no longer read is marked and withdrawn, not deleted; what the operator decided stays as decided.
        """
        with self._database.write() as session:
            kept, rows = _kept(session, revision_id), finding_rows(findings, revision_id)
            found = _difference(kept, rows)
            revision = session.get_one(RevisionRow, revision_id)
            revision.grade_words = findings.grade_words
            if not found:
                return found
            statement = Statement(
                session.get_one(ReleaseRow, revision.release_id),
                revision,
                _replace(session, kept, rows, now),
                alerting=False,
                fresh=False,
                reason="newer rules read it otherwise",
            )
            state(session, statement, now, self._lexicon, self._policy)
            return found


def stored_release(release: ReleaseRow, revision: RevisionRow) -> Release:
    """The release as it was when this revision was read from its page."""
    return Release(
        url=release.url,
        title=revision.title,
        publisher=cast(Publisher, release.publisher) if release.publisher else None,
        published=revision.published,
        text=revision.text,
        blocks=tuple(Block(*block) for block in json.loads(revision.blocks)),
        force=release.force,
        language=release.language,
    )


def read_finding(row: FindingRow) -> ReadFinding:
    return ReadFinding(
        kind=row.kind,
        force=row.force,
        question=row.question,
        value=row.value,
        cycle=row.cycle,
        current=row.current,
        confidence=row.confidence,
        quote=row.quote,
        start=row.start,
        end=row.end,
    )


def _stored(revision: RevisionRow, release: ReleaseRow) -> StoredRevision:
    newest = revision.number == release.revision
    return StoredRevision(revision.id or 0, release.id or 0, stored_release(release, revision), newest)


def _kept(session: Session, revision_id: int) -> list[FindingRow]:
    query = select(FindingRow).where(FindingRow.revision_id == revision_id)
    return list(session.exec(query.order_by(col(FindingRow.id))))


def _difference(kept: list[FindingRow], rows: list[FindingRow]) -> Reread:
    stands = {finding_key(row): row for row in kept if row.dropped_at is None}
    now = {finding_key(row): row for row in rows}
    both = [(stands[key], row) for key, row in now.items() if key in stands]
    return Reread(
        added=tuple(read_finding(row) for key, row in now.items() if key not in stands),
        dropped=tuple(read_finding(row) for key, row in stands.items() if key not in now),
        changed=tuple((read_finding(old), read_finding(new)) for old, new in both if _reading(old) != _reading(new)),
    )


def _reading(row: FindingRow) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in READING)


def _replace(session: Session, kept: list[FindingRow], rows: list[FindingRow], now: datetime) -> list[FindingRow]:
    """The rows of the new reading: those that were there before keep their number."""
    there = {finding_key(row): row for row in kept}
    read = {finding_key(row) for row in rows}
    for key, old in there.items():
        if key not in read:
            old.dropped_at = old.dropped_at or now
    standing = []
    for row in rows:
        old = there.get(finding_key(row), row)
        old.dropped_at = None
        for name in READING:
            setattr(old, name, getattr(row, name))
        session.add(old)
        standing.append(old)
    session.flush()
    return standing
