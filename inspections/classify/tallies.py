"""Counts of grades with no question named: "good in two areas, adequate in four and inadequate in two"."""
# ruff: noqa: E501 (a pattern stands on one line)

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from inspections.classify.forces import Forces, mentions_between
from inspections.classify.grades import GradeWord
from inspections.classify.structure import Structure
from inspections.classify.tally_rest import PART, USUAL, rest_of, with_an_uncounted_one, with_named_ones, with_the_rest
from inspections.classify.tally_tables import read_tally_tables
from inspections.classify.whose import forces_of
from inspections.findings import Tally
from inspections.lexicon import Lexicon
from inspections.model import Grade

_WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
_WELSH = {
    1: "un",
    2: "dau dwy ddau ddwy",
    3: "tri tair",
    4: "pedwar pedair bedwar",
    5: "pump pum bump",
    6: "chwech chwe",
}
_WELSH |= {7: "saith", 8: "wyth", 9: "naw", 10: "deg"}
_ENGLISH = {word: value for value, word in enumerate(_WORDS.split())} | {
    "thirty": 30,
    "forty": 40,
    "both": 2,
    "a single": 1,
    "just one": 1,
}
NUMBERS = _ENGLISH | {word: value for value, words in _WELSH.items() for word in words.split()}
REACH = 600  # characters around a run in which its total and its remainder are looked for
MOST = 15  # no cycle grades more areas; a higher count counts forces
_N = r"(?P<n>\d{1,2}|" + "|".join(sorted(_ENGLISH, key=len, reverse=True)) + r")"
_AREA = r"(?:areas?|categor(?:y|ies)|headings?|aspects?|questions?|fields?|disciplines?|pillars?)"
_GRADES = r"(?:grades?|gradings?|ratings?|marks?|judge?ments?|verdicts?|scores?|results?)"
_OF = r"(?: (?:out )?of (?:the |its |our |those |these )?(?:nine|eight|ten|eleven|\d{1,2})\b(?: (?:areas|categories))?| of (?:them|these|those|its|the|my|our|his|her)\b(?: (?:grades?|areas?|\d{1,2}|[a-z]{3,8} (?:areas|categories)))?)?"
# After the grade: "good' in two areas", "adequate in each of the other six", "outstanding: 1", "good (3)"
AFTER = re.compile(
    r"(?: (?:grades?|gradings?|ratings?))? (?:in|for|at|across) (?:only |just |a further |another |each of |all of |all |the |its |both |other |remaining |of |these |those ){0,5}"
    + _N
    + r"\b(?! (?:of which|per cent|percent|hundred|thousand|years?|months?|weeks?|days?|hours?|minutes?|cases?|calls?|forces?|constabularies|pillars? of)|%|,\d|\.\d|/|th\b)"
)
LABEL = re.compile(r" ?(?:grades? )?[:=(x-] ?" + _N + r"(?= (?:" + _AREA + r")\b|\)|[,.;\n]|$| - |\s*\|)")
# "Outstanding 1, Good 4" and "| Good | 4 |"
BARE_LABEL = re.compile(r"(?: ?\|)? (?P<n>\d{1,2})(?=[,;.\n]| \||$)")
# "adequate in all but two of the nine areas"
ALL_BUT = re.compile(r" (?:in|for) all but (?P<n>one|two|three|four)\b")
# "good four times, adequate twice and requires improvement once"
TIMES = re.compile(r" (?:(?P<n>\d|two|three|four|five|six|seven|eight|nine) times|(?P<once>once|twice))\b")
WELSH = re.compile(r" (?:mewn|ar gyfer|yn y) (?P<n>\w+) (?:o )?(?:maes|faes|feysydd|faesydd|meysydd|categori)")
# Before the grade: "two are 'outstanding'", "five of requires improvement", "one as adequate", "three more require improvement"
BEFORE = re.compile(
    r"(?<![\w£.,%/-])"
    + _N
    + r"(?: x| more| other| others| further| additional)?"
    + _OF
    + r"(?: (?:"
    + _AREA
    + "|"
    + _GRADES
    + r"))?(?: of (?:policing|work|its work|performance))?(?: (?:it |they |that |were |was ){0,2}(?:looked at|inspected|examined|assessed|graded|covered|considered)(?: by [\w' ]{1,40}?)?(?= (?:fell|were|was|are|is|came|got)\b))?(?: \([^()]{1,120}\)| - [^-]{1,220} -)?,?"
    + r"(?: (?:where|in which)(?: (?:it|the force|we|they|performance))?)?"
    + r"(?: (?:came out|come out|emerged?|ended up|earned|won|scored|named|placed|labelled|described|branded|declared|called|listed|reached|stands? at|sits? at|f[ae]ll(?:ing|s)? (?:into|under|in)|said|thought|felt|ranked|seen|regarded|landed|told|it|put|to|the|a|is|are|was|were|have|has|had|been|being|be|to be|got|get|gets|received|given|rated|graded|judged|assessed|found|deemed|classed|marked|considered|at|as|of|that|which|now|each|all|still)){0,6} $"
)
# "in one it requires improvement", "in five, it requires improvement", "in all of the other seven areas the force was adequate"
IN_FRONT = re.compile(
    r"\bin (?:all |all of |each of |the |a further |another |other |remaining |its ){0,4}"
    + _N
    + r"(?: more| others?)?"
    + _OF
    + r"(?: "
    + _AREA
    + r")?(?: - [^-.;]{1,220} -)?,? (?:it|the force|the constabulary|the service|they|we|the police|performance)"
    + r"(?: (?:is|are|was|were|has|had|been|to be|deemed|judged|rated|graded|assessed|found|considered|as|that|which|now|still)){0,5} $"
)
SINGLE = re.compile(
    r"(?<!\w)(?<!not )(?:an?|a single|a solitary|a lone|just the one|the (?:other|last|remaining|final|eighth|ninth|tenth)(?: one| area)?(?: (?:is|was|being|as|rated|graded|judged|deemed|found|to be))+) $"
)  # "six requires-improvements and an inadequate"
NOT_A = re.compile(r"\b(?:not|nor|never|without) (?:a single |one |an? |any )?$")
# What may follow a counted grade; a noun makes an adjective of it ("two good examples")
NOUN_FREE = re.compile(
    r"['\"]?(?:\s*$|\s*[,.;:)(|\n-]| (?:and|or|but|in|for|at|across|while|with|plus|out of|among|overall|were|was|are|is|then|when|on|under|this|to|overall|earlier|last|from|by|after|before|today|yesterday|as|which|where|because|it|he|she|they|not)\b"
    r"| (?:grades?|gradings?|ratings?|areas?|marks?|judge?ments?|ones?|results?|scores?|verdicts?|categor(?:y|ies)|brackets?|bands?|boxe?s?|piles?|columns?)\b)"
)
# "ten were good in at least one of three pillars": services are counted
OF_THEM = re.compile(r"['\"]? (?:in|for|at|on) (?:at least|one or more|any|either)\b")
# How many there are: "across eight areas of policing", "nine grades for PEEL", "8 areas."
TOTAL = re.compile(
    r"(?<![\w.])"
    + _N
    + r" (?:\w+ ){0,2}?(?:areas|grades|gradings|aspects|categories|headings|questions|judge?ments|themes)\b"
)
ALL_OF_THEM = re.compile(r"\ball (?:of )?(?:the |its )?\w+$")  # "good in all nine areas"
OTHER_UNITS = re.compile(
    r"(?<![\w-])(?:"
    + _N.replace("?P<n>", "?:")
    + r"|all|most|other|some|of the|hundreds of)(?: \w+){0,2} (?:forces|constabularies|services|schools|hospitals|wards|prisons|trusts|homes)\b"
    r"|\bforces (?:were|are|was|as|have been|received|judged|graded|rated)\b"
)
EARLIER = re.compile(
    r"\b(?:previous(?:ly)?|(?:last|earlier|prior|preceding) (?:time|inspection|round|cycle|assessment|report|peel)|ago\b|compar(?:es|ed) (?:with|to)|that compares|up from|down from|had been|had got|had only"
    r"|when it was last|the last time)\b"
)
# "two years ago it was …; now it is", "better than last time", "since the last inspection"
THIS_TIME = re.compile(r"\b(?:now|today|this (?:time|year)|better than|worse than|unlike|since|latest|new)\b")
OF_A_YEAR = re.compile(r"\b(?:in|of|the|its|from|for|peel)(?: (?:the|peel|its))? (?P<year>20[0-4]\d)\b")
AREAS = re.compile(r"\b(?:areas?|grades?|gradings|categories|headings|aspects|questions)\b")
# "Of the other forces in the region", "By comparison"
BESIDE = re.compile(
    r"\b(?:other forces|(?:neighbour\w*|nearby|surrounding|adjoining|similar) (?:force|county|counties|police|constabular)|neighbours?\b|elsewhere"
    r"|by (?:comparison|contrast)|in (?:comparison|contrast)|compare[sd]?\b|next door|unlike)"
)
# Inside a run: "since its last inspection, when HMICFRS rated it", "In 2022 it had been"
INNER_EARLIER = re.compile(
    r"\b(?:when (?:it|the force|hmic\w*|inspectors|we)\b|had (?:been|got|only|received)|in (?:the|its|our) (?:last|previous|earlier)\b"
    r"|(?:last time|previously|(?:years?|months) ago)\b(?!,)|in (?P<year>20[0-4]\d)\b)[^.;]*$"
)
FEWEST_OF_A_PART = 2
UNGRADED = re.compile(r"\b(?:could|would|should|will|might|may|aim|ambition|target|hopes?|if)\b")


