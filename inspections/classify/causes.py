"""Causes of concern raised, kept and closed."""

from __future__ import annotations

from inspections.classify.forces import Forces
from inspections.classify.structure import Structure
from inspections.findings import CauseOfConcern
from inspections.lexicon import Lexicon


def read_causes(text: Structure, forces: Forces, lexicon: Lexicon) -> tuple[CauseOfConcern, ...]:  # noqa: ARG001
    return ()
