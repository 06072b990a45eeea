"""What is held, folded from all that was asserted, and what changed between two states of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from inspections.ledger import Assertion, Change, ChangeKind, Direction, Held
from inspections.lexicon import Lexicon
from inspections.model import Grade, Publisher

AUTHORITY: dict[Publisher, int] = {"inspectorate": 3, "force": 2, "pcc": 2, "press": 1}
REPORTED_BEFORE_DAYS = 90
"""A claim that names no cycle is taken for a grade of a known cycle that is published at most so many days later."""

Key = tuple[str, str, str]


def hold(assertions: Sequence[Assertion], lexicon: Lexicon) -> tuple[Held, ...]:
    """What is believed about each question of each cycle for each force, whatever the order of `assertions`.

    The inspectorate's word goes before a force's or a commissioner's, theirs before the press's; among equals the later
    published, then the later revision. A grade that is only recalled supports and never displaces.
    """
    groups: dict[Key, list[Assertion]] = defaultdict(list)
    for assertion in _standing(assertions):
        groups[assertion.force, assertion.cycle, assertion.question].append(assertion)
    held = [_believed(key, group) for key, group in groups.items() if any(a.current for a in group)]
    return tuple(sorted(held, key=lambda h: (h.force, h.canonical, _cycle_order(h.cycle, lexicon), h.question)))


def compare(held_before: Sequence[Held], held_after: Sequence[Held], lexicon: Lexicon) -> tuple[Change, ...]:
    """What became known between the two. A grade of an older cycle that arrives late is history and no change."""
    changes: list[Change] = []
    for topic, after in _topics(held_after).items():
        before = [h for h in held_before if (h.force, h.canonical) == topic]
        newest = _newest_cycle(after, lexicon)
        for held in after:
            changes.extend(_changes(held, _Topic(before, after, newest), lexicon))
    return tuple(changes)


def latest(held: Sequence[Held], lexicon: Lexicon) -> tuple[Held, ...]:
    """Of each force and canonical question the rows of its newest cycle, all sub-questions of it."""
    rows: list[Held] = []
    for group in _topics(held).values():
        newest = _newest_cycle(group, lexicon)
        rows.extend(h for h in group if h.cycle == newest)
    return tuple(rows)


def placed_question(canonical: str, cycle: str, part: str, lexicon: Lexicon) -> str:
    """The question of its cycle that a judgment answers; the canonical id when it is not certain which."""
    if part:
        return part
    found = lexicon.cycle_by_id.get(cycle)
    parts = found.parts(canonical) if found else ()
    return parts[0].id if len(parts) == 1 else canonical


def up_to_date(change: Change, correction: Change, told: str) -> Change | None:
    """`change` as it is to be told after `correction`, to a chat that was told the grade `told` ('': nothing yet).

    None when there is nothing left to say: what was to be corrected came back to what the chat was told.
    """
    if told and told != correction.after:
        return replace(correction, before=told, direction=_direction(told, correction.after))
    if change.kind == "corrected" and not told and change.before == correction.after:
        return None
    moved = change.direction in ("up", "down", "same")
    return replace(
        change,
        after=correction.after,
        direction=_direction(change.before, correction.after) if moved else change.direction,
        confirmed=correction.confirmed,
        publisher=correction.publisher,
        evidence=correction.evidence,
        assertion=correction.assertion,
    )


@dataclass(frozen=True, slots=True)
class _Topic:
    """All that is held for one force and canonical question."""

    before: list[Held]
    after: list[Held]
    newest: str
    """The newest cycle of `after`."""


def _standing(assertions: Iterable[Assertion]) -> Iterator[Assertion]:
    """The later revision of a release supersedes its earlier ones where it speaks; its silence withdraws nothing."""
    latest_of: dict[tuple[str, str, str, str, bool], Assertion] = {}
    for a in assertions:
        key = (a.release, a.force, a.cycle, a.question, a.current)
        if key not in latest_of or (a.revision, *_weight(a)) > (latest_of[key].revision, *_weight(latest_of[key])):
            latest_of[key] = a
    yield from latest_of.values()


def _weight(a: Assertion) -> tuple[int, date, int, str, int, str, str, int]:
    """Who goes before whom. The last five only make the order total, so that it never depends on arrival."""
    return (
        AUTHORITY[a.publisher],
        a.published or date.min,
        a.revision,
        a.release,
        a.grade.rank,
        a.evidence,
        a.canonical,
        a.id,
    )


def _believed(key: Key, group: list[Assertion]) -> Held:
    ranked = sorted(group, key=_weight, reverse=True)
    by = next(a for a in ranked if a.current)
    force, cycle, question = key
    return Held(
        force=force,
        cycle=cycle,
        question=question,
        canonical=by.canonical,
        grade=by.grade,
        confirmed=any(a.confirms and a.grade == by.grade for a in ranked),
        by=by,
        others=tuple(a for a in ranked if a is not by),
    )


def _topics(held: Iterable[Held]) -> dict[tuple[str, str], list[Held]]:
    topics: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for h in held:
        topics[h.force, h.canonical].append(h)
    return topics


def _cycle_order(cycle: str, lexicon: Lexicon) -> tuple[str, int, str]:
    found = lexicon.cycle_by_id.get(cycle)
    return (found.programme, found.order, cycle) if found else ("", 0, cycle)


def _newest_cycle(held: Sequence[Held], lexicon: Lexicon) -> str:
    """Within a programme the later cycle; between programmes the one whose grade came out later."""
    winners: dict[str, str] = {}
    for h in held:
        programme, order, cycle = _cycle_order(h.cycle, lexicon)
        best = winners.get(programme)
        if best is None or (programme, order, cycle) > _cycle_order(best, lexicon):
            winners[programme] = cycle
    return max(winners.values(), key=lambda cycle: (_came_out(cycle, held, lexicon), _cycle_order(cycle, lexicon)))


def _came_out(cycle: str, held: Sequence[Held], lexicon: Lexicon) -> date:
    found = lexicon.cycle_by_id.get(cycle)
    days = [h.by.published for h in held if h.cycle == cycle and h.by.published]
    return max(days, default=found.begins if found else date.min)


def _changes(held: Held, topic: _Topic, lexicon: Lexicon) -> Iterator[Change]:
    old = next((h for h in topic.before if (h.cycle, h.question) == (held.cycle, held.question)), None)
    if old is None:
        twin = next((h for h in topic.before if _same_judgment(h, held)), None)
        if twin is not None:
            if held.confirmed and not twin.confirmed:
                yield _change(held, "confirmed", twin.grade, twin.cycle, "same")
        elif held.cycle == topic.newest:
            yield _new_grade(held, topic.after, lexicon)
    elif old.grade != held.grade:
        yield replace(
            _change(held, "corrected", old.grade, held.cycle, _direction(old.grade, held.grade)), reason=_why(old, held)
        )
    elif held.confirmed and not old.confirmed:
        yield _change(held, "confirmed", old.grade, held.cycle, "same")
    yield from _disputes(old, held)


def _same_judgment(known: Held, new: Held) -> bool:
    """One judgment reported twice, once without saying of which cycle, or which of its questions, it is."""
    if known.grade != new.grade:
        return False
    if known.cycle == new.cycle:
        return known.canonical in (known.question, new.question)
    if known.cycle and new.cycle:
        return False
    if not new.cycle:
        # A claim without a cycle that repeats a grade we hold is no news.
        return True
    days = abs((known.by.published - new.by.published).days) if known.by.published and new.by.published else 0
    return days <= REPORTED_BEFORE_DAYS


def _new_grade(held: Held, all_held: Sequence[Held], lexicon: Lexicon) -> Change:
    """The change from the newest older grade that compares; when none does, from the newest, with the reason."""
    older = [h for h in all_held if h.cycle != held.cycle]
    if not older:
        return _change(held, "grade", "", "", "first")
    nearest: tuple[Held, str] | None = None
    while older:
        cycle = _newest_cycle(older, lexicon)
        for known in (h for h in older if h.cycle == cycle):
            reason = _why_not_comparable(known, held, lexicon)
            if not reason:
                return _change(held, "grade", known.grade, known.cycle, _direction(known.grade, held.grade))
            nearest = nearest or (known, reason)
        older = [h for h in older if h.cycle != cycle]
    assert nearest is not None  # noqa: S101 - `older` was not empty
    known, reason = nearest
    return replace(_change(held, "grade", known.grade, known.cycle, "not-comparable"), reason=reason)


def _why_not_comparable(known: Held, new: Held, lexicon: Lexicon) -> str:
    if not known.cycle or not new.cycle:
        return "it is not known to which round of inspections one of the grades belongs"
    before = lexicon.question(known.cycle, known.question)
    after = lexicon.question(new.cycle, new.question)
    if before is None or after is None:
        return "it is not certain that both grades answer the same question"
    return lexicon.why_not_comparable(before, after)


def _why(old: Held, new: Held) -> str:
    """Why a grade was corrected, in words for a person."""
    if old.by.release == new.by.release and old.by.revision:
        return "the release was edited"
    if old.by.publisher != new.by.publisher and new.by.publisher == "inspectorate":
        return "the inspectorate's own page says otherwise"
    return "a later release says otherwise"


def _disputes(old: Held | None, held: Held) -> Iterator[Change]:
    """New claims that disagree with what a higher authority says."""
    known = {(a.release, a.revision, a.grade) for a in (old.by, *old.others)} if old else set()
    for claim in held.others:
        lower = AUTHORITY[claim.publisher] < AUTHORITY[held.by.publisher]
        new = (claim.release, claim.revision, claim.grade) not in known
        if claim.current and lower and new and claim.grade != held.grade:
            yield replace(
                _change(held, "disputed", held.grade, held.cycle, _direction(held.grade, claim.grade)),
                after=claim.grade.value,
                confirmed=False,
                publisher=claim.publisher,
                evidence=claim.evidence,
                assertion=claim.id,
            )


def _direction(before: str, after: str) -> Direction:
    old, new = Grade(before).rank, Grade(after).rank
    return "same" if old == new else "up" if new > old else "down"


def _change(held: Held, kind: ChangeKind, before: str, before_cycle: str, direction: Direction) -> Change:
    return Change(
        kind=kind,
        force=held.force,
        cycle=held.cycle,
        question=held.question,
        canonical=held.canonical,
        before=str(before),
        before_cycle=before_cycle,
        after=held.grade.value,
        direction=direction,
        confirmed=held.confirmed,
        publisher=held.by.publisher,
        evidence=held.by.evidence,
        assertion=held.by.id,
    )
