"""What passes between fetching, reading and polling: pages, failures, items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from inspections.source import Reader

FailureKind = Literal["network", "slow", "blocked", "missing", "gone", "busy", "server", "refused", "too-big", "broken"]
"""network: the host was not reached at all (perhaps it is our own line) · slow: reached, but no whole answer in time ·
blocked: 401, 403, a challenge · missing: 404 · gone: 410 · busy: 429, 503 · server: another error status ·
refused: an address we do not go to · too-big · broken: an answer cut short, bad TLS, bad packing."""


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes fetched at a moment. `url` is where they came from in the end, after redirects."""

    url: str
    asked: str
    body: bytes
    content_type: str
    etag: str
    last_modified: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The server says the page is as it was when the given etag or date was sent."""

    url: str


@dataclass(frozen=True, slots=True)
class Failed:
    """No page. `reason` is a sentence for the operator."""

    reason: str
    kind: FailureKind
    retry_after: timedelta | None = None
    """How long the server asks to be left alone, at most six hours."""
    status: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a listing or feed: where a release is, before it is read."""

    url: str
    title: str
    published: datetime | None = None
    """In UTC; None when the listing does not say or cannot be believed."""
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """What a listing holds, newest first, each address once. `offers`: places that may hold it in a better form."""

    items: tuple[Item, ...]
    reader_found: Reader
    next_url: str = ""
    offers: tuple[str, ...] = ()
    skipped: int = 0
    """Entries that could not be used: no link, another site's."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Bytes that came, but say nothing. `reason` is a sentence for the operator."""

    reason: str
    blocked: bool = False
    """True when it is a page that wants to know whether we are a robot."""
