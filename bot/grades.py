"""Grades: the answer to /grade, all that is held about a force or about one of its questions. Pure; Telegram HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.markup import bold, fit, italic, link, quote, safe
from bot.wording import (
    ago,
    canonical_title,
    capital,
    cycle_name,
    day_to,
    question_title,
    speaker,
)
from inspections.ledger import Assertion, Held, KnownCause, KnownMove, KnownNote, KnownUngraded
from inspections.lexicon import Lexicon
from inspections.model import CanonicalQuestion, Cycle, Force, Question

OTHER_SCALE = "Before 2021: four grades, no “adequate”; not comparable with those since"
OTHER_FIRE_SCALE = "Before 2023: four grades, no “adequate”; not comparable with those since"
CLAIMS = {"force": "its own report", "pcc": "its commissioner’s report", "press": "press report"}
CLAIMS_NOTE = "who reported it, where PeelWatch has not read it in a page of HMICFRS"
NOT_KNOWN = "not known to PeelWatch"


@dataclass(frozen=True, slots=True)
class Footnotes:
    """What the baseline tells beside grades."""

    notes: tuple[KnownNote, ...] = ()
    ungraded: tuple[KnownUngraded, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """All that is held about one force at a moment."""

    force: Force
    held: tuple[Held, ...]
    latest: tuple[Held, ...]
    """For each canonical question the rows of its newest cycle."""
    move: KnownMove | None
    causes: tuple[KnownCause, ...]
    """The open ones."""
    footnotes: Footnotes
    checked: datetime | None
    """When sources about it were last read."""
    now: datetime

    @property
    def notes(self) -> tuple[KnownNote, ...]:
        return tuple(n for n in self.footnotes.notes if n.force == self.force.id)

    @property
    def ungraded(self) -> tuple[KnownUngraded, ...]:
        return tuple(u for u in self.footnotes.ungraded if u.force == self.force.id)


def force_text(standing: Standing, lexicon: Lexicon) -> str:
    """Every question held, the newest cycle first; what is not known; the years on another scale below a line."""
    by_cycle = _by_cycle(standing.latest, lexicon)
    new = [c for c in by_cycle if not _is_four_grade(c, lexicon)]
    old = [c for c in by_cycle if _is_four_grade(c, lexicon)]
    blocks = [bold(safe(standing.force.name))]
    blocks += [_cycle_block(cycle, by_cycle[cycle], standing, lexicon) for cycle in new]
    gaps = _gaps(standing, lexicon)
    if not standing.held:
        blocks.append("No grade of it is known to PeelWatch yet; the inspectorate may have given some.")
    elif gaps:
        blocks.append(f"{capital(NOT_KNOWN)}: {safe('; '.join(gaps), 600)}")
    blocks.append(_state_block(standing, lexicon))
    if old:
        scale = OTHER_FIRE_SCALE if standing.force.kind == "fire" else OTHER_SCALE
        blocks.append(italic(scale))
        blocks += [_cycle_block(cycle, by_cycle[cycle], standing, lexicon) for cycle in old]
    earlier = _earlier_pillars(standing, lexicon)
    if earlier:
        blocks.append(f"{bold('Earlier grades of the pillars')}\n" + "\n".join(earlier))
    return fit(
        blocks,
        lambda left: f"… and {left} more parts: ask for one question, as in “{_example(standing)}”",
        _end(standing, standing.latest),
    )


def question_text(standing: Standing, question: CanonicalQuestion, lexicon: Lexicon) -> str:
    """One question of one force: its grade with the words that prove it, and how it was graded before."""
    rows = [h for h in standing.held if h.canonical == question.id]
    heading = bold(f"{safe(standing.force.name)}: {safe(question.title)}")
    tail = _end(standing, rows)
    by_cycle = _by_cycle(rows, lexicon)
    if not by_cycle:
        none = f"No grade is known to PeelWatch; one may have been given. “/grade {_name(standing)}” shows all held."
        return fit([heading, none, *_ungraded_lines(standing, question.id, lexicon)], lambda _: "", tail)
    blocks: list[str] = [heading]
    crossed = False
    for at, (cycle, held) in enumerate(by_cycle.items()):
        if _is_four_grade(cycle, lexicon) and not crossed:
            crossed = True
            blocks.append(italic(OTHER_FIRE_SCALE if standing.force.kind == "fire" else OTHER_SCALE))
        text = _cycle_block(cycle, held, standing, lexicon)
        proofs = [h.by.evidence for h in held if h.by.evidence] if at == 0 else []
        blocks.append("\n".join([text, *(quote(words) for words in dict.fromkeys(proofs))]))
    blocks += _ungraded_lines(standing, question.id, lexicon)
    return fit(blocks, lambda left: f"… and {left} earlier", tail)


def _by_cycle(rows: Iterable[Held], lexicon: Lexicon) -> dict[str, list[Held]]:
    """Newest cycle first, the five-grade ones before the four-grade ones; within one, in its own order of questions."""
    groups: dict[str, list[Held]] = {}
    for held in sorted(rows, key=lambda h: _place(h, lexicon)):
        groups.setdefault(held.cycle, []).append(held)
    return groups


def _place(held: Held, lexicon: Lexicon) -> tuple[bool, int, str, int]:
    cycle = lexicon.cycle_by_id.get(held.cycle)
    if cycle is None:
        return False, -1_000, held.cycle, 0
    places = [q.id for q in cycle.questions]
    place = places.index(held.question) if held.question in places else len(places)
    return cycle.scale == "4-tier", -cycle.order, cycle.id, place


def _is_four_grade(cycle_id: str, lexicon: Lexicon) -> bool:
    cycle = lexicon.cycle_by_id.get(cycle_id)
    return cycle is not None and cycle.scale == "4-tier"


def _cycle_block(cycle_id: str, rows: Sequence[Held], standing: Standing, lexicon: Lexicon) -> str:
    title = safe(cycle_name(cycle_id, lexicon)) if cycle_id else "Cycle not stated"
    lines = [bold(title)]
    for held in rows:
        lines.append(_row(held, lexicon))
        lines += _disagreements(held, lexicon)
    notes = [
        n
        for n in standing.notes
        if n.cycle == cycle_id and (not n.question or n.question in {h.question for h in rows})
    ]
    lines += [f"{link(n.release, 'Note')}: {italic(safe(n.note, 400))}" for n in notes]
    return "\n".join(lines)


def _row(held: Held, lexicon: Lexicon) -> str:
    """`• Managing offenders and suspects: outstanding, 6 February 2025 (press report)`"""
    what = safe(question_title(held.cycle, held.question, held.canonical, lexicon))
    when = link(held.by.release, day_to(held.by.published, held.by.precision))
    claim = "" if held.confirmed else f" ({CLAIMS.get(held.by.publisher, 'reported')})"
    return f"• {what}: {bold(held.grade.words)}, {when}{claim}"


def _disagreements(held: Held, lexicon: Lexicon) -> list[str]:
    others: dict[tuple[str, str], Assertion] = {}
    for other in held.others:
        if other.grade != held.grade:
            others.setdefault((other.grade, other.publisher), other)
    return [
        f"   but {o.grade.words} says {link(o.release, safe(speaker(o.publisher, o.force, o.release, lexicon)))}"
        f" ({day_to(o.published, o.precision)})"
        for o in others.values()
    ]


def _gaps(standing: Standing, lexicon: Lexicon) -> list[str]:
    """The questions that the newest cycle asks of every such force and of which no five-grade row is held."""
    cycle = _reference_cycle(standing, lexicon)
    if cycle is None:
        return []
    five = [h for h in standing.held if not _is_four_grade(h.cycle, lexicon)]
    known = {h.canonical for h in five} - {"fire-other"} | {h.question for h in five}
    ungraded = {u.question for u in standing.ungraded if u.cycle == cycle.id}
    asked = [q for q in cycle.questions if q.graded and not q.when_graded and q.id not in ungraded]
    missing = [q for q in asked if q.canonical not in known and q.id not in known]
    return [_lower(question_title(cycle.id, q.id, q.canonical, lexicon)) for q in missing]


def _reference_cycle(standing: Standing, lexicon: Lexicon) -> Cycle | None:
    programme = {"territorial": "peel", "fire": "fire"}.get(standing.force.kind)
    cycles = [c for c in lexicon.cycles if c.programme == programme and c.scale == "5-tier"]
    held = {h.cycle for h in standing.held}
    today = standing.now.date()
    begun = [c for c in cycles if c.id in held or (c.ends is not None and c.ends <= today)]
    return max(begun, key=lambda c: c.order, default=None)


def _state_block(standing: Standing, lexicon: Lexicon) -> str:
    """The stage of monitoring, the open causes of concern, and how fresh this is."""
    lines = [f"Monitoring: {_monitoring(standing.move)}"]
    if standing.causes:
        lines.append("Open causes of concern:")
        for cause in standing.causes[:10]:
            topic = canonical_title(cause.topic, lexicon) if cause.topic in lexicon.canonical_by_id else cause.topic
            when = link(cause.release, day_to(cause.published, cause.precision))
            verb = "raised" if cause.state == "raised" else "open on"
            lines.append(f"• {safe(capital(topic), 160)}, {verb if cause.published else 'open,'} {when}")
    else:
        lines.append("Open causes of concern: none known to PeelWatch")
    return "\n".join(lines)


def _monitoring(move: KnownMove | None) -> str:
    if move is None:
        return "no move into or out of Engage is known"
    when = f" {day_to(move.published, move.precision)}" if move.published else ""
    match move.move:
        case "entered":
            words = f"moved into Engage, the enhanced stage{when and ',' + when}"
        case "in":
            words = f"in Engage, the enhanced stage{when and ', on' + when}"
        case "left":
            words = f"left Engage{when}; routine monitoring (Scan)"
    return f"{link(move.release, words)}; no later move is known"


def _earlier_pillars(standing: Standing, lexicon: Lexicon) -> list[str]:
    """A line for each older cycle with pillar grades: `PEEL 2017: effectiveness good, efficiency good, …`."""
    shown = {(h.cycle, h.question) for h in standing.latest}
    lines: list[str] = []
    for cycle_id, rows in _by_cycle(standing.held, lexicon).items():
        pillars = [
            h for h in rows if (h.cycle, h.question) not in shown and _is_pillar(lexicon.question(cycle_id, h.question))
        ]
        if pillars:
            grades = (f"{_lower(_title(h, lexicon))} {link(h.by.release, h.grade.words)}" for h in pillars)
            lines.append(f"{safe(cycle_name(cycle_id, lexicon))}: {', '.join(grades)}")
    return lines


def _title(held: Held, lexicon: Lexicon) -> str:
    return safe(question_title(held.cycle, held.question, held.canonical, lexicon))


def _is_pillar(question: Question | None) -> bool:
    return question is not None and bool(question.pillar) and question.pillar == question.id


def _ungraded_lines(standing: Standing, canonical: str, lexicon: Lexicon) -> list[str]:
    return [
        f"{safe(cycle_name(u.cycle, lexicon))}: {link(u.release, 'the inspectorate gave no grade')}"
        for u in standing.ungraded
        if u.canonical == canonical
    ]


def _end(standing: Standing, rows: Sequence[Held]) -> str:
    lines = []
    if any(not h.confirmed for h in rows):
        lines.append(italic(f"In brackets: {CLAIMS_NOTE}."))
    if standing.checked is None:
        lines.append(italic("No source about it has been read yet; these are grades published earlier."))
    else:
        lines.append(italic(f"Sources last checked {ago(standing.checked, standing.now)}."))
    return "\n".join(lines)


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _name(standing: Standing) -> str:
    return safe(
        standing.force.id.removeprefix("frs-").replace("-", " ") + (" fire" if standing.force.kind == "fire" else "")
    )


def _example(standing: Standing) -> str:
    return f"/grade {_name(standing)} {'response' if standing.force.kind == 'fire' else 'investigating crime'}"
