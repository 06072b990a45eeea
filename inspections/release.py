"""A release: one published item as blocks of text, and the quotes that are slices of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from inspections.model import Publisher

BlockKind = Literal["heading", "paragraph", "item", "cell", "alt", "quote"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a release's text: `release.text[start:end] == text`, in code points."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a release with one role on the page; `start` and `end` are its place in the release's text."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """1 to 6 for a heading, the depth of an item's list, else 0."""
    row: str = ""
    """For a cell: the words at the head of its row."""
    column: str = ""
    """For a cell: the words at the head of its column."""


@dataclass(frozen=True, slots=True)
class Release:
    """One published item. The title is context, never evidence."""

    url: str
    title: str
    publisher: Publisher | None
    published: datetime | None
    """In UTC; None when the page does not say. A date without a time is midnight in London."""
    text: str
    blocks: tuple[Block, ...]
    force: str = ""
    """Whose releases the source carries, when the operator or its host says so; '' otherwise."""
    language: str = ""
    original: str = ""
    """The canonical address of the release this one says it copies; '' for none."""
    translations: tuple[str, ...] = ()
    """The canonical addresses of the same release in other languages, as the page gives them."""

    def words(self, block: Block) -> str:
        return self.text[block.start : block.end]

    def quote(self, start: int, end: int) -> Quote:
        return Quote(self.text[start:end], start, end)


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before it has its place: what a reader takes from a page, in reading order."""

    kind: BlockKind
    text: str
    level: int = 0
    row: str = ""
    column: str = ""


def join(pieces: list[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The text of a page (its pieces joined by newlines) and its blocks with their places in that text."""
    blocks: list[Block] = []
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        blocks.append(Block(piece.kind, at, end, piece.level, piece.row, piece.column))
        at = end + 1
    return "\n".join(p.text for p in pieces), tuple(blocks)


# "• is 'good' at …", "- good", "* good", "1. good", "(a) good"
BULLET = re.compile(r"\s*(?:[•‣◦▪●·*+o]\s|[-–—]\s|\(?\d{1,2}[.)]\s|\(?[a-z]\)\s)")


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """Plain text gets a block from each line that is not blank; a line that begins like a bullet is an item."""
    blocks: list[Block] = []
    at = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            start = at + line.index(bare)
            kind: BlockKind = "item" if BULLET.match(line) else "paragraph"
            blocks.append(Block(kind, start, start + len(bare), level=1 if kind == "item" else 0))
        at += len(line) + 1
    return tuple(blocks)
