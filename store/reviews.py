"""What waits for the operator: findings that are unsure, unplaced, doubted or disputed, and what was decided."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlmodel import col, select

from inspections.lexicon import Lexicon
from inspections.model import Publisher
from store.database import Database
from store.policy import Policy
from store.releases import summaries
from store.tables import FindingRow, ReleaseRow, ReviewRow, RevisionRow
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
        """Stores who decided what and when. False when it was decided before, or is not known."""
        with self._database.write() as session:
            row = session.get(ReviewRow, id)
            if row is None or row.decision:
                return False
            row.decision, row.decided_by, row.decided_at, row.note = decision, who, now, note
            return True

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
