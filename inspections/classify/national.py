"""Round-ups: lists of forces under one grade, "all other forces were judged good", and sections that share a question named once."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re
from collections.abc import Sequence

from inspections.classify.attach import with_coordinates
from inspections.classify.context import Topics, own_question, topic_mention
from inspections.classify.cycles import Cycles
from inspections.classify.fillers import BACKWARD
from inspections.classify.forces import Forces
from inspections.classify.links import COPULA, Link, gap, only
from inspections.classify.names import Mention
from inspections.classify.questions import QuestionMention
from inspections.classify.structure import Structure
from inspections.classify.verdicts import NUMBER, Verdict
from inspections.lexicon import Lexicon

# "The six forces assessed as 'requires improvement' are", "The one force judged outstanding is", "Requires improvement:"
LISTS = re.compile(
    r"^(?:[^.;:]{0,110}?\b(?:is|are|was|were|include[sd]?|namely)|[\"' ]*(?:\([^)]*\))?)\s?[:-]?(?: the)? ?$"
)
SUBJECT = re.compile(
    r"\b(?:the|those|only|just|other|"
    + NUMBER
    + r")(?: (?:other|only|police|welsh|english|[a-z]+))? (?:forces?|constabular(?:y|ies)|services?|ones?)\b"
)
# "All other forces were judged as 'good'", "every other force, 35 of them, is good", "the remaining 35 were good"
REST = re.compile(
    r"\b(?:all|every|each of the|each)(?: of)?(?: the)? (?:other|remaining)(?: "
    + r"(?:\d+|[a-z-]+))? forces?\b|\bthe (?:other|remaining) (?:\d+|[a-z-]+) (?:forces )?(?:were|are|was)\b|\bthe rest of the forces\b|\ball (?:the )?others were\b"
)
# "Merseyside - which most lines run out of - was outstanding", "CAMBRIDGESHIRE: dropped from good to requires improvement"
ASIDE_OF = re.compile(r"^ - [^-;.:]{3,110} - |^, (?:which|who|where|whose|home)\b[^,;.:]{3,110},")
MOVED = re.compile(
    r"\b(?:dropped|up|down|moved|improved|slipped|fell|fallen|rose|risen|gone|went|drops|climbed|moves|climbs|falls)(?: up| down)? from (?:an? )?[\"']?(?:outstanding|good|adequate|requires improvement|inadequate)[\"']? (?:up |down )?to (?:an? )?"
)
# "Ten, up from eight in 2016, are classed as": the year is only compared with
UP_FROM = re.compile(
    r"[,(] ?(?:up|down|compared|against|rising|falling)(?: from| with| to)? (?:just |only )?[\w-]+(?: forces)? (?:in|for|from) (?:20\d\d|the previous year|last year)[,)]"
)
INSPECTORATE = re.compile(r"hmic|justiceinspectorates|wired-gov|parliamenttoday|gov\.uk/government")


def read_national(
    text: Structure,
    verdicts: Sequence[Verdict],
    questions: Sequence[QuestionMention],
    links: Sequence[Link],
    forces: Forces,
    topics: Topics,
    cycles: Cycles,
    lexicon: Lexicon,
) -> list[Link]:
    """Links whose forces the rule itself names."""
    opened = document_question(text, questions, cycles, lexicon)
    several = len({*topics.headed, ""}) > 2
    first_headed = (
        next((n for n, q in enumerate(topics.headed) if q), len(topics.headed)) if several else len(topics.headed)
    )
    linked = {link.verdict.start for link in links}
    found: list[Link] = []
    named: set[str] = set()
    ungraded = forces.ungraded
    asked: dict[int, list[QuestionMention]] = {}
    for q in questions:
        asked.setdefault(q.sentence, []).append(q)
    for verdict in verdicts:
        index = verdict.word.sentence
        about = topics.at(text.sentences[index].passage)
        topic = topic_mention(about, verdict) if about else opened
        if not about and text.sentences[index].passage >= first_headed:
            topic = None
        listed = _listed(text, verdict, forces, index) or _included(text, verdict, forces, index)
        question = _question(asked.get(index, ()), topic)
        if listed and question:
            sentence = text.sentences[index]
            owners = tuple(dict.fromkeys(m.force for m in listed))
            named.update(owners)
            found.append(
                Link(
                    verdict,
                    (question,),
                    index,
                    sentence.start,
                    max(listed[-1].end, verdict.end) if listed[0].sentence == index else listed[-1].end,
                    "list-of-forces",
                    owners,
                    cycles.police if UP_FROM.search(text.words(sentence)) else "",
                )
            )
        elif (
            question
            and verdict.start not in linked
            and REST.search(text.words(text.sentences[index]))
            and named
            and _may_expand(text)
        ):
            rest = tuple(
                f.id for f in lexicon.forces if f.kind == "territorial" and f.id not in named and f.id not in ungraded
            )
            sentence = text.sentences[index]
            found.append(Link(verdict, (question,), index, sentence.start, sentence.end, "all-other-forces", rest))
        elif (
            verdict.start not in linked
            and not forces.main
            and (owners := _own_forces(text, verdict, forces, index))
            and (asks := question or _question_before(text, asked, index) or topic)
        ):
            sentence = text.sentences[index]
            found.append(
                Link(verdict, (asks,), index, sentence.start, max(sentence.end, verdict.end), "force-and-grade", owners)
            )
        elif (
            topic
            and verdict.start not in linked
            and not own_question(text, verdict, asked.get(index, ()))
            and _section_verdict(text, verdict, forces, index)
        ):
            found.append(
                Link(verdict, (topic,), index, text.sentences[index].start, text.sentences[index].end, "section")
            )
    return found


def _own_forces(text: Structure, verdict: Verdict, forces: Forces, index: int) -> tuple[str, ...]:
    """The forces right before a grade: "Durham - outstanding", "Kent (good)", "Durham and Thames Valley were outstanding"."""
    here = [m for m in forces.in_sentence(index) if m.end <= verdict.start]
    if not here or verdict.spoken or verdict.manner == "count":
        return ()
    words = MOVED.sub(" is ", ASIDE_OF.sub(" ", text.low[here[-1].end : verdict.start]))
    if (
        len(words) > 60
        or not only(words, BACKWARD, ":-'\"(|•→=…>.")
        or not (COPULA.search(words) or "(" in words or verdict.word.form == "verb")
    ):
        return ()
    if not re.match(
        r"^[\"']?(?:[.,;)|]|\s*$|\n| (?:and|but|while|for|in|at|with|\|)\b)", text.low[verdict.end : verdict.end + 8]
    ):
        return ()
    return with_coordinates(text, here, here[-1])


def _question_before(text: Structure, asked: dict[int, list[QuestionMention]], index: int) -> QuestionMention | None:
    """The one question of this passage's sentence before."""
    if index == 0 or text.sentences[index - 1].passage != text.sentences[index].passage:
        return None
    found = {q.question: q for q in asked.get(index - 1, ()) if not q.short}
    return next(iter(found.values())) if len(found) == 1 else None


