"""The lexicon: the closed tables a release is read with. Built once by `app` from `config`, handed to whoever reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from inspections.model import CanonicalQuestion, Cycle, Force, Question, Theme


@dataclass(frozen=True)
class Lexicon:
    """Forces, cycles with their questions, canonical questions and themes, with look-ups by id."""

    forces: tuple[Force, ...]
    cycles: tuple[Cycle, ...]
    questions: tuple[CanonicalQuestion, ...]
    themes: tuple[Theme, ...]

    @cached_property
    def force_by_id(self) -> dict[str, Force]:
        return {f.id: f for f in self.forces}

    @cached_property
    def cycle_by_id(self) -> dict[str, Cycle]:
        return {c.id: c for c in self.cycles}

    @cached_property
    def canonical_by_id(self) -> dict[str, CanonicalQuestion]:
        return {q.id: q for q in self.questions}

    @cached_property
    def theme_by_id(self) -> dict[str, Theme]:
        return {t.id: t for t in self.themes}

    def question(self, cycle: str, question_id: str) -> Question | None:
        found = self.cycle_by_id.get(cycle)
        return found.question(question_id) if found else None