@dataclass(frozen=True, slots=True)
class _Count:
    word: GradeWord
    number: int
    start: int
    end: int
    single: bool = False
    """Counted by "a" or "an" alone: one more of a run, never its beginning."""


def read_tallies(
    text: Structure,
    forces: Forces,
    words: tuple[GradeWord, ...],
    lexicon: Lexicon,  # noqa: ARG001
) -> tuple[tuple[Tally, ...], tuple[int, ...]]:
    """One tally a force at most, the fullest that the release states of this inspection; and the total it states for each.

    A tally of the rule `PART` is none until `complete_tallies` has found the rest of it.
    """
    best: dict[str, tuple[int, int, Tally, int]] = {}
    counted = (_tally(text, forces, words, run) for run in _runs(text, forces, _counts(text, words)))
    tables = ((t, 0) for t in read_tally_tables(text, forces, words))
    for found in (*counted, *tables):
        if found is None:
            continue
        tally, total = found
        size = (len(tally.counts), sum(n for _, n in tally.counts))
        if tally.force not in best or size > best[tally.force][:2]:
            best[tally.force] = (*size, tally, total)
    ranked = sorted((b[2:] for b in best.values()), key=lambda b: b[0].quote.start)
    said = _said_anywhere(text)
    return tuple(t for t, _ in ranked), tuple(n or said for _, n in ranked)


