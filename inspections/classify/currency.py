"""Whether a grade is given now or only recalled, and in which cycle it was given."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re
from dataclasses import dataclass

from inspections.classify.cycles import Cycles, cycle_of_year
from inspections.classify.structure import Structure
from inspections.lexicon import Lexicon

_N = r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|a few|\d+|many|some|eighteen|sixteen|fifteen|twenty|twelve|thirteen|fourteen)"
# Words near a grade that make it history. The specimen is in the comment.
PAST_BEFORE = re.compile(
    r"\b(?:previously|formerly|originally|used to be|had (?:been|required|it|graded|rated|judged|previously|found|recorded)|had it|at that time|at the time(?! of (?:the|this|our) inspection)|back then|in those days|historically"
    r"|was (?:once(?! again| more)|then|first)|first published as|an earlier version|(?:its|the|our|their|in the|in its|at its|from the|from its) (?:last|previous|earlier|former|first(?! time| force| ever| in )|initial|original|preceding)(?! (?:week|month|autumn|spring|winter|summer|friday|thursday|tuesday|part|two areas|three areas))"
    r"|last (?:year|time|inspection|report)|(?:last|previous|earlier) (?:peel|full|inspection|report|assessment|grade|grading|rating|judg(?:e)?ment|cycle|round)"
    r"|"
    + _N
    + r"(?: and a half| or so|-and-a-half)? years? (?:ago|before|earlier|previously|since|on from|after)|(?:years?|months) (?:since|after)\b|since (?:being|it was|we were|the force was)|(?:twelve|thirteen|fifteen|sixteen|eighteen|twenty|1[2-9]|2\d)[ -]months? (?:ago|before|earlier)|a year (?:ago|before|earlier)|the year before"
    r"|a? ?(?:step )?up from|down from|improv(?:ed|es|ing|ement) (?:\w+ )?(?:up )?(?:on|from)|compared (?:with|to)|climb(?:ed)? from|come (?:a )?(?:very )?(?:long|some) way from|rise from|fall from|drop(?:ped)? from|moved? (?:up )?from|instead of|rather than|no longer|shed its|shake off|shaken off|remarkable turnaround from|upgraded from|downgraded from|historic(?:al)?|old grade|revised from|changed from|amended from|in the last round|been told it was|was told it was)\b"
)
PAST_AFTER = re.compile(
    r"^[^.;:]{0,50}?\b(?:"
    + _N
    + r"(?: and a half)? years? (?:ago|before|earlier|previously)|(?:twelve|fifteen|sixteen|eighteen|1[2-9]|2\d) months (?:ago|before|earlier)|a year (?:ago|before|earlier)|the year before|last (?:year|time(?: around| round)?)|at (?:its|the|our) (?:last|previous)|(?:in|during|at|by|from) (?:its|the|our|their|an?) (?:last|previous|earlier|first)|when (?:it was )?last (?:fully )?inspected|previously|then(?= (?:was|were|for)\b)|in the report that followed|back in)\b"
)
NOW = re.compile(
    r"\b(?:now|today|is again|this time|this year|has (?:now|today|since)|have now|currently|remains?|still|up to|to be (?:graded|rated)|newly|latest|this week|this morning|yesterday|carried over)\b"
)
CARRIED = re.compile(
    r"\b(?:carried over|still stands?|stands? from|carried forward|remains in force|remain in force|retain(?:s|ed)|not (?:re-)?inspected)\b"
)
# "… inadequate at looking after victims. That was 2015."
THAT_WAS = re.compile(r"^[\"' ]*(?:that|this|it) (?:was|is what .{0,20}) (?:in |back in )?20\d\d\b")
# "… has improved from requires improvement to | outstanding": the second is the news
FROM_TO = re.compile(r"\bfrom\b[^.;]{3,70}\b(?:to|up to)(?: (?:an?|be|being|now))*(?: (?:graded|rated))? [\"']?$")
NOW_IT_IS = re.compile(
    r"^[\"' ]*(?:it|that|this|the grade|the judg(?:e)?ment)(?: is| has been| was)? (?:now|since|today)\b"
)
CLAUSE = re.compile(
    r"[;]|: | - |, (?:up|down|a (?:rise|fall|drop|step)|an improvement|improving|having|compared)\b|\. |, (?:but|and(?! in)|while|whereas|although|though|with|given)\b|\bbut\b|, which|\bhowever\b|\(|\)|, as (?:it|they|we) (?:was|were|had|did)| and (?:is|are|was) (?:now )?| is now | now | and (?:the force|the constabulary|it|we|they) (?:is|are|has|have|was|were) (?!then)"
)


@dataclass(frozen=True, slots=True)
class When:
    """When a grade was given. `certain` False: the words can be read both ways."""

    current: bool
    cycle: str
    carried: bool = False


def read_when(
    text: Structure, cycles: Cycles, lexicon: Lexicon, sentence: int, start: int, end: int, *, fire: bool
) -> When:
    """When the grade at `start`..`end` was given; the words of its own clause tell first, then the sentence's opening."""
    here = text.sentences[sentence]
    low = text.low
    left, right = _clause(text.low, here.start, here.end, start, end)
    before = text.low[left:start]
    after = text.low[end:right]
    if (THEN_NOW.match(low[end : here.end][:60]) and re.search(r"\b(?:was|were|had)\b", before)) or _months_ago(
        text, cycles, lexicon, here.start, start
    ):
        return When(current=False, cycle="")
    carried = bool(CARRIED.search(text.low, here.start, here.end))
    bracket = re.search(r"\((?:in )?20\d\d[^()]{0,14}$", low[max(here.start, start - 24) : start])
    if bracket:
        left = min(left, max(here.start, start - 24) + bracket.start())
    named = tuple(
        m for m in cycles.between(left, right) if not low.endswith("since ", here.start, m.start)
    ) or _opening(text, cycles, here.start, left)
    before = FIELDWORK.sub(" ", before)
    if REPORTED.search(low, here.start, start) or (
        sentence
        and here.passage == text.sentences[sentence - 1].passage
        and MINUTED.search(text.words(text.sentences[sentence - 1]))
    ):
        before = before.replace("had been", "was")
    before = re.sub(r", (?:which|who|that|not) [^,]{3,60},", ",", before)
    if low.endswith(", which", here.start, left) and "," in before:
        before = before.partition(",")[2]  # "recording crime, which was not graded last time, is adequate"
    default = cycles.fire if fire else cycles.police
    if FROM_TO.search(low[here.start : start]):
        before = ""
    if MINUTES.search(text.release.title.lower()) or MINUTES.search(text.release.url.lower()):
        before = HAD_BEEN.sub("was", before)
    said_past = bool(PAST_BEFORE.search(before) or PAST_AFTER.match(after))
    said_now = bool(NOW.search(low[max(here.start, start - 40) : start]) or NOW.search(after[:24])) and not re.search(
        r"\bstill stands?\b", after
    )
    if not said_past and left > here.start and not said_now:
        said_past = bool(OPENING_PAST.match(text.low[here.start : left]))
    if (
        sentence + 1 < len(text.sentences)
        and here.passage == text.sentences[sentence + 1].passage
        and NOW_IT_IS.match(text.words(text.sentences[sentence + 1])[:60])
        and re.search(r"\b(?:was|were|had)\b", before)
    ):
        return When(current=False, cycle="")
    if sentence + 1 < len(text.sentences) and THAT_WAS.match(
        text.low[text.sentences[sentence + 1].start : text.sentences[sentence + 1].end][:60]
    ):
        said = re.search(r"20\d\d", text.words(text.sentences[sentence + 1]))
        cycle = cycle_of_year(int(said[0]), lexicon, "fire" if fire else "peel", None) if said else ""
        return When(current=False, cycle=cycle)
    if named:
        following = [
            m
            for m in named
            if m.start >= end
            and re.fullmatch(
                r"[\"']? (?:(?:grade|grading|rating)[\"']? )?(?:in|for|under|of|from|during|at)(?: the| its| our)?(?: peel| inspection)? ?",
                low[end : m.start],
            )
        ]
        nearest = following[0] if following else min(named, key=lambda m: min(abs(m.start - end), abs(start - m.end)))
        if re.search(r"\b(?:now|today)(?: [\w-]+){0,3} [\"']?$", before[-30:]) or re.match(
            r"^[\"']?,? (?:now|today|this time)\b", after
        ):
            return When(current=True, cycle=default, carried=carried)
        if not nearest.firm and cycles.published and nearest.year == cycles.published.year and not said_past:
            return When(current=True, cycle=default, carried=carried)
        cycle = (
            cycle_of_year(nearest.year, lexicon, "fire", cycles.published)
            if fire and not nearest.firm
            else nearest.cycle
        )
        if fire and nearest.firm:
            cycle = "frs-" + cycle if "frs-" + cycle in lexicon.cycle_by_id else cycle
        if cycle != default or (said_past and not said_now):
            return When(carried, cycle if cycle != default or not said_past else "", carried)
        return When(current=True, cycle=default, carried=carried)
    if said_past and not said_now:
        return When(current=False, cycle="")
    return When(current=True, cycle=default, carried=carried)


