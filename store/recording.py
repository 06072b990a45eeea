"""Recording one release, in one transaction: it is stored, compared with what is held, and turned into what is owed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from inspections.compare import compare, hold
from inspections.concerns import compare_causes, compare_moves
from inspections.findings import Findings
from inspections.ledger import Change
from inspections.lexicon import Lexicon
from inspections.release import Release
from store.asking import ask_for_review
from store.findings import finding_rows
from store.ledger import assertions_about, causes_of, moves_of
from store.policy import Policy
from store.rulings import Rulings, reviews_of
from store.statements import Plan, Stated, plan_statements, stated_before, write_statements
from store.tables import FindingRow, ReleaseRow, RevisionRow
from store.telling import owe, write_changes
from store.text import storable, text_hash
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
    fresh = policy.is_fresh(row.published, arrival.now)
    statement = Statement(row, revision, rows, alerting=arrival.alerting, fresh=fresh)
    changes, deliveries = state(session, statement, arrival.now, lexicon, policy)
    return Recorded(
        row.id or 0, revision.number, new=not known, revised=bool(known), changes=changes, deliveries=deliveries
    )


@dataclass(frozen=True, slots=True)
class Statement:
    """A revision with all that is read in it, to be believed as far as it is sure or decided."""

    release: ReleaseRow
    revision: RevisionRow
    findings: Sequence[FindingRow]
    alerting: bool
    """False: nobody is told of anything."""
    fresh: bool
    """False: only those are told who were told what is now corrected."""
    reason: str = "a later reading of the same text says otherwise"
    """Why what it stated before and states no more is withdrawn."""


def state(
    session: Session, statement: Statement, now: datetime, lexicon: Lexicon, policy: Policy
) -> tuple[tuple[Change, ...], int]:
    """Brings the ledger to what the revision states, compares, and writes what is owed: the changes and the number
    of deliveries. Doing it again changes nothing."""
    release, revision = statement.release, statement.revision
    newest = revision.number == release.revision
    reviews = reviews_of(session, release.id)
    plan = plan_statements(statement.findings, Rulings(session, reviews, revision.text), lexicon)
    before = stated_before(session, revision)
    forces = {f.force for f in (*plan.moves, *plan.causes)} | before.forces
    topics = {(j.force, j.canonical) for j in plan.judgments} | {(j.force, j.canonical) for j in before.judgments}
    held_before = hold(assertions_about(session, topics), lexicon)
    moves_before, causes_before = moves_of(session, forces), causes_of(session, forces)

    stated = write_statements(session, release, revision, plan, before, now, statement.reason)
    if newest:
        release.stated = stated.current

    changes = (
        *compare(held_before, hold(assertions_about(session, topics), lexicon), lexicon),
        *compare_moves(moves_before, moves_of(session, forces)),
        *compare_causes(causes_before, causes_of(session, forces), lexicon),
    )
    if newest:
        asked = {**plan.for_review, **_disputed(changes, stated, plan)}
        ask_for_review(session, release, asked, statement.findings, reviews, now)
    if not changes:
        return (), 0
    written = write_changes(session, release, revision, changes, stated, now, lexicon)
    return changes, owe(session, written, now, policy, alerting=statement.alerting, fresh=statement.fresh)


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
        alerting=arrival.alerting,
    )
    session.add(revision)
    session.flush()
    return revision


def _disputed(changes: Sequence[Change], stated: Stated, plan: Plan) -> dict[int, tuple[str, str]]:
    """The findings that disagree with what a higher authority says."""
    asked: dict[int, tuple[str, str]] = {}
    for change in changes:
        finding = stated.findings_of.get(f"assertion:{change.assertion}")
        if change.kind == "disputed" and finding is not None and finding not in plan.for_review:
            reason = f"it says {change.after}, the ledger holds {change.before} by a higher authority"
            asked[finding] = ("disputed", reason)
    return asked
