"""Causes of concern raised, kept and closed."""
# ruff: noqa: E501 (a pattern stands on one line)

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inspections.classify.forces import Forces
from inspections.classify.moments import day_of, moment_of, years_in
from inspections.classify.questions import POLICE
from inspections.classify.structure import Sentence, Structure
from inspections.classify.whose import forces_of
from inspections.classify.wordings import WORDINGS
from inspections.findings import CauseOfConcern, CauseState
from inspections.lexicon import Lexicon

CAUSE = re.compile(r"\bcauses? of (?:serious )?concern\b|\bcauses? for concern\b|\bpryder\b")
FULL_NAME = re.compile(r"\bcauses? of (?:serious )?concern\b")
LOOSE = re.compile(r"\bcauses? for concern\b")  # the press's words for it, and anybody's for a worry
FORMAL = re.compile(
    r"\b(?:issued?|raised?|formal(?:ly)?|accelerated|official|recorded|identified|closed|hmic|hmicfrs|inspectora)"
)

# "if a force is not responding to a cause of concern", "a cause of concern is …", "no causes of concern"
IN_GENERAL = re.compile(
    r"\b(?:if|unless|whether|any force|a force|each force where|all forces|every force|forces (?:that|which|who|are|may)|you are|about you"
    r"|may (?:be|also|move)|can be|could be|might|would be|when (?:we|it|inspectors|a|there)|where (?:we|it|a|there|inspectors)"
    r"|is not (?:responding|dealing|managing|succeeding)|isn't (?:responding|dealing)|not (?:responding|dealing|succeeding)"
    r"|(?:inadequate|requires improvement)'? (?:means|-)|means that|meaning|causes? of concern (?:is|are) (?:a |the |when|where|what|raised when|issued when|defined))\b"
)
NONE = re.compile(
    r"\b(?:no|not|n't|never|without|nor|neither|zero|any)(?: \w+){0,4} causes? (?:of|for) concern\b|n't(?: \w+){0,3} causes? (?:of|for) concern\b"
)

