"""A part of a page as pieces of text with their roles, in reading order, for `inspections.release.join`."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html

from inspections.release import BULLET, BlockKind, Piece
from scrapers.dates import find_date
from scrapers.readers.furniture import is_furniture_line, words

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_INLINE = words(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q rp rt ruby s samp small span
    strike strong sub sup time tt u var wbr nobr label button center
    """
)
_SKIPPED = frozenset(
    ["script", "style", "noscript", "template", "head", "iframe", "object", "select", "textarea", "input"]
)
_FILE = re.compile(r"^[\w%.~/-]+\.(?:jpe?g|png|gif|svg|webp|bmp)$", re.IGNORECASE)
_BLANK = re.compile(r"\s+")
_INVISIBLE = re.compile(r"[­​‌‍⁠﻿]")
_ENDS = re.compile(r"[.:;!?…”’\"')]\s*$")
_MAX_DEPTH = 300


def clean(text: str) -> str:
    """One space for any run of blanks (non-breaking ones too), no soft hyphens or other invisible marks."""
    return _BLANK.sub(" ", _INVISIBLE.sub("", text)).strip()


def pieces_of(root: lxml.html.HtmlElement) -> list[Piece]:
    """The pieces of a container cleared of furniture; lines that only date or decorate the page are left out."""
    return [p for p in _Walk().pieces(root) if p.text and not _is_noise(p)]


def _is_noise(piece: Piece) -> bool:
    if piece.kind in ("paragraph", "item", "heading") and is_furniture_line(piece.text):
        return True
    return piece.kind in ("paragraph", "heading") and _is_date_line(piece.text)


def _is_date_line(text: str) -> bool:
    """ "08:45 14/05/2025", "Posted on 8th December 2016", "Published on: 15 August 2024"."""
    if len(text) > 90:
        return False
    rest = text
    dates = 0
    while dates < 3 and (found := find_date(rest)):
        rest = rest[: found[1]] + " " + rest[found[2] :]
        dates += 1
    return dates > 0 and all(w in _DATE_WORDS for w in re.findall(r"[^\W\d_]+", rest.lower()))


_DATE_WORDS = words(
    """
    published posted updated last on at first date by news press release the mon tue wed thu fri sat sun monday
    tuesday wednesday thursday friday saturday sunday am pm bst gmt and modified created added dyddiad
    cyhoeddwyd diweddarwyd ar
    """
)


