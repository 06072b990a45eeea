"""Moves into and out of Engage, only where the release is the news of them."""
# ruff: noqa: E501 (a pattern stands on one line)

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from inspections.classify.forces import Forces
from inspections.classify.moments import NOW, day_of, moment_of
from inspections.classify.structure import Sentence, Structure
from inspections.classify.whose import forces_of
from inspections.findings import MonitoringMove, Move
from inspections.lexicon import Lexicon

# The closer stage: "Engage", "an enhanced level of monitoring", "the enhanced phase of HMICFRS's monitoring", "special measures"
CLOSER = (
    r"(?:(?:the |an? |its |their |our |hmicfrs's?,? |hmic's |(?:the )?(?:police )?inspector(?:ate)?s?'?s? |(?:the )?watchdog's |what (?:is|are|was|they|it|inspectors|hmicfrs|the (?:inspectorate|watchdog)) (?:calls?|called|known as) |so-called )*'?"
    r"(?:engage\b|special measures\b|(?:enhanced|advanced|intensive|closest|closer|heightened|increased|higher|highest|top|toughest|strictest|tighter|upper|special|extra)"
    r"(?: (?:level|phase|stage|form|tier|kind|category))?(?: of)?(?: (?:its|their|our|the|hmicfrs's?|police|inspectorate's?)){0,2}"
    r" (?:monitoring|supervision|scrutiny|oversight)\b|(?:enhanced|advanced) (?:level|phase|stage|status)\b))"
)
# The ordinary stage: "Scan", "routine monitoring", "the default phase of monitoring"
ORDINARY = (
    r"(?:(?:the |an? |its |their |our |hmicfrs's?,? |(?:the )?(?:police )?inspector(?:ate)?s?'?s? |what the inspectora\w+ calls |what is (?:called|known as) )*'?"
    r"(?:scan\b|(?:routine|normal|ordinary|standard|default|usual|regular|lower)(?: (?:level|phase|stage|form))?(?: of)?(?: (?:its|their|our|police)){0,2} monitoring\b"
    r"|(?:routine|default|standard) (?:phase|stage|level)\b))"
)
GAP = r"(?:(?! (?:if|may|might|could|would|which|who|after|when|because) )[^.;:!?]){0,70}?"
# One line a rule: its id, the move, the words. A specimen stands in the comment.
RULES: tuple[tuple[str, Move, str], ...] = (
    (  # "has been moved into the Engage phase", "has escalated Devon and Cornwall Police to the Engage phase"
        "engage-put",
        "entered",
        r"\b(?:mov(?:e|es|ed|ing)|plac(?:es|ed|ing)|put|puts|putting|escalat(?:e|es|ed|ing)|elevat(?:ed|es)|transferred|plunged|thrown|stepped|upgraded|raised|sent|taken|subjected)\b"
        + GAP
        + r"\b(?:in|into|in to|to|under|on to|onto|through)(?: level \d of)? "
        + CLOSER,
    ),
    (  # "enters Engage", "goes into special measures"
        "engage-enter",
        "entered",
        r"\b(?:(?:enter|enters|entered|entering) |(?:goes|gone|going|go|went|slip|slips|slipped|drops|falls) (?:back )?(?:in|into) )"
        + CLOSER,
    ),
    (  # "As of this morning Lincolnshire Police is in Engage", "is now being monitored through its Engage process"
        "engage-is",
        "entered",
        r"\b(?:is|are) (?:now )?(?:in|under|being monitored (?:through|under)|being subjected to) " + CLOSER,
    ),
    (  # "has been removed from the enhanced phase", "taken out of special measures", "to come out of Engage"
        "engage-out",
        "left",
        r"\b(?:remov(?:e|es|ed|ing)|taken|tak(?:e|es|ing)|bring(?:s|ing)?|mov(?:e|es|ed|ing)|let|com(?:e|es|ing)|came|brought|lift(?:ed|s)|releas(?:e|es|ed)|discharg(?:e|es|ed)|emerg(?:ed|es)|freed|drop(?:ped|s)|gets|got|is|are|removal|exit|departure|pulled|stepped down|de-escalated|exit(?:ed|s))\b"
        + GAP
        + r"\b(?:from|out of|off) (?:"
        + CLOSER
        + r"|(?P<them>them|it)\b)",
    ),
    (  # "Wiltshire Police has also left Engage", "leaves enhanced monitoring"
        "engage-leave",
        "left",
        r"\b(?:leave|leaves|leaving|left|exit|exits|exited|exiting) " + CLOSER,
    ),
    (  # "returns to the routine phase", "has been moved back to Scan", "returned to what the inspectorate calls Scan"
        "scan-return",
        "left",
        r"\b(?:return(?:s|ed|ing)?|back|mov(?:e|es|ed|ing)|goes|go|going|gone|went|put|placed|revert(?:s|ed|ing)?|step(?:s|ped)? down)\b"
        + GAP
        + r"\b(?:to|into|in) "
        + ORDINARY,
    ),
    (  # "no longer in special measures", "no longer needs to keep the force under its closest level of supervision"
        "engage-no-longer",
        "left",
        r"\bno longer\b" + GAP + r"\b(?:in|under|needs?|requires?|subject to|part of) " + CLOSER,
    ),
    (  # "The force's time in Engage is over."
        "engage-over",
        "left",
        r"\b(?:time|stay|spell|period) (?:in|under) "
        + CLOSER
        + r"(?: (?:phase|process|stage))? (?:is|has) (?:now )?(?:over|ended|finished|come to an end)",
    ),
    (  # "special measures have been lifted", "enhanced monitoring has ended"
        "engage-lifted",
        "left",
        r"(?:"
        + CLOSER
        + r" (?:has|have) (?:now )?(?:been )?(?:lifted|ended|withdrawn|removed)|\b(?:lift(?:s|ed|ing)?|end(?:s|ed|ing)) "
        + CLOSER
        + ")",
    ),
)
PATTERNS = tuple((rule, move, re.compile(words)) for rule, move, words in RULES)
STAGE = re.compile(
    r"engage\b|special measures|scan\b|(?:level|phase|stage|form)s? of .{0,30}monitoring|monitoring|supervision"
)

