"""Whose a statement is: the forces that a stretch of a sentence speaks of."""

from __future__ import annotations

import re

from inspections.classify.forces import ASIDE, Forces
from inspections.classify.names import Mention
from inspections.classify.structure import Structure

# "Staffordshire and Wiltshire", "Durham, Cleveland and Northumbria", "both Kent and Essex"
JOINED = re.compile(r"(?:'s)?(?: police| constabulary)?(?:,? and |, |,? as well as | & )(?:the )?$")


def forces_of(text: Structure, forces: Forces, sentence: int, start: int, end: int) -> tuple[str, ...]:
    """The forces named within `start` to `end`, else those named last before it, else the one spoken of.

    Names joined by "and" come together. Empty when nobody can tell.
    """
    mentions = forces.in_sentence(sentence)
    inside = [m for m in mentions if start <= m.start < end]
    if inside:
        return tuple(dict.fromkeys(m.force for m in inside))
    before = [m for m in mentions if m.end <= start and not ASIDE.search(text.low, max(0, m.start - 16), m.start)]
    if before:
        return tuple(dict.fromkeys(m.force for m in _joined(text, before)))
    topic = forces.topics[sentence] or forces.section[text.sentences[sentence].passage] or forces.main
    return (topic,) if topic else ()


def _joined(text: Structure, mentions: list[Mention]) -> list[Mention]:
    """The last mention with those that are joined to it."""
    together = [mentions[-1]]
    for mention in reversed(mentions[:-1]):
        if not JOINED.fullmatch(text.low, mention.end, together[0].start) and not JOINED.fullmatch(
            text.low[mention.end : together[0].start]
        ):
            break
        together.insert(0, mention)
    return together
