"""Markup: outside words made safe for Telegram's HTML, and messages kept within its limits."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Sequence

MOST_UNITS = 4096
"""Telegram's limit of a message, in UTF-16 units, after its entities are parsed."""
MOST_ENTITIES = 100
"""Telegram drops the markup beyond so many pieces."""
LONGEST_LINK = 2000

TAG = re.compile(r"<[^>]*>")
OPENING = re.compile(r"<[a-z]")
SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """The words alone, on one line: no control characters (escape sequences), no marks that reverse or hide letters."""
    spaced = SPACE.sub(" ", text)
    kept = "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs") or c == "\u200d")
    return kept.strip()


def safe(text: str, longest: int = 300) -> str:
    """Words from outside as they may stand in a message: clean, at most `longest` characters, escaped."""
    return html.escape(shorten(clean(text), longest), quote=True)


def shorten(text: str, longest: int) -> str:
    """At most so many characters, cut behind a word, with an ellipsis."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    space = cut.rfind(" ", longest // 2)
    return (cut[:space] if space > 0 else cut).rstrip(" ,;:.") + "…"


def bold(text: str) -> str:
    """`text` is markup already."""
    return f"<b>{text}</b>"


def italic(text: str) -> str:
    """`text` is markup already."""
    return f"<i>{text}</i>"


def quote(words: str) -> str:
    """Evidence, as it stands in the release."""
    return f"<blockquote>“{safe(words)}”</blockquote>"


def link(url: str, text: str) -> str:
    """`text` (markup) as a link; the text alone when the address is no web address."""
    bare = clean(url)
    if not bare.startswith(("http://", "https://")) or len(bare) > LONGEST_LINK or " " in bare:
        return text
    return f'<a href="{html.escape(bare, quote=True)}">{text}</a>'


def visible(markup: str) -> str:
    """What a reader sees of it."""
    return html.unescape(TAG.sub("", markup))


def units(markup: str) -> int:
    """Its length as Telegram counts it."""
    return len(visible(markup).encode("utf-16-le", "surrogatepass")) // 2


def fits(markup: str) -> bool:
    return units(markup) <= MOST_UNITS and len(OPENING.findall(markup)) <= MOST_ENTITIES


def fit(blocks: Sequence[str], more: Callable[[int], str], tail: str = "", gap: str = "\n\n") -> str:
    """The blocks and `tail`, joined; if too long, as many as fit, then `more(how many are left)`, then `tail`."""
    for shown in range(len(blocks), 0, -1):
        left = len(blocks) - shown
        text = gap.join([*blocks[:shown], *([more(left)] if left else []), *([tail] if tail else [])])
        if fits(text):
            return text
    return gap.join([more(len(blocks)), *([tail] if tail else [])])
