"""The REST interface of a WordPress site as items."""

from __future__ import annotations

import json
from typing import Any

from scrapers.dates import believable, read_moment
from scrapers.pages import Item, Items, Page, Unreadable
from scrapers.readers.blocks import clean
from scrapers.readers.decoding import text_of, tree
from scrapers.readers.feed import newest_first
from scrapers.urls import absolute, canonical_url

QUERY = "wp/v2/posts?per_page=30&_fields=link,title,date,date_gmt,modified_gmt"


def posts_url(api: str) -> str:
    """Where a site that says its REST interface is at `api` lists its posts."""
    return api.rstrip("/") + "/" + QUERY


def read_posts(page: Page) -> Items | Unreadable:
    """The posts a WordPress site lists, newest first."""
    try:
        data = json.loads(text_of(page.body, page.content_type))
    except (ValueError, RecursionError):
        return Unreadable(f"{page.url} is not the JSON that a WordPress site answers with.")
    if not isinstance(data, list):
        return Unreadable(f"{page.url} does not list posts: WordPress says {_complaint(data)}.")
    items: dict[str, Item] = {}
    skipped = 0
    for post in data[:200]:
        item = _item(post, page) if isinstance(post, dict) else None
        if item is None:
            skipped += 1
        else:
            items.setdefault(canonical_url(item.url), item)
    return Items(newest_first(tuple(items.values())), "wordpress", skipped=skipped)


def _item(post: dict[str, Any], page: Page) -> Item | None:
    url = absolute(page.url, str(post.get("link") or ""))
    if not url:
        return None
    title = post.get("title")
    rendered = str(title.get("rendered") or "") if isinstance(title, dict) else str(title or "")
    root = tree(f"<div>{rendered}</div>") if rendered else None
    utc, local = str(post.get("date_gmt") or ""), str(post.get("date") or "")
    moment = read_moment(utc + "Z") if utc else read_moment(local)
    return Item(url, clean(root.text_content()) if root is not None else "", believable(moment, page.fetched_at))


def _complaint(data: Any) -> str:
    said = clean(str(data.get("message") or ""))[:120] if isinstance(data, dict) else ""
    return f"“{said}”" if said else "something else"
