"""What a tally leaves to the reader: the rest of a stated total, the one grade named instead of counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from inspections.classify.grades import GradeWord
from inspections.classify.structure import Structure
from inspections.findings import Judgment, Tally
from inspections.model import Grade

PART = "tally-part"
"""The rule of a tally that is none yet: one grade counted of a stated total, to be completed by named judgments."""
USUAL = range(8, 11)
"""How many areas an inspection of a police force has graded since 2021."""
FIRST_YEAR = 2021
NAMED_FEWER = 2
"""By how many a list of named questions may fall short of what is left: "the areas included …"."""

# The rest of them: "in all of the other seven", "all the rest adequate", "the remaining area, which covers …, was"
REST = re.compile(
    r"(?:(?:all (?:of )?)?the (?:rest|others?)|the remainder|all others|(?:every|each) other"
    r"|(?:the|its|all) (?:other|remaining|final|last) (?:\w+ )?(?:areas?|categor(?:y|ies)|grades?|one)"
    r"|every(?:thing|where) else)"
    r"(?:, [^,.;]{1,90},| - [^-.;]{1,120} -|, [^.;]{1,120},)?"
    r"(?: (?:areas?|is|are|was|were|all|being|been|have|has|as|rated|graded|judged|found|deemed|to be|considered"
    r"|marked|came out|with|got|received)){0,5} $"
)
DENIED = re.compile(r"\b(?:no|not|none|never|neither|nor|nothing|any|without|n't)\b")


def with_named_ones(words: Sequence[GradeWord], first: int, counts: dict[Grade, int], span: str) -> dict[Grade, int]:
    """ "'outstanding' at recording crime. It is 'good' in two more areas": the first is one."""
    if " more" not in span or len(counts) > 3:
        return counts
    named = [w for w in words if w.start < first and w.quoted and w.grade not in counts]
    return {**counts, named[0].grade: 1} if len(named) == 1 else counts


def with_the_rest(
    text: Structure, words: Sequence[GradeWord], counts: dict[Grade, int], total: int, begin: int
) -> dict[Grade, int]:
    """ "nine grades … one requires improvement … all the rest adequate": what is left of the total."""
    left = total - sum(counts.values())
    if left <= 0:
        return counts
    rest = rest_of(text, words, counts, begin)
    if rest:
        return {**counts, rest.grade: left}
    for word in words:  # "besides the good one just mentioned"
        if left == 1 and word.grade not in counts and text.low.startswith(" one ", word.end):
            return {**counts, word.grade: 1}
    return counts


def rest_of(text: Structure, words: Sequence[GradeWord], counts: dict[Grade, int], begin: int) -> GradeWord | None:
    """The grade that all the rest got."""
    for word in words:
        front = text.low[max(begin, word.start - 170) : word.start].rstrip("'\"")
        if word.grade not in counts and REST.search(front):
            return word
    return None


def with_an_uncounted_one(
    text: Structure, words: Sequence[GradeWord], sentences: set[int], counts: dict[Grade, int], total: int
) -> dict[Grade, int]:
    """The one grade of these sentences whose count was put in words we do not know has what is left of the total."""
    left = total - sum(counts.values())
    if left <= 0:
        return counts
    others = {
        w.grade
        for w in words
        if w.sentence in sentences
        and w.grade not in counts
        and not DENIED.search(text.low[max(0, w.start - 50) : w.start])
    }
    return {**counts, others.pop(): left} if len(others) == 1 else counts


def complete_tallies(
    text: Structure, tallies: Sequence[Tally], totals: Sequence[int], judgments: Iterable[Judgment]
) -> tuple[Tally, ...]:
    """Each tally with the grades that the release names question by question instead of counting them.

    Only when the sum then is the total that the release states, or, with none stated, as many areas as inspections
    grade. `totals` are the totals stated, 0 for none. A part that stays a part is left out.
    """
    named: dict[str, dict[Grade, set[str]]] = {}
    for judgment in judgments:
        if judgment.current:
            named.setdefault(judgment.force, {}).setdefault(judgment.grade, set()).add(judgment.question)
    published = text.release.published
    usual = USUAL if published is None or published.year >= FIRST_YEAR else range(0)
    done: list[Tally] = []
    for tally, total in zip(tallies, totals, strict=True):
        counts = dict(tally.counts)
        more = {g: len(q) for g, q in named.get(tally.force, {}).items() if g not in counts}
        counts |= _named_beside(counts, more, total, usual)
        if len(counts) > len(tally.counts):
            done.append(
                replace(
                    tally, counts=tuple((g, counts[g]) for g in reversed(Grade) if g in counts), rule="tally-counts"
                )
            )
        elif tally.rule != PART:
            done.append(tally)
    return tuple(done)


def _named_beside(counts: dict[Grade, int], more: dict[Grade, int], total: int, usual: range) -> dict[Grade, int]:
    so_far, named = sum(counts.values()), sum(more.values())
    if not named:
        return {}
    if total:
        left = total - so_far
        if left == named:
            return more
        return {next(iter(more)): left} if len(more) == 1 and 0 < left - named <= NAMED_FEWER else {}
    return more if len(counts) > 1 and so_far not in usual and so_far + named in usual else {}
