"""Findings as other programs read them: the findings object, plain dicts and lists ready for JSON."""

from __future__ import annotations

from typing import Any

from inspections.findings import CauseOfConcern, Findings, Judgment, MonitoringMove, Tally, ThemeMention, Unplaced
from inspections.model import Grade
from inspections.release import Quote

FindingsObject = dict[str, Any]


def findings_object(findings: Findings, release_id: str) -> FindingsObject:
    """What was read in the release `release_id`, with the keys that other programs rely on.

    Grades and ids are strings; what is not known is None; every evidence is `{"text", "start", "end"}` with
    `text[start:end]` of the release's text equal to its `text`.
    """
    return {
        "id": release_id,
        "forces": list(findings.forces),
        "judgments": [_judgment(j) for j in findings.judgments],
        "tallies": [_tally(t) for t in findings.tallies],
        "monitoring": [_move(m) for m in findings.monitoring],
        "causes_of_concern": [_cause(c) for c in findings.causes],
        "unplaced": [_unplaced(u) for u in findings.unplaced],
        "themes": [_theme(t) for t in findings.themes],
    }


def _evidence(quote: Quote) -> dict[str, Any]:
    return {"text": quote.text, "start": quote.start, "end": quote.end}


def _judgment(judgment: Judgment) -> dict[str, Any]:
    return {
        "force": judgment.force,
        "question": judgment.question,
        "grade": judgment.grade.value,
        "cycle": judgment.cycle or None,
        "current": judgment.current,
        "confidence": round(judgment.confidence, 3),
        "evidence": _evidence(judgment.quote),
    }


def _tally(tally: Tally) -> dict[str, Any]:
    counts = dict(tally.counts)
    grades = {grade.value: counts.get(grade, 0) for grade in reversed(Grade)}
    return {"force": tally.force, **grades, "evidence": _evidence(tally.quote)}


def _move(move: MonitoringMove) -> dict[str, Any]:
    return {"force": move.force, "move": move.move, "evidence": _evidence(move.quote)}


def _cause(cause: CauseOfConcern) -> dict[str, Any]:
    return {"force": cause.force, "state": cause.state, "topic": cause.topic, "evidence": _evidence(cause.quote)}


def _unplaced(unplaced: Unplaced) -> dict[str, Any]:
    return {
        "force": unplaced.force or None,
        "grade": unplaced.grade.value,
        "reason": unplaced.reason,
        "evidence": _evidence(unplaced.quote),
    }


def _theme(mention: ThemeMention) -> dict[str, Any]:
    return {"theme": mention.theme, "evidence": [_evidence(quote) for quote in mention.quotes]}
