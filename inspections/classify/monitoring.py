"""Moves into and out of Engage."""

from __future__ import annotations

from inspections.classify.forces import Forces
from inspections.classify.structure import Structure
from inspections.findings import MonitoringMove
from inspections.lexicon import Lexicon


def read_monitoring(text: Structure, forces: Forces, lexicon: Lexicon) -> tuple[MonitoringMove, ...]:  # noqa: ARG001
    return ()
