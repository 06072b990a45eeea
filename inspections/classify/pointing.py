"""Grades that point at a question named just before: "inspectors graded this area as …", "That 'requires improvement'", "for the other two …"."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from inspections.classify.forces import Forces
from inspections.classify.links import Link
from inspections.classify.questions import QuestionMention
from inspections.classify.structure import Sentence, Structure
from inspections.classify.verdicts import Verdict

_JUDGE = r"(?:graded?|rated?|judged?|marked|marks|assess(?:ed)?|scored?|described|describes|class(?:ed|ified)?|found|finds?|called|calls|considered|deemed|ranked|labelled|put|gave|gives|given|awarded|handed)"
_ONE = r"(?:areas?|strands?|questions?|elements?|aspects?|parts?|pillars?|topics?|categor(?:y|ies)|themes?|fields?|side|work|point|ones?|headings?|measures?|services?|function|performance)"
# "inspectors graded this area as", "who rated that"
OBJECT = re.compile(
    r"\b"
    + _JUDGE
    + r" (?:this|that|the latter)(?: (?:one |particular |same )?"
    + _ONE
    + r")?(?: of (?:policing|its work|the force))?(?: (?:as|to be|a|an|being|only))* [\"']?$"
)
# "That one strand has been marked as", "That", "This area was", "In this area it is", "Here the force", "On this the grade is"
SUBJECT = re.compile(
    r"^[\"' ]*(?:and |but |so |yet |sadly,? |however,? |overall,? )*(?:"
    r"(?:that|this|the same|the latter)(?: (?:one |particular |last |first |second |third )?"
    + _ONE
    + r")?(?: (?:has|had|have|was|is|been|were|still|also|now|again|then|only|being|"
    + _JUDGE
    + r"|as|to|be|a|an|it|we|by|the|inspectors|inspectorate|hmic|hmicfrs|gets|got|received|receives|earned|came out|comes out|stays|remains|grade|grading|rating|of))*"
    r"|here,?(?: (?:too|again|once more),?)?(?: (?:the|force|constabulary|service|it|we|they|was|were|is|are|has|have|been|grade|rating|judgment|judgement|inspectors|us|given|gave|still|also|again|now|only|"
    + _JUDGE
    + r"|as|to|be|a|an|of))*"
    r"|(?:in|for|on) (?:this|that) (?:one |particular )?(?:"
    + _ONE
    + r"|respect|regard|score|front|count),?(?: (?:the|force|constabulary|service|it|we|they|was|were|is|are|has|have|been|grade|rating|judgment|judgement|inspectors|us|given|gave|still|also|again|now|only|"
    + _JUDGE
    + r"|as|to|be|a|an|of))*"
    r") ?[\"']?$"
)
# "This week that became", "It is now", "Today it's", "This time round that was"
TURNED = re.compile(
    r"^[\"' ]*(?:(?:today|now|this (?:week|time|year|month|morning)(?: around| round)?|on \w+day|yesterday),? (?:that|it|this)(?:'s| is| was| has become| became| becomes| has been| has dropped to| has gone (?:up|down)? ?to| has turned into| turned into| changed to)?(?: now| graded| rated| judged| as| a| an)*"
    r"|(?:that|it|this) (?:has (?:now |since |today )?become|became|is now|has (?:now |since )?(?:dropped|fallen|risen|gone up|gone down|climbed|slipped|moved(?: up| down)?|been (?:revised|changed|lowered|raised|upgraded|downgraded|cut|amended)) to|has (?:now |since )?been (?:re-?graded|regraded) (?:as|to)?)(?: a| an)?) ?[\"']?$"
)
# "HMICFRS has now revised that down to", "Inspectors have since changed the grade to"
REVISED = re.compile(
    r"\b(?:revis|chang|lower|cut|amend|correct|downgrad|upgrad|rais|mov|reduc|replac|switch)(?:ed|d|ing|e|s|t)? (?:that|it|this|the|its)(?: (?:grade|grading|mark|judg(?:e)?ment|rating))?(?: (?:up|down))? (?:to|with) (?:a |an |one of )?[\"']?$"
)
ON_THE_SAME = re.compile(
    r"^[\"']? (?:on|in|for|at|to|against) (?:exactly |precisely )?(?:the|this|that) (?:very )?(?:same )?(?:question|area|measure|category|strand|count|score|heading|point|test|topic|issue|element|aspect|respect|regard)\b"
)
# "We published our judgment on this in December 2015: requires improvement"
JUDGMENT_ON = re.compile(
    r"\b(?:judg(?:e)?ment|grade|grading|rating|verdict|mark) (?:on|for|of|in) (?:this|that)(?: (?:question|area|one))?\b[^.;:]{0,60}(?::|-|was|is|as|of) ?(?:an? )?[\"']?$"
)
_N = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "one": 1}
OTHERS = re.compile(
    r"\b(?:the|its|those|all) (?:other|remaining) (?P<n>one|two|three|four|five|six|[2-6])(?: "
    + _ONE
    + r")?\b(?! forces)"
)
JOINED = re.compile(r"(?:'s)?,? (?:and |& )?(?:the )?")
NEAR = 6  # sentences back


@dataclass(frozen=True, slots=True)
class Pointed:
    """Links by pointing words, and the verdicts that they put in the past ("has now revised that down to …")."""

    links: list[Link]
    past: set[int]


def read_pointing(
    text: Structure,
    verdicts: Sequence[Verdict],
    questions: Sequence[QuestionMention],
    links: Sequence[Link],
    forces: Forces,
) -> Pointed:
    """Links of verdicts that nothing else has placed."""
    placed = {link.verdict.start for link in links}
    of_sentence: dict[int, list[Link]] = {}
    for link in links:
        of_sentence.setdefault(link.sentence, []).append(link)
    asked: dict[int, list[QuestionMention]] = {}
    for q in questions:
        asked.setdefault(q.sentence, []).append(q)
    back_links = {link.verdict.start: link for link in links if link.rule == "it-is"}
    found: list[Link] = []
    past: set[int] = set()
    for verdict in verdicts:
        sentence = text.sentences[verdict.word.sentence]
        if verdict.start in placed:
            back = back_links.get(verdict.start)
            low = text.low[max(sentence.start, verdict.start - 220) : verdict.start]
            if back and (REVISED.search(low) or TURNED.match(low)):
                past |= _replaced(verdict, back.questions[0].question, of_sentence)
            continue
        if text.passage_of(sentence).notes or text.passage_of(sentence).furniture:
            continue
        low = text.low[max(sentence.start, verdict.start - 220) : verdict.start]
        run, revises = _referent(text, verdict, low, asked, of_sentence)
        if run:
            owners = _owners(text, forces, verdict)
            rule = "force-and-grade" if len(owners) > 1 else "pointing"
            found.append(Link(verdict, tuple(run), verdict.word.sentence, *_words(sentence, verdict), rule, owners))
            if revises:
                past |= _replaced(verdict, run[0].question, of_sentence)
    return Pointed(found, past)


def _replaced(verdict: Verdict, question: str, of_sentence: dict[int, list[Link]]) -> set[int]:
    """The earlier verdicts on a question that this one takes the place of."""
    return {
        k.verdict.start
        for back in (0, 1, 2)
        for k in of_sentence.get(verdict.word.sentence - back, ())
        if k.verdict.start < verdict.start and k.questions[0].question == question
    }


def _owners(text: Structure, forces: Forces, verdict: Verdict) -> tuple[str, ...]:
    """ "South Wales, Dyfed-Powys and North Wales required improvement on the same question": the forces that open the sentence."""
    here = [m for m in forces.in_sentence(verdict.word.sentence) if m.end <= verdict.start]
    if len(here) < 2 or here[0].start - text.sentences[verdict.word.sentence].start > 6:
        return ()
    joined = all(JOINED.fullmatch(text.low, a.end, b.start) for a, b in pairwise(here))
    return tuple(dict.fromkeys(m.force for m in here)) if joined else ()


def _words(sentence: Sentence, verdict: Verdict) -> tuple[int, int]:
    return max(sentence.start, verdict.start - 220), min(sentence.end, verdict.end + 120)


def _referent(
    text: Structure,
    verdict: Verdict,
    before: str,
    asked: dict[int, list[QuestionMention]],
    links: dict[int, list[Link]],
) -> tuple[list[QuestionMention], bool]:
    """The questions that the words mean, and whether they replace an earlier grade."""
    index = verdict.word.sentence
    sentence = text.sentences[index]
    after = text.low[verdict.end : min(sentence.end, verdict.end + 80)]
    own = [q for q in asked.get(index, ()) if q.end <= verdict.start and not q.short]
    later = [q for q in asked.get(index, ()) if q.start >= verdict.end and not q.short]
    if verdict.spoken and not (verdict.word.quoted and index and text.sentences[index - 1].spoken):
        return [], False
    if others := OTHERS.search(before):
        return ([], False) if own or later else (_others(text, index, _N[others["n"]], asked, links), False)
    if OBJECT.search(before) or ON_THE_SAME.match(after) or JUDGMENT_ON.search(before):
        if own:
            return (own[-1:] if len({q.question for q in own}) == 1 else []), False
        return _last_question(text, index, asked, verdict), False
    if own or (
        later
        and not re.search(r"[,;] (?:but|although|though|while|despite|and)\b", text.low[verdict.end : later[0].start])
    ):
        return [], False
    ends = re.match(
        r"^[\"']?(?:[.,;:!)]| (?:as well|too|again|now|today|and|but|because|mainly|largely|partly|after|despite|following|this time|overall|in the)\b| - |$)",
        after,
    )
    if not ends:
        return [], False
    if REVISED.search(before) or TURNED.match(before):
        if not (verdict.manner == "judged" or verdict.word.form == "verb" or verdict.word.quoted):
            return [], False
        return _last_question(text, index, asked, verdict), True
    if SUBJECT.match(before) and (verdict.manner == "judged" or verdict.word.quoted or verdict.word.form == "verb"):
        return _last_question(text, index, asked, verdict), False
    return [], False


def _last_question(
    text: Structure, index: int, asked: dict[int, list[QuestionMention]], verdict: Verdict
) -> list[QuestionMention]:
    """The one question of the nearest sentence before that names any, in this paragraph or at the end of the one before."""
    passage = text.sentences[index].passage
    for back in range(1, 4):
        n = index - back
        if n < 0 or text.sentences[n].passage < passage - (
            1 if index == text.passages[passage].first or back == 1 else 0
        ):
            return []
        found = list(asked.get(n, ()))
        whole = [q for q in found if not q.short]
        if not whole and found and back == 1 and (verdict.word.quoted or verdict.manner == "judged"):
            whole = found
        if whole:
            return whole[-1:] if len({q.question for q in whole}) == 1 else []
    return []


def _others(
    text: Structure,
    index: int,
    number: int,
    asked: dict[int, list[QuestionMention]],
    links: dict[int, list[Link]],
) -> list[QuestionMention]:
    """Of a list named shortly before, those that have no grade yet, when there are just so many."""
    passage = text.sentences[index].passage
    graded: set[str] = set()
    for back in range(1, NEAR):
        n = index - back
        if n < 0 or text.sentences[n].passage < passage - 2:
            return []
        named = [q for q in asked.get(n, ()) if not q.short]
        own = {q.start for k in links.get(n, ()) for q in k.questions}
        free = [q for q in named if q.start not in own]
        left = [q for q in free if q.question not in graded]
        if len(named) >= 2 and len(free) >= number:
            for choice in (left, free):
                if len(choice) == number:
                    return choice
            return []
        graded |= {q.question for k in links.get(n, ()) for q in k.questions}
    return []
