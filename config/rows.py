"""Reading a CSV table of the baseline, every field of every row checked; what is wrong is collected, with its line."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

from config.addresses import publisher_of, what_is_wrong
from config.mistakes import Mistake, shown, use_one_of
from inspections.ledger import Precision
from inspections.lexicon import Lexicon
from inspections.model import Cycle, Publisher

# 2024-08-08  2024-08  2024
DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. Asking for a field that is wrong notes the mistake and gives an empty value."""

    table: Rows
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def wrong(self, column: str, what: str, mend: str) -> None:
        self.table.mistakes.append(Mistake(self.table.file, self.line, column, what, mend))

    @property
    def force(self) -> str:
        known = self.table.lexicon.force_by_id
        if self["force"] not in known:
            mend = use_one_of(self["force"], known, "the ids in forces.toml")
            self.wrong("force", f"there is no force {shown(self['force'])}", mend)
        return self["force"]

    @property
    def cycle(self) -> Cycle | None:
        known = self.table.lexicon.cycle_by_id
        if self["cycle"] not in known:
            mend = use_one_of(self["cycle"], known, "the ids in frameworks.toml")
            self.wrong("cycle", f"there is no cycle {shown(self['cycle'])}", mend)
        return known.get(self["cycle"])

    @property
    def source(self) -> str:
        if wrong := what_is_wrong(self["source"]):
            self.wrong("source", f"{wrong[0]} ({shown(self['source'])})", wrong[1])
        return self["source"]

    @property
    def publisher(self) -> Publisher:
        return self.table.publisher(self["source"])

    def one_of(self, column: str, allowed: Collection[str]) -> str:
        if self[column] not in allowed:
            self.wrong(column, f"{shown(self[column])} is not a {column}", use_one_of(self[column], allowed))
        return self[column]

    def count(self, column: str) -> int:
        if not (self[column].isascii() and self[column].isdigit()):
            self.wrong(column, f"{shown(self[column])} is not a number", "Write it in digits, 0 for none.")
            return 0
        return int(self[column])

    def day(self) -> tuple[date | None, Precision]:
        """The column `published`: its first day, and how exactly it is known."""
        written = self["published"]
        if not written:
            return None, ""
        found = _day(written)
        if found is None:
            mend = "Write 2024-08-08, 2024-08 or 2024, or leave it empty when the date is not known."
            self.wrong("published", f"{shown(written)} is not a date", mend)
            return None, ""
        return found


class Rows:
    """A table: its file, the lexicon it speaks of, and where its mistakes go."""

    def __init__(self, path: Path, lexicon: Lexicon, mistakes: list[Mistake]) -> None:
        self.file = f"{path.parent.name}/{path.name}"
        self.path = path
        self.lexicon = lexicon
        self.mistakes = mistakes
        self._publishers: dict[str, Publisher] = {}

    def publisher(self, url: str) -> Publisher:
        host = urlsplit(url).hostname or "" if not what_is_wrong(url) else ""
        if host not in self._publishers:
            self._publishers[host] = publisher_of(host, self.lexicon)
        return self._publishers[host]

    def read(self, columns: tuple[str, ...]) -> Iterator[Row]:
        """The rows, each with exactly these columns; a table that cannot be read gives none."""
        try:
            text = self.path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            self._wrong(0, f"it cannot be read ({error})", "Put the file back as UTF-8 text.")
            return
        reader = csv.reader(StringIO(text, newline=""), strict=True)
        try:
            head = next(reader, [])
            if tuple(head) != columns:
                self._wrong(1, f"its columns are {', '.join(head) or 'missing'}", f"Head it {','.join(columns)}")
                return
            for fields in reader:
                if len(fields) != len(columns):
                    what = f"the row has {len(fields)} fields, the head {len(columns)}"
                    self._wrong(reader.line_num, what, 'Put a field that holds a comma in "quotes".')
                    continue
                yield Row(self, reader.line_num, dict(zip(columns, fields, strict=True)))
        except csv.Error as error:
            self._wrong(reader.line_num, f"it is not CSV: {error}", "Close the quotes that were opened.")

    def _wrong(self, line: int, what: str, mend: str) -> None:
        self.mistakes.append(Mistake(self.file, line, "", what, mend))


@cache
def _day(written: str) -> tuple[date, Precision] | None:
    found = DAY.match(written) if written.isascii() else None
    if not found:
        return None
    year, month, day = found.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return first, "day" if day else "month" if month else "year"
