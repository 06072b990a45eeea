"""What a revision states in the ledger: planned from its findings and the operator's rulings, then written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from inspections.compare import placed_question
from inspections.lexicon import Lexicon
from store.policy import SURE
from store.rulings import Rulings
from store.tables import AssertionRow, CauseRow, FindingRow, MoveRow, ReleaseRow, ReviewRow, RevisionRow
from store.text import london_day

Standing = TypeVar("Standing", AssertionRow, MoveRow, CauseRow)
Name = TypeVar("Name")
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """One judgment that a revision is to be believed to state."""

    force: str
    cycle: str
    question: str
    canonical: str
    grade: str
    evidence: str
    current: bool
    finding_id: int | None


@dataclass(slots=True)
class Plan:
    """What the findings of a revision come to."""

    judgments: list[Said] = field(default_factory=list)
    moves: list[FindingRow] = field(default_factory=list)
    causes: list[FindingRow] = field(default_factory=list)
    for_review: dict[int, tuple[str, str]] = field(default_factory=dict)
    """finding -> (kind, reason)"""


@dataclass(slots=True)
class Stated:
    """What stands in the ledger for a revision."""

    findings_of: dict[str, int] = field(default_factory=dict)
    """The finding behind `assertion:7`, `move:3`, `cause:2`."""
    moves: dict[str, int] = field(default_factory=dict)
    """force -> id of the move row"""
    causes: list[CauseRow] = field(default_factory=list)
    current: bool = False
    """True when it states a current judgment, a move or a cause of concern."""


@dataclass(frozen=True, slots=True)
class Before:
    """What stood in the ledger for a revision until now."""

    judgments: Sequence[AssertionRow]
    moves: Sequence[MoveRow]
    causes: Sequence[CauseRow]

    @property
    def forces(self) -> set[str]:
        """Those whose monitoring or causes of concern it told."""
        return {move.force for move in self.moves} | {cause.force for cause in self.causes}


def plan_statements(findings: Sequence[FindingRow], rulings: Rulings, lexicon: Lexicon) -> Plan:
    """What is sure is stated, what is not is for review, and what an operator decided is as decided."""
    plan = Plan()
    settled: dict[int | None, FindingRow] = {}
    judgments: list[FindingRow] = []
    for finding in findings:
        ruling = rulings.on(finding) if finding.kind in ("judgment", "unplaced", "doubt") else None
        if finding.kind == "monitoring":
            plan.moves.append(finding)
        elif finding.kind == "cause":
            plan.causes.append(finding)
        elif ruling is not None and not (ruling.kind == "disputed" and ruling.decision == "dismissed"):
            if finding.kind == "judgment":
                settled.setdefault(ruling.id, finding)
        elif finding.kind in ("unplaced", "doubt"):
            plan.for_review[finding.id or 0] = (finding.kind, finding.reason)
        elif finding.kind == "judgment" and finding.confidence < SURE:
            reason = finding.reason or f"read with little confidence ({finding.confidence:.2f})"
            plan.for_review[finding.id or 0] = ("judgment", reason)
        elif finding.kind == "judgment":
            judgments.append(finding)
    ruled = {_key(said): said for said in (_as_ruled(r, settled.get(r.id), lexicon) for r in rulings.stating)}
    plan.judgments = list(ruled.values())
    decided = [f for f in settled.values() if f.confidence >= SURE]
    plan.judgments += _one_a_question(judgments, decided, ruled, plan, lexicon)
    return plan


def _one_a_question(
    findings: Sequence[FindingRow],
    decided: Sequence[FindingRow],
    ruled: dict[Key, Said],
    plan: Plan,
    lexicon: Lexicon,
) -> Iterator[Said]:
    """One judgment for each question of a cycle. Two current grades for one question are for a person to settle:
    while only one of them is `decided`, the other goes on waiting."""
    by_key: dict[Key, list[FindingRow]] = defaultdict(list)
    for finding in [*findings, *decided]:
        by_key[finding.force, finding.cycle, _placed(finding, lexicon)].append(finding)
    for key, group in by_key.items():
        current = [f for f in group if f.current]
        mine = [f for f in group if f not in decided]
        if len({f.value for f in current}) > 1:
            ruling = ruled.get(key)
            for finding in mine:
                if finding.current and (ruling is None or finding.value != ruling.grade):
                    reason = "the release gives two grades for one question"
                    plan.for_review[finding.id or 0] = ("judgment", reason)
        elif mine and key not in ruled:
            best = max([f for f in mine if f.current] or mine, key=lambda f: (f.confidence, -f.start, f.value))
            yield _as_read(best, lexicon)


def _as_read(finding: FindingRow, lexicon: Lexicon) -> Said:
    return Said(
        force=finding.force,
        cycle=finding.cycle,
        question=_placed(finding, lexicon),
        canonical=finding.question,
        grade=finding.value,
        evidence=finding.quote,
        current=finding.current,
        finding_id=finding.id,
    )


def _as_ruled(row: ReviewRow, finding: FindingRow | None, lexicon: Lexicon) -> Said:
    """A judgment as it was decided. When only its cycle was not known then, a later reading may tell it."""
    cycle, part = row.said_cycle, row.said_part
    if not cycle and row.decision == "approved" and finding is not None:
        cycle, part = finding.cycle, finding.part
    return Said(
        force=row.said_force,
        cycle=cycle,
        question=placed_question(row.said_question, cycle, part, lexicon),
        canonical=row.said_question,
        grade=row.said_grade,
        evidence=finding.quote if finding is not None else "",
        current=row.said_current,
        finding_id=finding.id if finding is not None else row.finding_id,
    )


def _placed(finding: FindingRow, lexicon: Lexicon) -> str:
    return placed_question(finding.question, finding.cycle, finding.part, lexicon)


def _key(said: Said | AssertionRow) -> Key:
    return said.force, said.cycle, said.question


def stated_before(session: Session, revision: RevisionRow) -> Before:
    def standing(table: type[Standing]) -> list[Standing]:
        query = select(table).where(table.origin == _origin(revision), col(table.withdrawn_at).is_(None))
        return list(session.exec(query))

    return Before(standing(AssertionRow), standing(MoveRow), standing(CauseRow))


def write_statements(
    session: Session,
    release: ReleaseRow,
    revision: RevisionRow,
    plan: Plan,
    before: Before,
    now: datetime,
    reason: str = "",
) -> Stated:
    """Brings the ledger to what the plan says of this revision: what stands and is not in it is withdrawn for
    `reason`, what is new is added, the rest stays as it is."""
    day = london_day(revision.published)
    made: dict[str, Any] = {
        "origin": _origin(revision),
        "publisher": release.publisher or "press",
        "published": day,
        "precision": "day" if day else "",
        "release": release.url,
        "revision": revision.number,
        "made_at": now,
    }
    on = {**made, "on": day.isoformat() if day else ""}
    judgments = {
        (*_key(said), said.grade, said.current): AssertionRow(
            **made,
            force=said.force,
            cycle=said.cycle,
            question=said.question,
            canonical=said.canonical,
            grade=said.grade,
            evidence=said.evidence or _words_of(session, said.finding_id),
            current=said.current,
            finding_id=said.finding_id,
        )
        for said in reversed(plan.judgments)  # of two alike the first stays
    }
    moves = {
        (f.force, f.value): MoveRow(**on, force=f.force, move=f.value, evidence=f.quote, finding_id=f.id)
        for f in reversed(plan.moves)
    }
    causes = {
        (f.force, f.question, f.value): CauseRow(
            **on, force=f.force, topic=f.question, state=f.value, evidence=f.quote, finding_id=f.id
        )
        for f in reversed(plan.causes)
    }
    stated = Stated()
    there = {(*_key(row), row.grade, row.current): row for row in before.judgments}
    for row in _bring(session, there, judgments, now, reason):
        stated.findings_of[f"assertion:{row.id}"] = row.finding_id or 0
        stated.current = stated.current or row.current
    for move in _bring(session, {(m.force, m.move): m for m in before.moves}, moves, now, reason):
        stated.moves[move.force] = move.id or 0
        stated.findings_of[f"move:{move.id}"] = move.finding_id or 0
    for cause in _bring(session, {(c.force, c.topic, c.state): c for c in before.causes}, causes, now, reason):
        stated.causes.append(cause)
        stated.findings_of[f"cause:{cause.id}"] = cause.finding_id or 0
    stated.current = stated.current or bool(stated.moves or stated.causes)
    return stated


def _bring(
    session: Session,
    there: dict[Name, Standing],
    wanted: dict[Name, Standing],
    now: datetime,
    reason: str,
) -> list[Standing]:
    """The rows that stand afterwards, in the order of the text."""
    for key, row in there.items():
        if key not in wanted:
            row.withdrawn_at, row.withdrawn_reason = now, reason
    session.flush()  # what is withdrawn makes room for what takes its place
    rows = [there.get(key) or row for key, row in reversed(wanted.items())]
    session.add_all(rows)
    session.flush()
    return rows


def _origin(revision: RevisionRow) -> str:
    return f"revision:{revision.id}"


def _words_of(session: Session, finding: int | None) -> str:
    row = session.get(FindingRow, finding) if finding is not None else None
    return row.quote if row is not None else ""
