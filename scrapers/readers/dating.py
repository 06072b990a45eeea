"""When a page says it was published: its metadata first, then the words beside its title. Never a neighbour's date."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import lxml.html

from scrapers.dates import believable, find_date, has_time, read_moment, same_day
from scrapers.readers.blocks import clean

_META = (
    ("property", "article:published_time"),
    ("name", "govuk:first-published-at"),
    ("itemprop", "datepublished"),
    ("name", "dcterms.issued"),
    ("name", "dcterms.date"),
    ("name", "dcterms.created"),
    ("name", "dc.date.issued"),
    ("name", "dc.date"),
    ("name", "publish-date"),
    ("name", "publishdate"),
    ("name", "pubdate"),
    ("name", "article.published"),
    ("property", "og:published_time"),
    ("name", "date"),
)
_NEWS_TYPES = ("Article", "NewsArticle", "BlogPosting", "Report", "PressRelease", "WebPage", "Posting")
_HEAD_LINES = 8
_LINES = frozenset(["p", "div", "span", "dd", "h2", "h3", "h4", "td", "li", "font"])


def linked_data(root: lxml.html.HtmlElement) -> list[dict[str, Any]]:
    """The page's JSON-LD objects of a news kind, articles before mere web pages; what does not parse is passed over."""
    found: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json" or not script.text:
            continue
        try:
            data = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        found += _objects(data, 0)
    return sorted(found, key=lambda d: "WebPage" in str(d.get("@type")))


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(data, list):
        for part in data[:50]:
            yield from _objects(part, depth + 1)
    elif isinstance(data, dict):
        if any(kind in str(data.get("@type")) for kind in _NEWS_TYPES):
            yield data
        yield from _objects(data.get("@graph"), depth + 1)


def stated_dates(root: lxml.html.HtmlElement) -> list[str]:
    """What the page tells other programs of its date, best first."""
    return [str(d["datePublished"]) for d in linked_data(root) if d.get("datePublished")] + _metas(root)


def published_of(stated: list[str], shown: list[str], listed: datetime | None, seen_at: datetime) -> datetime | None:
    """When a page was published, in UTC.

    `shown`: the dates and lines around its title; `listed`: what the listing said.
    A date nobody can have meant (1970, the far future) is not believed, and none is better than a wrong one."""
    for text in stated:
        moment = believable(read_moment(text), seen_at)
        if moment:
            return _finer(moment, listed)
    for text in shown:
        found = find_date(text) if len(text) <= 160 else None
        moment = believable(found[0], seen_at) if found else None
        if moment:
            return _finer(moment, listed)
    return believable(listed, seen_at)


def _finer(moment: datetime, listed: datetime | None) -> datetime:
    """A page that gives the day alone may have its time from the listing."""
    if listed and not has_time(moment) and has_time(listed) and same_day(moment, listed):
        return listed
    return moment


def _metas(root: lxml.html.HtmlElement) -> list[str]:
    given: dict[tuple[str, str], str] = {}
    for meta in root.iter("meta"):
        for kind in ("property", "name", "itemprop"):
            name = (meta.get(kind) or "").strip().lower()
            content = meta.get("content")
            if name and content:
                given.setdefault((kind, name), content)
    return [given[key] for key in _META if key in given]


def head_of(container: lxml.html.HtmlElement, title: lxml.html.HtmlElement | None) -> tuple[list[str], list[str]]:
    """The lines right around the title, before any long paragraph, and the datetime attributes among them."""
    before: list[str] = []
    lines: list[str] = []
    times: list[str] = []
    started = title is None
    inside_title = set(title.iter()) if title is not None else set()
    for element in container.iter():
        if element in inside_title:
            started = True
            continue
        if element.tag == "time" and element.get("datetime"):
            times.append(element.get("datetime") or "")
        line = _line(element)
        if not line:
            continue
        if not started:
            before.append(line)
            continue
        if len(line) > 160 or len(lines) >= _HEAD_LINES:
            break
        lines.append(line)
    return lines + before[-2:], times[:2]


def _line(element: lxml.html.HtmlElement) -> str:
    """The words of a small block with its inline parts; the own words of a large one."""
    if not isinstance(element.tag, str) or element.tag in ("time", "a", "b", "strong", "script", "style"):
        return ""
    own = clean(element.text or "")
    if len(element) <= 6 and element.tag in _LINES:
        whole = clean(element.text_content())
        if len(whole) <= 160:
            return whole
    return own
