"""Sources: the places where somebody publishes, and how each is faring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from inspections.model import Publisher

Reader = Literal["feed", "wordpress", "listing", "sitemap", "govuk", "mynewsdesk"]
"""How a page of news can be read."""
READERS: tuple[str, ...] = ("auto", *get_args(Reader))
"""What an operator may ask for; `auto` finds out."""


@dataclass(frozen=True, slots=True)
class Source:
    """One table of sources.toml. Its url is its name."""

    url: str
    publisher: Publisher
    force: str = ""
    reader: str = "auto"
    """One of READERS."""
    every: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source with what was last seen of it. Times are UTC; None: not yet."""

    id: int
    source: Source
    reader_found: str
    """What `auto` turned out to be; '' until known."""
    feed_url: str
    """Where its items are read from when that is not its url; '' otherwise."""
    etag: str
    last_modified: str
    first_read: datetime | None
    """When it first gave items; until then its releases are history and alert nobody."""
    last_tried: datetime | None
    last_ok: datetime | None
    last_item_count: int
    failures: int
    """In a row; 0 when it is well."""
    reason: str
    """Why it last failed, as a sentence; '' when it is well."""
    next_check: datetime
