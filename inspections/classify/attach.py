"""From links to judgments: whose grade it is, when it was given, how sure we are; and what may not be alerted, with its reason."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from inspections.classify.currency import When, read_when
from inspections.classify.cycles import Cycles
from inspections.classify.forces import ASIDE, Forces
from inspections.classify.links import Link
from inspections.classify.names import Mention
from inspections.classify.parts import part_of
from inspections.classify.structure import Structure
from inspections.findings import Judgment
from inspections.lexicon import Lexicon

PILLARS = ("effectiveness", "efficiency", "legitimacy")


@dataclass(frozen=True, slots=True)
class Stated:
    """A judgment as read, before the cross-checks."""

    judgment: Judgment
    sentence: int
    doubt: str = ""
    """Why it may not be alerted; '' when it may."""


def read_stated(
    text: Structure, links: Sequence[Link], forces: Forces, cycles: Cycles, lexicon: Lexicon
) -> list[Stated]:
    """Every link as judgments of its forces, current or recalled."""
    stated: list[Stated] = []
    for link in links:
        fire = bool(link.questions and link.questions[0].fire)
        owners = [f for f in link.owners or owners_of(text, forces, link) if f.startswith("frs-") == fire]
        when = read_when(
            text, cycles, lexicon, link.verdict.word.sentence, link.verdict.start, link.verdict.end, fire=fire
        )
        if link.cycle:
            when = When(link.cycle == (cycles.fire if fire else cycles.police), link.cycle)
        elif link.rule == "before" or _from_to(text, link):
            when = replace(when, current=False, cycle="" if when.current else when.cycle)
        for force in owners:
            for q in link.questions:
                given = _crime_data(text, link, q.question, when, cycles)
                question = _under_heading(text, link, q.question)
                cycle = given.cycle
                judgment = Judgment(
                    force,
                    question,
                    link.verdict.word.grade,
                    cycle,
                    q.part or part_of(cycle, question, text.low[q.start : q.end], lexicon),
                    given.current,
                    _confidence(link),
                    text.release.quote(link.start, link.end),
                    f"{link.rule}-{link.verdict.manner}",
                )
                stated.append(Stated(judgment, link.sentence))
    return stated


def _crime_data(text: Structure, link: Link, question: str, when: When, cycles: Cycles) -> When:
    """Until 2020 crime recording was a programme of its own, a cycle a year."""
    published = cycles.published
    if question != "recording-crime" or published is None or not 2015 < published.year < 2021:
        return when
    sentence = text.sentences[link.verdict.word.sentence]
    years = [m.year for m in cycles.between(sentence.start, link.verdict.end) if m.year < published.year]
    if (
        years
        and when.current
        and not re.search(r"\bnow\b", text.low[max(0, link.verdict.start - 60) : link.verdict.start])
    ):
        return When(current=False, cycle=f"cdi-{years[-1]}")
    return When(when.current, f"cdi-{published.year}" if when.current else "")


def _under_heading(text: Structure, link: Link, question: str) -> str:
    """Early pages of 2016 repeat "effective" under the heading Legitimacy: the heading is right."""
    passage = text.passage_of(text.sentences[link.sentence])
    if question not in PILLARS or passage.heading < 0 or not text.words(passage).startswith("the extent to which"):
        return question
    heading = text.words(text.passages[passage.heading]).strip(" :")
    return heading if heading in PILLARS else question


def _confidence(link: Link) -> float:
    if link.rule in ("alone", "beside") or link.rule.startswith("default"):
        return 0.85
    return {"judged": 0.97, "label": 0.97, "count": 0.95, "plain": 0.92}[link.verdict.manner]


FROM = re.compile(
    r"\b(?:from|up from|was|previously|were|had been)(?: (?:a|an|the|its|being|graded|rated|judged|grade of|rating of|previous))* [\"']?$"
)
TO = re.compile(
    r"^[\"']?(?: (?:grade|grading|rating|judg(?:e)?ment|mark))?(?: (?:it (?:received|was given|got)|given|received|awarded|last time|before|previously|two years ago|a year ago|last year|in the last inspection))?(?:,? (?:in|from|of) (?:peel )?20\d\d(?:[-/]\d+)?)?,? (?:(?:up |right |all the way )?to\b)"
)


def _from_to(text: Structure, link: Link) -> bool:
    """The first of two: "from requires improvement to good"; "(was inadequate)"."""
    before = text.low[max(0, link.verdict.start - 40) : link.verdict.start]
    after = text.low[link.verdict.end : link.verdict.end + 70]
    if re.search(
        r"\bfrom (?:a |an |the |its |being |graded |rated |judged |grade of |rating of |previous |earlier |last |two |years )*[\"']?$",
        before,
    ):
        return True
    return bool(
        re.search(r"\((?:it )?(?:was|were|previously|formerly|up from|from|had been)[ :]*[\"']?$", before)
        or (FROM.search(before) and TO.match(after))
    )


def owners_of(text: Structure, forces: Forces, link: Link) -> tuple[str, ...]:
    """The forces a link is about: those named as its subject, else the one that 'it' means there."""
    here = forces.in_sentence(link.sentence)
    sentence = text.sentences[link.sentence]
    last = max([link.verdict.end, *(q.end for q in link.questions)])
    kind_fire = bool(link.questions and link.questions[0].fire)
    before = [
        m
        for m in here
        if m.start < link.verdict.start
        and not _aside(text, sentence.start, m)
        and not WITH_WHICH.search(text.low, max(sentence.start, m.start - 40), m.start)
        and (m.firm or m.force in (forces.main, *forces.about) or _subject_like(text, sentence.start, m))
    ]
    ruling = [m for m in here if m.end < link.verdict.start and WHO.match(text.low[m.end : link.verdict.start])]
    if ruling:
        before = ruling
    if before and before[-1].force.startswith("frs-") != kind_fire:
        return ()
    if before:
        return with_coordinates(text, here, before[-1])
    after = [m for m in here if m.start >= link.verdict.start and m.start <= last + 40]
    if (
        not before
        and after
        and re.match(
            r"^[\"']? ?(?:at|in|for)?.{0,90}?\b(?:is|are|was|were) (?:both )?$",
            text.low[link.verdict.end : after[0].start],
        )
        and not forces.main
    ):
        return tuple(dict.fromkeys(m.force for m in after))
    topic = forces.topics[link.sentence]
    if topic:
        return (topic,) if topic.startswith("frs-") == kind_fire else ()
    if forces.main and forces.main.startswith("frs-") == kind_fire:
        return (forces.main,)
    twin = [f for f in forces.about if f.startswith("frs-") == kind_fire]
    return (twin[0],) if len(twin) == 1 else ()


# "Bedfordshire Police, with which Hertfordshire shares its dogs, had …"
WITH_WHICH = re.compile(r", (?:with|from|to|alongside|against) (?:which|whom) (?:the )?$")
# "unlike Merseyside Police, which was graded inadequate …"
WHO = re.compile(r"^(?:'s)?,? (?:which|who|whose|where)\b[^,;.:]{0,80}$")


def _aside(text: Structure, start: int, mention: Mention) -> bool:
    return (
        bool(ASIDE.search(text.low, max(start, mention.start - 18), mention.start))
        and not re.search(r"\band $", text.low[max(start, mention.start - 5) : mention.start])
    ) or bool(
        re.match(r"'s (?:doorstep|border|neighbour|door|boundary|patch)", text.low[mention.end : mention.end + 14])
    )


def _subject_like(text: Structure, start: int, mention: Mention) -> bool:
    """A place's name that does something is its force: "Staffordshire was not so lucky", "rated Cheshire 'inadequate'"."""
    return mention.start - start < 4 or bool(
        re.match(
            r"(?:'s)? (?:is|was|are|were|and|has|had|gets?|got|received?|as|to be|[\"'])|,|'s\b",
            text.low[mention.end : mention.end + 12],
        )
    )


def with_coordinates(text: Structure, here: Sequence[Mention], last: Mention) -> tuple[str, ...]:
    """ "Gwent Police and Sussex Police were both graded …" is about both."""
    at = here.index(last)
    named = [last.force]
    while at > 0 and re.fullmatch(r",? ?(?:and|&)? ?(?:the )?", text.low[here[at - 1].end : here[at].start]):
        at -= 1
        named.insert(0, here[at].force)
    return tuple(dict.fromkeys(named))
