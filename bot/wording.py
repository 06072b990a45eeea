"""Wording: dates, grades, questions, directions and speakers, as a person reads them."""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.markup import clean
from inspections.ledger import Change
from inspections.lexicon import Lexicon
from inspections.model import Publisher

LONDON = ZoneInfo("Europe/London")
NOT_KNOWN = "date not known"
SIGNS = {"up": "▲", "down": "▼", "same": "=", "first": "●", "not-comparable": "◆"}
# "How effective is the force at investigating offending?", "How good is the force at …?"
LEAD_IN = re.compile(r"^How (?:good|effective|efficient|legitimate) is the force at |^How well does the force ")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def day(moment: datetime | date | None) -> str:
    """`6 February 2025`: the day in London of a moment in UTC, or a date as it is."""
    if moment is None:
        return NOT_KNOWN
    if isinstance(moment, datetime):
        moment = moment.astimezone(LONDON).date()
    return f"{moment.day} {moment:%B %Y}"


def day_to(published: date | None, precision: str) -> str:
    """A date as far as it is known: `6 February 2025`, `February 2025`, `2025`, `date not known`."""
    if published is None or not precision:
        return day(published)
    return {"day": day(published), "month": f"{published:%B %Y}", "year": f"{published:%Y}"}[precision]


def moment(at: datetime) -> str:
    """`6 February 2025, 14:05` in London."""
    return f"{day(at)}, {at.astimezone(LONDON):%H:%M}"


def ago(then: datetime, now: datetime) -> str:
    """`3 minutes ago`; `just now` under a minute and for clocks that disagree."""
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    for size, unit in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            return f"{counted(minutes // size, unit)} ago"
    raise AssertionError(minutes)


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 release`, `3 releases`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def force_name(force_id: str, lexicon: Lexicon) -> str:
    force = lexicon.force_by_id.get(force_id)
    return force.name if force else clean(force_id) or "force not known"


def cycle_name(cycle_id: str, lexicon: Lexicon) -> str:
    cycle = lexicon.cycle_by_id.get(cycle_id)
    return cycle.label if cycle else clean(cycle_id)


def canonical_title(canonical: str, lexicon: Lexicon) -> str:
    known = lexicon.canonical_by_id.get(canonical)
    return known.title if known else clean(canonical)


def question_title(cycle_id: str, question_id: str, canonical: str, lexicon: Lexicon) -> str:
    """What was graded, with a capital: the canonical question, or the cycle's own where it asks several of that."""
    cycle = lexicon.cycle_by_id.get(cycle_id)
    question = cycle.question(question_id) if cycle else None
    if cycle is None or question is None:
        return capital(canonical_title(canonical or question_id, lexicon))
    alone = len(cycle.parts(question.canonical)) <= 1
    if question.label and not (alone and cycle.programme == "peel"):
        return question.label
    if alone:
        return capital(canonical_title(question.canonical, lexicon))
    return capital(LEAD_IN.sub("", clean(question.wording)).rstrip("?"))


def speaker(publisher: Publisher, force: str, url: str, lexicon: Lexicon) -> str:
    """Who says it: `HMICFRS`, `Cheshire Constabulary`, the commissioner's office, or the newspaper by its address."""
    if publisher == "inspectorate":
        return "HMICFRS"
    if publisher == "force" and force:
        return force_name(force, lexicon)
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url.startswith(("http://", "https://")) else ""
    who = {"force": "the force", "pcc": "the police and crime commissioner", "press": "the press"}[publisher]
    return f"{who} ({clean(host)})" if host and publisher == "press" else who


def attribution(publisher: Publisher, confirmed: bool, force: str, url: str, lexicon: Lexicon) -> str:
    """`HMICFRS`, or `reported by Cheshire Constabulary, not yet confirmed by HMICFRS`."""
    who = speaker(publisher, force, url, lexicon)
    if publisher == "inspectorate":
        return who
    return f"reported by {who}" + ("" if confirmed else ", not yet confirmed by HMICFRS")


def grade_words(value: str) -> str:
    """`requires-improvement` as the inspectorate writes it."""
    return clean(value).replace("-", " ")


def direction_words(change: Change, lexicon: Lexicon) -> str:
    """What became of a grade: `Improvement since PEEL 2021/22`, `First grade known to PeelWatch`, or why neither."""
    since = f" since {cycle_name(change.before_cycle, lexicon)}" if change.before_cycle else ""
    match change.direction:
        case "up":
            return f"Improvement{since}"
        case "down":
            return f"Fall{since}"
        case "same":
            return f"Unchanged{since}"
        case "first":
            return "First grade known to PeelWatch"
        case "not-comparable":
            earlier = grade_words(change.before) or "the earlier grade"
            when = f" in {cycle_name(change.before_cycle, lexicon)}" if change.before_cycle else ""
            return f"Not comparable with {earlier}{when}" + (f": {clean(change.reason)}" if change.reason else "")


def monitoring_words(move: str) -> str:
    """A move between the two stages of monitoring."""
    if move == "entered":
        return "moved into Engage, the enhanced stage of monitoring"
    if move == "left":
        return "left Engage; back to Scan, routine monitoring"
    return f"monitoring: {clean(move)}"


def cause_words(state: str) -> str:
    known = {
        "raised": "Cause of concern raised",
        "kept": "Cause of concern still open",
        "closed": "Cause of concern closed",
    }
    return known.get(state, f"Cause of concern: {clean(state)}")