def _said_anywhere(text: Structure) -> int:
    """How many areas the release says were inspected, when it says one number only."""
    totals = {_number(m["n"]) for m in TOTAL.finditer(text.low)} & set(range(8, 12))
    return totals.pop() if len(totals) == 1 else 0


def _counts(text: Structure, words: tuple[GradeWord, ...]) -> Iterator[_Count]:
    for word in words:
        passage = text.passages[text.sentences[word.sentence].passage]
        if word.form == "ordinal" or passage.furniture or passage.notes:
            continue
        count = (_count_in_welsh if word.form == "welsh" else _count)(text, word, passage.start, passage.end)
        if count:
            yield count


def _count(text: Structure, word: GradeWord, begin: int, end: int) -> _Count | None:
    """The number that counts a grade's word: after it, before it, or before the clause it ends."""
    low = text.low
    front = low[max(begin, word.start - 320) : word.start]
    front = front.rstrip("'\"") if front[-1:] in ("'", '"') else front
    single = SINGLE.search(front)
    after = AFTER.match(low, word.end, min(end, word.end + 90))
    if after and not (single and " across" in after.group()):
        return _Count(word, _number(after["n"]), word.start, after.end("n"))
    label = LABEL.match(low, word.end, min(end, word.end + 16))
    if label:
        return _Count(word, _number(label["n"]), word.start, label.end("n"))
    bare = BARE_LABEL.match(low, word.end, min(end, word.end + 16)) if word.capital else None
    if bare:
        return _Count(word, _number(bare["n"]), word.start, bare.end())
    but = ALL_BUT.match(low, word.end, min(end, word.end + 30))
    if but:
        return _Count(word, -_number(but["n"]), word.start, but.end())
    times = TIMES.match(low, word.end, min(end, word.end + 16))
    if times:
        return _Count(
            word, {"once": 1, "twice": 2}.get(times["once"] or "") or _number(times["n"]), word.start, times.end()
        )
    if not NOUN_FREE.match(low, word.end, min(end, word.end + 16)):
        return None
    for pattern in (BEFORE, IN_FRONT):
        before = pattern.search(front)
        if before and OF_THEM.match(low, word.end):
            return None
        if before and not NOT_A.search(front[: before.start("n")]) and not NOT_A.search(front[: before.end("n")]):
            return _Count(word, _number(before["n"]), word.start - len(front) + before.start(), word.end)
    return _Count(word, 1, word.start - len(front) + single.start(), word.end, single=True) if single else None


