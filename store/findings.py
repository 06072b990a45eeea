"""Findings as rows, each key once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inspections.findings import Findings
from inspections.release import Quote
from store.tables import FindingRow
from store.text import storable

NO_WORDS = Quote("", 0, 0)


def finding_rows(found: Findings, revision_id: int) -> list[FindingRow]:
    """One row a finding, each key once."""
    rows: dict[tuple[object, ...], FindingRow] = {}
    for row in _rows(found, revision_id):
        key = finding_key(row)
        if key not in rows or row.confidence > rows[key].confidence:
            rows[key] = row
    return list(rows.values())


def finding_key(row: FindingRow) -> tuple[object, ...]:
    """What makes two readings of one text the same finding."""
    return (row.kind, row.start, row.end, row.force, row.question, row.value, row.current)


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
