"""Plain: a message's markup as text for a terminal or for a chat that refuses markup. No control character survives."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from html.parser import HTMLParser

from bot.markup import clean

STYLES = {"b": "\x1b[1m", "i": "\x1b[2m", "blockquote": "\x1b[36m"}
RESET = "\x1b[0m"
FEW_LINKS = 2
"""Up to so many addresses stand beside their words; more are numbered and listed at the end."""


def plain(markup: str, width: int = 0, *, colour: bool = False) -> str:
    """The text, links as addresses, quotes behind a bar; wrapped to `width` columns unless 0."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    addresses = list(dict.fromkeys(p.href for p in reader.pieces if p.href))
    lines = _lines(reader.pieces, addresses)
    shown = [row for line in lines for row in _wrapped(line, width)]
    text = "\n".join(_painted(row) if colour else "".join(w.text for w in row) for row in shown)
    if len(addresses) > FEW_LINKS:
        text += "\n\n" + "\n".join(f"[{n}] {address}" for n, address in enumerate(addresses, 1))
    return text


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    style: str = ""
    href: str = ""
    quoted: bool = False


@dataclass
class _Reader(HTMLParser):
    pieces: list[_Piece] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append((tag, clean(dict(attrs).get("href") or "")))

    def handle_endtag(self, tag: str) -> None:
        if not any(name == tag for name, _ in self.open):
            return
        while self.open:
            name, href = self.open.pop()
            if name == "a" and href:
                self.pieces.append(_Piece("", href=href))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        names = [name for name, _ in self.open]
        style = next((STYLES[n] for n in ("b", "blockquote", "i") if n in names), "")
        for at, line in enumerate(data.split("\n")):
            if at:
                self.pieces.append(_Piece("\n"))
            words = line if line.isspace() else _kept(line)
            if words:
                self.pieces.append(_Piece(words, style, quoted="blockquote" in names))


def _kept(line: str) -> str:
    """A line's clean words with the spaces at its ends, so that pieces still join."""
    words = clean(line)
    start = line[: len(line) - len(line.lstrip())].replace("\t", " ")
    end = line[len(line.rstrip()) :].replace("\t", " ") if words else ""
    return " " * len(start) + words + " " * len(end)


def _lines(pieces: list[_Piece], addresses: list[str]) -> list[list[_Piece]]:
    lines: list[list[_Piece]] = [[]]
    for piece in pieces:
        if piece.text == "\n":
            lines.append([])
        elif piece.href:
            beside = len(addresses) <= FEW_LINKS
            mark = f" ({piece.href})" if beside else f" [{addresses.index(piece.href) + 1}]"
            lines[-1].append(_Piece(mark, STYLES["i"]))
        else:
            lines[-1].append(piece)
    return lines


def _wrapped(line: list[_Piece], width: int) -> list[list[_Piece]]:
    """The rows of a line; a quote's rows begin with a bar, the later rows of an item are set in."""
    quoted = any(p.quoted for p in line)
    whole = "".join(p.text for p in line)
    lead = "  │ " if quoted else ""
    if not width or len(whole) + len(lead) <= width:
        return [[_Piece(lead, STYLES["blockquote"]), *line] if lead else line]
    indent = lead or ("  " if whole[:2] in ("• ", "▲ ", "▼ ", "● ", "◆ ", "= ", "◼ ") else "")
    wrapper = textwrap.TextWrapper(
        max(width, 20),
        initial_indent=lead,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )
    styles = [p.style for p in line for _ in p.text]
    rows: list[list[_Piece]] = []
    at = 0
    for row in wrapper.wrap(whole):
        start = lead if not rows else indent
        words = row[len(start) :]
        at = whole.find(words, at) if whole.find(words, at) >= 0 else at
        pieces = [_Piece(start, STYLES["blockquote"] if quoted else "")] if start else []
        rows.append([*pieces, *(_Piece(c, s) for c, s in zip(words, styles[at : at + len(words)], strict=False))])
        at += len(words)
    return rows or [line]


def _painted(row: list[_Piece]) -> str:
    text, now = "", ""
    for piece in row:
        if piece.style != now:
            text += (RESET if now else "") + piece.style
            now = piece.style
        text += piece.text
    return text + (RESET if now else "")
