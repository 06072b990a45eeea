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

    def why_not_comparable(self, before: Question, after: Question) -> str:
        """'' when a grade of one may be set against a grade of the other; else the reason, in words for a person."""
        if before.thread and before.thread == after.thread:
            return ""
        old, new = self.cycle_by_id[before.cycle], self.cycle_by_id[after.cycle]
        if old.scale != new.scale:
            grades = {"4-tier": "four grades", "5-tier": "five grades"}
            return f"{old.label} used {grades[old.scale]}, {new.label} {grades[new.scale]}"
        return before.rewritten or after.rewritten or "they answer different questions"
