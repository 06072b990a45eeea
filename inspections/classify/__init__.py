"""Reading a release: from its text to exactly what it states, each finding with the words that prove it."""

from __future__ import annotations

from inspections.classify.causes import read_causes
from inspections.classify.forces import read_forces
from inspections.classify.grades import read_grade_words
from inspections.classify.monitoring import read_monitoring
from inspections.classify.structure import read_structure
from inspections.classify.tallies import read_tallies
from inspections.classify.themes import read_themes
from inspections.findings import Findings
from inspections.lexicon import Lexicon
from inspections.release import Release

__all__ = ["classify"]


def classify(release: Release, lexicon: Lexicon) -> Findings:
    """Pure and total: any text gives an answer, perhaps an empty one. Every quote is `release.text[start:end]`."""
    text = read_structure(release)
    forces = read_forces(text, lexicon)
    words = read_grade_words(text)
    tallies = read_tallies(text, forces, words, lexicon)
    return Findings(
        forces=forces.about,
        tallies=tallies,
        monitoring=read_monitoring(text, forces, lexicon),
        causes=read_causes(text, forces, lexicon),
        themes=read_themes(text, lexicon),
        grade_words=len(words),
    )
