"""Dates as British and Welsh publishers write them, read as moments in UTC. Day before month, but for ISO dates."""

from __future__ import annotations

import re
import warnings
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
EARLIEST = date(1990, 1, 1)
"""Nothing we watch is older; a date before it (the epoch, year 1) is a machine's slip."""

_MONTHS = (
    ("january", "jan", "ionawr", "ion"),
    ("february", "feb", "chwefror", "chwef", "chw"),
    ("march", "mar", "mawrth", "maw"),
    ("april", "apr", "ebrill", "ebr"),
    ("may", "mai"),
    ("june", "jun", "mehefin", "meh"),
    ("july", "jul", "gorffennaf", "gorff", "gor"),
    ("august", "aug", "awst"),
    ("september", "sept", "sep", "medi"),
    ("october", "oct", "hydref", "hyd"),
    ("november", "nov", "tachwedd", "tach"),
    ("december", "dec", "rhagfyr", "rhag"),
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH = "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True))
_ORDINAL = r"(?:st|nd|rd|th|af|il|ydd|fed|eg|ain)?"
# "08:45", "9.30am", "2pm", "00:05:00"; the zone after it is London's own unless it says otherwise
_TIME = r"(?P<h>\d{1,2})(?:[:.](?P<mi>[0-5]\d)(?::(?P<s>[0-5]\d))?)?\s*(?P<half>[ap]\.?m\b\.?)?"
_ZONE = r"\s*(?P<zone>UTC|GMT|BST|Z\b|[+-]\d\d:?\d\d)?"

_ISO = re.compile(
    r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"
    r"(?:[T ]+(?P<h>\d\d):(?P<mi>\d\d)(?::(?P<s>\d\d)(?:[.,]\d+)?)?\s*(?P<zone>Z|UTC|[+-]\d\d:?\d\d)?)?(?!\d)"
)
# "22 May 2025", "27th November 2014", "1 Jun 25", "14 Tachwedd 2024"
_DAY_MONTH = re.compile(
    rf"(?<![\d/.-])(?P<d>\d{{1,2}}){_ORDINAL}(?:\s+of)?[\s,.-]+(?P<month>{_MONTH})\b\.?[\s,.-]+(?P<y>(?:19|20)\d\d|\d\d(?![\d:.]))",
    re.IGNORECASE,
)
# "Feb 13, 2025", "November 27th 2014"
_MONTH_DAY = re.compile(
    rf"\b(?P<month>{_MONTH})\b\.?\s+(?P<d>\d{{1,2}}){_ORDINAL},?\s+(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE
)
# "14/10/2022", "14.10.2022", "14-10-22"
_NUMBERS = re.compile(
    r"(?<![\d/.-])(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d|\d\d)(?![\d/]|\.\d)"
)
_TIME_AFTER = re.compile(rf"\A\s*(?:,|-|–|—|\||at|am|·)?\s*{_TIME}{_ZONE}", re.IGNORECASE)
_TIME_BEFORE = re.compile(
    rf"(?<![\d:.]){_TIME}{_ZONE}\s*(?:,|-|–|—|\||on|·)?\s*(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur?|sun)(?:day)?,?\s*)?\Z",
    re.IGNORECASE,
)


def read_moment(text: str) -> datetime | None:
    """The first date in `text` as a moment in UTC, or None. Without a time it is midnight in London."""
    found = find_date(text)
    if found:
        return found[0]
    return _from_rfc(text) or _last_resort(text)


def find_date(text: str) -> tuple[datetime, int, int] | None:
    """The first date written in `text`, with the place of its words."""
    text = text[:2000]
    matches = [m for pattern in (_ISO, _DAY_MONTH, _MONTH_DAY, _NUMBERS) for m in [_valid(pattern, text)] if m]
    if not matches:
        return None
    match = min(matches, key=lambda m: m.start())
    parts = match.groupdict()
    day = _day(parts) or EARLIEST
    if match.re is _ISO:
        clock = parts if parts.get("h") else None
        return _moment(day, clock), match.start(), match.end()
    after = _TIME_AFTER.match(text[match.end() :])
    if after and _is_time(after.groupdict()):
        return _moment(day, after.groupdict()), match.start(), match.end() + after.end()
    before = _TIME_BEFORE.search(text[max(0, match.start() - 40) : match.start()])
    if before and _is_time(before.groupdict()):
        start = max(0, match.start() - 40) + before.start()
        return _moment(day, before.groupdict()), start, match.end()
    return _moment(day, None), match.start(), match.end()


def believable(moment: datetime | None, seen_at: datetime) -> datetime | None:
    """The moment, unless it is a machine's slip: long before anything we watch, or more than a day after we saw it."""
    if moment is None or moment.date() < EARLIEST or moment > seen_at + timedelta(days=1):
        return None
    return moment


def has_time(moment: datetime) -> bool:
    """Whether a moment says more than its day: a date alone is midnight in London."""
    local = moment.astimezone(LONDON)
    return (local.hour, local.minute, local.second) != (0, 0, 0)


def same_day(one: datetime, other: datetime) -> bool:
    return one.astimezone(LONDON).date() == other.astimezone(LONDON).date()


def _valid(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next((m for m in pattern.finditer(text) if _day(m.groupdict())), None)


def _day(parts: dict[str, str | None]) -> date | None:
    year = int(parts["y"] or 0)
    if year < 100:
        year += 2000 if year < 70 else 1900
    name = parts.get("month")
    month = _MONTH_NUMBER[name.lower()] if name else int(parts["m"] or 0)
    try:
        return date(year, month, int(parts["d"] or 0))
    except ValueError:
        return None


def _is_time(parts: dict[str, str | None]) -> bool:
    """A bare number is no time ("22 May 2025 3 people"): it needs minutes or am/pm."""
    hour = int(parts["h"] or 0)
    if parts["half"]:
        return 1 <= hour <= 12
    return parts["mi"] is not None and hour <= 23


def _moment(day: date, clock: dict[str, str | None] | None) -> datetime:
    if clock is None:
        return datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC)
    hour, minute, second = (int(clock.get(k) or 0) for k in ("h", "mi", "s"))
    half = (clock.get("half") or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC)
    local = datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001  its zone follows
    zone = (clock.get("zone") or "").upper()
    if zone in ("Z", "UTC"):
        return local.replace(tzinfo=UTC)
    if zone[:1] in ("+", "-"):
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        return (local - offset if zone[0] == "+" else local + offset).replace(tzinfo=UTC)
    # "GMT" beside a summer time is what newsrooms print for London's clock: "Oct 3, 2024 06:00 GMT" was 06:00 BST
    return local.replace(tzinfo=LONDON).astimezone(UTC)


def _from_rfc(text: str) -> datetime | None:
    """`Thu, 09 Jan 2025 11:15:00 +0000`, `Wed, 13 Mar 24 04:00:00 EST`: what feeds carry."""
    try:
        moment = parsedate_to_datetime(text.strip()[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def read_feed_moment(text: str) -> datetime | None:
    """A feed's date: as its standards have it first (zone names are meant there), then as people write it."""
    rfc = re.match(r"\s*(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{2,4}\s+\d{1,2}:\d\d", text)
    return (_from_rfc(text) if rfc else None) or read_moment(text)


def _last_resort(text: str) -> datetime | None:
    """What our own patterns do not know, dateparser may, day first and never relative to now."""
    text = text.strip()
    if not (6 <= len(text) <= 40) or not re.search(r"\d", text) or not re.search(r"(?:19|20)\d\d", text):
        return None
    import dateparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            moment = dateparser.parse(
                text,
                languages=["en", "cy"],
                settings={"DATE_ORDER": "DMY", "STRICT_PARSING": True, "PARSERS": ["absolute-time"]},
            )
        except (ValueError, OverflowError, RecursionError, TypeError):
            return None
    if moment is None:
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
