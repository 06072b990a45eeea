"""What waits for the operator: findings that are unsure, unplaced, doubted or disputed, and what was decided."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import func
from sqlmodel import Session, col, select

from inspections.compare import placed_question
from inspections.correction import Correction
from inspections.ledger import Change
from inspections.lexicon import Lexicon
from inspections.model import Publisher
from store.database import Database
from store.ledger import assertion_of
from store.policy import Policy
from store.readings import read_finding, stored_release
from store.recording import Statement, state
from store.releases import summaries
from store.rulings import DECIDED
from store.tables import AssertionRow, FindingRow, ReleaseRow, ReviewRow, RevisionRow
from store.values import Decided, DecidedRelease, Decision, Refused, ReleaseSummary, Review


class Reviews:
    def __init__(self, database: Database, lexicon: Lexicon, policy: Policy) -> None:
        self._database = database
        self._lexicon = lexicon
        self._policy = policy

    def waiting(self, limit: int) -> list[Review]:
        """What nobody has decided yet, the newest first."""
        query = select(ReviewRow).where(ReviewRow.decision == "")
        query = query.order_by(col(ReviewRow.made_at).desc(), col(ReviewRow.id))
        with self._database.read() as session:
            return [_review(session, row) for row in session.exec(query.limit(limit))]

    def how_many_wait(self) -> int:
        query = select(func.count()).select_from(ReviewRow).where(ReviewRow.decision == "")
        with self._database.read() as session:
            return session.exec(query).one()

    def find(self, id: int) -> Review | None:  # noqa: A002 - the word of the caller
        """The review with this number, decided or not."""
        with self._database.read() as session:
            row = session.get(ReviewRow, id)
            return _review(session, row) if row is not None else None

    def decide(
        self,
        id: int,  # noqa: A002 - the word of the caller
        decision: Decision,
        who: str,
        now: datetime,
        *,
        correction: Correction | None = None,
        note: str = "",
    ) -> Decided | Refused:
        """Stores who decided what and when, once.

        What is approved is asserted in the name of its release as if it had been read so, what is corrected with the
        `correction` in its place; either is told like any other news. What is dismissed is asserted no more. A decision
        holds for every later reading and revision with the same words. Of two grades for one question only one can be
        approved; a correction replaces what else the release was read to say of the question.
        """
        with self._database.write() as session:
            row = session.get(ReviewRow, id)
            if row is None:
                return Refused("unknown")
            if row.decision:
                return Refused("decided", _review(session, row))
            finding = session.get_one(FindingRow, row.finding_id)
            refused = self._refused(session, row, finding, decision, correction)
            if refused is not None:
                return refused
            row.decision, row.decided_by, row.decided_at, row.note = decision, who, now, note
            _say(row, finding, decision, correction)
            session.flush()
            changes, deliveries = self._restate(session, finding, now, decision) if row.said_grade else ((), 0)
            return Decided(_review(session, row), changes, deliveries)

    def _refused(
        self, session: Session, row: ReviewRow, finding: FindingRow, decision: Decision, correction: Correction | None
    ) -> Refused | None:
        if decision == "corrected":
            if correction is None:
                return Refused("no-question", _review(session, row))
            return None if finding.quote.strip() else Refused("no-words", _review(session, row))
        if decision == "approved" and row.kind == "unplaced":
            return Refused("no-question", _review(session, row))
        if decision == "approved" and row.kind == "judgment" and self._is_taken(session, finding):
            return Refused("taken", _review(session, row))
        return None

    def _is_taken(self, session: Session, finding: FindingRow) -> bool:
        """Whether the release is believed to give another grade for the question."""
        query = select(AssertionRow.id).where(
            AssertionRow.origin == f"revision:{finding.revision_id}",
            AssertionRow.force == finding.force,
            AssertionRow.cycle == finding.cycle,
            AssertionRow.question == placed_question(finding.question, finding.cycle, finding.part, self._lexicon),
            AssertionRow.grade != finding.value,
            col(AssertionRow.withdrawn_at).is_(None),
        )
        return session.exec(query).first() is not None

    def _restate(
        self, session: Session, finding: FindingRow, now: datetime, decision: Decision
    ) -> tuple[tuple[Change, ...], int]:
        revision = session.get_one(RevisionRow, finding.revision_id)
        release = session.get_one(ReleaseRow, revision.release_id)
        read = select(FindingRow).where(FindingRow.revision_id == revision.id, col(FindingRow.dropped_at).is_(None))
        statement = Statement(
            release,
            revision,
            session.exec(read.order_by(col(FindingRow.id))).all(),
            alerting=revision.alerting,
            fresh=self._policy.is_fresh(release.published or release.first_seen, now),
            reason=f"the operator {decision} another reading",
        )
        return state(session, statement, now, self._lexicon, self._policy)

    def unread_grades(self, limit: int) -> list[ReleaseSummary]:
        """Releases with a grade word in which no judgment was read, the newest first."""
        judged = select(FindingRow.revision_id).where(
            FindingRow.kind == "judgment", col(FindingRow.dropped_at).is_(None)
        )
        stated = select(AssertionRow.release).where(
            AssertionRow.revision == ReleaseRow.revision,
            AssertionRow.release == ReleaseRow.url,
            col(AssertionRow.withdrawn_at).is_(None),
        )
        query = (
            select(ReleaseRow)
            .join(
                RevisionRow,
                (col(RevisionRow.release_id) == ReleaseRow.id) & (RevisionRow.number == ReleaseRow.revision),
            )
            .where(RevisionRow.grade_words > 0, col(RevisionRow.id).not_in(judged), ~stated.exists())
            .order_by(col(ReleaseRow.id).desc())
        )
        with self._database.read() as session:
            return summaries(session, session.exec(query.limit(limit)).all())

    def decided_releases(self) -> list[DecidedRelease]:
        """The releases on which an operator decided and of which nothing waits any more, the oldest first."""
        decided = select(ReviewRow.release_id).where(col(ReviewRow.decision).in_(DECIDED))
        waiting = select(ReviewRow.release_id).where(ReviewRow.decision == "")
        query = (
            select(ReleaseRow, RevisionRow)
            .where(RevisionRow.release_id == ReleaseRow.id, RevisionRow.number == ReleaseRow.revision)
            .where(col(ReleaseRow.id).in_(decided), col(ReleaseRow.id).not_in(waiting))
        )
        with self._database.read() as session:
            return [_decided(session, *found) for found in session.exec(query.order_by(col(ReleaseRow.id)))]


def _say(row: ReviewRow, finding: FindingRow, decision: Decision, correction: Correction | None) -> None:
    """The judgment that a decision states, in its row."""
    if decision == "corrected" and correction is not None:
        row.said_force, row.said_question = correction.force, correction.question
        row.said_grade, row.said_cycle, row.said_part = correction.grade.value, correction.cycle, correction.part
    elif decision == "approved" and finding.kind == "judgment":
        row.said_force, row.said_question, row.said_current = finding.force, finding.question, finding.current
        row.said_grade, row.said_cycle, row.said_part = finding.value, finding.cycle, finding.part


def _review(session: Session, row: ReviewRow) -> Review:
    finding = session.get_one(FindingRow, row.finding_id)
    release = session.get_one(ReleaseRow, row.release_id)
    return Review(
        id=row.id or 0,
        kind=row.kind,
        reason=row.reason,
        force=row.said_force or finding.force,
        question=row.said_question or finding.question,
        value=row.said_grade or ("" if finding.kind == "doubt" else finding.value),
        evidence=finding.quote,
        confidence=finding.confidence,
        title=release.title,
        url=release.url,
        publisher=cast(Publisher, release.publisher or "press"),
        published=release.published,
        made_at=row.made_at,
        cycle=row.said_cycle if row.said_grade else finding.cycle or _cycle_beside(session, finding),
        decision=row.decision,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        note=row.note,
    )


def _cycle_beside(session: Session, finding: FindingRow) -> str:
    """The cycle of the other current grades of the release, when it is one."""
    query = select(FindingRow.cycle).where(
        FindingRow.revision_id == finding.revision_id,
        FindingRow.kind == "judgment",
        col(FindingRow.current),
        FindingRow.cycle != "",
        col(FindingRow.dropped_at).is_(None),
    )
    cycles = session.exec(query.distinct()).all()
    return cycles[0] if len(cycles) == 1 else ""


def _decided(session: Session, release: ReleaseRow, revision: RevisionRow) -> DecidedRelease:
    said = select(AssertionRow).where(
        AssertionRow.origin == f"revision:{revision.id}", col(AssertionRow.withdrawn_at).is_(None)
    )
    read = select(FindingRow).where(FindingRow.revision_id == revision.id, col(FindingRow.dropped_at).is_(None))
    return DecidedRelease(
        id=release.id or 0,
        release=stored_release(release, revision),
        judgments=tuple(assertion_of(row) for row in session.exec(said.order_by(col(AssertionRow.id)))),
        findings=tuple(read_finding(row) for row in session.exec(read.order_by(col(FindingRow.id)))),
    )
