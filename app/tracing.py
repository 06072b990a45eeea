"""`peelwatch why`: the way of one alert, from its source and the words of the release to the chat."""

from __future__ import annotations

import json
from typing import Any

from app.build import PeelWatch
from bot.wording import counted, day, force_name, grade_words, moment, question_title
from inspections.ledger import Change
from inspections.lexicon import Lexicon
from store.values import Trace, TracedChange


class UnknownAlert(Exception):
    """No alert has this number; the text is a sentence for the operator."""


def why(peelwatch: PeelWatch, number: int, *, as_json: bool) -> str:
    """Where the alert `number` comes from and what became of it. Raises UnknownAlert with a sentence."""
    trace = peelwatch.store.deliveries.why(number)
    if trace is None:
        owed = sum(peelwatch.store.deliveries.counts().values())
        known = f"The numbers go from 1 to {owed}." if owed else "No alert was ever owed to anybody."
        raise UnknownAlert(f"There is no alert {number}. {known}")
    if as_json:
        return json.dumps(trace_object(trace), ensure_ascii=False, indent=1)
    return trace_text(trace, peelwatch.lexicon)


def trace_object(trace: Trace) -> dict[str, Any]:
    """An alert's way as other programs read it."""
    return {
        "alert": trace.id,
        "chat": {"platform": trace.chat.platform, "id": trace.chat.id, "thread": trace.chat.thread},
        "state": trace.state,
        "reason": trace.reason or None,
        "recipients": trace.recipients,
        "release": {"title": trace.title, "url": trace.url, "revision": trace.revision},
        "source": trace.source or None,
        "fetched_at": trace.fetched_at.isoformat(),
        "page_hash": trace.page_hash,
        "text_hash": trace.text_hash,
        "made_at": trace.made_at.isoformat(),
        "sent_at": trace.sent_at.isoformat() if trace.sent_at else None,
        "message_id": trace.message_id or None,
        "changes": [_change_object(traced) for traced in trace.changes],
    }


def trace_text(trace: Trace, lexicon: Lexicon) -> str:
    """The same for a person."""
    rows = [
        f"Alert {trace.id}: {trace.title}",
        f"  release    {trace.url}, revision {trace.revision}",
        f"  source     {trace.source or 'none: it was not found by polling'}",
        f"  fetched    {moment(trace.fetched_at)}",
        f"  text       sha256 {trace.text_hash}",
        f"  page       {'sha256 ' if len(trace.page_hash) == 64 else ''}{trace.page_hash or 'not known'}",
    ]
    for traced in trace.changes:
        rows.append(f"  change     {change_words(traced.change, lexicon)}")
        if traced.quote:
            place = f" (characters {traced.start} to {traced.end})" if traced.end else ""
            rows.append(f"             “{' '.join(traced.quote.split())}”{place}")
        rows.append(f"  rule       {traced.rule or 'none: the operator, or the baseline, says so'}")
    thread = f", topic {trace.chat.thread}" if trace.chat.thread else ""
    sent = f", sent {moment(trace.sent_at)} as message {trace.message_id}" if trace.sent_at else ""
    rows.append(f"  recipient  {trace.chat.platform} {trace.chat.id}{thread}: {trace.state}{sent}")
    if trace.reason:
        rows.append(f"             {trace.reason}")
    rows.append(f"  the same release told {counted(trace.recipients, 'chat')}; owed since {day(trace.made_at)}")
    return "\n".join(rows)


def change_words(change: Change, lexicon: Lexicon) -> str:
    """`Cheshire Constabulary, Preventing crime: good → outstanding (up)`."""
    force = force_name(change.force, lexicon)
    if change.kind == "monitoring":
        return f"{force}: {change.after} Engage"
    question = question_title(change.cycle, change.question, change.canonical, lexicon)
    before = f"{grade_words(change.before)} → " if change.before else ""
    kind = "" if change.kind == "grade" else f", {change.kind}"
    return f"{force}, {question}: {before}{grade_words(change.after)} ({change.direction}{kind})"


def _change_object(traced: TracedChange) -> dict[str, Any]:
    change = traced.change
    return {
        "kind": change.kind,
        "force": change.force,
        "question": change.canonical or change.question or None,
        "cycle": change.cycle or None,
        "before": change.before or None,
        "after": change.after,
        "direction": change.direction,
        "confirmed": change.confirmed,
        "publisher": change.publisher,
        "rule": traced.rule or None,
        "evidence": {"text": traced.quote, "start": traced.start, "end": traced.end},
    }