# "they were said to 'require improvement', but have now been brought up to good"
THEN_NOW = re.compile(
    r"^[\"']?,? (?:but|and|yet) (?:(?:it|they|this|that|these|both|the force|all) )?(?:has|have|is|are)(?: been)? (?:now|since|today)\b"
)
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
# "In March the force's investigations were still being described as …", "In July I had a report put in front of me that graded …"
IN_MONTH = re.compile(r"(?:^|(?<=[\"':.] )|(?<=\")|(?<=\. ))(?:back )?in (" + "|".join(MONTHS) + r"),? (?!20\d\d)")
STILL_WAS = re.compile(r"\b(?:was|were|had|graded|rated|judged|found|gave|received|got)\b")
CAME = re.compile(r"\b(?:visit\w*|fieldwork|carried out|took place|conducted|inspected|came|spent)\b")


def _months_ago(text: Structure, cycles: Cycles, lexicon: Lexicon, first: int, start: int) -> bool:
    """A sentence that opens with a month well before the release, and does not tell of the inspectors' visit.

    Until 2018/19 one round gave its grades a pillar a time, over half a year."""
    m = IN_MONTH.search(text.low[first:start])
    cycle = lexicon.cycle_by_id.get(cycles.police)
    if m is None or cycles.published is None or cycle is None or cycle.scale != "5-tier":
        return False
    first += m.start()
    since = (cycles.published.month - 1 - MONTHS.index(m[1])) % 12
    words = text.low[first:start]
    return since > 1 and bool(STILL_WAS.search(words)) and not CAME.search(words)


