"""Where on a page its news stands: the title's element, and the smallest part of the tree that holds title and text."""

from __future__ import annotations

import re

import lxml.html

from scrapers.readers.blocks import clean

_TEXT_TAGS = ("p", "li", "td", "blockquote", "pre", "dd", "div", "font", "section")
ENOUGH = 140
"""Characters; an article's text is rarely shorter, and a page with less is looked at again."""


def find_title(root: lxml.html.HtmlElement, expected: str) -> lxml.html.HtmlElement | None:
    """The element that shows the title: the h1 of the article, or whatever says what the listing said."""
    heads = [h for h in root.iter("h1") if clean(h.text_content())]
    wanted = _key(expected)
    for head in heads:
        if wanted and _key(head.text_content()) == wanted:
            return head
    for path in (".//article//h1", ".//main//h1", ".//*[@role='main']//h1", ".//*[@itemprop='headline']"):
        found = next((h for h in root.iterfind(path) if clean(h.text_content())), None)
        if found is not None:
            return found
    if heads:
        return heads[-1] if len(heads) == 1 else _most_like(heads, wanted)
    return _says(root, wanted)


def find_container(root: lxml.html.HtmlElement, title: lxml.html.HtmlElement | None) -> lxml.html.HtmlElement:
    """The part of a page (cleared of furniture) that holds its news."""
    body = root.find(".//body")
    body = body if body is not None else root
    for path in (".//*[@itemprop='articleBody']", ".//article"):
        found = [e for e in body.iterfind(path) if _weight(e) >= ENOUGH]
        if len(found) == 1:
            return _with_title(found[0], title)
        if title is not None:
            around = [e for e in found if e in set(title.iterancestors())]
            if around:
                return around[0]
    for path in (".//main", ".//*[@role='main']"):
        part = body.find(path)
        if part is not None and _weight(part) >= ENOUGH:
            return part
    best = _heaviest(body)
    if best is None:
        return body
    return _with_title(best, title)


def after(container: lxml.html.HtmlElement, title: lxml.html.HtmlElement | None) -> None:
    """Take out of a container, in place, the title itself and all that stands before it."""
    if title is None or container is title or container not in set(title.iterancestors()):
        return
    step = title
    while step is not container:
        parent = step.getparent()
        if parent is None:
            return
        for sibling in list(step.itersiblings(preceding=True)):
            parent.remove(sibling)
        parent.text = None
        step = parent
    parent = title.getparent()
    if parent is not None:
        tail = title.tail
        if tail and tail.strip():
            parent.text = tail
        parent.remove(title)


def _with_title(part: lxml.html.HtmlElement, title: lxml.html.HtmlElement | None) -> lxml.html.HtmlElement:
    """The smallest ancestor of `part` that holds the title too, unless that is the page and the title far away."""
    if title is None:
        return part
    above = set(title.iterancestors())
    here: lxml.html.HtmlElement | None = part
    while here is not None and here not in above and here is not title:
        here = here.getparent()
    if here is None:
        return part
    return here if here.tag not in ("body", "html") or _weight(here) < 2 * _weight(part) else part


def _heaviest(body: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """The element whose blocks hold the most text outside links; a block counts for its parent, half for the next."""
    scores: dict[lxml.html.HtmlElement, float] = {}
    for block in body.iter(*_TEXT_TAGS):
        own = _own(block)
        if own < 40:
            continue
        share = 1.0
        for above in block.iterancestors():
            scores[above] = scores.get(above, 0.0) + own * share
            share *= 0.5
            if share < 0.1 or above.tag in ("body", "html"):
                break
    return max(scores, key=lambda e: scores[e]) if scores else None


def _own(block: lxml.html.HtmlElement) -> int:
    """Text directly in a block and its inline parts, links apart."""
    total = len((block.text or "").strip())
    for child in block:
        if child.tag in ("b", "strong", "i", "em", "span", "font") and child.find(".//p") is None:
            total += len((child.text or "").strip())
        total += len((child.tail or "").strip())
    return total


def _weight(element: lxml.html.HtmlElement) -> int:
    return len(element.text_content().strip())


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _most_like(heads: list[lxml.html.HtmlElement], wanted: str) -> lxml.html.HtmlElement:
    """Of several, the one that shares the listing's words, else the longest: a site's name is short."""
    words = set(wanted)
    return max(heads, key=lambda h: (bool(words) and _key(h.text_content()) in wanted, len(clean(h.text_content()))))


def _says(root: lxml.html.HtmlElement, wanted: str) -> lxml.html.HtmlElement | None:
    """The element that says the title and nothing else, for pages from before headings were headings."""
    if len(wanted) < 8:
        return None
    for element in root.iter("h2", "h3", "b", "strong", "font", "td", "p", "div", "span"):
        if _key(element.text or "") == wanted:
            return element
    return None