class _Walk:
    """One pass over a tree. Inline text gathers until a block begins or ends; then it becomes a piece."""

    def __init__(self) -> None:
        self.out: list[Piece] = []
        self.words: list[str] = []
        self.bold = 0
        self.plain_seen = False
        self.lists = 0
        self.in_item = False
        self.in_quote = 0
        self.heading = 0

    def pieces(self, root: lxml.html.HtmlElement) -> list[Piece]:
        self._block(root, 0)
        self._flush()
        return self.out

    def _block(self, element: lxml.html.HtmlElement, depth: int) -> None:
        self._add(element.text)
        for child in element:
            self._child(child, depth + 1)
            self._add(child.tail)

    def _child(self, element: lxml.html.HtmlElement, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED or depth > _MAX_DEPTH:
            return
        if tag == "br":
            self.words.append("\n")
        elif tag == "img":
            self._alt(element.get("alt") or "")
        elif tag.rpartition("}")[2] == "svg":
            self._alt(_svg_title(element))
        elif tag in _HEADINGS:
            self._set_off(element, depth, heading=_HEADINGS[tag])
        elif tag in ("ul", "ol", "menu", "dir"):
            self._flush()
            self.lists += 1
            self._block(element, depth)
            self._flush()
            self.lists -= 1
        elif tag == "li":
            self._set_off(element, depth, item=True)
        elif tag == "blockquote":
            self._set_off(element, depth, quote=True)
        elif tag == "table":
            self._table(element, depth)
        elif tag in _INLINE:
            bold = tag in ("b", "strong")
            self.bold += bold
            self._block(element, depth)
            self.bold -= bold
        else:
            self._flush()
            self._block(element, depth)
            self._flush()

    def _set_off(
        self, element: lxml.html.HtmlElement, depth: int, *, heading: int = 0, item: bool = False, quote: bool = False
    ) -> None:
        self._flush()
        before = (self.heading, self.in_item)
        self.heading = heading or self.heading
        self.in_item = item or (self.in_item and not heading)
        self.in_quote += quote
        self._block(element, depth)
        self._flush()
        self.heading, self.in_item = before
        self.in_quote -= quote

    def _table(self, table: lxml.html.HtmlElement, depth: int) -> None:
        self._flush()
        rows = list(_rows(table))
        if _is_layout(table, rows):
            for row in rows:
                for cell in row:
                    self._block(cell, depth + 1)
                    self._flush()
            return
        heads: list[str] = []
        for number, row in enumerate(rows):
            words = [_words(cell) for cell in row]
            # the first row heads the columns when it says so, or when it is all there could be: two rows or more follow
            if number == 0 and (all(c.tag == "th" for c in row) or (len(rows) > 2 and _is_head_row(row))):
                heads = words
                self.out += [Piece("cell", w) for w in words]
                continue
            head_of_row = words[0] if words and (row[0].tag == "th" or len(words) > 1) else ""
            for place, text in enumerate(words):
                column = heads[place] if place < len(heads) else ""
                own_row = head_of_row if place > 0 else ""
                if text:
                    self.out.append(Piece("cell", text, row=own_row, column=column))

    def _alt(self, alt: str) -> None:
        alt = clean(alt)
        if len(alt) < 2 or _FILE.match(alt) or is_furniture_line(alt):
            return
        self._flush()
        self.out.append(Piece("alt", alt))

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if not self.bold and text.strip():
            self.plain_seen = True
        self.words.append(text.replace("\n", " ").replace("\r", " "))

    def _flush(self) -> None:
        if not self.words:
            return
        raw = "".join(self.words)
        bold = not self.plain_seen
        self.words, self.plain_seen = [], False
        if not raw.strip():
            return
        if self.heading:
            self.out.append(Piece("heading", clean(raw), level=self.heading))
            return
        for line in _lines(raw):
            self.out.append(self._piece(line, bold=bold))

    def _piece(self, text: str, *, bold: bool) -> Piece:
        kind: BlockKind = "paragraph"
        level = 0
        if self.in_item:
            kind, level = "item", max(self.lists, 1)
        elif self.in_quote:
            kind = "quote"
        elif BULLET.match(text):
            kind, level = "item", 1
        elif bold and len(text.split()) <= 12 and not _ENDS.search(text):
            # "<p><b>Notes</b></p>" is a heading by its looks
            kind, level = "heading", 6
        return Piece(kind, text, level=level)


def _lines(raw: str) -> Iterator[str]:
    """Line breaks part paragraphs when doubled, after a sentence's end or before a bullet; else they are a blank."""
    held = ""
    for part in re.split(r"(\n(?:\s*\n)*)", raw):
        if part.startswith("\n"):
            if part.count("\n") > 1:
                if clean(held):
                    yield clean(held)
                held = ""
            elif held.strip():
                held += "\n"
            continue
        if held.endswith("\n") and part.strip() and (_ENDS.search(held) or BULLET.match(part)):
            yield clean(held)
            held = ""
        held += part
    if clean(held):
        yield clean(held)


def _rows(table: lxml.html.HtmlElement) -> Iterator[list[lxml.html.HtmlElement]]:
    """The rows of a table, without those of tables inside it."""
    for part in table:
        if part.tag == "tr":
            yield [c for c in part if c.tag in ("td", "th")]
        elif part.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(part)


def _is_layout(table: lxml.html.HtmlElement, rows: list[list[lxml.html.HtmlElement]]) -> bool:
    """Old pages lay out their columns with tables: tables within tables, paragraphs in cells, one cell a row."""
    if table.get("role") == "presentation" or not rows or table.find(".//table") is not None:
        return True
    if table.find(".//th") is not None:
        return False
    if max(len(r) for r in rows) < 2 or len(rows) < 2:
        return True
    cells = [c for r in rows for c in r]
    return sum(1 for c in cells if len(c.text_content()) > 300) > len(cells) / 4


def _is_head_row(row: list[lxml.html.HtmlElement]) -> bool:
    return len(row) > 1 and all(
        c.find(".//b") is not None or c.find(".//strong") is not None or c.tag == "th" for c in row
    )


def _words(cell: lxml.html.HtmlElement) -> str:
    """A cell's text; blocks inside it are parted by blanks."""
    return clean(" ".join(piece.text for piece in _Walk().pieces(cell)))


def _svg_title(svg: lxml.html.HtmlElement) -> str:
    """What an inline picture is called: its title, or its label."""
    if svg.get("aria-hidden") == "true":
        return ""
    for part in svg.iter():
        if isinstance(part.tag, str) and part.tag.rpartition("}")[2] == "title":
            return str(part.text_content())
    return svg.get("aria-label") or ""
