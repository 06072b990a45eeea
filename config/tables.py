"""Reading a TOML file as a list of tables whose every key is checked; what is wrong is collected, with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from config.mistakes import Mistake, shown, use_one_of

LIMIT = 2_000_000
"""A file of more bytes than this is not one of ours."""

# [[cycle.question]]   or [source]
HEADER = re.compile(r"\s*\[\[?\s*([\w.\"' -]+?)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")
# "Expected '=' after a key in a key/value pair (at line 3, column 5)"
AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
ID = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*$")


@dataclass
class Document:
    """A file's tables, the places of its keys, and the mistakes found in it so far."""

    file: str
    values: dict[str, Any]
    places: dict[tuple[str, int], dict[str, int]]
    """(table's name, which one of that name) -> key -> line; '' is the header's own line."""
    mistakes: list[Mistake] = field(default_factory=list)

    def tables(self, name: str) -> Iterator[Table]:
        """The tables `[[name]]`, in order; anything else under that name is a mistake."""
        found = self.values.get(name, [])
        if not isinstance(found, list) or not all(isinstance(t, dict) for t in found):
            line = self.places.get((name, 0), {}).get("", 0)
            self.mistakes.append(
                Mistake(self.file, line, name, f"[{name}] is not a list of tables", f"Write [[{name}]] above each one.")
            )
            return
        for nth, values in enumerate(found):
            yield Table(self, name, nth, values)

    def only(self, *names: str) -> None:
        """Names a mistake for each table or key at the top of the file that is none of `names`."""
        for key in self.values:
            if key not in names:
                line = self.places.get((key, 0), {}).get("", 0) or self.places.get(("", 0), {}).get(key, 0)
                mend = use_one_of(key, names, ", ".join(f"[[{n}]]" for n in names))
                self.mistakes.append(Mistake(self.file, line, key, f"there is no table named {shown(key)}", mend))


