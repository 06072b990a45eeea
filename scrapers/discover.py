"""Finding out where a pasted address keeps its news: a WordPress interface, a feed, the page itself, a sitemap."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

from inspections.source import Reader, Source
from scrapers.pages import Failed, Item, Items, Page, Unchanged, Unreadable
from scrapers.readers import read_items
from scrapers.readers.decoding import text_of
from scrapers.readers.sitemap import sitemaps_of_robots
from scrapers.readers.wordpress import posts_url
from scrapers.urls import canonical_url, path_of

Ask = Callable[[str], Page | Unchanged | Failed]
_NEWS_FIRST = re.compile(r"news|post|article|press|release", re.IGNORECASE)
MOST_OFFERS = 5
ENOUGH_SHARED = 0.8


@dataclass(frozen=True, slots=True)
class Place:
    """Where a source's items are read, how, and what was there. `url` is '' when it is the source's own address."""

    reader: Reader
    url: str
    page: Page
    items: Items


def find_place(source: Source, page: Page, found: Items | Unreadable, ask: Ask) -> Place | Unreadable:
    """The best place for a source's items, given its page and what `found` says of it. Asks for a few pages at most.

    A feed or interface is taken only when it lists what the page lists: a site's feed may be another section's."""
    if isinstance(found, Items) and found.reader_found not in ("listing", "mynewsdesk"):
        return _own_place(source, page, found, ask)
    shown = found.items if isinstance(found, Items) else ()
    if isinstance(found, Items) and source.reader not in ("listing", "mynewsdesk"):
        for offered in _offered(found.offers, ask):
            if source.reader in ("auto", offered.reader) and covers(offered.items.items, shown):
                return offered
    if isinstance(found, Unreadable):
        return found
    if found.items and source.reader not in ("sitemap", "feed", "wordpress", "govuk"):
        return Place("mynewsdesk" if _is_mynewsdesk(page) else "listing", "", page, found)
    place = _by_sitemap(page, ask)
    if place is not None:
        return place
    if source.reader not in ("auto", "listing", "mynewsdesk"):
        return Unreadable(f'No {source.reader} was found at {source.url}. Give its own address, or reader = "auto".')
    return Unreadable(f"No news could be found at {source.url}: neither links to releases, nor a feed, nor a sitemap.")


def covers(candidate: Iterable[Item], shown: tuple[Item, ...]) -> bool:
    """Whether a feed lists what the page shows: most of the newest of the page, as far as the feed is long."""
    theirs = {canonical_url(i.url) for i in candidate}
    if not theirs:
        return False
    newest = [canonical_url(i.url) for i in shown[: len(theirs)]]
    return not newest or sum(u in theirs for u in newest) >= ENOUGH_SHARED * len(newest)


def _own_place(source: Source, page: Page, found: Items, ask: Ask) -> Place | Unreadable:
    """The pasted address is itself a feed, an interface or a sitemap."""
    if found.reader_found == "sitemap" and not found.items:
        sitemap = _first_sitemap(found.offers, "", ask)
        return sitemap or Unreadable(f"The sitemap {source.url} names no page of news.")
    reader: Reader = "govuk" if found.reader_found == "feed" and _is_govuk(page.url) else found.reader_found
    return Place(reader, "", page, found)


def _offered(offers: tuple[str, ...], ask: Ask) -> Iterable[Place]:
    for offer in offers[:MOST_OFFERS]:
        api, is_wordpress, _ = offer.partition("#wp")
        url = posts_url(api) if is_wordpress else offer
        reader: Reader = "wordpress" if is_wordpress else "govuk" if _is_govuk(url) else "feed"
        page = ask(url)
        if not isinstance(page, Page):
            continue
        items = read_items(page, reader)
        if isinstance(items, Items) and items.items:
            yield Place(reader, url, page, items)


def _by_sitemap(page: Page, ask: Ask) -> Place | None:
    robots = ask(urljoin(page.url, "/robots.txt"))
    named = sitemaps_of_robots(text_of(robots.body), robots.url) if isinstance(robots, Page) else ()
    return _first_sitemap(named or (urljoin(page.url, "/sitemap.xml"),), page.url, ask)


def _first_sitemap(urls: tuple[str, ...], under: str, ask: Ask, depth: int = 0) -> Place | None:
    """The first sitemap with pages below `under`; those that speak of news are tried first."""
    for url in sorted(urls, key=lambda u: _NEWS_FIRST.search(path_of(u)) is None)[:MOST_OFFERS]:
        page = ask(url)
        if not isinstance(page, Page):
            continue
        found = read_items(page, "sitemap", under)
        if isinstance(found, Unreadable):
            continue
        if found.items:
            return Place("sitemap", url, page, found)
        if found.offers and depth < 2:
            place = _first_sitemap(found.offers, under, ask, depth + 1)
            if place is not None:
                return place
    return None


def _is_govuk(url: str) -> bool:
    return path_of(url).startswith("/government/") or (
        "/government/" in path_of(url) and path_of(url).endswith(".atom")
    )


def _is_mynewsdesk(page: Page) -> bool:
    return path_of(page.url).rstrip("/").endswith("/latest_news") or b"data-newsroom" in page.body[:5000]
