"""Reading fetched pages: listings as items, articles as releases. Pure: any bytes give a value, never an exception."""

from __future__ import annotations

from inspections.source import Reader
from scrapers.pages import Items, Page, Unreadable
from scrapers.readers.article import read_release
from scrapers.readers.challenge import is_challenge
from scrapers.readers.decoding import parse_html
from scrapers.readers.feed import looks_like_feed, read_feed
from scrapers.readers.listing import read_listing
from scrapers.readers.sitemap import looks_like_sitemap, read_sitemap
from scrapers.readers.wordpress import read_posts

__all__ = ["read_items", "read_release"]


def read_items(page: Page, reader: str = "auto", under: str = "") -> Items | Unreadable:
    """The items of a fetched listing, feed, sitemap or WordPress answer, newest first.

    With `auto` the bytes tell which it is. `under`: for a sitemap, the address below which the news is."""
    kind = reader if reader != "auto" else _look(page)
    if kind in ("feed", "govuk"):
        return read_feed(page, "govuk" if kind == "govuk" else "feed")
    if kind == "wordpress":
        return read_posts(page)
    if kind == "sitemap":
        return read_sitemap(page, under)
    root = parse_html(page)
    if isinstance(root, Unreadable):
        return root
    if is_challenge(root):
        return Unreadable(f"{page.url} shows a check for robots instead of its news.", blocked=True)
    found = read_listing(page)
    if kind == "mynewsdesk" and isinstance(found, Items):
        return Items(found.items, "mynewsdesk", found.next_url, found.offers, found.skipped)
    return found


def _look(page: Page) -> Reader:
    """What kind of bytes these are."""
    head = page.body[:200].lstrip()
    if looks_like_sitemap(page.body):
        return "sitemap"
    if looks_like_feed(page.body):
        return "feed"
    if head.startswith((b"[", b"{")) and "json" in page.content_type:
        return "wordpress"
    return "listing"
