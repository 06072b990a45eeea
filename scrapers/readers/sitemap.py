"""Sitemaps as items, for sites whose listing is built by a script in the browser."""

from __future__ import annotations

import re

from lxml import etree

from scrapers.dates import believable, read_moment
from scrapers.pages import Item, Items, Page, Unreadable
from scrapers.readers.blocks import clean
from scrapers.readers.feed import newest_first
from scrapers.urls import absolute, canonical_url, path_of

MOST = 5000
_ROBOTS = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


def looks_like_sitemap(body: bytes) -> bool:
    return re.search(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", body[:3000]) is not None


def sitemaps_of_robots(text: str, base: str) -> tuple[str, ...]:
    """The sitemaps a robots.txt names."""
    return tuple(u for u in (absolute(base, m) for m in _ROBOTS.findall(text[:100_000])) if u)


def read_sitemap(page: Page, under: str = "") -> Items | Unreadable:
    """The pages a sitemap lists, newest first; of an index, the sitemaps it names, as offers.

    With `under`, only pages below that address: a site's sitemap lists all it has."""
    root = _root(page.body)
    if root is None:
        return Unreadable(f"{page.url} is not a sitemap that can be read.")
    if _name(root) == "sitemapindex":
        places = [absolute(page.url, loc) for loc in _locs(root, "sitemap")]
        return Items((), "sitemap", offers=tuple(p for p in places if p))
    items: dict[str, Item] = {}
    skipped = 0
    for entry in list(root)[:MOST]:
        item = _item(entry, page)
        if item is None or (under and not _below(item.url, under)):
            skipped += 1
        else:
            items.setdefault(canonical_url(item.url), item)
    return Items(newest_first(tuple(items.values())), "sitemap", skipped=skipped)


def _item(entry: etree._Element, page: Page) -> Item | None:
    parts = {_name(e): (e.text or "").strip() for e in entry.iter() if isinstance(e.tag, str)}
    url = absolute(page.url, parts.get("loc", ""))
    if not url:
        return None
    published = believable(read_moment(parts.get("publication_date", "")), page.fetched_at)
    updated = believable(read_moment(parts.get("lastmod", "")), page.fetched_at)
    return Item(url, clean(parts.get("title", "")), published, updated if not published else None)


def _below(url: str, under: str) -> bool:
    top = path_of(under).rstrip("/") + "/"
    return path_of(url).startswith(top) and path_of(url).rstrip("/") + "/" != top


def _root(body: bytes) -> etree._Element | None:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(body, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _locs(root: etree._Element, kind: str) -> list[str]:
    found = []
    for entry in list(root)[:500]:
        if isinstance(entry.tag, str) and _name(entry) == kind:
            found += [(e.text or "").strip() for e in entry.iter() if isinstance(e.tag, str) and _name(e) == "loc"]
    return found


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
