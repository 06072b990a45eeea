"""Counts of grades with no question named."""

from __future__ import annotations

from inspections.classify.forces import Forces
from inspections.classify.grades import GradeWord
from inspections.classify.structure import Structure
from inspections.findings import Tally
from inspections.lexicon import Lexicon


def read_tallies(text: Structure, forces: Forces, words: tuple[GradeWord, ...], lexicon: Lexicon) -> tuple[Tally, ...]:  # noqa: ARG001
    return ()
