"""Whether a clause tells of now or of an earlier time, by its own words and the day the release was published."""
# ruff: noqa: E501 (a pattern stands on one line)

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from inspections.release import Release

Moment = Literal["now", "then", ""]

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
FRESH_DAYS = 21  # a letter is dated a week or two before anybody publishes it

# "today", "this morning", "as of this week", "with effect from", "yesterday"
NOW = re.compile(
    r"\b(?:today|tonight|yesterday|this (?:morning|afternoon|evening|week|month)|with (?:immediate )?effect|as of now|immediately"
    r"|straight away|from now on|just been|has now|have now|is now|are now|now been)\b"
)
# "two years ago", "at that time", "over the summer", "since last autumn", "had been", "in the previous round"
THEN = re.compile(
    r"\b(?:ago|previous(?:ly)?|formerly|earlier (?:this year|inspection|report)|the same (?:month|year)|at (?:that|the) time"
    r"|(?:over|during|in|since|until|that) (?:the )?(?:summer|autumn|winter|spring)|back in (?=\d|[a-z]+ \d)|by then|already"
    r"|last (?:time|year|month|week|summer|autumn|winter|spring|round|cycle|inspection|report|assessment|"
    + "|".join(MONTHS)
    + r"))\b"
)
_MONTH = "|".join((*MONTHS, *(f"{m[:3]}(?=[ .])" for m in MONTHS if m != "may"), "sept(?=[ .])"))
# "on 24 November", "June 2022", "October 14, 2022", "in May", "2016"; not "may" the verb
DATE = re.compile(
    r"\b(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? (?:of )?)?(?P<month>"
    + _MONTH
    + r")\b\.?(?: (?P<day2>\d{1,2})(?:st|nd|rd|th)?\b(?!:))?"
    r"(?:,? (?P<year>(?:19|20)\d\d)\b)?|\b(?P<only>(?:19|20)\d\d)\b(?!/|-\d|,\d)"
)
BEFORE_MAY = re.compile(r"(?:\b(?:in|since|until|from|of|by|last|to|on|during|this) |\d )$")


def day_of(release: Release) -> date | None:
    return release.published.date() if release.published else None


def moment_of(clause: str, published: date | None) -> Moment:
    """`now` or `then` when the words of a clause (lower case) tell; '' when they do not.

    A date tells: within three weeks of publication it is now, otherwise then. Without a date of publication a dated
    clause is taken for history, because news of the day says "today".
    """
    dated = [m for m in DATE.finditer(clause) if _is_date(clause, m)]
    if dated:
        return "now" if any(_is_fresh(m, published) for m in dated) else "then"
    if NOW.search(clause):
        return "now"
    return "then" if THEN.search(clause) else ""


def years_in(words: str) -> set[int]:
    """The years that words name, of cycles ("2021/22") too."""
    return {int(y) for y in re.findall(r"\b(20[0-4]\d)\b", words)}


def _is_date(clause: str, m: re.Match[str]) -> bool:
    if m["month"] == "may" and not (m["day"] or m["day2"] or m["year"]):
        return bool(BEFORE_MAY.search(clause, max(0, m.start() - 8), m.start()))
    # "march" the verb, "mar", "sun"
    return not (
        m["month"] == "march"
        and not (m["day"] or m["year"])
        and not BEFORE_MAY.search(clause, max(0, m.start() - 8), m.start())
    )


def _is_fresh(m: re.Match[str], published: date | None) -> bool:
    if published is None:
        return False
    if m["only"]:
        return False
    month = next(i for i, name in enumerate(MONTHS, start=1) if name[:3] == m["month"][:3])
    year = int(m["year"]) if m["year"] else published.year - (1 if month > published.month + 1 else 0)
    day = int(m["day"] or m["day2"] or 0)
    if not day:
        return (year, month) == (published.year, published.month)
    try:
        return abs((published - date(year, month, day)).days) <= FRESH_DAYS
    except ValueError:
        return False