@dataclass
class Table:
    """One table of a document. Asking for a key that is missing or wrong notes the mistake and gives an empty value."""

    document: Document
    name: str
    nth: int
    """Which of the tables with this name in the whole file."""
    values: dict[str, Any]

    def line(self, key: str = "") -> int:
        lines = self.document.places.get((self.name, self.nth), {})
        return lines.get(key, lines.get("", 0))

    def wrong(self, key: str, what: str, mend: str) -> None:
        self.document.mistakes.append(Mistake(self.document.file, self.line(key), key, what, mend))

    def only(self, *known: str) -> None:
        """Notes each key that is none of `known`."""
        for key in self.values:
            if key not in known:
                self.wrong(key, f"{shown(key)} is not a key of [[{self.name}]]", use_one_of(key, known))

    def text(self, key: str, default: str | None = None) -> str:
        value = self._given(key, default is None, "text in quotes")
        if value is None:
            return default or ""
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, f"{shown(value)} is not a text", f'Write {key} = "…".')
            return default or ""
        return value

    def id(self, key: str, default: str | None = None) -> str:
        value = self.text(key, default)
        if value and value != default and not ID.match(value):
            self.wrong(key, f"{shown(value)} is not an id", "Use small letters and digits, joined by - or /.")
        return value

    def choice(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        value = self._given(key, default is None, "one of " + ", ".join(allowed))
        if value is None:
            return default or ""
        if value not in allowed:
            self.wrong(key, f"{shown(value)} is not a {key}", use_one_of(value, allowed))
            return default or ""
        return str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            self.wrong(key, f"{shown(value)} is not a list of texts", f'Write {key} = ["…", "…"].')
            return ()
        seen: set[str] = set()
        for v in value:
            if v.casefold() in seen:
                self.wrong(key, f"{shown(v)} stands in it twice", "Take one of them out.")
            seen.add(v.casefold())
        return tuple(value)

    def number(self, key: str) -> int:
        value = self._given(key, True, "a whole number")  # noqa: FBT003
        if value is None:
            return 0
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong(key, f"{shown(value)} is not a whole number", f"Write {key} = 10, without quotes.")
            return 0
        return value

    def flag(self, key: str, default: bool) -> bool:
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            self.wrong(key, f"{shown(value)} is neither true nor false", f"Write {key} = true or {key} = false.")
            return default
        return value

    def day(self, key: str, needed: bool = True) -> date | None:
        value = self._given(key, needed, "a day as 2025-01-31")
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.wrong(key, f"{shown(value)} is not a day", f"Write {key} = 2025-01-31, without quotes.")
            return None
        return value

    def _given(self, key: str, needed: bool, form: str) -> Any:
        value = self.values.get(key)
        if value is None and needed:
            self.wrong(key, f"[[{self.name}]] has no {key}", f"Add {key} = {form}.")
        return value


def read_document(path: Path, file: str = "", in_pieces: str = "") -> Document:
    """The file at `path`, as `parse_document` reads it. One that cannot be read gives no tables and one mistake."""
    file = file or path.name
    try:
        if path.exists() and not path.is_file():
            return _unread(file, 0, "it is not a file", "Give the path of a TOML file.")
        if path.stat().st_size > LIMIT:
            what = f"it is {path.stat().st_size / 1_000_000:.1f} MB long, more than the {LIMIT // 1_000_000} MB allowed"
            return _unread(file, 0, what, "Check that it is the right file.")
        data = path.read_bytes()
    except OSError as error:
        return _unread(file, 0, f"it cannot be read ({error.strerror or error})", "Check its path and permissions.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return _unread(file, line, "it is not in UTF-8", "Save it as UTF-8.")
    return parse_document(text, file, in_pieces)


def parse_document(text: str, file: str, in_pieces: str = "") -> Document:
    """The tables of a TOML text; a text that is not TOML gives none and one mistake with its line.

    With `in_pieces`, the name of its tables: only the tables that are not TOML are lost, and each has its mistake.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    found = _parse(text)
    if isinstance(found, dict):
        return Document(file, found, _places(text))
    broken = [found]
    if in_pieces:
        text, broken = _without_broken(text, in_pieces)
        found = _parse(text)
    if isinstance(found, dict):
        return Document(file, found, _places(text), [_not_toml(file, b) for b in broken])
    return Document(file, {}, {}, [_not_toml(file, b) for b in broken] or [_not_toml(file, found)])


@dataclass(frozen=True, slots=True)
class _Broken:
    line: int
    what: str


def _parse(text: str) -> dict[str, Any] | _Broken:
    try:
        return tomllib.loads(text)
    except RecursionError:
        return _Broken(0, "its brackets are nested too deeply")
    except ValueError as error:  # a TOMLDecodeError, or a number of thousands of digits
        words = str(error)
        at = AT_LINE.search(words)
        line = int(at[1]) if at and at[1] else len(text.rstrip().split("\n"))
        return _Broken(line, "this is not TOML: " + AT_LINE.sub("", words).rstrip("."))


def _not_toml(file: str, broken: _Broken) -> Mistake:
    mend = "Mend that line: texts stand in quotes on one line, a key stands once in a table, lists in [ ]."
    return Mistake(file, broken.line, "", broken.what, mend)


def _without_broken(text: str, name: str) -> tuple[str, list[_Broken]]:
    """The text with the tables that cannot be read blanked out, line for line, and what was wrong with each."""
    lines = text.split("\n")
    starts = [0, *(n for n, line in enumerate(lines) if line.strip().startswith(f"[[{name}"))]
    broken: list[_Broken] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        found = _parse("\n".join(lines[start:end]))
        if isinstance(found, _Broken):
            broken.append(_Broken(start + max(found.line, 1), found.what))
            lines[start:end] = [""] * (end - start)
    return "\n".join(lines), broken


def _unread(file: str, line: int, what: str, mend: str) -> Document:
    return Document(file, {}, {}, [Mistake(file, line, "", what, mend)])


def _places(text: str) -> dict[tuple[str, int], dict[str, int]]:
    """Where each header and key stands. Good enough for pointing: texts of many lines are not told apart."""
    places: dict[tuple[str, int], dict[str, int]] = {("", 0): {}}
    counts: dict[str, int] = {}
    here = places["", 0]
    for number, line in enumerate(text.split("\n"), 1):
        if header := HEADER.match(line):
            name = header[1]
            nth = counts.get(name, 0)
            counts[name] = nth + 1
            here = places[name, nth] = {"": number}
        elif key := KEY.match(line):
            here.setdefault(key[1], number)
    return places
