"""Grades whose question, and questions whose grade, stands in an earlier sentence: "in both areas", "so is …", "those five are"."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from inspections.classify.cycles import Cycles
from inspections.classify.fillers import FORWARD
from inspections.classify.forces import Forces
from inspections.classify.links import Link, gap, only, runs_of
from inspections.classify.questions import QuestionMention
from inspections.classify.structure import Structure
from inspections.classify.verdicts import Verdict
from inspections.lexicon import Lexicon

NUMBERS = (
    {
        w: n
        for n, w in enumerate(
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
        )
    }
    | {"both": 2}
    | {str(n): n for n in range(1, 13)}
)
_N = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|both|\d{1,2})"
# "X is outstanding, and so is Y", "as does our use of police powers", "the same word was used of its legitimacy"
SO_IS = re.compile(
    r"(?:^|[,;.(] ?|\band |\bbut )(?:and )?(?:so (?:is|are|was|were|too(?: is| are| was| were| does| do)?|does|did|do)|as (?:is|are|was|were|does|do|did)|(?:the )?same (?:(?:had|has) been (?:said|found|true|decided)(?: \w+){0,2}|is true|goes|grade|word|rating|mark|verdict|judg(?:e)?ment|applies|was (?:true|said))(?: \w+){0,5}|(?:felt|said|thought|found|concluded|reached|came to|were of) (?:exactly |much )?the same(?: way| thing| conclusion| verdict| view| opinion)?(?: \w+){0,1}|(?:it|things|the (?:grade|mark|verdict|result|outcome|rating)) (?:came out|comes out|was|is|were|are|stays|stayed|went) (?:exactly )?the same(?: \w+){0,1}|likewise|similarly|ditto)\W+(?:about |for |of |in |to |its |the |our |their |how |it |force |at |on |with |was |is )*$"
)
# "In November the same had been said about its efficiency", "A month ago it was the same for"
SAME_AGAIN = re.compile(
    r"^[\"' ]*(?:(?:in|on|at|by|last|earlier|a|only|just|two|three|the|week|weeks|month|months|year|ago|before|this|january|february|march|april|may|june|july|august|september|october|november|december|autumn|spring|summer|winter|christmas|easter),? ){0,6}(?:the same|it) (?:(?:had|has) (?:also |already )?been (?:said|found|true|decided|the same)|was (?:said|found|true|decided|the same)|came out the same)(?: to be true)? (?:about|of|for|on) (?:its |the |their |our )*$"
)
AND_ALSO = re.compile(r",? and (?:[\w ]{2,24} )?(?:about|for|of|on|in) (?:its |the |their )?")
# "Those five are: …", "They are …", "Among the six are …", "The seven are …"
POINTER = re.compile(
    r"^[\"' ]*(?:for (?:completeness|the record), )?(?:and )?(?:(?P<among>among|of)(?:st)? )?(?P<who>those|these|they|them|the|both|all)(?: (?:other|latter|remaining|said|areas?))*(?: (?P<n>"
    + _N
    + r"))?(?: (?:areas?|questions?|categories|ones|aspects|of policing|in question|higher|lower|grades?|of them|[\w-]+ areas))*(?: (?:are|were|is|was|include[sd]?|being|comprise[sd]?|relate[sd]? to|concern(?:ed)?|cover(?:s|ed)?))?\W*(?:how |the way |in |at |for |its |it |the |force |their |our )*$"
)
COUNT_AFTER = re.compile(
    r"^[\"']? (?:in|for|at|across|on) (?:the )?(?:other |remaining |a further |another |just |only |all |all of )*(?P<n>"
    + _N
    + r")\b"
)
COUNT_BEFORE = re.compile(
    r"\b(?P<n>"
    + _N
    + r")(?: (?:of (?:them|these|those|which)|areas?|grades?|others?|more|further))?(?: (?:is|are|was|were|as|at|judged|rated|graded|found(?: to be)?|to be|an?|of))* [\"']?$"
)
# "graded as 'good' in both areas", "good in all three", "inadequate in each of the three"
ANAPHOR = re.compile(
    r"\b(?:in|for|on|at|across) (?:both|all|each|every|either)(?: of)?(?: (?:these|those|the|them|its))?(?: (?P<n>"
    + _N
    + r"))?(?: (?:areas?|counts?|questions?|pillars?|categor(?:y|ies)|aspects?|respects|fronts|headings?|strands?|things|of them|of these|of those))?\b"
)
PILLARS_ALL = re.compile(
    r"\b(?:across the board|(?:in|for|on|across|at) (?:all|every|each of the three)(?: (?:one of )?(?:of )?(?:the |its )?(?:three|3))? ?(?:pillars?|categor(?:y|ies)|areas?|strands?|elements?|aspects?|headings?|inspection areas|things)?\b|(?:in|for|on|across|at) (?:each|every one|all)(?: of)?(?: the| its| our)? three(?: (?:things|areas|pillars|questions|headings) (?:it|we|they) (?:was|were) (?:marked|graded|judged|rated|assessed|inspected) on)?\b|(?:in|for|on|across|at) (?:its|the|our|those|these) three (?:peel )?(?:main |core |key )?(?:pillars|strands|categories|elements|headings)\b(?! of)|(?:all|every) (?:three )?(?:pillars|categories|strands)|in every categor(?:y|ies)|with three|ym mhob (?:categori|un o'r tri maes))"
)
IT = re.compile(
    r"^[\"' ]*(?:(?:and |but |however, |today, |now,? )?(?:it|this|that)(?:'s| (?:is|was|now|has|had|remains|reads|grade|judg(?:e)?ment|rating|moves|moved|rises|goes|went|drops))\b|in (?:that|this) (?:exercise|inspection|area|report|respect|regard|case|one)|we (?:were|are|have been)\b|here,? (?:too,? )?|for (?:that|this)\b|on (?:that|this)\b|the (?:grade|judg(?:e)?ment|rating|verdict|force|constabulary|service) (?:is|was|has|had|remains|here)\b|inspectors (?:graded|judged|rated))"
)
AT_IT = re.compile(
    r"^[\"']? (?:at|for|in|on|when it comes to|with regard to)(?: how it)? (?:(?:tackl|deal|do|investigat|respond|protect|manag|prevent|record|treat|handl|combat|disrupt)\w*(?: with| to)? )?(?:it|this|that|these|them|this area|that area|this respect|doing so|this question)\b"
)


# "… in a national study of police legitimacy": that says for what
IN_STUDY = re.compile(
    r"^[\"']? (?:in|by|under) (?:a|an|the|its|this|hmic\w*'s)\b[^.;,]{0,50}\b(?:efficiency|effectiveness|legitimacy)\b"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the earlier stages found, for the rules that look back."""

    text: Structure
    verdicts: Sequence[Verdict]
    questions: Sequence[QuestionMention]
    links: Sequence[Link]
    forces: Forces
    fire: bool = False
    """Read for the questions of fire and rescue services."""


