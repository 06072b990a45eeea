"""`peelwatch review`: what waits for the operator, the decisions on it, and what eval learns from them."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

from app.build import PeelWatch
from bot.plain import plain
from bot.reviewing import Answer, decide, review_block, unread_text
from bot.wording import counted
from inspections.classify import classify
from inspections.correction import Spoken
from inspections.lexicon import Lexicon
from inspections.model import Grade
from inspections.wire import findings_object
from store.values import DecidedRelease, Decision, ReadFinding, ReleaseSummary, Review

Line = Mapping[str, Any]
MOST = 1000
HOW_TO_CORRECT = "peelwatch review correct N --force cheshire --question preventing-crime --grade good"
HOW = f"peelwatch review approve N, peelwatch review dismiss N, or {HOW_TO_CORRECT}"


def login_name() -> str:
    """Who sits at the keyboard, for the record of a decision."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container without a name for its user
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "somebody"


def waiting_listed(peelwatch: PeelWatch, *, as_json: bool) -> str:
    """All that waits, the newest first."""
    waiting = peelwatch.store.reviews.waiting(MOST)
    if as_json:
        return json.dumps([review_object(review) for review in waiting], ensure_ascii=False, indent=1)
    if not waiting:
        return "Nothing waits for review. --grade-words lists releases with a grade word in which no grade was read."
    number = peelwatch.store.reviews.how_many_wait()
    blocks = [plain(review_block(review, peelwatch.lexicon)) for review in waiting]
    more = [f"… and {number - len(waiting)} more."] if number > len(waiting) else []
    return "\n\n".join([f"{counted(number, 'finding')} waiting for you", *blocks, *more, HOW])


def grade_words_listed(peelwatch: PeelWatch, *, as_json: bool) -> str:
    """The releases with a grade word in which no judgment was read, the newest first."""
    releases = peelwatch.store.reviews.unread_grades(MOST)
    if as_json:
        return json.dumps([_release_object(release) for release in releases], ensure_ascii=False, indent=1)
    if not releases:
        return plain(unread_text(releases, peelwatch.lexicon))
    return "\n".join(f"{r.url}  {r.title}  ({_day(r.published)})" for r in releases)


def decided(peelwatch: PeelWatch, number: str, decision: Decision, who: str, spoken: Spoken | None = None) -> Answer:
    """Takes a decision; the answer is a sentence of plain text."""
    answer = decide(
        number,
        decision,
        who or login_name(),
        peelwatch.store,
        peelwatch.lexicon,
        peelwatch.clock(),
        spoken,
        how=HOW_TO_CORRECT,
    )
    return Answer(plain(answer.text), answer.done, answer.usage)


def review_object(review: Review) -> dict[str, Any]:
    """A review as other programs read it."""
    return {
        "id": review.id,
        "kind": review.kind,
        "reason": review.reason,
        "force": review.force or None,
        "question": review.question or None,
        "grade": review.value or None,
        "cycle": review.cycle or None,
        "confidence": round(review.confidence, 3),
        "evidence": review.evidence,
        "title": review.title,
        "url": review.url,
        "publisher": review.publisher,
        "published": _day(review.published) or None,
        "made_at": review.made_at.isoformat(),
    }


def reviewed_pairs(peelwatch: PeelWatch) -> Iterator[tuple[Line, Line]]:
    """For eval: (label, what today's rules read) of each release on which all that was asked is decided.

    The label holds what stands in the ledger for the release (what the operator decided, and beside it what was read
    with certainty) and what else was read of it. Figures thus tell where today's rules would differ from both.
    """
    for one in peelwatch.store.reviews.decided_releases():
        yield label_of(one, peelwatch.lexicon), findings_object(classify(one.release, peelwatch.lexicon), _name(one))


def label_of(one: DecidedRelease, lexicon: Lexicon) -> dict[str, Any]:
    """A decided release in the form of the labelled ones."""
    judgments = [
        {
            "force": a.force,
            "question": a.canonical,
            "grade": a.grade.value,
            "cycle": a.cycle or None,
            "current": a.current,
            "evidence": a.evidence,
        }
        for a in one.judgments
    ]
    about = classify(one.release, lexicon).forces
    tallies = [_tally(f) for f in one.findings if f.kind == "tally"]
    moves = [{"force": f.force, "move": f.value} for f in one.findings if f.kind == "monitoring"]
    causes = [{"force": f.force, "state": f.value, "topic": f.question} for f in one.findings if f.kind == "cause"]
    return {
        "id": _name(one),
        "url": one.release.url,
        "date": _day(one.release.published),
        "publisher": one.release.publisher or "press",
        "kind": "reviewed" if judgments else "f",
        "forces": list(about),
        "judgments": judgments,
        "tallies": tallies,
        "monitoring": moves,
        "causes_of_concern": causes,
        "themes": sorted({f.value for f in one.findings if f.kind == "theme"}),
    }


def _name(one: DecidedRelease) -> str:
    return f"R{one.id}-reviewed"


def _tally(finding: ReadFinding) -> dict[str, Any]:
    counts = dict(pair.split(":") for pair in finding.value.split())
    return {"force": finding.force, **{grade.value: int(counts.get(grade.value, 0)) for grade in Grade}}


def _release_object(release: ReleaseSummary) -> dict[str, Any]:
    return {
        "title": release.title,
        "url": release.url,
        "publisher": release.publisher,
        "published": _day(release.published) or None,
    }


def _day(moment: Any) -> str:
    return moment.date().isoformat() if moment is not None else ""