# Somebody else's special measures: "a school in special measures", "the hospital trust was placed in special measures"
ELSEWHERE = re.compile(
    r"\b(?:schools?|hospitals?|nhs|trust|academy|academies|ofsted|cqc|care quality|prison|council|councils|college|ambulance|nursing home)\b"
)
# What may happen to any force, or did not: "may be moved", "a force can be put", "neither force has been placed"
NOT_NEWS = re.compile(
    r"\b(?:may|might|can|could|would|should|if|unless|neither|nor|never|not|n't|without|any force|a force|each force|all forces|every force|forces (?:are|in|may|can|that|which|who)"
    r"|no force|avoid(?:s|ed)?|whether|likely|expects?|hopes?|hoped|called for|calls for|threat(?:en|ened)?|remains?|remained|still|yet to|you (?:are|may|will|have|get|start|go)|in order)\b|n't\b"
)
# What makes an old thing of it: "after being placed", "having gone in", "was put into", "had been"
CAN = re.compile(r"\bcan (?:now |today )?(?:also )?(?=confirm|announce|say|report|leave|return|come|move)")
SHALL = re.compile(r" (?:would|should)(?= (?:now )?(?:be|leave|return|move|go|come)\b)")
GONE_BY = re.compile(
    r"\b(?:(?<!is )(?<!are )(?<!now )(?<!am )being|having|had|since|when|before|after|until|while|once|led to)\b"
)
PAST = re.compile(
    r"\b(?:was|were|went|came|entered|escalated|moved|placed|put|left|returned|removed|took|decided|got|exited)\b"
)
PERFECT = re.compile(r"\b(?:has|have|is|are|'s|'ve|will|to be|being|am|can confirm|content)\b|'s\b|'ve\b")
TO_DO = re.compile(r"(?<!\bis )(?<!\bare )(?<!\bhas )\bto (?:be )?$")
AGREED = re.compile(
    r"\b(?:content|decid|decision|confirm|agreed|announc|allowed|satisfied|told|recommend|welcom|pleased|delighted|news that|said (?:today|that)|(?:first|second|third|fourth|fifth|sixth|latest|only|next) force\b)"
)
CLAUSE = re.compile(
    r"[,;:()]| - | following | over | due to | amid | for (?=\w+ing\b)| which | who | where | after | although | but | while "
)
AGAIN = re.compile(r"\b(?:once|twice|(?:two|three) times) (?:before|already|since)\b|\bin the past\b")
APPOSED = re.compile(
    r"(?:, | - | ?\()(?:its|the|an?|their|which|also|known|sometimes|often|or|so-called|what)\b[^.;:,()]{0,70}(?:, | - |\) ?)"
)
# "Force praised two years after leaving special measures", "Commissioner wants Kent Police out of Engage"
NO_HEADLINE = re.compile(
    r"\b(?:since|after|before|until|wants?|calls?|hopes?|bids?|could|may|might|must|should|needs?|aims?|plans?|if|how|why|what|when|would|not|fails? to|ago|months?|years?|once"
    r"|was|were|had|journey|path|road|still|faces?|threat\w*|fears?|ex|former|previously)\b|[?]|n't\b"
)
TITLE_MOVES: tuple[tuple[Move, re.Pattern[str]], ...] = tuple((move, pattern) for _, move, pattern in PATTERNS)


@dataclass(frozen=True, slots=True)
class _Found:
    move: MonitoringMove
    sure: int


def read_monitoring(text: Structure, forces: Forces, lexicon: Lexicon) -> tuple[MonitoringMove, ...]:  # noqa: ARG001
    """At most one move a force, never from what explains how monitoring works or recalls an earlier move."""
    titled = _titled_move(text)
    found: dict[str, _Found] = {}
    for index, sentence in enumerate(text.sentences):
        passage = text.passages[sentence.passage]
        if passage.furniture or passage.notes or not STAGE.search(text.low, sentence.start, sentence.end):
            continue
        for candidate in _moves(text, forces, sentence, index, titled):
            before = found.get(candidate.move.force)
            if before is None or candidate.sure > before.sure:
                found[candidate.move.force] = candidate
    if not found and titled and forces.main:
        found.update(_only_titled(text, forces.main, titled))
    return tuple(f.move for f in sorted(found.values(), key=lambda f: f.move.quote.start))


