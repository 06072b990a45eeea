"""sources.toml: the places that are watched, as the operator wrote them down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from config.addresses import what_is_wrong
from config.mistakes import Mistake, shown, use_one_of
from config.tables import Document, Table, parse_document, read_document
from inspections.lexicon import Lexicon
from inspections.model import PUBLISHERS, Publisher
from inspections.source import READERS, Source

SOURCES = Path(__file__).parent / "sources.toml"
KEYS = ("url", "publisher", "force", "reader", "every")
EVERY = timedelta(minutes=15)
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=31)
# 15m  1h  2 h  1d
INTERVAL = re.compile(r"(\d{1,5}) ?([smhd])$")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, slots=True)
class SourcesRead:
    """The sources that are right, in the file's order, and a sentence for each thing that is not."""

    sources: tuple[Source, ...]
    mistakes: tuple[Mistake, ...]


def load_sources(path: Path | None, lexicon: Lexicon) -> SourcesRead:
    """The file at `path`, or the one that comes with PeelWatch. Never raises: what is wrong is among the mistakes."""
    return _read(read_document(path or SOURCES, str(path or "config/sources.toml"), "source"), lexicon)


def parse_sources(text: str, lexicon: Lexicon, file: str = "sources.toml") -> SourcesRead:
    """The same for a text: what an operator is about to add, or an example of the docs."""
    return _read(parse_document(text, file, "source"), lexicon)


def _read(document: Document, lexicon: Lexicon) -> SourcesRead:
    document.only("source")
    sources: list[Source] = []
    first: dict[str, Table] = {}
    for table in document.tables("source"):
        before = len(document.mistakes)
        source = _read_source(table, lexicon)
        if source.url and (earlier := first.get(same(source.url))):
            what = f"this address stands already in line {earlier.line('url')}"
            table.wrong("url", what, "Take one of the two tables out.")
        if len(document.mistakes) == before:
            first[same(source.url)] = table
            sources.append(source)
    if not sources and not document.mistakes:
        document.mistakes.append(
            Mistake(document.file, 0, "", "it holds no source", "Add a [[source]] table with url and publisher.")
        )
    return SourcesRead(tuple(sources), tuple(sorted(document.mistakes, key=lambda m: m.line)))


def same(url: str) -> str:
    """Two addresses that are equal by this are one source: case of the host, a last slash and the fragment aside."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    return f"{parts.netloc.casefold()}{path}?{parts.query}"


def _read_source(table: Table, lexicon: Lexicon) -> Source:
    table.only(*KEYS)
    url = table.text("url").strip()
    if url and (wrong := what_is_wrong(url)):
        table.wrong("url", f"{wrong[0]} ({shown(url)})", wrong[1])
        url = ""
    force = table.text("force", "")
    if force and force not in lexicon.force_by_id:
        table.wrong("force", f"there is no force {shown(force)}", _which_force(force, lexicon))
    return Source(
        url=url,
        publisher=cast(Publisher, table.choice("publisher", PUBLISHERS) or "press"),
        force=force,
        reader=table.choice("reader", READERS, "auto"),
        every=_read_interval(table),
    )


def _which_force(written: str, lexicon: Lexicon) -> str:
    """`Cheshire Police` means cheshire, `chesire` does too."""
    wanted = written.casefold().strip()
    for force in lexicon.forces:
        if wanted in {n.casefold() for n in (force.name, *force.aliases, *force.asked_as)}:
            return f'Did you mean "{force.id}"?'
    return use_one_of(wanted, lexicon.force_by_id, "the ids in config/forces.toml, as cheshire or frs-cheshire")


def _read_interval(table: Table) -> timedelta:
    written = table.values.get("every", "15m")
    found = INTERVAL.match(written) if isinstance(written, str) and written.isascii() else None
    if found is None:
        what = f"{shown(written)} is not a length of time"
        table.wrong("every", what, 'Write every = "15m" (minutes), "2h" (hours) or "1d" (a day).')
        return EVERY
    every = timedelta(**{UNITS[found[2]]: int(found[1])})
    if not SHORTEST <= every <= LONGEST:
        table.wrong("every", f"{shown(written)} is too {'short' if every < SHORTEST else 'long'}", MEND_LENGTH)
        return EVERY
    return every


MEND_LENGTH = 'Use between "1m" and "31d"; "15m" suits a page of news.'
