"""Releases as files (`TITLE:`, `URL:`, `DATE:`, a text) and as lines of JSON ({"id","title","url","date","text"})."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from inspections.lexicon import Lexicon
from inspections.model import Publisher
from inspections.release import Release, blocks_of_text

LONDON = ZoneInfo("Europe/London")
HEAD_KEYS = {"TITLE": "title", "URL": "url", "DATE": "date"}

# wired-gov.net and parliamenttoday.com carry the inspectorate's releases word for word
INSPECTORATE_HOST = re.compile(
    r"(^|\.)(justiceinspectorates\.gov\.uk|hmic(frs)?\.gov\.uk|wired-gov\.net|parliamenttoday\.com)$"
)
# norfolk.police.uk, cleveland.police.uk, lancsfirerescue.org.uk, london-fire.gov.uk
FORCE_HOST = re.compile(r"(^|\.)police\.uk$|fire[\w.-]*\.(gov|org)\.uk$")
# sussex-pcc.gov.uk, northantspfcc.org.uk, southwalescommissioner.org.uk, london.gov.uk (the Mayor's office)
COMMISSIONER_HOST = re.compile(r"p(f|fc)?cc\b|pcc[.-]|commissioner|(^|\.)london\.gov\.uk$")


def read_release_file(path: Path) -> dict[str, str]:
    """A labelled release's file as a line: id from its name, head lines, then the text after the first blank line."""
    head, _, text = path.read_text(encoding="utf-8").partition("\n\n")
    line = {"id": path.stem, "text": text}
    for row in head.splitlines():
        key, _, value = row.partition(":")
        if key in HEAD_KEYS:
            line[HEAD_KEYS[key]] = value.strip()
    return line


def release_from_line(line: Mapping[str, Any], lexicon: Lexicon) -> Release:
    """The release a line describes. Only `text` is needed; it is kept to the letter, so that quotes fit the input."""
    text, url = str(line.get("text") or ""), str(line.get("url") or "")
    return Release(
        url=url,
        title=str(line.get("title") or ""),
        publisher=publisher_of(url),
        published=read_date(str(line.get("date") or line.get("published") or "")),
        text=text,
        blocks=blocks_of_text(text),
        force=force_of(url, lexicon),
    )


def read_date(words: str) -> datetime | None:
    """An ISO date (midnight in London) or moment as UTC; None when it is neither."""
    try:
        moment = datetime.fromisoformat(words.strip())
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=LONDON)
    return moment.astimezone(UTC)


def publisher_of(url: str) -> Publisher | None:
    """Who publishes at an address, as far as its host tells; None without a host."""
    host = _host(url)
    if not host:
        return None
    if INSPECTORATE_HOST.search(host):
        return "inspectorate"
    if COMMISSIONER_HOST.search(host):
        return "pcc"
    return "force" if FORCE_HOST.search(host) else "press"


def force_of(url: str, lexicon: Lexicon) -> str:
    """The force whose own site an address is on; '' when it is nobody's."""
    host = _host(url)
    parts = host.split(".")
    tails = {".".join(parts[n:]) for n in range(len(parts))}
    return next((f.id for f in lexicon.forces if f.domain and f.domain.lower() in tails), "")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def year_of(line: Mapping[str, Any]) -> int:
    """The year of a line's date; 0 when it has none."""
    try:
        return date.fromisoformat(str(line.get("date") or "")[:10]).year
    except ValueError:
        return 0