POLICE_PILLARS = ("effectiveness", "efficiency", "legitimacy")
FIRE_PILLARS = ("fire-effectiveness", "fire-efficiency", "fire-people")


def read_anaphora(reading: Reading, cycles: Cycles, lexicon: Lexicon) -> list[Link]:
    """Links across sentences, at most three passages back."""
    text = reading.text
    asked: dict[int, list[QuestionMention]] = {}
    for q in reading.questions:
        asked.setdefault(q.sentence, []).append(q)
    given: dict[int, list[Verdict]] = {}
    for v in reading.verdicts:
        given.setdefault(v.word.sentence, []).append(v)
    linked = {link.verdict.start for link in reading.links}
    placed = {q.start for link in reading.links for q in link.questions}
    found: list[Link] = []
    for index in sorted(asked):
        free = [q for q in asked[index] if q.start not in placed]
        if free and not text.passage_of(text.sentences[index]).furniture:
            found.extend(_so_is(reading, index, free, [*reading.links, *found]))
            found.extend(_pointed(reading, index, asked[index], given, placed))
    fire = any(q.fire for q in reading.questions) or reading.fire
    four = _four_grades(cycles.fire if fire else cycles.police, lexicon)
    pillars = FIRE_PILLARS if fire else POLICE_PILLARS
    for index in sorted(given):
        for verdict in given[index]:
            if verdict.start not in linked and not any(f.verdict.start == verdict.start for f in found):
                link = _looking_back(reading, index, verdict, asked, four=four, pillars=pillars)
                if link:
                    found.append(link)
    return found


def _four_grades(given_in: str, lexicon: Lexicon) -> bool:
    cycle = lexicon.cycle_by_id.get(given_in)
    return bool(cycle and cycle.scale == "4-tier" and cycle.id != "2014")


def _so_is(reading: Reading, index: int, free: list[QuestionMention], links: list[Link]) -> list[Link]:
    text = reading.text
    sentence = text.sentences[index]
    before = text.low[max(sentence.start, free[0].start - 90) : free[0].start]
    if not SO_IS.search(before) and not SAME_AGAIN.match(text.low[sentence.start : free[0].start][-120:]):
        return []
    source = next(
        (k for k in reversed(links) if k.sentence in (index, index - 1) and k.verdict.start < free[0].start), None
    )
    if source is None:
        return []
    runs = runs_of(text, reading.forces, free, [])
    run = list(runs[0])
    for more in runs[1:]:  # "… about its efficiency, and before Christmas about legitimacy"
        if not AND_ALSO.fullmatch(text.low[run[-1].end : more[0].start]):
            break
        run.extend(more)
    same = source.sentence == index
    start = source.start if same else sentence.start
    return [Link(source.verdict, tuple(run), index, start, run[-1].end, "so-is", source.owners)]