# What a clause says became of it. A clause that says more than one is taken by the first that fits.
NOT_CLOSED = re.compile(
    r"\b(?:not|n't|never|yet to|cannot|unable to)(?: \w+){0,4} (?:clos(?:e|ed|ing)|lift(?:ed|ing)?|discharg(?:e|ed|ing)|sign(?:ed|ing)? off|remov(?:e|ed)|let go)\b|n't(?: \w+){0,3} (?:closed|lifted|discharged)\b"
)
KEPT = re.compile(
    r"\b(?:remains?|remaining|stays?|still|left) (?:open|in place|live|active|outstanding|unresolved|in force)\b|\bstill (?:has|have|had|being|to be|need)\b"
    r"|\b(?:is|are) still\b|\b(?:keep|keeps|keeping|kept) (?:\w+ ){0,5}open\b|\b(?:will|to) (?:continue|remain|stay)\b|\bremains? (?:a|our|causes?)\b|\bnot (?:yet )?(?:gone|resolved|satisfied)\b"
    r"|\b(?:yet|still|remains?) to be (?:closed|lifted|discharged|signed off|resolved)\b|\bremain(?=[.,;]|$)|\bwill be (?:looked at|reviewed|inspected|revisited) again\b"
)
CLOSED = re.compile(
    r"\b(?:closed|closing|closes|close|closure|discharged|discharges?|lifted|lifts?|signed off|signs? off|withdrawn|resolved|(?:has|have) (?:been )?(?:removed|ended)|(?:has|have|had) come off|come off the list|no longer)\b"
)
RAISED = re.compile(
    r"\b(?:issu(?:ed?|es|ing)|rais(?:ed?|es|ing)|record(?:ed|s)|identif(?:ied|ies|ying)|sent|made|given|gave|imposed|found|there (?:is|are)|there's|subject of|set out|resulted in|led to|drew"
    r"|attached|slapped|served|received?|receives|faces|facing|prompted|triggered|publish(?:ed|es)|highlight(?:ed|s)|accelerated|new|handed|has|have|including|includes?|gives|reveals?|details?|leav(?:e|es|ing)|left|with|listed|outlin(?:e|es|ed)|noted|cited|announced|attracted|incurred|places?|placed)\b"
)
COUNTED = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|several|further|new|accelerated|a|another|following) (?:\w+ ){0,2}causes? (?:of|for) concern\b"
)
# Raised long ago: "was slapped on the force in 2022", "issued after the last inspection"
LONG_AGO = re.compile(
    r"\b(?:ago|previous(?:ly)?|had|last (?:year|winter|summer|autumn|spring|inspection|time|round|report)|earlier inspection|since been|originally|first raised|december report|at that time|the original)\b"
)
# The same concerns without their name: "This one is closed too.", "On Thursday it wrote to say that the matter is closed"
SAME_CLOSED = re.compile(
    r"\b(?:this|that|it|they|these|those|both|one|matter|issue|concerns?|warnings?|first|second|third|fourth|all|two|three)\b[^.;:]{0,60}?\b(?:is|are|has been|have been|been|be) (?:now |also |all |both |today )?(?:closed|discharged|lifted|signed off)\b"
    r"|\b(?:i am|i'm|we are|we're|has|have|i|we) (?:now )?(?:closing|closed|close|discharged|lifted) (?:it|this|that|these|them|both|all)\b|\b(?:has|have) come off\b"
)
SAME_KEPT = re.compile(
    r"\b(?:remains?|stays?|is still|are still|still|stay) (?:open|in place|to be (?:closed|lifted|discharged))\b|\b(?:has|have) not (?:yet )?been (?:lifted|closed|discharged|signed off)\b|\bhaven't been (?:lifted|closed|discharged)\b|\bleft open\b|\bnot (?:yet )?ready to (?:close|let go)\b"
)
# "HMICFRS said it had issued a new cause of concern"
LABELLED = re.compile(r"\W*causes? of concern(?: \d| one| two| three)?\s?[:-]\s+(?!an? |this |these |when|where|if )\w")
WITH_IMPROVEMENTS = re.compile(
    r"\bcauses? of concern,? (?:and|with|plus|as well as|alongside) (?:\w+ ){1,2}areas? (?:for improvement|where)"
)
REPORTED = re.compile(
    r"\b(?:said|says|told|announced|revealed|confirmed|added)\b[^.;,]{0,60}? had (?=(?:also |now |formally )?(?:issued|raised|identified|recorded|found|made|given|closed))"
)
SINCE = re.compile(r"\bsince been\b")
# When the concern was raised is not when it was closed: "the causes of concern issued in 2022 have been closed"
OF_THE_CONCERN = re.compile(
    r"\b(?:issued|raised|identified|recorded|made|given|from|set)(?: out)?(?: in| during| after| by)?(?: \w+){0,3}? (?:20\d\d(?:/\d\d)?|last (?:year|inspection))\b"
    r"|\bprevious(?:ly)?(?= (?:\w+ )?(?:causes?|identified|issued|raised))|\bin (?:our|the) (?:\w+ )?20\d\d\S{0,4} (?:report|inspection)"
)
HYPOTHETICAL = re.compile(
    r"\b(?:until|unless|if|when|hopes?|hoping|hoped|expects?|should|would|could|may|might|once|before|will be able|in order to|to be|areas? for improvement)\b"
)
DECIDED = re.compile(r"\b(?:decided|satisfied|content|agreed|pleased|confirm\w*)\b")
ABOUT = re.compile(
    r"\s*(?:'s|,|-|was|were|has|have|been|also|issued|raised|recorded|made|formally|is|are)?"
    r"(?:(?: been)? (?:issued|raised|recorded|made|identified|attached)(?: (?:to|for|by) (?:it|this|that|the force|inspectors|hmicfrs))?)?\s*,?\s*"
    r"(?:about each of|about|regarding|relating to|related to|in relation to|concerning|to do with|on|over|for|around|covering|in respect of|in|with(?: regard to)?|surrounding)\s+(?!which\b|whom\b|(?:early |late )?(?:january|february|march|april|may|june|july|august|september|october|november|december|20\d\d|last|this|the (?:report|last|past))\b)"
)
TOPIC_ENDS = re.compile(
    r"[.;:?!\n]|, (?:and (?:another|one|it|the|two|a)|which|but|as|with|on which|where|in)\b|,? (?:that (?:was|were|it|we)|which|has|have|was|were|is|are|will|stays?|remains?|can|because|so that|until|after|when|should)\b|,? and (?:another|has|it|that)\b"
)
TO_WHOM = re.compile(r",? (?:to|for|against|in) (?:the )?")
LONGEST_TOPIC = 110
EVERYONE = re.compile(
    r"\b(?:each (?:chief constable|force|of the)|both (?:chief constables|forces)|all (?:three|four|of the) )"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence says of a cause of concern, and where its topic may begin."""

    state: CauseState
    rule: str
    after: int


def read_causes(text: Structure, forces: Forces, lexicon: Lexicon) -> tuple[CauseOfConcern, ...]:  # noqa: ARG001
    """Each concern once for each state and topic; never from what explains the term or recalls an old one."""
    if not CAUSE.search(text.low):
        return ()
    formal = bool(FULL_NAME.search(text.low))
    found: dict[tuple[str, CauseState, str], CauseOfConcern] = {}
    for index, sentence in enumerate(text.sentences):
        passage = text.passages[sentence.passage]
        if passage.furniture or passage.notes or passage.kind in ("heading", "alt"):
            continue
        said = _said(text, sentence, formal=formal)
        if said is None:
            continue
        for force in _whose(text, forces, index, sentence, said):
            for topic in _topics(text, index, said):
                cause = CauseOfConcern(
                    force, said.state, topic, text.release.quote(sentence.start, sentence.end), said.rule
                )
                found.setdefault((force, said.state, topic), cause)
    return _without_vague(found)


def _said(text: Structure, sentence: Sentence, *, formal: bool) -> _Said | None:
    words = text.words(sentence)
    named = CAUSE.search(words)
    if named is None:
        return _said_of_the_same(text, words) if formal else None
    if LOOSE.search(words) and not (FORMAL.search(words)):
        return None
    if LABELLED.match(words):
        return _Said("raised", "cause-labelled", -1)
    general = IN_GENERAL.search(words)
    if (general and not (general.group() in ("can be", "could be") and DECIDED.search(words))) or (
        NONE.search(words) and not NOT_CLOSED.search(words)
    ):
        return None
    state, rule = _state(text, words, named)
    return _Said(state, rule, sentence.start + named.end()) if state else None


def _state(text: Structure, words: str, named: re.Match[str]) -> tuple[CauseState | None, str]:
    if NOT_CLOSED.search(words) or KEPT.search(words):
        return "kept", "cause-kept"
    closed = CLOSED.search(words)
    if closed:
        clause = words[max(0, closed.start() - 90) : closed.end() + 40]
        if SINCE.search(clause) or moment_of(OF_THE_CONCERN.sub(" ", clause), day_of(text.release)) == "then":
            return None, ""
        hoped = HYPOTHETICAL.search(words[: closed.start()]) and not DECIDED.search(words[: closed.start()])
        return (None, "") if hoped else ("closed", "cause-closed")
    around = words[max(0, named.start() - 120) : named.end() + 120]
    if WITH_IMPROVEMENTS.search(words) and not LONG_AGO.search(words.replace(" had ", " has ")):
        return "raised", "cause-raised"
    if not (RAISED.search(around) or COUNTED.search(words)) or _is_long_ago(text, words):
        return None, ""
    return "raised", "cause-raised"


def _is_long_ago(text: Structure, words: str) -> bool:
    words = REPORTED.sub(" has ", words)
    published, years = text.release.published, years_in(words)
    return bool(LONG_AGO.search(words) or (published and years and max(years) < published.year))


def _said_of_the_same(text: Structure, words: str) -> _Said | None:
    """A sentence that goes on about the concerns without naming them."""
    if len(words) > 320 or "grade" in words:
        return None
    if SAME_KEPT.search(words):
        return _Said("kept", "same-kept", -1)
    closed = SAME_CLOSED.search(words)
    if not closed or HYPOTHETICAL.search(words) or " not " in words or SINCE.search(words):
        return None
    if moment_of(words, day_of(text.release)) == "then":
        return None
    return _Said("closed", "same-closed", -1)


def _whose(text: Structure, forces: Forces, index: int, sentence: Sentence, said: _Said) -> tuple[str, ...]:
    given = TO_WHOM.match(text.low, said.after, sentence.end) if said.after >= 0 else None
    if given:  # "one cause of concern, to Gloucestershire Constabulary"
        named = [m.force for m in forces.in_sentence(index) if given.end() <= m.start < given.end() + 6]
        if named:
            return (named[0],)
    if EVERYONE.search(text.words(sentence)) and len(forces.about) > 1:
        return forces.about
    end = said.after if said.after >= 0 else sentence.end
    return forces_of(text, forces, index, sentence.start, end) or forces_of(
        text, forces, index, sentence.start, sentence.end
    )


def _topics(text: Structure, index: int, said: _Said) -> Iterator[str]:
    """What the concern is about: a question's id when the words are a question's, else the words; '' when not said."""
    if said.after < 0:
        yield ""
        return
    sentence = text.sentences[index]
    about = ABOUT.match(text.low, said.after, min(sentence.end, said.after + 60))
    if not about:
        yield from _listed(text, index) or ("",)
        return
    stop = TOPIC_ENDS.search(text.low, about.end(), min(sentence.end, about.end() + LONGEST_TOPIC))
    end = stop.start() if stop else min(sentence.end, about.end() + LONGEST_TOPIC)
    yield from _split(text, about.end(), end)


def _split(text: Structure, start: int, end: int) -> list[str]:
    """Each question named in the words; the words themselves when there is none."""
    questions = list(dict.fromkeys(_question(m) for m in POLICE.finditer(text.low, start, end)))
    return questions or [
        " ".join(text.release.text[start:end].split()).removesuffix(" that").removesuffix(" who").strip(" ,.;-–")
    ]


def _question(m: re.Match[str]) -> str:
    return WORDINGS[int(re.sub(r"\D", "", m.lastgroup or "w0"))][0]


def _listed(text: Structure, index: int) -> list[str]:
    """The items of a list that the sentence, or the one after it, leads to: "They are about:"."""
    passage = text.passages[text.sentences[index].passage]
    for following in text.passages[passage.index + 1 : passage.index + 9]:
        if following.kind == "item" and following.lead_in in (passage.index, passage.index + 1):
            break
        if following.lead_in < 0 and following.kind == "heading":
            return []
    topics: list[str] = []
    for item in text.passages[passage.index + 1 : passage.index + 14]:
        if item.kind == "item" and item.lead_in in (passage.index, passage.index + 1):
            bare = re.match(r"\W*(?:\d{1,2}[.)]\s*)?", text.low[item.start : item.end])
            topics.extend(
                _split(text, item.start + (bare.end() if bare else 0), min(item.end, item.start + LONGEST_TOPIC))[:1]
            )
    return topics


def _without_vague(found: dict[tuple[str, CauseState, str], CauseOfConcern]) -> tuple[CauseOfConcern, ...]:
    """A concern without a topic is left out when the same state of the same force has one with a topic."""
    told = {(force, state) for force, state, topic in found if topic}
    return tuple(c for (force, state, topic), c in found.items() if topic or (force, state) not in told)
