"""What the inspectorate inspects and how it grades: forces, questions, cycles, grades, themes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

ForceKind = Literal["territorial", "special", "fire"]
Publisher = Literal["inspectorate", "force", "pcc", "press"]
Scale = Literal["4-tier", "5-tier"]
Programme = Literal["peel", "crime-data-integrity", "fire", "serious-organised-crime"]

PUBLISHERS: tuple[Publisher, ...] = ("inspectorate", "force", "pcc", "press")


class Grade(StrEnum):
    """The five grades, worst to best; `adequate` exists only on the five-grade scale."""

    INADEQUATE = "inadequate"
    REQUIRES_IMPROVEMENT = "requires-improvement"
    ADEQUATE = "adequate"
    GOOD = "good"
    OUTSTANDING = "outstanding"

    @property
    def rank(self) -> int:
        """1 (inadequate) to 5 (outstanding)."""
        return list(Grade).index(self) + 1

    @property
    def words(self) -> str:
        """As the inspectorate writes it: `requires improvement`."""
        return self.value.replace("-", " ")


GRADES_BY_SCALE: dict[Scale, tuple[Grade, ...]] = {
    "4-tier": (Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT, Grade.GOOD, Grade.OUTSTANDING),
    "5-tier": tuple(Grade),
}


@dataclass(frozen=True, slots=True)
class Force:
    """A body that is inspected: a police force (territorial or special) or a fire and rescue service."""

    id: str
    kind: ForceKind
    name: str
    aliases: tuple[str, ...] = ()
    domain: str = ""
    nation: str = ""
    region: str = ""
    slugs: tuple[str, ...] = ()
    """The inspectorate's own names for it in addresses, every one it ever had."""
    clash: str = ""
    """What else bears its name, for the people who keep the aliases."""
    asked_as: tuple[str, ...] = ()
    """What people type for it, too loose to be read in a text: `hants`. Two may share one: `london`."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as one cycle asks it. `canonical` groups it with its like in other cycles."""

    id: str
    cycle: str
    canonical: str
    wording: str
    graded: bool = True
    basis: str = "read"
    """How we know the wording: read, background or assumed."""
    label: str = ""
    """As it stands on the inspectorate's scorecards: `Police powers and public treatment`."""
    pillar: str = ""
    """The pillar it belongs to, where the cycle has pillars; its own id when it is one."""
    thread: str = ""
    """Two graded questions compare when their threads are the same: one scale and one question, however worded."""
    rewritten: str = ""
    """Why it does not go on with its likes of other cycles of its scale, in words for a person; '' when it does."""
    when_graded: str = ""
    """Where it is graded for some forces only: which; '' when for all."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """A round of inspections with one scale and one list of questions, e.g. `2023-25`, `cdi-2018`, `frs-2021/22`."""

    id: str
    label: str
    programme: Programme
    scale: Scale
    order: int
    """Later cycles of one programme have higher numbers."""
    begins: date
    """The first day on which a report of this cycle was published."""
    ends: date | None
    """The last day (None: still going on). Cycles may overlap."""
    questions: tuple[Question, ...] = ()

    def question(self, question_id: str) -> Question | None:
        return next((q for q in self.questions if q.id == question_id), None)

    def parts(self, canonical: str) -> tuple[Question, ...]:
        """The graded questions of this cycle that share a canonical id, in order; often one, 2014 has two."""
        return tuple(q for q in self.questions if q.canonical == canonical and q.graded)


@dataclass(frozen=True, slots=True)
class CanonicalQuestion:
    """What people ask about, whatever the cycle called it: `protecting-vulnerable-people`."""

    id: str
    title: str
    """As it stands in a message: `protecting vulnerable people`."""
    aliases: tuple[str, ...] = ()
    """What people type for it."""
    kind: Literal["police", "fire"] = "police"


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject a release may dwell on, from a closed list."""

    id: str
    title: str
    phrases: tuple[str, ...]
    family: Literal["", "fire"] = ""
    """`fire`: only in a release about a fire and rescue service."""