def _pointed(
    reading: Reading, index: int, asked: list[QuestionMention], given: dict[int, list[Verdict]], placed: set[int]
) -> list[Link]:
    text = reading.text
    sentence = text.sentences[index]
    if index in given and any(v.start < asked[0].start for v in given[index]):
        return []
    opening = text.low[sentence.start : asked[0].start]
    m = POINTER.match(opening) if len(opening) < 90 else None
    if not m or asked[0].start in placed:
        return []
    runs = runs_of(text, reading.forces, asked, [])
    run = [q for r in runs for q in r] if m["among"] else runs[0]
    number = NUMBERS.get(m["n"] or "", 0) or _asked_number(text, index)
    if m["who"] == "the" and not number:
        return []
    source = _counted(reading, index, number, len(run), partial=bool(m["among"]))
    if source is None:
        return []
    start = sentence.start
    return [Link(source, tuple(run), index, start, run[-1].end, "those")]


def _asked_number(text: Structure, index: int) -> int:
    """ "You will want to know which three. They are …" """
    if index == 0:
        return 0
    m = re.search(r"\bwhich (" + _N + r")\W*$", text.words(text.sentences[index - 1])[-40:])
    return NUMBERS.get(m[1], 0) if m else 0


def _counted(reading: Reading, index: int, number: int, size: int, *, partial: bool) -> Verdict | None:
    """The last verdict that was given to so many areas."""
    passage = reading.text.sentences[index].passage
    for verdict in reversed(reading.verdicts):
        if verdict.word.sentence >= index:
            continue
        if reading.text.sentences[verdict.word.sentence].passage < passage - 5:
            return None
        count = _count(reading.text, verdict)
        if count and (count == number or (not number and count == size)):
            return verdict
        if (
            not count
            and number
            and re.match(
                r"^[\"']? (?:in|for) (?:every|all|each)\b[^.]{0,40}\b(?:areas?|categor|question)",
                reading.text.low[verdict.end : verdict.end + 80],
            )
            and not partial
        ):
            return verdict
    return None


def _count(text: Structure, verdict: Verdict) -> int:
    after = COUNT_AFTER.match(text.low[verdict.end : verdict.end + 60])
    if after:
        return NUMBERS[after["n"]]
    sentence = text.sentences[verdict.word.sentence]
    before = COUNT_BEFORE.search(text.low[max(sentence.start, verdict.start - 50) : verdict.start])
    return NUMBERS[before["n"]] if before else 0


