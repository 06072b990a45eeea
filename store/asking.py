"""What the operator is asked about a release: each question once, whatever the revision or the reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from store.rulings import DECIDED, words_key
from store.tables import FindingRow, ReleaseRow, ReviewRow

Question = tuple[str, str, str, str]


def ask_for_review(
    session: Session,
    release: ReleaseRow,
    asked: Mapping[int, tuple[str, str]],
    findings: Sequence[FindingRow],
    reviews: Sequence[ReviewRow],
    now: datetime,
) -> None:
    """Brings what waits to what the newest revision asks (`asked`: finding -> (kind, reason)).

    What was decided is not asked again. What waits and is asked no more is superseded; it is asked again should a
    later revision bring its words back.
    """
    known = {(row.words, row.force, row.question, row.value): row for row in reviews}
    there = {_question(finding): finding for finding in findings}
    wanted = {_question(f): (f, *asked[f.id or 0]) for f in findings if f.id in asked}
    for row in reviews:
        name = (row.words, row.force, row.question, row.value)
        disputed = row.kind == "disputed" and not row.decision and name in there
        if disputed:
            # A dispute is met once, when it arises, and goes on for as long as its words stand.
            wanted[name] = (there[name], row.kind, row.reason)
        elif not row.decision and name not in wanted:
            row.decision, row.decided_at, row.note = "superseded", now, "a later reading asks it no more"
    for name, (finding, kind, reason) in wanted.items():
        old = known.get(name)
        if old is None:
            session.add(_asking(release, name, finding, kind, reason, now))
        elif old.decision not in DECIDED:
            if old.decision == "superseded":
                old.decision, old.decided_at, old.note, old.made_at = "", None, "", now
            old.finding_id, old.kind, old.reason = finding.id or 0, kind, reason
    session.flush()


def _asking(
    release: ReleaseRow, name: Question, finding: FindingRow, kind: str, reason: str, now: datetime
) -> ReviewRow:
    words, force, question, value = name
    return ReviewRow(
        release_id=release.id or 0,
        words=words,
        force=force,
        question=question,
        value=value,
        finding_id=finding.id or 0,
        kind=kind,
        reason=reason,
        made_at=now,
    )


def _question(finding: FindingRow) -> Question:
    return words_key(finding.quote), finding.force, finding.question, finding.value
