"""What waits for the operator: findings that are unsure, unplaced, doubted or disputed, and what was decided."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlmodel import Session, col, select

from inspections.compare import placed_question
from inspections.lexicon import Lexicon
from inspections.model import Publisher
from store.database import Database
from store.policy import Policy
from store.recording import Statement, state
from store.releases import summaries
from store.tables import AssertionRow, FindingRow, ReleaseRow, ReviewRow, RevisionRow
from store.values import Decision, ReleaseSummary, Review


class Reviews:
    def __init__(self, database: Database, lexicon: Lexicon, policy: Policy) -> None:
        self._database = database
        self._lexicon = lexicon
        self._policy = policy

    def waiting(self, limit: int) -> list[Review]:
        """What nobody has decided yet, of the newest releases first."""
        query = (
            select(ReviewRow, FindingRow, ReleaseRow)
            .join(FindingRow, col(FindingRow.id) == ReviewRow.finding_id)
            .join(RevisionRow, col(RevisionRow.id) == FindingRow.revision_id)
            .join(ReleaseRow, col(ReleaseRow.id) == RevisionRow.release_id)
            .where(ReviewRow.decision == "")
            .order_by(col(ReviewRow.made_at).desc(), col(ReviewRow.id))
        )
        with self._database.read() as session:
            return [_review(*found) for found in session.exec(query.limit(limit))]

    def decide(self, id: int, decision: Decision, who: str, now: datetime, note: str = "") -> bool:  # noqa: A002
        """Stores who decided what and when. False when it was decided before, or is not known.

        A judgment that is approved is asserted in the name of its release, and told like any other while it is news.
        Of two grades for one question only one can be approved.
        """
        with self._database.write() as session:
            row = session.get(ReviewRow, id)
            if row is None or row.decision:
                return False
            if decision == "approved" and row.kind == "judgment":
                finding = session.get_one(FindingRow, row.finding_id)
                if self._is_said_already(session, finding):
                    return False
                self._believe(session, finding, now)
            row.decision, row.decided_by, row.decided_at, row.note = decision, who, now, note
            return True

    def _believe(self, session: Session, finding: FindingRow, now: datetime) -> None:
        revision = session.get_one(RevisionRow, finding.revision_id)
        release = session.get_one(ReleaseRow, revision.release_id)
        finding.confidence = 1.0
        news = self._policy.is_fresh(release.published or release.first_seen, now)
        state(session, Statement(release, revision, [finding]), now, self._lexicon, self._policy, alerting=news)

    def _is_said_already(self, session: Session, finding: FindingRow) -> bool:
        query = select(AssertionRow.id).where(
            AssertionRow.origin == f"revision:{finding.revision_id}",
            AssertionRow.force == finding.force,
            AssertionRow.cycle == finding.cycle,
            AssertionRow.question == placed_question(finding.question, finding.cycle, finding.part, self._lexicon),
        )
        return session.exec(query).first() is not None

    def unread_grades(self, limit: int) -> list[ReleaseSummary]:
        """Releases with a grade word in which no judgment was read, the newest first."""
        judged = select(FindingRow.revision_id).where(FindingRow.kind == "judgment")
        query = (
            select(ReleaseRow)
            .join(
                RevisionRow,
                (col(RevisionRow.release_id) == ReleaseRow.id) & (RevisionRow.number == ReleaseRow.revision),
            )
            .where(RevisionRow.grade_words > 0, col(RevisionRow.id).not_in(judged))
            .order_by(col(ReleaseRow.id).desc())
        )
        with self._database.read() as session:
            return summaries(session, session.exec(query.limit(limit)).all())


def _review(row: ReviewRow, finding: FindingRow, release: ReleaseRow) -> Review:
    return Review(
        id=row.id or 0,
        kind=row.kind,
        reason=row.reason,
        force=finding.force,
        question=finding.question,
        value="" if finding.kind == "doubt" else finding.value,
        evidence=finding.quote,
        confidence=finding.confidence,
        title=release.title,
        url=release.url,
        publisher=cast(Publisher, release.publisher or "press"),
        published=release.published,
        made_at=row.made_at,
    )
