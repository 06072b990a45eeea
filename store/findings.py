"""Findings as rows, and the statements of the ledger that are made from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from inspections.compare import placed_question
from inspections.findings import Findings
from inspections.lexicon import Lexicon
from inspections.release import Quote
from store.policy import SURE
from store.tables import AssertionRow, CauseRow, FindingRow, MoveRow, ReleaseRow, RevisionRow
from store.text import storable

NO_WORDS = Quote("", 0, 0)


@dataclass(slots=True)
class Stated:
    """What the findings of a revision became."""

    findings_of: dict[str, int] = field(default_factory=dict)
    """The finding behind `assertion:7`, `move:3`, `cause:2`."""
    moves: dict[str, int] = field(default_factory=dict)
    """force -> id of the move row"""
    causes: list[CauseRow] = field(default_factory=list)
    for_review: dict[int, tuple[str, str]] = field(default_factory=dict)
    """finding -> (kind, reason)"""


def finding_rows(found: Findings, revision_id: int) -> list[FindingRow]:
    """One row a finding, each key once."""
    rows: dict[tuple[object, ...], FindingRow] = {}
    for row in _rows(found, revision_id):
        key = (row.kind, row.start, row.end, row.force, row.question, row.value, row.current)
        if key not in rows or row.confidence > rows[key].confidence:
            rows[key] = row
    return list(rows.values())


def _rows(found: Findings, revision_id: int) -> Iterator[FindingRow]:
    def row(kind: str, quote: Quote, value: str, **more: Any) -> FindingRow:
        place: dict[str, Any] = {"start": quote.start, "end": quote.end, "quote": storable(quote.text)}
        return FindingRow(revision_id=revision_id, kind=kind, value=value, **place, **more)

    for j in found.judgments:
        more = {"cycle": j.cycle, "part": j.part, "current": j.current, "confidence": j.confidence, "rule": j.rule}
        yield row("judgment", j.quote, j.grade.value, force=j.force, question=j.question, **more)
    for tally in found.tallies:
        counts = " ".join(f"{grade.value}:{count}" for grade, count in tally.counts)
        yield row("tally", tally.quote, counts, force=tally.force, rule=tally.rule)
    for move in found.monitoring:
        yield row("monitoring", move.quote, move.move, force=move.force, rule=move.rule)
    for cause in found.causes:
        topic = storable(cause.topic)
        yield row("cause", cause.quote, cause.state, force=cause.force, question=topic, rule=cause.rule)
    for u in found.unplaced:
        yield row("unplaced", u.quote, u.grade.value, force=u.force, reason=u.reason, confidence=0.0)
    for theme in found.themes:
        for quote in theme.quotes:
            yield row("theme", quote, theme.theme)
    for doubt in found.doubts:
        yield row("doubt", doubt.quote or NO_WORDS, doubt.reason, force=doubt.force, reason=doubt.reason)


def write_statements(
    session: Session,
    release: ReleaseRow,
    revision: RevisionRow,
    findings: Sequence[FindingRow],
    day: date | None,
    now: datetime,
    lexicon: Lexicon,
) -> Stated:
    """Assertions, moves and causes of `findings`; what is not sure enough is noted for review instead."""
    stated = Stated()
    for finding in findings:
        if finding.kind in ("unplaced", "doubt"):
            stated.for_review[finding.id or 0] = (finding.kind, finding.reason)
    said: dict[str, Any] = {
        "origin": f"revision:{revision.id}",
        "publisher": release.publisher or "press",
        "published": day,
        "precision": "day" if day else "",
        "release": release.url,
        "revision": revision.number,
        "made_at": now,
    }
    for finding, question in _sure_judgments(findings, stated, lexicon):
        row = AssertionRow(
            **said,
            force=finding.force,
            cycle=finding.cycle,
            question=question,
            canonical=finding.question,
            grade=finding.value,
            evidence=finding.quote,
            current=finding.current,
            finding_id=finding.id,
        )
        session.add(row)
        session.flush()
        stated.findings_of[f"assertion:{row.id}"] = finding.id or 0
    _write_moves_and_causes(session, findings, {**said, "on": day.isoformat() if day else ""}, stated)
    return stated


def _sure_judgments(
    findings: Sequence[FindingRow], stated: Stated, lexicon: Lexicon
) -> Iterator[tuple[FindingRow, str]]:
    """One judgment for each question of a cycle. Two current grades for one question are for a person to settle."""
    by_key: dict[tuple[str, str, str], list[FindingRow]] = defaultdict(list)
    for finding in findings:
        if finding.kind != "judgment":
            continue
        if finding.confidence < SURE:
            reason = finding.reason or f"read with little confidence ({finding.confidence:.2f})"
            stated.for_review[finding.id or 0] = ("judgment", reason)
            continue
        question = placed_question(finding.question, finding.cycle, finding.part, lexicon)
        by_key[finding.force, finding.cycle, question].append(finding)
    for (_force, _cycle, question), group in by_key.items():
        current = [f for f in group if f.current]
        if len({f.value for f in current}) > 1:
            for finding in current:
                stated.for_review[finding.id or 0] = ("judgment", "the release gives two grades for one question")
            continue
        yield max(current or group, key=lambda f: (f.confidence, -f.start, f.value)), question


def _write_moves_and_causes(
    session: Session, findings: Sequence[FindingRow], said: dict[str, Any], stated: Stated
) -> None:
    moves: dict[tuple[str, str], MoveRow] = {}
    causes: dict[tuple[str, str, str], CauseRow] = {}
    for f in findings:
        words: dict[str, Any] = {"evidence": f.quote, "finding_id": f.id, "force": f.force}
        if f.kind == "monitoring":
            moves.setdefault((f.force, f.value), MoveRow(**said, **words, move=f.value))
        elif f.kind == "cause":
            causes.setdefault(
                (f.force, f.question, f.value), CauseRow(**said, **words, topic=f.question, state=f.value)
            )
    session.add_all([*moves.values(), *causes.values()])
    session.flush()
    for move in moves.values():
        stated.moves[move.force] = move.id or 0
        stated.findings_of[f"move:{move.id}"] = move.finding_id or 0
    for cause in causes.values():
        stated.causes.append(cause)
        stated.findings_of[f"cause:{cause.id}"] = cause.finding_id or 0