def _may_expand(text: Structure) -> bool:
    """Only the inspectorate's own word is taken for forces it does not name: a newspaper may have left some out."""
    return text.release.publisher == "inspectorate" or (
        text.release.publisher is None and bool(INSPECTORATE.search(text.release.url))
    )


def document_question(
    text: Structure, questions: Sequence[QuestionMention], cycles: Cycles, lexicon: Lexicon
) -> QuestionMention | None:
    """The one question that the opening of a round-up names; None when it names several."""
    opening = [p for p in text.passages if not p.furniture][:4]
    if not opening:
        return None
    cycle = lexicon.cycle_by_id.get(cycles.police)
    early = {q.question: q for q in questions if q.start < opening[-1].end and not q.short}
    if cycle is None or (cycle.scale == "5-tier" and set(early) & {"effectiveness", "efficiency", "legitimacy"}):
        return None
    return next(iter(early.values())) if len(early) == 1 else None


def _question(asked: Sequence[QuestionMention], topic: QuestionMention | None) -> QuestionMention | None:
    here = [q for q in asked if not q.short]
    if len({q.question for q in here}) == 1:
        return here[0]
    return topic if not here else None


def _listed(text: Structure, verdict: Verdict, forces: Forces, index: int) -> list[Mention]:
    """The forces that a sentence lists behind its grade."""
    sentence = text.sentences[index]
    after = [m for m in forces.in_sentence(index) if m.start >= verdict.end]
    if not after:
        return []
    between = gap(text, forces, verdict.end, after[0].start)
    before = text.low[sentence.start : verdict.start]
    if not LISTS.match(between) or not (
        SUBJECT.search(before + " " + between)
        or (verdict.manner == "label" and re.fullmatch(r"[\"']?\s?[:-] ?(?:the )?", between))
    ):
        return []
    return _run(text, after)


