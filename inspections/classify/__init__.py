"""Reading a release: from its text to exactly what it states, each finding with the words that prove it."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

from dataclasses import replace

from inspections.classify.alone import read_alone
from inspections.classify.anaphora import Reading, read_anaphora
from inspections.classify.attach import read_stated
from inspections.classify.causes import read_causes
from inspections.classify.checks import settle
from inspections.classify.context import read_context, read_topics
from inspections.classify.cycles import Cycles, read_cycles
from inspections.classify.elsewhere import is_elsewhere, is_own_opinion
from inspections.classify.forces import Forces, read_forces
from inspections.classify.grades import MOST, GradeWord, read_grade_words
from inspections.classify.links import Link, read_links
from inspections.classify.lists import read_lists
from inspections.classify.monitoring import read_monitoring
from inspections.classify.national import read_national
from inspections.classify.pointing import read_pointing
from inspections.classify.questions import QuestionMention, read_fire_questions, read_questions
from inspections.classify.structure import Structure, read_structure
from inspections.classify.tallies import read_tallies
from inspections.classify.tally_rest import complete_tallies
from inspections.classify.themes import read_themes
from inspections.classify.unplaced import is_of_somewhere, read_unplaced
from inspections.classify.verdicts import Verdict, read_verdicts
from inspections.findings import Doubt, Findings, Unplaced
from inspections.lexicon import Lexicon
from inspections.release import Release

__all__ = ["classify"]

TOO_LONG = Doubt(f"more than {MOST} grade words: what stands below them was not read")

MAX_WORDS = 3000  # grade words: a national report of 43 forces has a tenth of that


def classify(release: Release, lexicon: Lexicon) -> Findings:
    """Pure and total: any text gives an answer, perhaps an empty one. Every quote is `release.text[start:end]`."""
    text = read_structure(release)
    forces = read_forces(text, lexicon)
    said = read_grade_words(text)
    words = said[:MAX_WORDS]
    cycles = read_cycles(text, lexicon)
    counted, totals = read_tallies(text, forces, words, lexicon)
    scale = lexicon.cycle_by_id.get(cycles.police)
    links: list[Link] = []
    lost: list[Unplaced] = []
    if words:
        five = scale is None or scale.scale == "5-tier"
        links, verdicts = _links(text, words, read_questions(text, five_grades=five), forces, cycles, lexicon)
        if any(f.startswith("frs-") for f in forces.about) or any(m.force.startswith("frs-") for m in forces.mentions):
            links += _links(text, words, read_fire_questions(text), forces, cycles, lexicon, fire=True)[0]
        lost = read_unplaced(text, verdicts, links, counted, forces)
    stated = read_stated(text, links, forces, cycles, lexicon)
    tallies = complete_tallies(text, counted, totals, [s.judgment for s in stated if not s.doubt])
    judgments, doubted, doubts, about = settle(stated, tallies, forces, lexicon)
    unplaced = tuple(dict.fromkeys([*doubted, *lost]))
    moves = read_monitoring(text, forces, lexicon)
    return Findings(
        forces=about,
        judgments=judgments,
        tallies=tallies,
        monitoring=moves,
        causes=read_causes(text, forces, lexicon),
        unplaced=unplaced,
        themes=read_themes(text, words, judgments, moves, lexicon, fire=any(f.startswith("frs-") for f in about)),
        doubts=(*doubts, TOO_LONG) if len(words) >= MOST else doubts,
        grade_words=len(said),
    )


def _links(
    text: Structure,
    words: tuple[GradeWord, ...],
    asked: tuple[QuestionMention, ...],
    forces: Forces,
    cycles: Cycles,
    lexicon: Lexicon,
    *,
    fire: bool = False,
) -> tuple[list[Link], tuple[Verdict, ...]]:
    """Every grade with its questions: within a sentence, then by the layout, then across sentences, then across forces."""
    if is_elsewhere(text):
        return [], ()
    verdicts = tuple(v for v in read_verdicts(text, words, asked) if not is_own_opinion(text, v.start))
    links = read_links(text, verdicts, asked, forces)
    rows = read_lists(text, words, verdicts, asked, links, cycles, forces)
    headed = {k.verdict.start for k in rows if k.rule == "row"}
    links = [k for k in links if k.verdict.start not in headed] + rows
    nearest = [k for k in links if k.rule.startswith("default")]
    links = [k for k in links if not k.rule.startswith("default")]
    links += read_anaphora(Reading(text, verdicts, asked, links, forces, fire), cycles, lexicon)
    pointed = read_pointing(text, verdicts, asked, links, forces)
    links = [replace(k, rule="before") if k.verdict.start in pointed.past else k for k in links] + pointed.links
    surer = {k.verdict.start for k in links}
    links += [k for k in nearest if k.verdict.start not in surer]
    topics = read_topics(text, asked, cycles, lexicon)
    national = read_national(text, verdicts, asked, links, forces, topics, cycles, lexicon)
    listed = {k.verdict.start for k in national}
    links = [k for k in links if k.verdict.start not in listed] + national
    if not any(q.fire for q in asked[:1]):
        links += read_context(text, verdicts, asked, links, forces, topics)
    links += read_alone(text, verdicts, asked, links)
    return [k for k in links if not is_of_somewhere(text, k.verdict)], verdicts
