"""RSS and Atom feeds as items."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

from inspections.source import Reader
from scrapers.dates import believable, read_feed_moment
from scrapers.pages import Item, Items, Page, Unreadable
from scrapers.readers.blocks import clean
from scrapers.readers.decoding import tree
from scrapers.urls import absolute, canonical_url

MOST = 200
"""Entries read of one feed; 5,000 would cost five seconds."""
_END = re.compile(rb"</(?:item|entry)\s*>", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:rss|feed|rdf:rdf|channel)[\s>]", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!ENTITY", re.IGNORECASE)
# "News story: Extra money for neighbourhood policing": GOV.UK puts the kind before the title
_GOVUK_KIND = re.compile(r"^[A-Z][a-z]+(?:\s[a-z]+){0,3}:\s+(?=\S)")


def looks_like_feed(body: bytes) -> bool:
    """Whether bytes begin as a feed does, whatever their type says."""
    head = body[:3000].lstrip()
    return not re.match(rb"<!doctype\s+html|<html", head, re.IGNORECASE) and _ROOT.search(head) is not None


def read_feed(page: Page, reader: Reader = "feed") -> Items | Unreadable:
    """The entries of a feed, newest first. Dates its standard does not know are tried as people write them."""
    body = page.body
    if not body.strip():
        return Unreadable(f"The feed {page.url} came empty.")
    if not looks_like_feed(body):
        begins = clean(body[:60].decode("utf-8", errors="replace"))
        return Unreadable(f"{page.url} is not a feed: it begins with “{begins}”.")
    if _DOCTYPE.search(body[:5000]):
        return Unreadable(
            f"The feed {page.url} defines its own entities, which a news feed has no use for; it was not read."
        )
    entries = _entries(_first(body), page.content_type)
    if entries is None:
        return Unreadable(f"The feed {page.url} is broken so badly that nothing in it could be read.")
    items: dict[str, Item] = {}
    skipped = 0
    for entry in entries:
        item = _item(entry, page, reader)
        if item is None:
            skipped += 1
        else:
            items.setdefault(canonical_url(item.url), item)
    return Items(newest_first(tuple(items.values())), reader, skipped=skipped)


def newest_first(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """By date where all have one; else in the order given, which is theirs."""
    dated = [i.updated or i.published for i in items]
    if items and all(dated):
        return tuple(sorted(items, key=lambda i: i.updated or i.published or datetime.min, reverse=True))  # noqa: DTZ901
    return items


def _first(body: bytes) -> bytes:
    """The feed up to its 200th entry."""
    ends = [m.end() for _, m in zip(range(MOST), _END.finditer(body), strict=False)]
    return body[: ends[-1]] if len(ends) == MOST else body


def _entries(body: bytes, content_type: str) -> list[dict[str, Any]] | None:
    import feedparser

    heads = {"content-type": content_type} if content_type else {}
    try:
        parsed = feedparser.parse(
            io.BytesIO(body), response_headers=heads, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception:  # noqa: BLE001  feedparser lets out whatever its parsers raise on broken bytes; all mean: not readable
        return None
    entries = list(parsed.get("entries") or [])
    if not entries and parsed.get("bozo") and not parsed.get("version"):
        return None
    return entries


def _item(entry: dict[str, Any], page: Page, reader: Reader) -> Item | None:
    link = str(entry.get("link") or "")
    if not link and str(entry.get("id") or "").startswith(("http://", "https://")):
        link = str(entry["id"])
    url = absolute(page.url, link)
    if not url:
        return None
    title = _plain(str(entry.get("title") or ""))
    if reader == "govuk":
        title = _GOVUK_KIND.sub("", title)
    published = _moment(entry, "published", page.fetched_at)
    updated = _moment(entry, "updated", page.fetched_at)
    return Item(url, title, published, updated)


def _moment(entry: dict[str, Any], name: str, seen_at: datetime) -> datetime | None:
    # feedparser answers for "updated" with "published" when it is missing, and warns of it
    text = entry[name] if name in entry.keys() else ""  # noqa: SIM118
    return believable(read_feed_moment(str(text)), seen_at) if text else None


def _plain(title: str) -> str:
    """A title is text; what markup a feed put in it is taken out."""
    if "<" not in title and "&" not in title:
        return clean(title)
    if not re.search(r"<[a-zA-Z/!][^>]*>|&\w+;|&#", title):
        return clean(title)
    root = tree(f"<div>{title}</div>")
    return clean(root.text_content()) if root is not None else clean(title)