def _run(text: Structure, named: list[Mention]) -> list[Mention]:
    """The first of the names with those that follow it in one list."""
    listed = [named[0]]
    for mention in named[1:]:
        if not re.fullmatch(
            r"(?:'s)?,? ?(?:and|&)?,? ?(?:the )?(?: \([^)]*\))?", text.low[listed[-1].end : mention.start]
        ):
            break
        listed.append(mention)
    return listed


# "Ten are classed as requiring improvement. They include …"
INCLUDE = re.compile(
    r"^[\"' ]*(?:(?:they|these|those|the (?:\w+|forces|list)|among (?:them|these|those))(?: forces| constabularies| services| ones)?(?: (?:that|which) (?:did|do) so)?|(?:these|those) to do so) (?:include[sd]?|are|were|is|was|takes? in|comprise[sd]?)\s?:? (?:the )?$"
)


def _included(text: Structure, verdict: Verdict, forces: Forces, index: int) -> list[Mention]:
    """The forces that the next sentence lists, for a number of forces under one grade."""
    n = index + 1
    if (
        n >= len(text.sentences)
        or text.sentences[n].passage != text.sentences[index].passage
        or verdict.spoken
        or not (here := forces.in_sentence(n))
        or not HOW_MANY.match(text.words(text.sentences[index]))
        or not INCLUDE.match(text.low[text.sentences[n].start : here[0].start])
        or not re.match(r"^[\"']?(?:[.;]|\s*$)", text.low[verdict.end : text.sentences[index].end])
    ):
        return []
    return _run(text, list(here))


# "Ten, up from eight in 2016, are classed as", "Only three forces were", "A total of 13 were told they"
HOW_MANY = re.compile(
    r"^[\"' ]*(?:but |and |however, |only |just |another |a further |a total of |some |the |these )*(?:"
    + NUMBER
    + r"|\d+|[a-z]+teen|(?:twenty|thirty|forty)(?:-\w+)?)\b"
)


def _section_verdict(text: Structure, verdict: Verdict, forces: Forces, index: int) -> bool:
    """In a force's own section: "The biggest force in the country is good", "Gwent also gets a good grade", "Another good"."""
    passage = text.passage_of(text.sentences[index])
    if not forces.section[passage.index] or verdict.spoken or verdict.manner == "count":
        return False
    before = text.low[text.sentences[index].start : verdict.start]
    after = text.low[verdict.end : verdict.end + 12]
    if re.fullmatch(r"(?:yet )?another [\"']?", before):
        return bool(re.match(r"^[\"']?[.!]| grade", after))
    if not re.match(r"^[\"']?(?:[.,;]| (?:grade|rating|grading|mark)\b|$)", after):
        return False
    return bool(
        re.search(
            r"\b(?:is|was|are|gets|got|receives?d?|given|awarded|rated|graded|judged|found to be) (?:also |again |now |a |an |as |to be )*[\"']?$",
            before,
        )
    ) and bool(re.search(r"\b(?:force|constabulary|police|it|service)\b", before) or forces.in_sentence(index))
