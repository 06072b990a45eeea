"""Cross-checks: what contradicts itself, its cycle's scale or its release's tally goes to a person, not to the public."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from inspections.classify.attach import PILLARS, Stated
from inspections.classify.forces import Forces
from inspections.findings import Doubt, Judgment, Tally, Unplaced
from inspections.lexicon import Lexicon
from inspections.model import GRADES_BY_SCALE, Grade

Settled = tuple[tuple[Judgment, ...], tuple[Unplaced, ...], tuple[Doubt, ...], tuple[str, ...]]
# The readings whose words leave the least room for another
# Readings of lists of forces: nobody in such a list is mentioned in passing
LISTED = ("list-of-forces", "all-other-forces", "force-and-grade")
# Questions that are graded apart only from 2021
FIVE_ONLY = ("supporting-victims", "responding-to-the-public", "leadership")
SURE = ("badge", "cell", "column", "row")


def settle(
    stated: Sequence[Stated],
    tallies: Sequence[Tally],
    forces: Forces,
    lexicon: Lexicon,
) -> Settled:
    """Each judgment once, the doubtful ones apart; and the forces the release turns out to be about."""
    unplaced: list[Unplaced] = []
    doubts: list[Doubt] = []
    judgments: list[Judgment] = []
    for item in stated:
        reason = item.doubt or _off_scale(item.judgment, lexicon)
        if reason:
            unplaced.append(Unplaced(item.judgment.force, item.judgment.grade, reason, item.judgment.quote))
        else:
            judgments.append(item.judgment)
    judgments = _once(judgments)
    about = forces_about(judgments, tallies, forces)
    judgments, strangers = _of_others(judgments, about, forces)
    unplaced.extend(strangers)
    judgments, fought, reasons = _contradictions(judgments, lexicon)
    unplaced.extend(fought)
    doubts.extend(reasons)
    judgments, more = _against_tallies(judgments, tallies)
    doubts.extend(more)
    return tuple(judgments), tuple(dict.fromkeys(unplaced)), tuple(doubts), about


def _off_scale(judgment: Judgment, lexicon: Lexicon) -> str:
    """A grade or a question that its cycle does not have."""
    cycle = lexicon.cycle_by_id.get(judgment.cycle)
    if cycle is None or not judgment.current:
        return ""
    if judgment.grade not in GRADES_BY_SCALE[cycle.scale]:
        return f"{cycle.label} has no grade '{judgment.grade.words}'"
    if cycle.programme == "peel" and cycle.scale == "4-tier" and judgment.question in FIVE_ONLY:
        return f"{cycle.label} grades no such question"
    if cycle.programme == "peel" and cycle.scale == "5-tier" and judgment.question in PILLARS:
        return "from 2021 the inspectorate grades no pillar and gives no overall grade"
    return ""


def _once(judgments: Sequence[Judgment]) -> list[Judgment]:
    """The same judgment said twice is one; the first words that state it stay, unless later ones are surer."""
    kept: dict[tuple[str, str, str, Grade, bool], Judgment] = {}
    for j in judgments:
        key = (j.force, j.question, j.part, j.grade, j.current)
        known = kept.get(key)
        if known is None or (not known.cycle and j.cycle):
            kept[key] = j
            continue
        if j.rule.startswith(SURE) and not known.rule.startswith(SURE):
            known = kept[key] = replace(known, rule=j.rule)
        if j.confidence > known.confidence:
            kept[key] = replace(known, confidence=j.confidence)
    return list(kept.values())


def forces_about(judgments: Sequence[Judgment], tallies: Sequence[Tally], forces: Forces) -> tuple[str, ...]:
    """The forces named by title, host or sections; and those that the release itself goes on to grade at length."""
    graded = Counter(j.force for j in judgments if j.current)
    listed = [j.force for j in judgments if j.current and j.rule.startswith(LISTED)]
    if len(set(listed)) > 2:
        graded.update(dict.fromkeys(listed, 3))
    together: dict[tuple[int, str], set[str]] = {}
    for j in judgments:
        if j.current:
            together.setdefault((j.quote.start, j.question), set()).add(j.force)
    for several in together.values():  # "South Wales, North Wales and Gwent all got …"
        if len(several) > 2:
            graded.update(dict.fromkeys(several, 3))
    if forces.main and forces.firm:
        more = [f for f in dict.fromkeys(j.force for j in judgments) if graded[f] >= 3]
        return tuple(dict.fromkeys([*forces.about, *more]))
    if forces.about and forces.firm:
        return tuple(dict.fromkeys([*forces.about, *(f for f in graded if graded[f] >= 3)]))
    found = [*forces.about, *graded, *(t.force for t in tallies if t.force), *(j.force for j in judgments)]
    kept = tuple(dict.fromkeys(found))
    return (*kept, *(f for f in forces.ungraded if f not in kept)) if len(kept) > 30 else kept


def _of_others(
    judgments: list[Judgment], about: tuple[str, ...], forces: Forces
) -> tuple[list[Judgment], list[Unplaced]]:
    """A passing word on a force that the release is not about is for review."""
    if not forces.main or not forces.firm:
        return judgments, []
    mine = [j for j in judgments if j.force in about]
    others = [
        Unplaced(j.force, j.grade, "said in passing of a force that the release is not about", j.quote)
        for j in judgments
        if j.force not in about and j.current
    ]
    return mine + [j for j in judgments if j.force not in about and not j.current], others


def _contradictions(judgments: list[Judgment], lexicon: Lexicon) -> tuple[list[Judgment], list[Unplaced], list[Doubt]]:
    """Two current grades for one question of one cycle: the surer reading stays if there is one, else both go to review."""
    groups: dict[tuple[str, str, str, str], list[Judgment]] = {}
    for j in judgments:
        if j.current and (j.question != "fire-other" or j.part):
            groups.setdefault((j.force, j.question, j.cycle, j.part), []).append(j)
    out: list[Judgment] = []
    unplaced: list[Unplaced] = []
    doubts: list[Doubt] = []
    lost: set[int] = set()
    for (force, question, _, _), group in groups.items():
        if len({j.grade for j in group}) < 2 or not _one_question(group[0], lexicon):
            continue
        reason = f"two grades for {question}: " + ", ".join(sorted(j.grade.words for j in group))
        doubts.append(Doubt(reason, force, group[0].quote))
        sure = [j for j in group if j.rule.startswith(SURE)]
        for j in group:
            if len(sure) != 1 or j is not sure[0]:
                lost.add(id(j))
                unplaced.append(Unplaced(force, j.grade, reason, j.quote))
    out = [j for j in judgments if id(j) not in lost]
    return out, unplaced, doubts


def _one_question(judgment: Judgment, lexicon: Lexicon) -> bool:
    """False when the words leave open which of several questions of the cycle is meant: they may be two."""
    cycle = lexicon.cycle_by_id.get(judgment.cycle)
    return bool(judgment.part) or cycle is None or len(cycle.parts(judgment.question)) < 2


def _against_tallies(judgments: list[Judgment], tallies: Sequence[Tally]) -> tuple[list[Judgment], list[Doubt]]:
    """More judgments of a grade than the release's own count allows: a person should look, and all of that force's are less sure."""
    doubts: list[Doubt] = []
    by_force = {t.force: t for t in tallies}
    if len(by_force) != len(tallies):
        return judgments, []
    for force, tally in by_force.items():
        counts = dict(tally.counts)
        found = Counter(j.grade for j in judgments if j.force == force and j.current)
        over = [g for g, n in found.items() if n > counts.get(g, 0) + 1]
        if over:
            doubts.append(
                Doubt(
                    "the release counts fewer areas than were read: " + ", ".join(g.words for g in over),
                    force,
                    tally.quote,
                )
            )
            judgments = [replace(j, confidence=min(j.confidence, 0.8)) if j.force == force else j for j in judgments]
    return judgments, doubts