def _titled_move(text: Structure) -> Move | Literal[""]:
    title = text.release.title.replace("’", "'").replace("‘", "'").lower()
    return next((move for move, pattern in TITLE_MOVES if pattern.search(title)), "")


def _only_titled(text: Structure, force: str, move: Move) -> Iterator[tuple[str, _Found]]:
    """A move that only the title reports, with the first sentence that names the stage."""
    if NO_HEADLINE.search(text.release.title.lower().replace("’", "'")):
        return
    for sentence in text.sentences:
        passage = text.passages[sentence.passage]
        if not (passage.furniture or passage.notes) and STAGE.search(text.low, sentence.start, sentence.end):
            quote = text.release.quote(sentence.start, sentence.end)
            yield force, _Found(MonitoringMove(force, move, quote, "engage-title"), 1)
            return


def _moves(text: Structure, forces: Forces, sentence: Sentence, index: int, titled: str) -> list[_Found]:
    words = text.words(sentence)
    if ELSEWHERE.search(words):
        return []
    found: list[_Found] = []
    for rule, move, pattern in PATTERNS:
        for m in pattern.finditer(words):
            if not _names_a_stage(text, sentence, m):
                continue
            begin, end = _clause(words, m.start(), m.end())
            sure = _sureness(text, words, rule, (begin, m.start(), m.end(), end), titled == move)
            if sure <= 0:
                continue
            quote = text.release.quote(sentence.start, sentence.end)
            moved = forces_of(text, forces, index, sentence.start + m.start(), sentence.start + m.end())
            found.extend(_Found(MonitoringMove(f, move, quote, rule), sure) for f in moved)
    return found


def _names_a_stage(text: Structure, sentence: Sentence, m: re.Match[str]) -> bool:
    """`Engage` and `Scan` are written with a capital; "them" and "it" stand for a stage named before in the sentence."""
    if m.re.groups and m.groupdict().get("them"):
        return bool(
            re.search(r"special measures|engage\b|monitoring", text.low[sentence.start : sentence.start + m.start()])
        )
    for word in ("engage", "scan"):
        at = m.group().rfind(word)
        if at >= 0 and m.group().endswith(word):
            place = sentence.start + m.start() + at
            quoted = text.plain[place - 1 : place] == "'" or text.plain[place - 1 : place] == '"'
            return quoted or text.plain[place].isupper()
    return True


def _clause(words: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a match: from the last break before it to the first after it."""
    begin = 0
    for m in CLAUSE.finditer(words, 0, start):
        begin = m.end()
    after = CLAUSE.search(words, end)
    return begin, after.start() if after else len(words)


def _sureness(text: Structure, words: str, rule: str, places: tuple[int, int, int, int], titled: bool) -> int:
    """0 for what is no news; higher the more its own words say that it is."""
    begin, start, end, stop = places
    clause, lead = words[begin:stop], words[begin:start]
    opening = words[:begin] if begin < 60 else words[max(0, begin - 40) : begin]
    said = CAN.sub("", words[begin:end])
    if AGREED.search(words[:start]):
        said = SHALL.sub(" will ", said)
    if rule != "engage-no-longer" and NOT_NEWS.search(said):
        return 0
    if rule == "engage-no-longer" and re.search(r"\b(?:if|may|until|when|hopes?)\b", lead):
        return 0
    if words[max(0, begin - 7) : begin] == " after ":
        return 0
    apposed = APPOSED.match(words, stop)  # ", its enhanced phase of monitoring, in May this year"
    if apposed:
        clause += " " + words[apposed.end() : apposed.end() + 60]
    moment = moment_of(clause, day_of(text.release)) or (moment_of(opening, day_of(text.release)) if begin < 60 else "")
    if NOW.search(lead) and moment == "then" and not GONE_BY.search(lead):
        moment = "now"
    if moment == "then" or AGAIN.search(clause):
        return 0
    if GONE_BY.search(lead + words[start:end]) and moment != "now":
        return 0
    if (begin and words[begin - 7 : begin] in (" which ", " where ")) or words[max(0, begin - 5) : begin] == " who ":
        return 0
    if TO_DO.search(lead) and not AGREED.search(words[:start]) and not titled:
        return 0
    if rule == "engage-is" and moment != "now" and not titled and "being monitored" not in words[start:end]:
        return 0
    present = (
        bool(CAN.search(lead + words[start:end]))
        or bool(PERFECT.search(lead[-60:]))
        or words[start:end].split(" ")[0].endswith("s")
    )
    if not present and moment != "now" and not titled and not AGREED.search(words[:start]):
        return 0
    return 1 + (moment == "now") + 2 * titled + present
