"""Rulings: what the operator decided about words of a release, and which findings of any later reading it settles."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlmodel import Session, col, select

from store.tables import FindingRow, ReviewRow

TELLING = 12
"""Characters from which words inside other words are surely the same passage; `good` alone stands anywhere."""
DECIDED = ("approved", "corrected", "dismissed")


def plain_words(words: str) -> str:
    """Evidence as it is compared: spaces and case aside."""
    return " ".join(words.casefold().split())


def words_key(words: str) -> str:
    return hashlib.sha256(plain_words(words).encode()).hexdigest()


def reviews_of(session: Session, release_id: int | None) -> list[ReviewRow]:
    """All that was ever asked about a release, decided or not, the first asked first."""
    query = select(ReviewRow).where(ReviewRow.release_id == release_id)
    return list(session.exec(query.order_by(col(ReviewRow.id))))


class Rulings:
    """The decisions on a release that hold for one text of it: those whose words still stand there."""

    def __init__(self, session: Session, reviews: Sequence[ReviewRow], text: str) -> None:
        decided = [row for row in reviews if row.decision in DECIDED]
        whole = plain_words(text) if decided else ""
        self._quotes = {row.id: plain_words(session.get_one(FindingRow, row.finding_id).quote) for row in decided}
        self.rows = [row for row in decided if self._quotes[row.id] in whole]

    @property
    def stating(self) -> list[ReviewRow]:
        """Those that state a judgment."""
        return [row for row in self.rows if row.decision != "dismissed" and row.said_grade and self._quotes[row.id]]

    def on(self, finding: FindingRow) -> ReviewRow | None:
        """The decision that settles `finding`; the newest of several."""
        return next((row for row in reversed(self.rows) if self._settles(row, finding)), None)

    def _settles(self, row: ReviewRow, finding: FindingRow) -> bool:
        decided, read = self._quotes[row.id], plain_words(finding.quote)
        if row.said_grade and _same_subject(row, finding) and _touch(decided, read):
            return True  # the operator said what these words give
        if finding.value != row.value or row.force not in ("", finding.force):
            return False
        if row.question == finding.question:
            return _touch(decided, read)
        # What was read without a question covers whatever question is read from the very same words.
        return row.question == "" and decided == read


def _same_subject(row: ReviewRow, finding: FindingRow) -> bool:
    """The question that was decided, whatever grade is read for it now."""
    same = (finding.force, finding.question, finding.current) == (row.said_force, row.said_question, row.said_current)
    return same and (finding.cycle == row.said_cycle or not finding.cycle or not row.said_cycle)


def _touch(one: str, other: str) -> bool:
    """The same passage, though a rule may quote more or less of it."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= TELLING and shorter in longer)
