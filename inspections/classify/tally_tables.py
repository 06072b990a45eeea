"""Tables of counts: a line of grades, and below it a line of figures for each force."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inspections.classify.forces import Forces
from inspections.classify.grades import GradeWord
from inspections.classify.structure import Passage, Structure
from inspections.findings import Tally
from inspections.model import Grade

FIGURE = re.compile(r"(?<![\w.,/-])(?:\d{1,2}|-)(?![\w.,/%])")
MOST = 15
FEWEST_HEADS = 3


def read_tally_tables(text: Structure, forces: Forces, words: tuple[GradeWord, ...]) -> Iterator[Tally]:
    """ "Force | Outstanding | Good | Adequate" and below it "Kent Police | 1 | 3 | 4"."""
    heads: dict[int, list[GradeWord]] = {}
    for word in words:
        heads.setdefault(text.sentences[word.sentence].passage, []).append(word)
    grades: list[Grade] = []
    for passage in text.passages:
        here = [w.grade for w in heads.get(passage.index, [])]
        if len(here) >= FEWEST_HEADS and len(set(here)) == len(here) and not FIGURE.search(text.words(passage)):
            grades = here
            continue
        tally = _row(text, forces, passage, grades) if grades and not here else None
        if tally is None:
            grades = []
        else:
            yield tally


def _row(text: Structure, forces: Forces, passage: Passage, grades: list[Grade]) -> Tally | None:
    figures = [0 if f == "-" else int(f) for f in FIGURE.findall(text.words(passage)[:400])]
    if len(figures) == len(grades) + 1 and figures[-1] == sum(figures[:-1]):
        figures = figures[:-1]  # the last column is the total
    named = {m.force for s in range(passage.first, passage.last) for m in forces.in_sentence(s)}
    whose = named or ({forces.main} if forces.main else set())
    if len(figures) != len(grades) or len(whose) != 1 or not 2 <= sum(figures) <= MOST:
        return None
    counts = dict(zip(grades, figures, strict=True))
    stated = tuple((g, counts[g]) for g in reversed(Grade) if counts.get(g))
    return Tally(whose.pop(), stated, text.release.quote(passage.start, passage.end), "tally-table")
