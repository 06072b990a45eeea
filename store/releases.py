"""Releases: recorded once per address and once per text, listed, checked again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import func
from sqlmodel import Session, col, select

from inspections.findings import Findings
from inspections.lexicon import Lexicon
from inspections.model import Publisher
from inspections.release import Release
from store.database import Database
from store.policy import Policy
from store.recording import Arrival, record_arrival
from store.tables import AssertionRow, FindingRow, ReleaseRow, RevisionRow
from store.urls import canonical_url
from store.values import Known, Recorded, ReleaseSummary

FIRST_RETRY = timedelta(minutes=5)
LAST_RETRY = timedelta(days=1)
ASK_AT_ONCE = 400


class Releases:
    def __init__(self, database: Database, lexicon: Lexicon, policy: Policy) -> None:
        self._database = database
        self._lexicon = lexicon
        self._policy = policy

    def record(
        self,
        release: Release,
        findings: Findings,
        *,
        source_id: int | None,
        fetched_at: datetime,
        page_hash: str,
        etag: str,
        last_modified: str,
        recheck_at: datetime | None,
        alerting: bool,
        now: datetime,
    ) -> Recorded:
        """Writes the release, its findings, what they change and what is owed because of it, in one transaction.

        Recording the same text again changes nothing but the times. `alerting` False (a source's first pass, an import)
        owes nobody anything, and so does a release older than the fresh days.
        """
        arrival = Arrival(
            release, findings, source_id, fetched_at, page_hash, etag, last_modified, recheck_at, alerting, now
        )
        with self._database.write() as session:
            return record_arrival(session, arrival, self._lexicon, self._policy)

    def known(self, urls: Iterable[str]) -> dict[str, Known]:
        """Those of `urls` that were met before, under the addresses they were asked by."""
        asked: dict[str, list[str]] = defaultdict(list)
        for url in urls:
            asked[canonical_url(url)].append(url)
        addresses = sorted(asked)
        found: dict[str, Known] = {}
        with self._database.read() as session:
            for at in range(0, len(addresses), ASK_AT_ONCE):
                some = addresses[at : at + ASK_AT_ONCE]
                for row in session.exec(select(ReleaseRow).where(col(ReleaseRow.url).in_(some))):
                    found.update((url, _known(row)) for url in asked[row.url])
        return found

    def due_for_recheck(self, source_id: int, now: datetime, limit: int) -> list[Known]:
        """Releases of a source whose page should be read again, the longest waiting first."""
        query = select(ReleaseRow).where(ReleaseRow.source_id == source_id, col(ReleaseRow.recheck_at) <= now)
        with self._database.read() as session:
            return [_known(row) for row in session.exec(query.order_by(col(ReleaseRow.recheck_at)).limit(limit))]

    def checked(self, url: str, now: datetime, recheck_at: datetime | None) -> None:
        """Its page is as it was."""
        with self._database.write() as session:
            row = _find(session, url)
            if row is not None:
                row.checked_at, row.recheck_at, row.vanished_at = now, recheck_at, None

    def unreadable(self, url: str, source_id: int | None, reason: str, now: datetime) -> None:
        """Its page gave no text, for `reason` (a sentence). It is tried again soon, later once a day."""
        with self._database.write() as session:
            row = _find(session, url)
            if row is None:
                row = ReleaseRow(url=canonical_url(url), source_id=source_id, first_seen=now)
                session.add(row)
            row.unreadable, row.checked_at = reason, now
            row.recheck_at = now + min(FIRST_RETRY * 2 ** min(row.tries, 10), LAST_RETRY)
            row.tries += 1

    def vanished(self, url: str, now: datetime) -> None:
        """Its page is gone. It is marked, and what it said stays believed."""
        with self._database.write() as session:
            row = _find(session, url)
            if row is not None:
                row.vanished_at = row.vanished_at or now
                row.checked_at, row.recheck_at = now, now + LAST_RETRY

    def latest(self, n: int, force: str = "") -> list[ReleaseSummary]:
        """The newest `n` releases that state a grade, a move or a cause of concern (about `force`)."""
        query = select(ReleaseRow).where(col(ReleaseRow.stated))
        if force:
            theirs = (
                select(RevisionRow.release_id)
                .join(FindingRow, col(FindingRow.revision_id) == RevisionRow.id)
                .where(FindingRow.force == force, col(FindingRow.kind).in_(["judgment", "monitoring", "cause"]))
                .where(col(FindingRow.dropped_at).is_(None))
            )
            query = query.where(col(ReleaseRow.id).in_(theirs))
        newest = func.coalesce(ReleaseRow.published, ReleaseRow.first_seen).desc()
        with self._database.read() as session:
            rows = session.exec(query.order_by(newest, col(ReleaseRow.id).desc()).limit(n)).all()
            return summaries(session, rows)


def _find(session: Session, url: str) -> ReleaseRow | None:
    return session.exec(select(ReleaseRow).where(ReleaseRow.url == canonical_url(url))).first()


def _known(row: ReleaseRow) -> Known:
    return Known(
        row.url,
        row.revision,
        row.etag,
        row.last_modified,
        row.recheck_at,
        row.text_hash,
        unreadable=row.unreadable,
        title=row.title,
        published=row.published,
        first_seen=row.first_seen,
    )


def summaries(session: Session, rows: Sequence[ReleaseRow]) -> list[ReleaseSummary]:
    """The releases with what is believed of their newest revisions; what waits for the operator is not told."""
    stated: dict[str, list[AssertionRow]] = defaultdict(list)
    said = select(AssertionRow).where(col(AssertionRow.release).in_([row.url for row in rows]))
    said = said.where(col(AssertionRow.current), col(AssertionRow.withdrawn_at).is_(None))
    for assertion in session.exec(said.order_by(col(AssertionRow.id))):
        stated[assertion.release].append(assertion)
    found: dict[int, list[FindingRow]] = defaultdict(list)
    query = (
        select(ReleaseRow.id, FindingRow)
        .join(RevisionRow, (col(RevisionRow.release_id) == ReleaseRow.id) & (RevisionRow.number == ReleaseRow.revision))
        .join(FindingRow, col(FindingRow.revision_id) == RevisionRow.id)
        .where(col(ReleaseRow.id).in_([row.id for row in rows]), col(FindingRow.dropped_at).is_(None))
        .where(col(FindingRow.kind).in_(["monitoring", "cause"]))
        .order_by(col(FindingRow.start), col(FindingRow.id))
    )
    for release_id, finding in session.exec(query):
        found[release_id or 0].append(finding)
    return [_summary(row, stated[row.url], found[row.id or 0]) for row in rows]


def _summary(row: ReleaseRow, stated: Sequence[AssertionRow], found: Sequence[FindingRow]) -> ReleaseSummary:
    judgments = [a for a in stated if a.revision == row.revision]
    return ReleaseSummary(
        id=row.id or 0,
        title=row.title,
        url=row.url,
        publisher=cast(Publisher, row.publisher or "press"),
        published=row.published,
        first_seen=row.first_seen,
        forces=tuple(dict.fromkeys([*(a.force for a in judgments), *(f.force for f in found)])),
        judgments=tuple((a.force, a.canonical, a.grade) for a in judgments),
        moves=tuple((f.force, f.value) for f in found if f.kind == "monitoring"),
        causes=tuple((f.force, f.question, f.value) for f in found if f.kind == "cause"),
    )
