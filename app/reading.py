"""`peelwatch classify`: any text, page or line of JSON in, findings objects out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from app.lines import force_of, publisher_of, read_date, release_from_line
from inspections.classify import classify
from inspections.findings import Findings
from inspections.lexicon import Lexicon
from inspections.release import Release
from inspections.source import Source
from inspections.wire import findings_object
from scrapers.pages import Item, Page, Unreadable
from scrapers.readers import read_release


class UnreadableInput(Exception):
    """What was to be classified cannot be read; the text is a sentence for the person who called."""


def bytes_of(file: str) -> bytes:
    """The bytes of a file, or of standard input for `-`."""
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise UnreadableInput(
            f"{file} cannot be read ({error.strerror}). Give the path of a text file, or -."
        ) from error


def text_release(content: bytes, title: str, url: str, published: str, lexicon: Lexicon) -> Release:
    """A release of plain text; quotes are places in that text. Bytes that are not UTF-8 become �."""
    text = content.decode("utf-8", errors="replace").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    if published and read_date(published) is None:
        raise UnreadableInput(f'--published "{published}" is not a date. Write it as 2025-05-22.')
    return release_from_line({"title": title, "url": url, "date": published, "text": text}, lexicon)


def page_release(content: bytes, title: str, url: str, published: str, now: datetime, lexicon: Lexicon) -> Release:
    """A release of an HTML page, read as a fetched page would be; its own title and date stand unless given."""
    address = url or "https://page.invalid/"
    page = Page(address, address, content, "text/html", etag="", last_modified="", fetched_at=now)
    source = Source(address, publisher_of(url) or "press", force_of(url, lexicon))
    read = read_release(page, Item(url=address, title=title, published=read_date(published)), source)
    if isinstance(read, Unreadable):
        raise UnreadableInput(f"The page cannot be read: {read.reason}")
    return read


def objects_of_lines(lines: Iterable[bytes], lexicon: Lexicon) -> Iterator[dict[str, Any]]:
    """A findings object for each line of JSON with a text; a line that is not one stops with its number."""
    for number, row in enumerate(lines, start=1):
        if not row.strip():
            continue
        try:
            line = json.loads(row)
            text = line["text"]
        except (ValueError, TypeError, KeyError) as error:
            raise UnreadableInput(
                f'Line {number} is not an object with a "text" ({error}). Each line wants {{"id": …, "text": …}}.'
            ) from error
        if not isinstance(text, str):
            raise UnreadableInput(f'Line {number}: "text" is not a string. Each line wants {{"id": …, "text": …}}.')
        yield findings_object(classify(release_from_line(line, lexicon), lexicon), str(line.get("id", number)))


def summary(findings: Findings, lexicon: Lexicon) -> str:
    """What was found, as lines for a person."""
    rows: list[str] = []

    def name(force: str) -> str:
        known = lexicon.force_by_id.get(force)
        return known.name if known else "force not known"

    for judgment in findings.judgments:
        question = lexicon.canonical_by_id.get(judgment.question)
        asked = question.title if question else judgment.question
        when = "" if judgment.current else " (recalled)"
        cycle = f", {judgment.cycle}" if judgment.cycle else ", cycle not known"
        rows.append(f"{name(judgment.force)}: {asked}: {judgment.grade.words}{cycle}{when}")
        rows.append(f"    “{_line(judgment.quote.text)}”")
    for tally in findings.tallies:
        counts = ", ".join(f"{grade.words} in {count}" for grade, count in tally.counts)
        rows.append(f"{name(tally.force)}: areas by grade: {counts}")
    for move in findings.monitoring:
        rows.append(f"{name(move.force)}: {move.move} Engage")
        rows.append(f"    “{_line(move.quote.text)}”")
    for cause in findings.causes:
        rows.append(f"{name(cause.force)}: cause of concern {cause.state}: {cause.topic}")
        rows.append(f"    “{_line(cause.quote.text)}”")
    for unplaced in findings.unplaced:
        rows.append(f"for review, {name(unplaced.force)}: {unplaced.grade.words}: {unplaced.reason}")
        rows.append(f"    “{_line(unplaced.quote.text)}”")
    if findings.themes:
        rows.append("themes: " + ", ".join(lexicon.theme_by_id[t.theme].title for t in findings.themes))
    return "\n".join(rows) if rows else "No grade, monitoring move or cause of concern is stated here."


def _line(words: str) -> str:
    return " ".join(words.split())