def _count_in_welsh(text: Structure, word: GradeWord, begin: int, end: int) -> _Count | None:
    """ "yn 'dda' mewn pum maes" """
    found = WELSH.match(text.low, word.end, min(end, word.end + 40))
    if not found or found["n"] not in NUMBERS or begin > word.start:
        return None
    return _Count(word, NUMBERS[found["n"]], word.start, found.end())


def _start(word: GradeWord) -> int:
    return word.start


def _number(words: str) -> int:
    return int(words) if words.isdigit() else NUMBERS[words]


def _runs(text: Structure, forces: Forces, counts: Iterator[_Count]) -> Iterator[list[_Count]]:
    """Counts that follow one another, each grade once, in one paragraph or one list."""
    run: list[_Count] = []
    for count in counts:
        if count.single and not (run and run[-1].word.sentence == count.word.sentence):
            continue
        if run and not _together(text, forces, run[-1], count):
            yield run
            run = []
        again = next((c for c in run if c.word.grade == count.word.grade), None)
        if again:
            here = [c for c in run if _passage(text, c) == _passage(text, count)]
            if again in here or len(run) - len(here) > 1:  # the same grade counted twice: another tally begins
                yield run
            run = [] if again in here else here
        run.append(count)
    if run:
        yield run


def _passage(text: Structure, count: _Count) -> int:
    return text.sentences[count.word.sentence].passage


def _together(text: Structure, forces: Forces, one: _Count, other: _Count) -> bool:
    here, there = (text.passages[text.sentences[c.word.sentence].passage] for c in (one, other))
    if here.index == there.index:
        return other.start - one.end < 500
    if there.index - here.index != 1 or there.kind != here.kind:
        return False
    if here.kind == "item" or max(here.end - here.start, there.end - there.start) < 60:
        return True
    return other.start - one.end < 220 and not mentions_between(forces, one.end, other.start)


