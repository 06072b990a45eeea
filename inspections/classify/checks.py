"""Cross-checks: what contradicts itself, its cycle's scale or its release's tally goes to a person, not to the public."""

from __future__ import annotations

from collections.abc import Sequence

from inspections.classify.attach import PILLARS, Stated
from inspections.classify.cycles import Cycles
from inspections.classify.forces import Forces
from inspections.classify.structure import Structure
from inspections.findings import Doubt, Judgment, Tally, Unplaced
from inspections.lexicon import Lexicon

Settled = tuple[tuple[Judgment, ...], tuple[Unplaced, ...], tuple[Doubt, ...], tuple[str, ...]]


def settle(
    text: Structure,
    stated: Sequence[Stated],
    tallies: Sequence[Tally],
    forces: Forces,
    cycles: Cycles,
    lexicon: Lexicon,
) -> Settled:
    """Each judgment once, the doubtful ones apart; and the forces the release turns out to be about."""
    kept: dict[tuple[str, str, str, str, bool], Judgment] = {}
    unplaced: list[Unplaced] = []
    for item in stated:
        j = item.judgment
        scale = lexicon.cycle_by_id.get(j.cycle)
        if j.current and scale and scale.scale == "5-tier" and j.question in PILLARS:
            unplaced.append(Unplaced(j.force, j.grade, "the inspectorate gives no such grade in this cycle", j.quote))
            continue
        key = (j.force, j.question, j.part, j.grade, j.current)
        if key not in kept:
            kept[key] = j
    judgments = tuple(kept.values())
    return judgments, tuple(unplaced), (), forces.about
