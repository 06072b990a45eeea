"""What a release states, each with the words that prove it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from inspections.model import Grade
from inspections.release import Quote

Move = Literal["entered", "left"]
CauseState = Literal["raised", "kept", "closed"]


@dataclass(frozen=True, slots=True)
class Judgment:
    """A grade given to a force for a question."""

    force: str
    question: str
    """Canonical id."""
    grade: Grade
    cycle: str
    """'' when neither the text nor the title nor the date tells it."""
    part: str
    """The question of that cycle (`effectiveness-3`) when it is certain which; '' otherwise."""
    current: bool
    """False when the release only recalls it from an earlier inspection."""
    confidence: float
    """0 to 1."""
    quote: Quote
    rule: str
    """The id of the rule that read it."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many areas got each grade, with no question named."""

    force: str
    counts: tuple[tuple[Grade, int], ...]
    """Only the grades with at least one area, best first."""
    quote: Quote
    rule: str


@dataclass(frozen=True, slots=True)
class MonitoringMove:
    """A force enters or leaves Engage, the enhanced stage of monitoring, and this release is the news of it."""

    force: str
    move: Move
    quote: Quote
    rule: str


@dataclass(frozen=True, slots=True)
class CauseOfConcern:
    force: str
    state: CauseState
    topic: str
    """A canonical question id, or the release's own words."""
    quote: Quote
    rule: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A grade whose force or question the text does not give, or that may be no judgment: for review."""

    force: str
    """'' when not known."""
    grade: Grade
    reason: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class ThemeMention:
    theme: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cross-check that failed: why this release wants a person's eye before its findings are trusted."""

    reason: str
    force: str = ""
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was read in one release. `judgments` holds only what may be alerted."""

    forces: tuple[str, ...] = ()
    judgments: tuple[Judgment, ...] = ()
    tallies: tuple[Tally, ...] = ()
    monitoring: tuple[MonitoringMove, ...] = ()
    causes: tuple[CauseOfConcern, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    themes: tuple[ThemeMention, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    grade_words: int = 0
    """How many grade words the text holds, read or not: a release with some and no judgment is listable."""