def _tally(
    text: Structure, forces: Forces, words: tuple[GradeWord, ...], run: list[_Count]
) -> tuple[Tally, int] | None:
    first = run[0]
    passage = text.passages[text.sentences[first.word.sentence].passage]
    begin, end = max(passage.start, first.start - REACH), min(passage.end, run[-1].end + REACH)
    run = _of_now(text, run)
    counts = {c.word.grade: c.number for c in run}
    span = text.low[min(c.start for c in run) : max(c.end for c in run)]
    opening = text.low[text.sentences[first.word.sentence].start : max(c.end for c in run)]
    if any(n > MOST for n in counts.values()) or (OTHER_UNITS.search(opening) and not AREAS.search(opening)):
        return None
    lead = text.low[text.sentences[first.word.sentence].start : first.start + 20]
    if _is_earlier(text, lead) or UNGRADED.search(text.low[max(begin, first.start - 40) : first.start]):
        return None
    lead_of_passage = text.low[begin : first.start]
    total = _total(text, begin, first.start) or _total(text, run[-1].end - 1, end)
    if len(run) == 1 and ALL_OF_THEM.search(span):
        total = first.number
    if any(n < 0 for n in counts.values()) and not total:
        return None
    counts = {grade: n if n >= 0 else total + n for grade, n in counts.items()}
    near = words[bisect_left(words, begin, key=_start) : bisect_left(words, end, key=_start)]
    counts = with_named_ones(near, first.start, counts, text.low[begin : max(c.end for c in run)])
    if not total and rest_of(text, near, counts, begin):
        return None  # "one good, one requires improvement and all the rest adequate", of nobody knows how many
    counts = with_the_rest(text, near, counts, total, begin)
    if len(counts) > 1 or run[0].number < 0:
        counts = with_an_uncounted_one(text, near, {c.word.sentence for c in run}, counts, total)
    stated = {g: n for g, n in counts.items() if n}
    whole = (
        total >= 5
        and sum(stated.values()) == total
        and AREAS.search(opening + text.low[run[-1].end : run[-1].end + 14])
    )
    part = len(stated) < 2 and not whole
    if sum(stated.values()) > MOST or (part and (not total or sum(stated.values()) < FEWEST_OF_A_PART)):
        return None
    whose = forces_of(text, forces, first.word.sentence, first.start, first.start) or _last_named(
        forces, begin, first.start
    )
    if len(whose) != 1:
        return None
    if forces.main and whose[0] != forces.main and sum(stated.values()) not in USUAL and BESIDE.search(lead_of_passage):
        return None  # a word or two about a neighbour
    quote = text.release.quote(min(c.start for c in run), max(c.end for c in run))
    return Tally(
        whose[0], tuple((g, stated[g]) for g in reversed(Grade) if g in stated), quote, PART if part else "tally-counts"
    ), total


def _of_now(text: Structure, run: list[_Count]) -> list[_Count]:
    """The run as far as it tells of this inspection: "…, up from the four it had been good in when …"."""
    published = text.release.published
    for n in range(1, len(run)):
        gap = text.low[run[n - 1].end : run[n].start]
        m = INNER_EARLIER.search(gap) if len(gap) > 8 else None
        if m and not (m["year"] and (not published or int(m["year"]) >= published.year)):
            return run[:n]
    return run


def _last_named(forces: Forces, begin: int, end: int) -> tuple[str, ...]:
    return tuple(m.force for m in mentions_between(forces, begin, end)[-1:])


def _is_earlier(text: Structure, lead: str) -> bool:
    """What leads to the counts speaks of an earlier inspection, and does not come back to this one."""
    earlier = None
    for earlier in EARLIER.finditer(lead):  # noqa: B007
        pass
    if earlier and not THIS_TIME.search(lead, max(0, earlier.start() - 14)):
        return True
    published, years = text.release.published, {int(m["year"]) for m in OF_A_YEAR.finditer(lead)}
    return bool(published and years and max(years) < published.year - 2 and not THIS_TIME.search(lead))


def _total(text: Structure, start: int, end: int) -> int:
    found = TOTAL.search(text.low, start, end)
    return _number(found["n"]) if found else 0
