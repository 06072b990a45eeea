"""Grades that were given but have no place: the words do not say for which question, or for which force."""

from __future__ import annotations

import re
from collections.abc import Sequence

from inspections.classify.attach import owners_of
from inspections.classify.forces import Forces
from inspections.classify.links import Link
from inspections.classify.structure import Structure
from inspections.classify.verdicts import Verdict
from inspections.findings import Tally, Unplaced

# "… in at least one area", "in a number of areas": a grade of something, but of what?
SOMEWHERE = re.compile(r"^[\"']? (?:in|for|on|at) (?:at least |a number of |several |some |most |many |its |the )")
# "“required improvement” in at least one area, based on their effectiveness at …": of one of several questions unnamed
AT_LEAST = re.compile(r"^[\"']? (?:in|for|at) at least (?:one|two|three|four|\d) (?:area|aspect|question|respect)")
MOST = 12  # of one release: more than that is no release but a list


def is_of_somewhere(text: Structure, verdict: Verdict) -> bool:
    """A grade of at least one area, whichever: no question that stands near may have it."""
    return AT_LEAST.match(text.low[verdict.end : verdict.end + 40]) is not None


def read_unplaced(
    text: Structure, verdicts: Sequence[Verdict], links: Sequence[Link], tallies: Sequence[Tally], forces: Forces
) -> list[Unplaced]:
    """The verdicts that no rule placed and no tally counts, for a person to read."""
    placed = {link.verdict.start for link in links}
    counted = [(t.quote.start, t.quote.end) for t in tallies]
    found: list[Unplaced] = []
    for verdict in verdicts:
        sentence = text.sentences[verdict.word.sentence]
        passage = text.passage_of(sentence)
        if (
            verdict.start in placed
            or verdict.spoken
            or passage.notes
            or verdict.manner not in ("judged", "count")
            or any(a < verdict.end and verdict.start < b for a, b in counted)
            or (verdict.manner == "count" and not SOMEWHERE.match(text.low[verdict.end : verdict.end + 30]))
        ):
            continue
        start, end = sentence.start, sentence.end
        if end - start > 400:
            start, end = max(start, verdict.start - 200), min(end, verdict.end + 200)
        link = Link(verdict, (), verdict.word.sentence, start, end, "unplaced")
        owners = owners_of(text, forces, link) or ("",)
        reason = (
            "the words do not say for which question"
            if owners[0]
            else "the words say neither for which force nor for which question"
        )
        found.extend(Unplaced(force, verdict.word.grade, reason, text.release.quote(start, end)) for force in owners)
    return found[:MOST]
