"""Texts and dates as the database keeps them."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def text_hash(text: str) -> str:
    # A lone surrogate may come out of a broken page; it must not stop the release from being stored.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def storable(text: str) -> str:
    """`text` as a database can keep it, with the same number of code points: lone surrogates and NUL are replaced."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text.replace("\0", "\ufffd")


def london_day(moment: datetime | None) -> date | None:
    """A date without a time is midnight in London, which in summer is the evening before in UTC."""
    return moment.astimezone(LONDON).date() if moment else None