# In reported speech the present becomes the past: "the meeting was advised that the force had been graded …"
REPORTED = re.compile(
    r"\b(?:said|advised|reported|noted|informed|announced|confirmed|heard|told|revealed|explained|learned|showed)\b[^.;]{0,90}\bhad been (?:now |also |again )?(?:graded|rated|judged|assessed|found|given|awarded)\b(?![^.;]*\b(?:before|previous|earlier|last)\b)"
)
MINUTED = re.compile(
    r"\b(?:advised|reported|noted|informed|heard|explained|told)\b[^.;]{0,60}\bthat\b[^.;]{0,60}\bhad been\b"
)
# When the inspectors came says nothing about when the grade was given: "carried out in the autumn of last year"
FIELDWORK = re.compile(
    r"\b(?:carried out|conducted|took place|undertaken|inspected|visited|fieldwork|completed|gathered|collected)\b[^.;,]{0,60}?\b(?:last year|last (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter)|months? ago|a year ago|earlier)\b"
)
# Minutes tell all in the past perfect: "Members heard that the Force had been graded …"
MINUTES = re.compile(
    r"\bminutes\b|\b(?:crime )?panel\b|\bcommittee\b|\bdemocracy\.|\bagenda\b|\bmg(?:ai|document|convert)"
)
HAD_BEEN = re.compile(r"\bhad (?:also )?(?:been|graded|rated|judged|found|received)\b")
OPENING_PAST = re.compile(
    r"^[\"' ]*(?:(?:at|by) that time|at the time(?! of)|then\b|back then|previously|in (?:its|the|our|their) (?:last|previous|earlier|former)\b|last year|"
    + _N
    + r"(?: and a half)? years? (?:ago|before|earlier)|(?:twelve|fifteen|sixteen|eighteen|1[2-9]) months (?:ago|before)|a year (?:ago|earlier|before)|when it was last|in the (?:inspection|report|round) before|(?:it is |it's |it comes )?(?:only |nearly |almost |less than |more than |just )*"
    + _N
    + r"(?: and a half)? years? (?:since|after)|before that|in those days|the previous)"
)


def _opening(text: Structure, cycles: Cycles, start: int, left: int) -> tuple:  # type: ignore[type-arg]
    """The year that opens a sentence holds for all its clauses: "In 2016 the force was good at …, and good at …"."""
    opening = cycles.between(start, min(left, start + 40))
    return tuple(
        m for m in opening if re.match(r"^[\"' ]*(?:in|for|at|during|until|back in)\b", text.low[start : start + 12])
    )


def _clause(low: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    left = max((m.end() for m in CLAUSE.finditer(low, first, start)), default=first)
    closes = CLAUSE.search(low, end, last)
    return left, closes.start() if closes else last
