"""The ledger's values: what was asserted by whom, what is held now, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from inspections.model import Grade, Publisher

Direction = Literal["first", "up", "down", "same", "not-comparable"]
"""`first`: nothing was held before, nor in an earlier cycle that could be compared or set beside it."""
Precision = Literal["day", "month", "year", ""]
"""How exactly a date is known; '' when it is not known at all."""
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
    precision: Precision
    release: str
    """Canonical url of the release or of the baseline's source."""
    revision: int
    """0 for the baseline."""
    evidence: str = ""
    """The words that prove it; '' for the baseline, which has only its link."""
    current: bool = True

    @property
    def confirms(self) -> bool:
        """True when it counts as the inspectorate's own word: its own page, or a row of the baseline (a grade published
        long ago) read where a force or a commissioner gives the inspectorate's list. The press never confirms."""
        return self.publisher == "inspectorate" or (self.revision == 0 and self.publisher in ("force", "pcc"))


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
    assertion: int = 0
    """The id of the assertion that made it; 0 for monitoring moves and causes of concern."""


@dataclass(frozen=True, slots=True)
class KnownMove:
    """A monitoring move, of the baseline or a release. `in`: known to be in Engage on that day, whenever it entered."""

    force: str
    move: Literal["entered", "left", "in"]
    published: date | None
    """The first day of the month or year when the precision is that."""
    precision: Precision
    release: str
    note: str = ""
    publisher: Publisher = "inspectorate"
    revision: int = 0
    """0 for the baseline."""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class KnownCause:
    """A cause of concern as it stood on that day. `kept`: open, whenever it was raised."""

    force: str
    state: Literal["raised", "kept", "closed"]
    topic: str
    """A canonical question, or the words of the page; `all remaining causes of concern` closes every open one."""
    published: date | None
    precision: Precision
    release: str
    publisher: Publisher = "inspectorate"
    revision: int = 0
    """0 for the baseline."""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class KnownUngraded:
    """The inspectorate itself gave no grade for this question: not a grade, and not a gap in what we know."""

    force: str
    cycle: str
    question: str
    canonical: str
    published: date | None
    precision: Precision
    release: str


@dataclass(frozen=True, slots=True)
class KnownNote:
    """What an asker should know beside a grade: a correction, or sources that disagree. Shown with the grade."""

    force: str
    cycle: str
    question: str
    """'' when it is about all questions of the cycle."""
    note: str
    release: str
