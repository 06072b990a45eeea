"""The ledger's values: what was asserted by whom, what is held now, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from inspections.model import Grade, Publisher

Direction = Literal["first", "up", "down", "same", "not-comparable"]
"""`first`: nothing was held before, nor in an earlier cycle that could be compared or set beside it."""
ChangeKind = Literal["grade", "confirmed", "corrected", "disputed", "monitoring", "cause"]


@dataclass(frozen=True, slots=True)
class Assertion:
    """One party's statement of one judgment. Append-only; a newer revision of its release supersedes it."""

    id: int
    force: str
    cycle: str
    """'' when not known."""
    question: str
    """The question of that cycle, or the canonical id when it is not certain which."""
    canonical: str
    grade: Grade
    publisher: Publisher
    published: date | None
    """None: date not known."""
    precision: Literal["day", "month", "year", ""]
    release: str
    """Canonical url of the release or of the baseline's source."""
    revision: int
    """0 for the baseline."""
    evidence: str = ""
    """The words that prove it; '' for the baseline, which has only its link."""
    current: bool = True


@dataclass(frozen=True, slots=True)
class Held:
    """What the ledger believes now about one question of one cycle for one force."""

    force: str
    cycle: str
    question: str
    canonical: str
    grade: Grade
    confirmed: bool
    """True when the inspectorate itself says so; a force's or the press's word is a claim until then."""
    by: Assertion
    """The assertion believed."""
    others: tuple[Assertion, ...] = ()
    """All other standing assertions of the same judgment, those that disagree included."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was not so before. `before` and `after` are grades, or moves and states for other kinds."""

    kind: ChangeKind
    force: str
    cycle: str
    question: str
    """The question of its cycle; '' for monitoring, the topic for a cause of concern."""
    canonical: str
    before: str
    """'' when nothing was held."""
    before_cycle: str
    after: str
    direction: Direction
    confirmed: bool
    publisher: Publisher
    evidence: str
    reason: str = ""
    """Why two grades are not comparable, in words for a person; '' otherwise."""
