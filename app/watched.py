"""`peelwatch sources`: what is watched, and how each source is faring."""

from __future__ import annotations

import json
from typing import Any

from app.build import PeelWatch
from bot.plain import plain
from bot.replies import sources_text
from bot.wording import ago, counted
from inspections.source import SourceState


def sources_listed(peelwatch: PeelWatch, *, as_json: bool) -> str:
    """Each watched source: its address, publisher, force, reader and interval."""
    states = peelwatch.store.sources.all()
    if as_json:
        return json.dumps([source_object(state) for state in states], ensure_ascii=False, indent=1)
    if not states:
        return plain(sources_text(states, peelwatch.lexicon, peelwatch.clock()))
    rows = [
        (s.source.url, s.source.publisher, s.source.force or "-", reader_of(s), f"every {_minutes(s)}") for s in states
    ]
    widths = [max(len(row[n]) for row in rows) for n in range(5)]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def sources_health(peelwatch: PeelWatch, *, as_json: bool) -> str:
    """How each is faring, those in trouble first: its reader, when it was last read, why it fails."""
    states = sorted(peelwatch.store.sources.all(), key=lambda s: (-s.failures, s.last_ok is not None, s.id))
    if as_json:
        return json.dumps([source_object(state) for state in states], ensure_ascii=False, indent=1)
    now = peelwatch.clock()
    ill = sum(1 for s in states if s.failures)
    new = sum(1 for s in states if not s.failures and s.last_ok is None)
    lines = [f"{counted(len(states), 'source')}: {len(states) - ill - new} well, {ill} in trouble, {new} not read yet"]
    for s in states:
        mark = "✗" if s.failures else "✓" if s.last_ok else "·"
        read = f"read {ago(s.last_ok, now)}, {counted(s.last_item_count, 'item')}" if s.last_ok else "never read yet"
        lines.append(f"{mark} {s.source.url}  [{reader_of(s)}]  {read}")
        if s.failures:
            lines.append(f"    {s.reason or 'failing'} ({counted(s.failures, 'time')} in a row)")
    return "\n".join(lines)


def reader_of(state: SourceState) -> str:
    """The reader that is used: for `auto` with what it turned out to be."""
    if state.source.reader != "auto":
        return state.source.reader
    return f"auto: {state.reader_found}" if state.reader_found else "auto"


def source_object(state: SourceState) -> dict[str, Any]:
    """A source as other programs read it."""
    health = "failing" if state.failures else "ok" if state.last_ok else "not-read"
    return {
        "url": state.source.url,
        "publisher": state.source.publisher,
        "force": state.source.force or None,
        "reader": state.source.reader,
        "reader_found": state.reader_found or None,
        "feed_url": state.feed_url or None,
        "every_seconds": int(state.source.every.total_seconds()),
        "health": health,
        "first_read": _iso(state.first_read),
        "last_tried": _iso(state.last_tried),
        "last_ok": _iso(state.last_ok),
        "items": state.last_item_count,
        "failures": state.failures,
        "reason": state.reason or None,
        "next_check": _iso(state.next_check),
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment is not None else None


def _minutes(state: SourceState) -> str:
    seconds = int(state.source.every.total_seconds())
    return f"{seconds // 60} min" if seconds % 60 == 0 else f"{seconds} s"