def _looking_back(
    reading: Reading,
    index: int,
    verdict: Verdict,
    asked: dict[int, list[QuestionMention]],
    *,
    four: bool,
    pillars: tuple[str, ...],
) -> Link | None:
    text = reading.text
    sentence = text.sentences[index]
    after = text.low[verdict.end : min(sentence.end, verdict.end + 90)]
    own = [q for q in asked.get(index, ()) if not q.short]
    plural = (
        re.search(r"\b(?:three|3) $", text.low[max(sentence.start, verdict.start - 8) : verdict.start])
        and verdict.word.form == "plural"
    )
    if (
        four
        and not own
        and not verdict.spoken
        and (
            plural
            or (
                PILLARS_ALL.search(after[:60])
                and only(after[: _match_end(PILLARS_ALL, after)], FORWARD | {"board", "across", "every", "the"}, "'\",")
            )
        )
    ):
        fire = pillars is FIRE_PILLARS
        start, end = _whole(sentence.start, sentence.end, verdict)
        return Link(
            verdict,
            tuple(QuestionMention(w, "", verdict.start, verdict.end, index, short=False, fire=fire) for w in pillars),
            index,
            start,
            end,
            "all-pillars",
        )
    if (
        four
        and not own
        and not verdict.spoken
        and re.match(r"^[\"' ]*(?:in|for|on|across) (?:all|each|every)\b", text.low[sentence.start : sentence.end][:40])
        and PILLARS_ALL.search(text.low[sentence.start : verdict.start])
        and re.match(r"^[\"']?(?:[.,;]|$)", after)
        and verdict.manner != "count"
    ):
        fire = pillars is FIRE_PILLARS
        return Link(
            verdict,
            tuple(QuestionMention(w, "", verdict.start, verdict.end, index, short=False, fire=fire) for w in pillars),
            index,
            *_whole(sentence.start, sentence.end, verdict),
            "all-pillars",
        )
    within = _within(verdict, asked.get(index, ()), after)
    if within:
        return Link(verdict, within, index, *_whole(sentence.start, sentence.end, verdict), "in-both")
    if verdict.spoken or (own and not AT_IT.match(after)):
        return None
    if (
        verdict.manner == "label"
        and index
        and text.words(text.sentences[index - 1]).endswith("?")
        and sentence.end - sentence.start < 30
    ):
        run = _questions_before(text, asked, index)
        if run:
            return _back(text, verdict, run[:1], index, "answer")
    back = ANAPHOR.search(after[:60])
    if back and re.fullmatch(r"[\"']?[ \w]{0,30}", after[: back.start()]):
        run = _questions_before(text, asked, index)
        number = NUMBERS.get(back["n"] or ("both" if "both" in back.group() else ""), 0)
        if run and (number == len(run) or (not number and len(run) > 1)):
            return _back(text, verdict, run, index, "in-both")
    same = [q for q in asked.get(index, ()) if q.end <= verdict.start and not q.short]
    if verdict.manner == "judged" and AT_IT.match(after) and len({q.question for q in same}) == 1:
        return Link(verdict, (same[-1],), index, sentence.start, min(sentence.end, verdict.end + 60), "it-is")
    opened = ANAPHOR.search(text.low[sentence.start : verdict.start][:60])
    if opened and opened.start() < 4:
        run = _questions_before(text, asked, index)
        number = NUMBERS.get(opened["n"] or ("both" if "both" in opened.group() else ""), 0)
        if number != len(run):
            run = _questions_before(text, asked, index, short=True)
        if run and number == len(run):
            return _back(text, verdict, run, index, "in-each")
    if IN_STUDY.match(after):
        return None
    if verdict.manner in ("judged", "plain") and (
        AT_IT.match(after) or IT.match(text.low[sentence.start : verdict.start + 1])
    ):
        run = _questions_before(text, asked, index)
        if (
            len({q.question for q in run}) == 1
            and (
                AT_IT.match(after)
                or verdict.word.quoted
                or verdict.manner == "judged"
                or _graded_before(reading, index)
            )
            and re.match(r"^[\"']?(?:[.,;!)]| (?:at|for|in|on|and|but|this|that|here|today|now|by|\()|$)", after)
        ):
            return _back(text, verdict, run[:1], index, "it-is")
    return None


def _within(verdict: Verdict, asked: Sequence[QuestionMention], after: str) -> tuple[QuestionMention, ...]:
    """ "They looked at how effective, efficient and legitimate we are, and found us to be good in every one of the three." """
    m = IN_EACH.match(after)
    if m is None or verdict.manner not in ("judged", "count", "plain"):
        return ()
    run = {q.question: q for q in asked if q.end <= verdict.start}
    return tuple(run.values()) if len(run) == NUMBERS["both" if m["n"] is None else m["n"]] else ()


# "… good in every one of the three", "inadequate on both"
IN_EACH = re.compile(
    r"^[\"']? (?:in|for|on|at|across) (?:both|(?:all|each|every one)(?: of)?(?: (?:the|these|those|its|our))? (?P<n>two|three|four|five))(?: (?:areas?|counts?|questions?|pillars?|of them))?[.,;]"
)


def _match_end(pattern: re.Pattern[str], words: str) -> int:
    m = pattern.search(words)
    return m.start() if m else 0


def _graded_before(reading: Reading, index: int) -> bool:
    return any(k.sentence == index - 1 for k in reading.links)


def _whole(start: int, end: int, verdict: Verdict) -> tuple[int, int]:
    return (start, end) if end - start < 260 else (max(start, verdict.start - 120), min(end, verdict.end + 100))


def _back(text: Structure, verdict: Verdict, run: list[QuestionMention], index: int, rule: str) -> Link:
    first = text.sentences[run[0].sentence]
    here = text.sentences[index]
    start = first.start if here.end - first.start < 420 else here.start
    return Link(verdict, tuple(run), index, start if rule != "it-is" else here.start, here.end, rule)


def _questions_before(
    text: Structure, asked: dict[int, list[QuestionMention]], index: int, *, short: bool = False
) -> list[QuestionMention]:
    """The questions of the sentence before, or of the one before that; of the line above for the first sentence of a paragraph."""
    passage = text.sentences[index].passage
    for back in (1, 2):
        n = index - back
        if n < 0 or text.sentences[n].passage < passage - 1:
            return []
        found = [q for q in asked.get(n, ()) if short or not q.short]
        if found:
            once: dict[str, QuestionMention] = {}
            for q in found:
                once.setdefault(q.question, q)
            return list(once.values())
    return []


def with_owners(link: Link, owners: tuple[str, ...]) -> Link:
    return replace(link, owners=owners)


__all__ = ["Reading", "gap", "read_anaphora", "with_owners"]
