"""Releases about what another body inspected or graded: schools, care homes, probation, complaints against officers."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re

from inspections.classify.structure import PLAIN, Structure

# "Ofsted praises police degree apprenticeships", "The Care Quality Commission has published", "HM Inspectorate of Probation"
INSPECTED_BY = re.compile(
    r"\b(?:ofsted|estyn|cqc|care quality commission|care inspectorate|hmi probation|(?:inspectorate|inspector) of (?:probation|prisons)|hmi prisons|food standards agency|food hygiene|regulator of social housing|education scotland|hmics|education watchdog|health watchdog|care watchdog|social care watchdog)\b"
)
COMPLAINTS = re.compile(r"\b(?:iopc|ipcc|independent office for police conduct|police complaints commission)\b")
OURS = re.compile(
    r"\bhmic(?:frs)?\b|\binspect(?:orate|ors?) of (?:the )?constabular|\bpeel\b|constabulary (?:and|&) fire|\bpolic(?:e|ing) inspect|\bpolic(?:e|ing) watchdog\b"
)
# "We think our response is adequate", "In our own assessment", "I would say we are good at"
OWN_OPINION = re.compile(
    r"\b(?:we|i|they) (?:still |do |really |honestly |ourselves |would |all |also )*(?:think|believe|feel|reckon|say|suspect|guess|rate ourselves|assess ourselves|consider ourselves|see ourselves|judge ourselves|grade ourselves)\b|\bself-?(?:assess\w*|evaluat\w*|inspect\w*|grad\w*)\b|\b(?:in|on) (?:our|its|their|his|her|my) own (?:assessment|view|estimation|judg(?:e)?ment|opinion|reckoning|verdict|scoring)\b|\bour own (?:assessment|judg(?:e)?ment|verdict|grading|view) (?:is|was|of)\b|\bin (?:my|our) (?:view|opinion|book)\b|\bif (?:you )?ask(?:ed)? me\b|\bmock inspection\b|\binternal (?:review|inspection|assessment)\b"
)
RULES = re.compile(
    r"\bhmic(?:frs)?\b|\binspect\w*|\bwatchdog\b|\bpeel\b|\bjudg(?:ed|ment|ement)\b|\bgraded\b|\brated\b"
)


def is_elsewhere(text: Structure, *, complaints: bool = True) -> bool:
    """The opening names another body and nothing names ours. `complaints`: those who look into complaints count too."""
    opening = text.release.title.translate(PLAIN).lower() + " " + text.low[:1500]
    found = INSPECTED_BY.search(opening) or (complaints and COMPLAINTS.search(opening))
    title = text.release.title.translate(PLAIN).lower()
    if OURS.search(title):
        return False
    return bool(found) and (not OURS.search(text.low) or bool(INSPECTED_BY.search(title)))


def is_own_opinion(text: Structure, start: int) -> bool:
    """A force's or a speaker's own view of itself, in a sentence that names no inspector."""
    sentence = text.sentences[text.sentence_at(start)]
    before = text.low[max(sentence.start, start - 200) : start]
    found = OWN_OPINION.search(before)
    return found is not None and not RULES.search(text.words(sentence).replace(found.group(), " "))
