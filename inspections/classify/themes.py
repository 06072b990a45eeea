"""The subjects a release dwells on."""

from __future__ import annotations

from inspections.classify.structure import Structure
from inspections.findings import ThemeMention
from inspections.lexicon import Lexicon


def read_themes(text: Structure, lexicon: Lexicon) -> tuple[ThemeMention, ...]:  # noqa: ARG001
    return ()
