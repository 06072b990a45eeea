"""`peelwatch reclassify`: what today's rules would read in the stored releases, and the ledger brought to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.build import PeelWatch
from bot.wording import canonical_title, counted, force_name, grade_words
from inspections.classify import classify
from inspections.lexicon import Lexicon
from store.values import ReadFinding, Reread, StoredRevision

Different = tuple[StoredRevision, Reread]


@dataclass
class Rereading:
    """What reading all stored revisions again came to."""

    read: int = 0
    different: list[Different] = field(default_factory=list)
    applied: bool = False

    @property
    def added(self) -> int:
        return sum(len(reread.added) for _, reread in self.different)

    @property
    def dropped(self) -> int:
        return sum(len(reread.dropped) for _, reread in self.different)

    @property
    def changed(self) -> int:
        return sum(len(reread.changed) for _, reread in self.different)


def reread_all(peelwatch: PeelWatch, *, apply: bool, note: Callable[[int], None] = lambda _: None) -> Rereading:
    """Reads every stored revision by today's rules; with `apply` each difference is written, in silence.

    `note` hears how many were read so far.
    """
    rereading = Rereading(applied=apply)
    readings = peelwatch.store.readings
    for stored in readings.all():
        findings = classify(stored.release, peelwatch.lexicon)
        reread = readings.difference(stored.id, findings)
        if reread and apply:
            reread = readings.apply(stored.id, findings, peelwatch.clock())
        rereading.read += 1
        note(rereading.read)
        if reread:
            rereading.different.append((stored, reread))
    return rereading


def rereading_text(rereading: Rereading, lexicon: Lexicon) -> str:
    """The differences, release by release, and what they come to."""
    blocks = []
    for stored, reread in rereading.different:
        older = "" if stored.newest else ", an earlier revision"
        lines = [f"{stored.release.title} ({stored.release.url}{older})"]
        lines += [f"  + {finding_words(f, lexicon)}" for f in reread.added]
        lines += [f"  - {finding_words(f, lexicon)}" for f in reread.dropped]
        lines += [f"  ~ {finding_words(new, lexicon)}{_what_changed(old, new)}" for old, new in reread.changed]
        blocks.append("\n".join(lines))
    texts = counted(rereading.read, "text")
    if not blocks:
        return f"{texts} read again; today's rules read the same."
    differ = f"{texts} read again, {len(blocks)} differently: "
    counts = f"{rereading.added} findings more, {rereading.dropped} fewer, {rereading.changed} changed."
    done = (
        "Applied; nobody was alerted, and what the operator decided stays as decided."
        if rereading.applied
        else "Nothing was changed; --apply brings the ledger to it and alerts nobody."
    )
    return "\n\n".join([*blocks, f"{differ}{counts} {done}"])


def rereading_object(rereading: Rereading) -> dict[str, Any]:
    """The same as other programs read it."""
    return {
        "read": rereading.read,
        "different": len(rereading.different),
        "applied": rereading.applied,
        "releases": [
            {
                "url": stored.release.url,
                "title": stored.release.title,
                "newest": stored.newest,
                "added": [_object(f) for f in reread.added],
                "dropped": [_object(f) for f in reread.dropped],
                "changed": [{"before": _object(old), "after": _object(new)} for old, new in reread.changed],
            }
            for stored, reread in rereading.different
        ],
    }


def finding_words(finding: ReadFinding, lexicon: Lexicon) -> str:
    """`Cheshire Constabulary, preventing crime: good (2023-25)  “…”`."""
    force = force_name(finding.force, lexicon) if finding.force else "force not known"
    value = grade_words(finding.value)
    match finding.kind:
        case "judgment":
            when = "" if finding.current else ", recalled"
            said = (
                f"{force}, {canonical_title(finding.question, lexicon)}: {value} ({finding.cycle or 'no cycle'}{when})"
            )
        case "monitoring":
            said = f"{force}: {finding.value} Engage"
        case "cause":
            said = f"{force}: cause of concern {finding.value}: {canonical_title(finding.question, lexicon)}"
        case "theme":
            theme = lexicon.theme_by_id.get(finding.value)
            said = f"theme: {theme.title if theme else finding.value}"
        case "doubt":
            said = f"doubt: {finding.value}"
        case _:
            said = f"{finding.kind}, {force}: {value}"
    words = " ".join(finding.quote.split())
    return f"{said}  “{words[:100]}{'…' if len(words) > 100 else ''}”" if words else said


def _what_changed(old: ReadFinding, new: ReadFinding) -> str:
    parts = []
    if old.cycle != new.cycle:
        parts.append(f"cycle was {old.cycle or 'not known'}")
    if old.confidence != new.confidence:
        parts.append(f"confidence {old.confidence:.2f} → {new.confidence:.2f}")
    return f"  [{', '.join(parts) or 'another rule'}]"


def _object(finding: ReadFinding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "force": finding.force or None,
        "question": finding.question or None,
        "value": finding.value,
        "cycle": finding.cycle or None,
        "current": finding.current,
        "confidence": round(finding.confidence, 3),
        "evidence": {"text": finding.quote, "start": finding.start, "end": finding.end},
    }
