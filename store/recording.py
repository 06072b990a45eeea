"""Recording one release, in one transaction: it is stored, compared with what is held, and turned into what is owed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from inspections.compare import compare, hold
from inspections.concerns import compare_causes, compare_moves
from inspections.findings import Findings
from inspections.ledger import Change
from inspections.lexicon import Lexicon
from inspections.release import Release
from store.findings import Stated, finding_rows, write_statements
from store.ledger import assertions_about, causes_of, moves_of
from store.policy import Policy
from store.tables import FindingRow, ReleaseRow, ReviewRow, RevisionRow
from store.telling import owe, write_changes
from store.text import london_day, storable, text_hash
from store.urls import canonical_url
from store.values import Recorded


@dataclass(frozen=True, slots=True)
class Arrival:
    """A release as it was fetched and read, with what the next fetch needs."""

    release: Release
    findings: Findings
    source_id: int | None
    fetched_at: datetime
    page_hash: str
    etag: str
    last_modified: str
    recheck_at: datetime | None
    alerting: bool
    now: datetime


def record_arrival(session: Session, arrival: Arrival, lexicon: Lexicon, policy: Policy) -> Recorded:
    """All of §3's `record` step, inside the caller's write transaction."""
    row = _release_row(session, arrival)
    hashed = text_hash(arrival.release.text)
    known = row.revision
    if known and row.text_hash == hashed:
        return Recorded(row.id or 0, known, new=False, revised=False, changes=(), deliveries=0)
    revision = _add_revision(session, row, arrival, hashed)
    rows = finding_rows(arrival.findings, revision.id or 0)
    session.add_all(rows)
    session.flush()
    statement = Statement(row, revision, rows)
    changes, deliveries = state(session, statement, arrival.now, lexicon, policy, alerting=arrival.alerting)
    return Recorded(
        row.id or 0, revision.number, new=not known, revised=bool(known), changes=changes, deliveries=deliveries
    )


@dataclass(frozen=True, slots=True)
class Statement:
    """A revision with those of its findings that are to be believed now."""

    release: ReleaseRow
    revision: RevisionRow
    findings: Sequence[FindingRow]


def state(
    session: Session, statement: Statement, now: datetime, lexicon: Lexicon, policy: Policy, *, alerting: bool
) -> tuple[tuple[Change, ...], int]:
    """Asserts what the findings say, compares, and writes what is owed: the changes and the number of deliveries."""
    forces = {f.force for f in statement.findings if f.force}
    topics = {(f.force, f.question) for f in statement.findings if f.kind == "judgment"}
    held_before = hold(assertions_about(session, topics), lexicon)
    moves_before, causes_before = moves_of(session, forces), causes_of(session, forces)

    day = london_day(statement.revision.published)
    stated = write_statements(session, statement.release, statement.revision, statement.findings, day, now, lexicon)

    changes = (
        *compare(held_before, hold(assertions_about(session, topics), lexicon), lexicon),
        *compare_moves(moves_before, moves_of(session, forces)),
        *compare_causes(causes_before, causes_of(session, forces), lexicon),
    )
    _ask_for_review(session, stated, changes, now)
    if not changes:
        return (), 0
    written = write_changes(session, statement.release, statement.revision, changes, stated, now, lexicon)
    fresh = alerting and policy.is_fresh(statement.release.published, now)
    return changes, owe(session, written, now, policy, alerting=alerting, fresh=fresh)


def _release_row(session: Session, arrival: Arrival) -> ReleaseRow:
    release, url = arrival.release, canonical_url(arrival.release.url)
    row = session.exec(select(ReleaseRow).where(ReleaseRow.url == url)).first()
    if row is None:
        row = ReleaseRow(url=url, source_id=arrival.source_id, first_seen=arrival.now)
        session.add(row)
    row.source_id = row.source_id or arrival.source_id
    row.title, row.publisher = storable(release.title), release.publisher or row.publisher
    row.published = release.published or row.published
    row.force, row.language = release.force or row.force, release.language or row.language
    row.fetched_at, row.page_hash = arrival.fetched_at, arrival.page_hash
    row.etag, row.last_modified = arrival.etag, arrival.last_modified
    row.recheck_at, row.checked_at = arrival.recheck_at, arrival.now
    row.unreadable, row.tries, row.vanished_at = "", 0, None
    session.flush()
    return row


def _add_revision(session: Session, row: ReleaseRow, arrival: Arrival, hashed: str) -> RevisionRow:
    release, found = arrival.release, arrival.findings
    row.revision, row.text_hash = row.revision + 1, hashed
    row.stated = any(j.current for j in found.judgments) or bool(found.monitoring or found.causes)
    blocks = [[b.kind, b.start, b.end, b.level, storable(b.row), storable(b.column)] for b in release.blocks]
    revision = RevisionRow(
        release_id=row.id or 0,
        number=row.revision,
        title=row.title,
        published=row.published,
        text=storable(release.text),
        blocks=json.dumps(blocks, ensure_ascii=False, separators=(",", ":")),
        text_hash=hashed,
        page_hash=arrival.page_hash,
        fetched_at=arrival.fetched_at,
        grade_words=found.grade_words,
    )
    session.add(revision)
    session.flush()
    return revision


def _ask_for_review(session: Session, stated: Stated, changes: Sequence[Change], now: datetime) -> None:
    """What is unsure, unplaced, doubted or disputed waits for the operator, each finding once."""
    asked = dict(stated.for_review)
    for change in changes:
        finding = stated.findings_of.get(f"assertion:{change.assertion}")
        if change.kind == "disputed" and finding is not None:
            reason = f"it says {change.after}, the ledger holds {change.before} by a higher authority"
            asked.setdefault(finding, ("disputed", reason))
    there = set(session.exec(select(ReviewRow.finding_id).where(col(ReviewRow.finding_id).in_(list(asked)))))
    for finding, (kind, reason) in asked.items():
        if finding not in there:
            session.add(ReviewRow(finding_id=finding, kind=kind, reason=reason, made_at=now))
    session.flush()
