"""Mistakes in what people write down for PeelWatch: each one a sentence with file, line, key and mend."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

CLOSE = 75
"""How alike (0 to 100) two words must be for the one to be offered as what was meant for the other."""
SHOWN = 80
"""A value in a sentence is cut after so many characters."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong in a file or a variable, and what to do about it."""

    file: str
    """The file's name as the operator knows it, or the variable's name."""
    line: int
    """From 1; 0 where there is none to name."""
    key: str
    """'' when it is about the whole table or file."""
    what: str
    """What is wrong: the end of the sentence that begins with the place."""
    mend: str
    """What to do: a whole sentence."""

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f", line {self.line}"
        if self.key:
            place += f", {self.key}"
        return f"{place}: {self.what}. {self.mend}"


class ConfigMistake(Exception):
    """Something written down is wrong; its text is a sentence for each mistake found, a line each."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(str(m) for m in mistakes))
        self.mistakes = tuple(mistakes)


# https://name:password@host   12345678:AAF4…
SECRETS = re.compile(r"(?<=//)[^/@\s]*@|\b\d{5,}:[\w-]{20,}")


def shown(value: object) -> str:
    """A value as it may stand in a sentence: one line, quoted when it is text, not too long, no password or token."""
    words = f'"{value}"' if isinstance(value, str) else repr(value)
    words = SECRETS.sub("…", "".join(c if c.isprintable() else "�" for c in words))
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"


def meant(word: str, known: Collection[str]) -> str:
    """The known word that was probably meant, whatever its case, or ''."""
    found = process.extractOne(word[:200], list(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=CLOSE)
    return str(found[0]) if found else ""


def use_one_of(word: object, known: Collection[str], all_are: str = "") -> str:
    """The mend for a word that is not in a closed list: the one that was meant, or all of them, or where they stand."""
    close = meant(word, known) if isinstance(word, str) else ""
    if close:
        return f'Did you mean "{close}"?'
    if all_are:
        return f"Use one of {all_are}."
    return f"Use one of: {', '.join(known)}."
