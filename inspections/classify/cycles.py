"""Which cycle a release reports on, and which one a year or a name in its text means."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta

from inspections.classify.structure import PLAIN, Structure
from inspections.lexicon import Lexicon
from inspections.model import Cycle, Programme

# "PEEL 2016", "2023-25", "2021/22", "2018-2019", "in 2017"
SPAN = re.compile(
    r"(?<![\d£/.-])(20[12]\d)(?:(?: ?[-/] ?| to )(20)?([12]\d))?(?![\d/%]|-\d| ?(?:officers|people|crimes))"
)
NAMED = re.compile(
    r"\b(?:peel|frs|inspections?|assessments?|round|cycle|programme|effectiveness|efficiency|legitimacy)\W{0,4}(?:in |of |for |the |report )*$"
)
NAMED_AFTER = re.compile(
    r"^(?: (?:peel|round|cycle|programme|series|set|inspections?|assessments?|effectiveness|efficiency|legitimacy|fire|integrated|reports?|framework))"
)
OLDER = re.compile(
    r"\b(?:previous|last|earlier|former|since|before|in|unlike|from|compared with|previously|its|then) (?:the |in |our |peel |inspection |report |round |of )*$"
)
A_DATE = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)\.? $|[/.]$"
)


@dataclass(frozen=True, slots=True)
class CycleMention:
    """A year or a cycle's name. `firm` when it can only be a cycle ("2023-25", "PEEL 2016")."""

    cycle: str
    start: int
    end: int
    firm: bool
    year: int


@dataclass(frozen=True, slots=True)
class Cycles:
    """The cycle of the release and the mentions of all others."""

    police: str
    """The PEEL cycle it reports on; '' when nobody can tell."""
    fire: str
    mentions: tuple[CycleMention, ...]
    published: date | None

    def between(self, start: int, end: int) -> tuple[CycleMention, ...]:
        at = bisect_left(self.mentions, start, key=lambda m: m.start)
        out: list[CycleMention] = []
        while at < len(self.mentions) and self.mentions[at].start < end:
            out.append(self.mentions[at])
            at += 1
        return tuple(out)


def read_cycles(text: Structure, lexicon: Lexicon) -> Cycles:
    published = text.release.published.date() if text.release.published else _dated(text.low[:2500])
    mentions = tuple(_mentions(text.low, lexicon, "peel"))
    heads = [
        m
        for words in (text.release.title, text.release.url.rsplit("/", 3)[-1])
        for m in _mentions(words.translate(PLAIN).lower(), lexicon, "peel")
        if m.firm
    ]
    firm = [m for m in mentions if m.firm and not OLDER.search(text.low, max(0, m.start - 24), m.start)]
    police = _settled(heads + firm, published, lexicon, "peel") or _settled(
        [m for m in mentions if m.firm], published, lexicon, "peel", strict=False
    )
    fire_firm = [
        m
        for m in _mentions(text.low[:6000], lexicon, "fire")
        if m.firm and not OLDER.search(text.low, max(0, m.start - 24), m.start)
    ]
    return Cycles(police, _settled(fire_firm, published, lexicon, "fire"), mentions, published)


MONTHS = [
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
]
WRITTEN = re.compile(
    r"\b(?P<d>[0-3]?\d)(?:st|nd|rd|th)? (?P<m>"
    + "|".join(MONTHS)
    + r"),? (?P<y>20[12]\d)\b|\b(?P<dd>[0-3]?\d)[/.](?P<mm>[01]?\d)[/.](?P<yy>20[12]\d)\b"
)


def _dated(opening: str) -> date | None:
    """The day that a release without a date writes first: "released today (Thursday 22 March 2018)"."""
    for m in WRITTEN.finditer(opening):
        month = MONTHS.index(m["m"]) + 1 if m["m"] else int(m["mm"])
        try:
            return date(int(m["y"] or m["yy"]), month, int(m["d"] or m["dd"]))
        except ValueError:
            continue
    return None


def _settled(
    named: list[CycleMention], published: date | None, lexicon: Lexicon, programme: Programme, *, strict: bool = True
) -> str:
    """The date tells the cycle, unless the text names another that a release of that day can report on."""
    by_date = cycle_on(published, lexicon, programme) if published else ""
    known = [m.cycle for m in named]
    if by_date and (by_date in known or not known):
        return by_date
    orders = {c.id: c for c in lexicon.cycles if c.programme == programme}
    possible = [
        c for c in known if c in orders and (published is None or orders[c].begins <= published + timedelta(days=60))
    ]
    if not possible:
        return by_date
    newest = max(possible, key=lambda c: orders[c].order)
    ends = orders[newest].ends
    if by_date and ends and published and published > ends + timedelta(days=400):
        return by_date  # it only recalls an old cycle
    return newest if strict or not by_date else by_date


def cycle_on(day: date, lexicon: Lexicon, programme: Programme) -> str:
    """The cycle whose reports come out on a day: the last one begun."""
    begun = [c for c in lexicon.cycles if c.programme == programme and c.begins <= day]
    return max(begun, key=lambda c: c.order).id if begun else ""


def cycle_of_year(year: int, lexicon: Lexicon, programme: Programme, published: date | None) -> str:
    """The cycle that "in 2022" means: the one named so, else the one whose reports came out in most of that year."""
    for cycle in lexicon.cycles:
        if cycle.programme == programme and cycle.id in (str(year), f"frs-{year}"):
            return cycle.id
    middle = date(year, 7, 1)
    if published and published < middle:
        middle = published
    found = cycle_on(middle, lexicon, programme)
    if not found and programme == "fire" and year == 2018:
        return "frs-2018/19"
    if year in (2018, 2019, 2020) and programme == "peel":
        return "2018/19"
    return found


def _mentions(low: str, lexicon: Lexicon, programme: Programme) -> list[CycleMention]:
    spans = {_years(c): c.id for c in lexicon.cycles if c.programme == programme}
    found: list[CycleMention] = []
    for m in SPAN.finditer(low):
        first = int(m[1])
        last = int("20" + m[3]) if m[3] else 0
        if last:
            cycle = spans.get((first, last), "")
            if not cycle and last == first + 1:
                cycle = next((c for (a, b), c in spans.items() if a <= first and last <= max(a, b)), "")
            if cycle:
                found.append(CycleMention(cycle, m.start(), m.end(), firm=True, year=last))
            continue
        if A_DATE.search(low, max(0, m.start() - 12), m.start()):
            continue
        named = bool(
            NAMED.search(low, max(0, m.start() - 40), m.start()) or NAMED_AFTER.match(low[m.end() : m.end() + 20])
        )
        cycle = cycle_of_year(first, lexicon, programme, None)
        if cycle and first >= 2014:
            found.append(
                CycleMention(cycle, m.start(), m.end(), firm=named and spans.get((first, first)) == cycle, year=first)
            )
    return found


def _years(cycle: Cycle) -> tuple[int, int]:
    """(2023, 2025) of `2023-25`, (2016, 2016) of `2016`."""
    parts = re.findall(r"\d+", cycle.id)
    if not parts:
        return (0, 0)
    first = int(parts[0])
    last = int(parts[-1])
    return (first, first if len(parts) == 1 else 2000 + last % 100)
