"""Reading a release: from its text to exactly what it states, each finding with the words that prove it."""

from __future__ import annotations

from inspections.classify.attach import read_stated
from inspections.classify.causes import read_causes
from inspections.classify.checks import settle
from inspections.classify.cycles import read_cycles
from inspections.classify.forces import read_forces
from inspections.classify.grades import read_grade_words
from inspections.classify.links import read_links
from inspections.classify.monitoring import read_monitoring
from inspections.classify.questions import read_fire_questions, read_questions
from inspections.classify.structure import read_structure
from inspections.classify.tallies import read_tallies
from inspections.classify.themes import read_themes
from inspections.classify.verdicts import read_verdicts
from inspections.findings import Findings
from inspections.lexicon import Lexicon
from inspections.release import Release

__all__ = ["classify"]


def classify(release: Release, lexicon: Lexicon) -> Findings:
    """Pure and total: any text gives an answer, perhaps an empty one. Every quote is `release.text[start:end]`."""
    text = read_structure(release)
    forces = read_forces(text, lexicon)
    words = read_grade_words(text)
    cycles = read_cycles(text, lexicon)
    tallies = read_tallies(text, forces, words, lexicon)
    scale = lexicon.cycle_by_id.get(cycles.police)
    links = []
    if words:
        five = scale is None or scale.scale == "5-tier"
        asked = read_questions(text, five_grades=five)
        links = read_links(text, read_verdicts(text, words, asked), asked, forces)
        if any(f.startswith("frs-") for f in forces.about) or any(m.force.startswith("frs-") for m in forces.mentions):
            fire_asked = read_fire_questions(text)
            links += read_links(text, read_verdicts(text, words, fire_asked), fire_asked, forces)
    stated = read_stated(text, links, forces, cycles, lexicon)
    judgments, unplaced, doubts, about = settle(text, stated, tallies, forces, cycles, lexicon)
    return Findings(
        forces=about,
        judgments=judgments,
        tallies=tallies,
        monitoring=read_monitoring(text, forces, lexicon),
        causes=read_causes(text, forces, lexicon),
        unplaced=unplaced,
        themes=read_themes(text, lexicon),
        doubts=doubts,
        grade_words=len(words),
    )
