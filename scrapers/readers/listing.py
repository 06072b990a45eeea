"""The news listing of any site as items: the links that repeat, look like headlines and have dates beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from scrapers.dates import believable, find_date, read_moment
from scrapers.pages import Item, Items, Page, Unreadable
from scrapers.readers.blocks import clean
from scrapers.readers.decoding import looks_like_text, text_of
from scrapers.readers.furniture import DROPPED_ROLES, names_furniture
from scrapers.urls import absolute, canonical_url, path_of, same_site

MOST_LINKS = 3000
_FEED_TYPE = re.compile(r"application/(?:rss|atom|rdf)\+xml", re.IGNORECASE)
_AWAY = frozenset(
    ["nav", "footer", "aside", "script", "style", "noscript", "template", "select", "svg", "head", "iframe"]
)
_NO_HEADLINE = re.compile(
    r"^(?:read (?:more|full story|on)\b.*|more\b.{0,12}|continue reading.*|view\b.{0,12}|find out more.*|page \d+|\d+"
    r"|(?:next|previous|older|newer)(?: (?:page|news|posts?|stories|releases|articles|items|entries))?\W*|[«»‹›<>\s]+"
    r"|back to (?:top|news|home|list\w*|all.{0,20})|home|news|show more|load more|see all.{0,20}|rss|subscribe.{0,20}"
    r"|darllen mwy.*)$",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"^(?:next(?: page)?|older(?: (?:news|posts|releases|stories|entries))?|show more|load more|more news|nesaf)\W*$",
    re.I,
)
# "/category/grants/": where a release is filed, never a release
_SIDE = re.compile(r"/(?:category|categories|tags?|topics?|authors?|by)/", re.IGNORECASE)
# names that listings give to their items, and other pages to furniture
_ITEM_NAMES = re.compile(r"\b(?:teaser|post|entry|news|card|item|widget|print|tags?)\S*")
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class _Link:
    """A link that may lead to a release, with what stands around it."""

    url: str
    key: str
    title: str
    in_heading: bool
    place: int
    tags: list[Tag]
    before: list[str] = field(default_factory=list)
    own_date: datetime | None = None
    date: datetime | None = None


def read_listing(page: Page) -> Items | Unreadable:
    """The items of a listing page, in its order, with `next_url` and the feeds it offers. No link found: no items."""
    if not page.body.strip():
        return Unreadable(f"{page.url} came empty.")
    text = text_of(page.body, page.content_type)
    if not looks_like_text(text):
        return Unreadable(f"{page.url} is not readable text: its encoding is not what it says, or it is no page.")
    soup = BeautifulSoup(text, "lxml")
    offers, next_url = _offers(soup, page), _next(soup, page)
    for away in soup.find_all(_is_away):
        away.decompose()
    links, skipped = _links(soup, page)
    _date(links, page.fetched_at)
    chosen = _choose(links, page.url)
    items = tuple(Item(link.url, link.title, link.date) for link in chosen)
    return Items(items, "listing", next_url, offers, skipped)


def _is_away(tag: Tag) -> bool:
    if tag.name in _AWAY or tag.get("role") in DROPPED_ROLES:
        return True
    if tag.name == "header":
        return tag.find_parent(["article", "li", "main"]) is None
    if tag.name in ("html", "body", "main", "article", "li", "ul", "form"):
        return False
    names = " ".join([*_values(tag, "class"), *_values(tag, "id")])
    names = (
        re.sub(r"\b(?:teaser|post|entry|news|card|item|widget|print|tags?)\S*", "", names)
        if "sponsored" not in names
        else names
    )
    return bool(names.strip()) and names_furniture(names)


def _links(soup: BeautifulSoup, page: Page) -> tuple[list[_Link], int]:
    """Each address of this site once, in page order, with the best headline any of its links has."""
    here = canonical_url(page.url)
    links: dict[str, _Link] = {}
    skipped = 0
    texts: list[str] = []
    inside: set[int] = set()
    for place, node in enumerate(soup.descendants):
        if isinstance(node, NavigableString):
            if id(node.parent) not in inside and node.strip() and len(texts) < 60:
                texts.append(str(node))
            continue
        if not isinstance(node, Tag):
            continue
        if node.name == "time" and node.get("datetime"):
            texts.append(str(node["datetime"]))
        if node.name != "a" or not node.get("href") or len(links) >= MOST_LINKS:
            continue
        url = absolute(page.url, str(node["href"]))
        key = canonical_url(url) if url else ""
        if not key or key == here or here.startswith(key.rstrip("/") + "/") or _SIDE.search(path_of(key)):
            continue
        if not same_site(url, page.url):
            skipped += 1
            continue
        title, in_heading = _headline(node)
        parts = node.find_all(name=True)
        inside |= {id(node)} | {id(t) for t in parts if t.find("time") is None and t.name != "time"}
        known = links.get(key)
        if known is None:
            if title:
                links[key] = _Link(url, key, title, in_heading, place, [node], texts)
                texts = []
        else:
            known.tags.append(node)
            if (in_heading, len(title)) > (known.in_heading, len(known.title)):
                known.title, known.in_heading = title, in_heading
    return list(links.values()), skipped


def _headline(anchor: Tag) -> tuple[str, bool]:
    """The words a link shows as a headline, and whether they are set as one; '' for "Read more" and page numbers."""
    heading = anchor.find(_HEADS)
    if isinstance(heading, Tag):
        return clean(heading.get_text(" ")), True
    words = clean(anchor.get_text(" "))
    if not words or _NO_HEADLINE.match(words):
        beside = anchor.find_parent(["li", "article"])
        heading = beside.find(_HEADS) if isinstance(beside, Tag) and len(beside.find_all("a")) <= 3 else None
        if words and isinstance(heading, Tag):
            return clean(heading.get_text(" ")), True
        return "", False
    return words[:300], anchor.find_parent(_HEADS) is not None


def _date(links: list[_Link], seen_at: datetime) -> None:
    """Give each link the date in its own box, else the one that stands between it and the link before it, else the date
    heading it stands under."""
    keys = {id(tag): link.key for link in links for tag in link.tags}
    heading: datetime | None = None
    for link in links:
        link.own_date = _date_in_box(link, keys, seen_at)
        if link.own_date:
            link.date, heading = link.own_date, None
            continue
        for text in reversed(link.before):
            found = find_date(text) if len(text) <= 120 else None
            moment = believable(found[0], seen_at) if found else None
            if moment:
                heading = moment
                break
        link.date = heading


def _date_in_box(link: _Link, keys: dict[int, str], seen_at: datetime) -> datetime | None:
    """The date within the largest element that holds this link and no other."""
    box: Tag = link.tags[0]
    for _ in range(6):
        up = box.parent
        if up is None or up.name in ("body", "main", "html", "[document]"):
            break
        if any(keys.get(id(a), link.key) != link.key for a in up.find_all("a", limit=40)):
            break
        box = up
    time = box.find("time")
    if isinstance(time, Tag) and time.get("datetime"):
        moment = believable(read_moment(str(time["datetime"])), seen_at)
        if moment:
            return moment
    for text in box.find_all(string=True, limit=60):
        if text.strip() and len(text) <= 120 and clean(str(text)) != link.title:
            found = find_date(str(text))
            moment = believable(found[0], seen_at) if found else None
            if moment:
                return moment
    return None


def _choose(links: list[_Link], here: str) -> list[_Link]:
    """Of the links that are made alike, the group that looks most like a list of news."""
    groups: dict[str, list[_Link]] = defaultdict(list)
    for link in links:
        groups["shape " + _shape(link.tags[0])].append(link)
        groups["path " + _pattern(link.key)].append(link)
    worth = {id(link): _worth(link, here) for link in links}
    best = max(groups.values(), key=lambda group: sum(worth[id(x)] for x in group), default=[])
    total = sum(worth[id(link)] for link in best)
    dated = sum(1 for link in best if link.date)
    if total <= 0 or (dated == 0 and len(best) < 3):
        return []
    # links beside the group that have a date of their own and lead to the same part of the site belong to it
    parts = {_part(link.key) for link in best}
    chosen = {id(link) for link in best if worth[id(link)] > -0.4}
    chosen |= {id(x) for x in links if x.own_date and _part(x.key) in parts and worth[id(x)] > 1.5}
    kept = [link for link in links if id(link) in chosen]
    if kept and kept[0].date is None:
        # where nothing stands before the first link, the dates between links are those of the link before
        for link in kept:
            link.date = link.own_date
    return kept


def _worth(link: _Link, here: str) -> float:
    """How much a link looks like news: dated, a sentence for a headline, an address like one."""
    words = len(link.title.split())
    last = path_of(link.key).rstrip("/").rsplit("/", 1)[-1]
    worth = min(words, 9) / 6 - 0.9
    worth += 1.2 if link.own_date else 0.5 if link.date else 0
    worth += 0.3 if link.in_heading else 0
    worth += 0.3 if last.count("-") + last.count("+") >= 2 or re.search(r"\d{3}", last) else 0
    worth += 0.2 if path_of(link.key).startswith(path_of(here).rstrip("/") + "/") else 0
    return worth - (0.8 if words <= 2 and not link.own_date else 0)


def _shape(anchor: Tag) -> str:
    """How a link is set: its own element and the three around it, with the classes that do not vary by row."""
    parts = []
    tag: Tag | None = anchor
    for _ in range(4):
        if tag is None or tag.name in ("body", "html", "[document]"):
            break
        fixed = [c for c in _values(tag, "class") if not _VARIES.search(c)]
        parts.append(tag.name + "." + ".".join(sorted(fixed)[:3]))
        tag = tag.parent
    return " < ".join(parts)


_VARIES = re.compile(r"\d|^(?:odd|even|first|last|active|sticky|alt|status|format|category|tag|type)", re.IGNORECASE)


def _pattern(url: str) -> str:
    """An address with its numbers and its last words left open: "/news/2025/02/…" and "/news/2024/06/…" are alike."""
    folders = path_of(url).rstrip("/").split("/")
    return "/".join(re.sub(r"\d+", "#", f.lower()) for f in folders[:-1]) + f"/{len(folders)}"


def _part(url: str) -> str:
    return "/".join(path_of(url).lower().split("/")[:2])


def _offers(soup: BeautifulSoup, page: Page) -> tuple[str, ...]:
    """Feeds and interfaces the page itself points to, best first. WordPress's feed of comments is none of them."""
    found: list[str] = []
    for link in soup.find_all("link", href=True, limit=200):
        rels = [r.lower() for r in _values(link, "rel")]
        url = absolute(page.url, str(link["href"]))
        if not url:
            continue
        if "https://api.w.org/" in rels:
            found.insert(0, url + "#wp")
        elif (
            "alternate" in rels
            and _FEED_TYPE.search(str(link.get("type") or ""))
            and "comment" not in _named(link, url)
        ):
            found.append(url)
    return tuple(dict.fromkeys(found))[:6]


def _named(link: Tag, url: str) -> str:
    return (str(link.get("title") or "") + url).lower()


def _values(tag: Tag, name: str) -> list[str]:
    """An attribute's values; those of class and rel come as a list."""
    value = tag.get(name)
    return [] if value is None else [str(v) for v in value] if isinstance(value, list) else [str(value)]


def _next(soup: BeautifulSoup, page: Page) -> str:
    """The address of the listing's next page; '' when it has none."""
    for tag in soup.find_all(["link", "a"], href=True):
        rels = [r.lower() for r in _values(tag, "rel")]
        if "next" in rels or (tag.name == "a" and _NEXT.match(clean(tag.get_text(" "))[:40])):
            url = absolute(page.url, str(tag["href"]))
            if url and same_site(url, page.url) and canonical_url(url) != canonical_url(page.url):
                return url
    return ""
