"""A page as a release: its title, its date, its language and its text in blocks, from the page's own tree."""

from __future__ import annotations

import copy
import re
from dataclasses import replace

import lxml.html

from inspections.release import Piece, Release, join
from inspections.source import Source
from scrapers.pages import Item, Page, Unreadable
from scrapers.readers.blocks import clean, pieces_of
from scrapers.readers.challenge import is_challenge
from scrapers.readers.container import ENOUGH, after, find_container, find_title
from scrapers.readers.dating import head_of, linked_data, published_of, stated_dates
from scrapers.readers.decoding import parse_html
from scrapers.readers.furniture import clear
from scrapers.urls import absolute, canonical_url

LONGEST = 1_000_000
"""Characters of a release's text; no release is longer, and what is longer is cut."""
_WORTH_A_SECOND_LOOK = 400_000
_ORIGINAL = re.compile(r"^original\s+article\s+link\b", re.IGNORECASE)
_SITE_NAME = re.compile(r"\s+(?:[|«»·–—-]|::)\s+[^|«»·–—]{2,60}$")


def read_release(page: Page, item: Item, source: Source) -> Release | Unreadable:
    """The release on a page, kept under the address it was listed with.

    Unreadable, with a sentence why, when there is no text: an empty page, a wrong encoding, a robot check."""
    root = parse_html(page)
    if isinstance(root, Unreadable):
        return root
    if is_challenge(root):
        return Unreadable(f"{page.url} shows a check for robots instead of its text.", blocked=True)
    title_element = find_title(root, item.title)
    title = _title(root, title_element, item)
    original = _original(root, page.url)
    language, translations = _language(root, page.url)
    stated = stated_dates(root)
    clear(root, title_element)
    container = find_container(root, title_element)
    head, times = head_of(container, title_element)
    published = published_of(stated, times + head, item.published, page.fetched_at)
    after(container, title_element)
    pieces = pieces_of(container)
    if _length(pieces) < ENOUGH and len(page.body) < _WORTH_A_SECOND_LOOK:
        pieces = max(pieces, _second_look(page, item), key=_length)
    pieces = _cut(_without_title(pieces, title))
    if not pieces:
        return Unreadable(f"{page.url} holds no text that could be read.")
    text, blocks = join(pieces)
    return Release(
        url=canonical_url(item.url),
        title=title,
        publisher=source.publisher,
        published=published,
        text=text,
        blocks=blocks,
        force=source.force,
        language=language,
        original=original,
        translations=translations,
    )


def _second_look(page: Page, item: Item) -> list[Piece]:
    """Where our own rules find next to nothing, trafilatura may know which part of the page is its text; the blocks
    still come from the page's own tree."""
    import trafilatura  # 40 MB and a third of a second that most runs never need

    root = parse_html(page)
    if isinstance(root, Unreadable):
        return []
    found = trafilatura.bare_extraction(
        copy.deepcopy(root), include_comments=False, favor_recall=True, with_metadata=False
    )
    said = (getattr(found, "text", None) or "") if found is not None else ""
    lines = {clean(line) for line in said.split("\n") if len(clean(line)) > 30}
    if not lines:
        return []
    holders = [e for e in root.iter("p", "li", "td", "div", "span", "blockquote") if clean(e.text_content()) in lines]
    if not holders:
        return []
    common = holders[0]
    for other in holders[1:]:
        above = {common, *common.iterancestors()}
        common = next((e for e in (other, *other.iterancestors()) if e in above), common)
    if len(holders) == 1 and common.getparent() is not None:
        common = common.getparent()
    title = find_title(root, item.title)
    clear(common, title)
    after(common, title)
    return pieces_of(common)


def _title(root: lxml.html.HtmlElement, element: lxml.html.HtmlElement | None, item: Item) -> str:
    """As the page shows it; else as it names itself to others; else as the listing had it."""
    shown = clean(element.text_content()) if element is not None else ""
    if shown:
        return shown[:500]
    if item.title:
        return clean(item.title)[:500]
    for data in linked_data(root):
        if isinstance(data.get("headline"), str):
            return clean(str(data["headline"]))[:500]
    for meta in root.iter("meta"):
        if (meta.get("property") or "").lower() == "og:title" and meta.get("content"):
            return clean(meta.get("content") or "")[:500]
    own = root.find(".//title")
    return _SITE_NAME.sub("", clean(own.text_content()) if own is not None else "")[:500]


def _original(root: lxml.html.HtmlElement, base: str) -> str:
    """The release this page copies, when it says so: "Original article link: https://…"."""
    for paragraph in root.iter("p", "div", "td"):
        if len(paragraph) <= 4 and _ORIGINAL.match(clean(paragraph.text or "")):
            link = paragraph.find(".//a")
            if link is not None and link.get("href"):
                return canonical_url(absolute(base, link.get("href") or ""))
    return ""


def _language(root: lxml.html.HtmlElement, base: str) -> tuple[str, tuple[str, ...]]:
    """The page's language, and the addresses of the same release in other languages."""
    html = root if root.tag == "html" else root.find(".//html")
    said = (html.get("lang") or html.get("xml:lang") or "") if html is not None else ""
    language = said.split("-")[0].split("_")[0].strip().lower()[:8]
    others: list[str] = []
    for link in root.iter("link"):
        other = (link.get("hreflang") or "").split("-")[0].lower()
        if "alternate" in (link.get("rel") or "").lower() and other and other not in ("x", language):
            url = canonical_url(absolute(base, link.get("href") or ""))
            if url and url not in others:
                others.append(url)
    return language, tuple(others)


def _without_title(pieces: list[Piece], title: str) -> list[Piece]:
    """The title is context, never evidence: it is not repeated at the head of the text."""
    while pieces and pieces[0].kind in ("heading", "paragraph") and pieces[0].text == title:
        pieces = pieces[1:]
    return pieces


def _length(pieces: list[Piece]) -> int:
    return sum(len(p.text) for p in pieces)


def _cut(pieces: list[Piece]) -> list[Piece]:
    kept: list[Piece] = []
    room = LONGEST
    for piece in pieces:
        if len(piece.text) > room:
            if room > 0:
                kept.append(replace(piece, text=piece.text[:room].rstrip()))
            break
        kept.append(piece)
        room -= len(piece.text) + 1
    return [p for p in kept if p.text]
