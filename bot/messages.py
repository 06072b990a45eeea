"""Messages: what leaves as an alert, a bundle or a correction. Pure; Telegram HTML; as long as Telegram takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from bot.markup import MOST_UNITS, bold, fit, fits, italic, link, quote, safe, units
from bot.wording import (
    SIGNS,
    attribution,
    canonical_title,
    capital,
    cause_words,
    counted,
    cycle_name,
    day,
    direction_words,
    force_name,
    grade_words,
    monitoring_words,
    question_title,
    speaker,
)
from inspections.alerts import Announcement, Parcel
from inspections.ledger import Change
from inspections.lexicon import Lexicon

PLEASANT = 2000
"""Characters up to which a bundle quotes its evidence."""
REPEAT = italic("You may have had this message already: an earlier try got no answer.")


def parcel_text(parcel: Parcel, lexicon: Lexicon) -> str:
    """The message of a parcel, at most 4096 characters as Telegram counts. Quotes are left out before any change is."""
    first = [REPEAT] if parcel.repeat else []
    if len(parcel.announcements) == 1:
        return _single(parcel.announcements[0], first, lexicon)
    return _bundle(parcel.announcements, first, lexicon)


def _single(told: Announcement, first: list[str], lexicon: Lexicon) -> str:
    by_force = _by_force(told.changes)
    end = _closing(told)
    text = ""
    for quoted in (True, False):
        blocks: list[str] = []
        for force, changes in by_force.items():
            heading = _heading(told, force, changes, lexicon)
            parts = _change_blocks(told, changes, lexicon, quoted=quoted)
            blocks += [f"{heading}\n\n{parts[0]}", *parts[1:]] if parts else [heading]
        text = "\n\n".join([*first, *blocks, end])
        if fits(text):
            return text
    return fit([*first, *blocks], lambda left: _and_more(left, "change", told.url), end)


def _bundle(announcements: tuple[Announcement, ...], first: list[str], lexicon: Lexicon) -> str:
    forces = list(dict.fromkeys(c.force for a in announcements for c in a.changes))
    title = bold(f"{counted(len(announcements), 'release')} about {counted(len(forces), 'force')}")
    heads = [*first, title]
    for write, gap, longest in (
        (_quoted_of, "\n\n", PLEASANT),
        (_lines_of, "\n\n", MOST_UNITS),
        (_summary_of, "\n", MOST_UNITS),
    ):
        blocks = [write(told, lexicon) for told in announcements]
        text = gap.join([*heads, *blocks])
        if fits(text) and units(text) <= longest:
            return text
    return fit([*heads, *blocks], lambda left: f"… and {counted(left, 'more release')}: /latest lists them", gap="\n")


def _by_force(changes: Iterable[Change]) -> dict[str, list[Change]]:
    groups: dict[str, list[Change]] = {}
    for change in sorted(changes, key=_weight):
        groups.setdefault(change.force, []).append(change)
    return groups


def _weight(change: Change) -> int:
    """What a reader wants first: what was wrong, then monitoring, causes, falls, improvements, and last what stays."""
    if change.kind in ("corrected", "disputed"):
        return 0
    if change.kind in ("monitoring", "cause"):
        return 1 if change.kind == "monitoring" else 2
    return {"down": 3, "up": 4, "not-comparable": 5, "first": 6, "same": 7}[change.direction]


def _heading(told: Announcement, force: str, changes: list[Change], lexicon: Lexicon) -> str:
    name = safe(force_name(force, lexicon))
    corrects = told.corrects or any(c.kind == "corrected" for c in changes)
    confirmed = all(c.confirmed for c in changes)
    cycles = {c.cycle for c in changes if c.cycle and c.kind not in ("monitoring", "cause")}
    cycle = cycle_name(cycles.pop(), lexicon) if len(cycles) == 1 else ""
    says = attribution(told.publisher, confirmed, force, told.url, lexicon)
    details = " · ".join(safe(part) for part in (capital(says), cycle, day(told.published)) if part)
    return f"{bold(('Correction: ' if corrects else '') + name)}\n{details}"


def _closing(told: Announcement) -> str:
    title = safe(told.title, 200) or "Read the release"
    return link(told.url, title) + (f"\n{italic(f'Alert {told.id}')}" if told.id else "")


def _change_blocks(told: Announcement, changes: list[Change], lexicon: Lexicon, *, quoted: bool) -> list[str]:
    return _proved(changes, lambda change: _change_text(told, change, lexicon), quoted=quoted)


def _proved(changes: list[Change], write: Callable[[Change], str], *, quoted: bool) -> list[str]:
    """A block for each change; changes that one sentence proves stand together above it."""
    if not quoted:
        return [write(change) for change in changes]
    together: dict[str, list[Change]] = {}
    for at, change in enumerate(changes):
        together.setdefault(change.evidence.strip() or f"\0{at}", []).append(change)
    blocks: list[str] = []
    for words, group in together.items():
        lines = "\n".join(write(change) for change in group)
        blocks.append(lines if words.startswith("\0") else f"{lines}\n{quote(words)}")
    return blocks


def _change_text(told: Announcement, change: Change, lexicon: Lexicon) -> str:
    what = safe(question_title(change.cycle, change.question, change.canonical, lexicon))
    before, after = safe(grade_words(change.before)), safe(grade_words(change.after))
    match change.kind:
        case "monitoring":
            return f"◼ {bold(safe(capital(monitoring_words(change.after))))}"
        case "cause":
            topic = canonical_title(change.canonical, lexicon) if change.canonical else change.question
            return f"◼ {bold(safe(cause_words(change.after)))}: {safe(topic)}"
        case "corrected":
            when = f" on {day(told.told)}" if told.told else ""
            who = "the inspectorate" if told.publisher == "inspectorate" else _who(told, change, lexicon)
            earlier = f"We told you{when}: {before}. " if before else ""
            return f"◼ {bold(what)}\n{earlier}{capital(who)} now says {bold(after)}."
        case "disputed":
            said = f"{before or 'another grade'}, and {bold(after)} as {_who(told, change, lexicon)} says"
            return f"◼ {bold(what)}\nSources disagree: {said}."
        case "confirmed":
            return f"✓ {bold(f'{what}: {after}')}\nConfirmed by HMICFRS"
        case "grade":
            moved = change.direction in ("up", "down") and before
            grades = f"{before} → {after}" if moved else after
            return f"{SIGNS[change.direction]} {bold(f'{what}: {grades}')}\n{safe(direction_words(change, lexicon))}"


def _who(told: Announcement, change: Change, lexicon: Lexicon) -> str:
    return safe(speaker(told.publisher, change.force, told.url, lexicon))


def _quoted_of(told: Announcement, lexicon: Lexicon) -> str:
    """A release in a short bundle: a heading for each force, a line for each change, the words that prove it."""
    return _lines_of(told, lexicon, quoted=True)


def _lines_of(told: Announcement, lexicon: Lexicon, *, quoted: bool = False) -> str:
    """A release in a bundle: a heading for each force, a line for each change."""
    blocks: list[str] = []
    for force, changes in _by_force(told.changes).items():
        lines = _proved(changes, lambda change: _change_line(told, change, lexicon), quoted=quoted)
        blocks.append("\n".join([_bundle_heading(told, force, changes, lexicon), *lines]))
    return "\n\n".join(blocks)


def _bundle_heading(told: Announcement, force: str, changes: list[Change], lexicon: Lexicon) -> str:
    corrects = told.corrects or any(c.kind == "corrected" for c in changes)
    says = attribution(told.publisher, all(c.confirmed for c in changes), force, told.url, lexicon)
    name = bold(("Correction: " if corrects else "") + safe(force_name(force, lexicon)))
    return f"{name}\n{link(told.url, safe(f'{capital(says)}, {day(told.published)}'))}"


def _change_line(told: Announcement, change: Change, lexicon: Lexicon) -> str:
    if change.kind == "grade" and change.direction == "not-comparable":
        what = safe(question_title(change.cycle, change.question, change.canonical, lexicon))
        old = f"{grade_words(change.before)} in {cycle_name(change.before_cycle, lexicon)}"
        return f"{SIGNS['not-comparable']} {what}: {safe(grade_words(change.after))} (not comparable with {safe(old)})"
    if change.kind == "grade":
        what = safe(question_title(change.cycle, change.question, change.canonical, lexicon))
        after = safe(grade_words(change.after))
        moved = f"{safe(grade_words(change.before))} → {after}" if change.direction in ("up", "down") else after
        note = {"up": "improvement", "down": "fall", "same": "unchanged", "first": "first known"}[change.direction]
        return f"{SIGNS[change.direction]} {what}: {moved} ({note})"
    return _change_text(told, change, lexicon).replace("\n", ": ", 1)


def _summary_of(told: Announcement, lexicon: Lexicon) -> str:
    """A release in a bundle too long for lines: how many went which way."""
    lines: list[str] = []
    for force, changes in _by_force(told.changes).items():
        counts = Counter(_tally_word(c) for c in changes)
        words = ", ".join(f"{n} {word}" for word, n in counts.items())
        claim = "" if all(c.confirmed for c in changes) else " (not yet confirmed by HMICFRS)"
        lines.append(f"{link(told.url, safe(force_name(force, lexicon)))}: {words}{claim}")
    return "\n".join(lines)


def _tally_word(change: Change) -> str:
    if change.kind == "grade":
        words = {"up": "up", "down": "down", "same": "unchanged", "first": "first known"}
        return words.get(change.direction, "not comparable")
    return {"monitoring": safe(monitoring_words(change.after))}.get(change.kind, change.kind)


def _and_more(left: int, noun: str, url: str) -> str:
    return link(url, f"… and {counted(left, f'more {noun}')} in the release")
