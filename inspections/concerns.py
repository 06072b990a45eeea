"""Monitoring moves and causes of concern: what stands now, and what changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from inspections.compare import AUTHORITY
from inspections.ledger import Change, KnownCause, KnownMove
from inspections.lexicon import Lexicon

# "all remaining causes of concern", "all of its causes of concern"
ALL_CAUSES = re.compile(r"all (?:(?:of|the|its|their|remaining|outstanding|other) )*causes? of concern", re.IGNORECASE)
# "recording crime (accelerated)"
BRACKETED = re.compile(r"\s*\([^)]*\)")

Known = TypeVar("Known", KnownMove, KnownCause)
Key = TypeVar("Key", bound=Hashable)


def latest_move(moves: Sequence[KnownMove]) -> KnownMove | None:
    """The last known move of one force, whatever the order of `moves`; None when nothing is known."""
    return max(moves, key=_when, default=None)


def compare_moves(before: Sequence[KnownMove], after: Sequence[KnownMove]) -> tuple[Change, ...]:
    """Who entered or left Engage between the two. A move that is known, or older than the last, is no change."""
    known = _grouped(before, lambda move: move.force)
    changes = []
    for force, moves in sorted(_grouped(after, lambda move: move.force).items()):
        old, new = latest_move(known.get(force, [])), latest_move(moves)
        if new is not None and (old is None or _in_engage(old) != _in_engage(new)):
            changes.append(_moved(force, old, new))
    return tuple(changes)


def open_causes(causes: Sequence[KnownCause], lexicon: Lexicon) -> tuple[KnownCause, ...]:
    """The causes of concern that stand open, by force and topic: the last word on each."""
    last = _last_words(causes, lexicon)
    return tuple(cause for _key, cause in sorted(last.items()) if cause.state != "closed")


def compare_causes(before: Sequence[KnownCause], after: Sequence[KnownCause], lexicon: Lexicon) -> tuple[Change, ...]:
    """Which causes of concern were raised or closed between the two. One that is kept is no change."""
    known = _last_words(before, lexicon)
    changes = []
    for (force, topic), cause in sorted(_last_words(after, lexicon).items()):
        old = known.get((force, topic))
        was_open = None if old is None else old.state != "closed"
        if cause.state == "kept" or was_open == (cause.state != "closed"):
            continue
        changes.append(_cause_change(cause, topic, old, lexicon))
    return tuple(changes)


def topic_of(words: str, lexicon: Lexicon) -> str:
    """The canonical question that `words` name; the words in lower case when they name none."""
    if words in lexicon.canonical_by_id:
        return words
    bare = " ".join(BRACKETED.sub("", words).casefold().split()).strip(" .,;:‘’'\"")
    for question in lexicon.questions:
        if bare in (question.title.casefold(), *(alias.casefold() for alias in question.aliases)):
            return question.id
    return bare


def _last_words(causes: Sequence[KnownCause], lexicon: Lexicon) -> dict[tuple[str, str], KnownCause]:
    closing = [c for c in causes if c.state == "closed" and ALL_CAUSES.fullmatch(c.topic.strip())]
    named = [c for c in causes if c not in closing]
    last: dict[tuple[str, str], KnownCause] = {}
    for key, group in _grouped(named, lambda c: (c.force, topic_of(c.topic, lexicon))).items():
        last[key] = max(group, key=_when)
    for cause in sorted(closing, key=_when):
        theirs = [key for key in last if key[0] == cause.force]
        for key in theirs:
            if _when(last[key]) < _when(cause):
                last[key] = cause
        if not theirs:
            last[cause.force, topic_of(cause.topic, lexicon)] = cause
    return last


def _when(known: Known) -> tuple[date, int, int, str, str, str]:
    """The order of what is known; the last three only make it total."""
    state = known.move if isinstance(known, KnownMove) else known.state
    return (
        _as_late_as(known),
        AUTHORITY[known.publisher],
        known.revision,
        known.release,
        state,
        known.evidence,
    )


def _as_late_as(known: KnownMove | KnownCause) -> date:
    """The last day that its date may mean: `2025-07` is 31 July."""
    day = known.published
    if day is None:
        return date.min
    if known.precision == "year":
        return date(day.year, 12, 31)
    if known.precision == "month":
        return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return day


def _in_engage(move: KnownMove) -> bool:
    return move.move != "left"


def _grouped(known: Sequence[Known], key: Callable[[Known], Key]) -> dict[Key, list[Known]]:
    groups: dict[Key, list[Known]] = defaultdict(list)
    for one in known:
        groups[key(one)].append(one)
    return groups


def _moved(force: str, old: KnownMove | None, new: KnownMove) -> Change:
    return Change(
        kind="monitoring",
        force=force,
        cycle="",
        question="",
        canonical="",
        before="" if old is None else "entered" if _in_engage(old) else "left",
        before_cycle="",
        after="entered" if _in_engage(new) else "left",
        direction="first" if old is None else "down" if _in_engage(new) else "up",
        confirmed=new.publisher == "inspectorate",
        publisher=new.publisher,
        evidence=new.evidence,
    )


def _cause_change(cause: KnownCause, topic: str, old: KnownCause | None, lexicon: Lexicon) -> Change:
    canonical = topic if topic in lexicon.canonical_by_id else ""
    words = old.topic if old is not None and ALL_CAUSES.fullmatch(cause.topic.strip()) else cause.topic
    return Change(
        kind="cause",
        force=cause.force,
        cycle="",
        question=canonical or words,
        canonical=canonical,
        before="" if old is None else "closed" if old.state == "closed" else "raised",
        before_cycle="",
        after="raised" if cause.state != "closed" else "closed",
        direction="first" if old is None else "up" if cause.state == "closed" else "down",
        confirmed=cause.publisher == "inspectorate",
        publisher=cause.publisher,
        evidence=cause.evidence,
    )
