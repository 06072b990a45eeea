"""A grade in a sentence that names no question, whose question stands in the next sentence or in the heading."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re
from collections.abc import Sequence

from inspections.classify.links import Link
from inspections.classify.questions import QuestionMention
from inspections.classify.structure import Structure
from inspections.classify.verdicts import COUNTED, NUMBERED, Verdict

POINTS_ON = re.compile(
    r"^[\"' ]*(?:it|that|this|they|these|those|the (?:first|second|third|other|others|grade|latter|former|exception|reason|two|three|area|areas))(?: (?:grade|one|area|areas|was|is|were|are|came|went|being))*(?: (?:concern(?:s|ed)?|relate[sd]? to|cover(?:s|ed)?|given|awarded|for|in|to|on|over|how|the way|was|were|is|are|it|its|the|force|by))*\W*$"
)
JUDGING = re.compile(
    r"\b(?:graded?|grades|grading|rated?|rates|rating|judg\w+|assess\w+|found|deem\w*|verdict|mark(?:ed)?|inspect\w+|hmic\w*|watchdog|earned|gained|received?|awarded|given|gave)\b"
)


def read_alone(
    text: Structure,
    verdicts: Sequence[Verdict],
    questions: Sequence[QuestionMention],
    links: Sequence[Link],
) -> list[Link]:
    """Links for verdicts that no rule has placed, when their sentence, the next, the last or their heading leaves one question."""
    placed = {link.verdict.start for link in links}
    used = {q.start for link in links for q in link.questions}
    asked: dict[int, list[QuestionMention]] = {}
    for q in questions:
        if not q.short:
            asked.setdefault(q.sentence, []).append(q)
    given: dict[int, int] = {}
    for v in verdicts:
        given[v.word.sentence] = given.get(v.word.sentence, 0) + 1
    found: list[Link] = []
    for verdict in verdicts:
        index = verdict.word.sentence
        if (
            verdict.start in placed
            or verdict.spoken
            or verdict.manner not in ("judged", "plain")
            or _counted(text, verdict)
        ):
            continue
        sentence = text.sentences[index]
        if text.passage_of(sentence).notes or not (verdict.word.quoted or JUDGING.search(text.words(sentence))):
            continue
        own = asked.get(index, [])
        if own:
            continue
        if verdict.manner != "judged" or given[index] > 1:
            continue
        run = _next(text, asked, index, used) or _heading(text, asked, index)
        if run:
            found.append(
                Link(
                    verdict,
                    tuple(run),
                    index,
                    sentence.start,
                    max(sentence.end, run[-1].end if run[-1].sentence > index else 0),
                    "beside",
                )
            )
    return found


def _counted(text: Structure, verdict: Verdict) -> bool:
    sentence = text.sentences[verdict.word.sentence]
    return bool(
        COUNTED.match(text.low[verdict.end : verdict.end + 50])
        or NUMBERED.search(text.low[max(sentence.start, verdict.start - 60) : verdict.start])
    )


def _next(
    text: Structure, asked: dict[int, list[QuestionMention]], index: int, used: set[int]
) -> list[QuestionMention]:
    """ "There was one inadequate. It was for how the force responds to the public." """
    n = index + 1
    if n >= len(text.sentences) or text.sentences[n].passage != text.sentences[index].passage or n not in asked:
        return []
    first = asked[n][0]
    if first.start in used or not POINTS_ON.match(text.low[text.sentences[n].start : first.start]):
        return []
    return [first]


def _heading(text: Structure, asked: dict[int, list[QuestionMention]], index: int) -> list[QuestionMention]:
    """The question that heads the passage, for the first sentences under it."""
    passage = text.passage_of(text.sentences[index])
    if passage.heading < 0 or passage.index - passage.heading > 1 or index - passage.first > 1:
        return []
    head = text.passages[passage.heading]
    found = [q for s in range(head.first, head.last) for q in asked.get(s, ())]
    return found[:1] if len({q.question for q in found}) == 1 and head.end - head.start < 110 else []
