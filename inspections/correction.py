"""Correction: what an operator says a release states, read from a person's words and held against the tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from inspections.lexicon import Lexicon
from inspections.model import GRADES_BY_SCALE, Cycle, Force, Grade
from inspections.question import Found, Suggest, ask, find_force, find_question

GRADE_WORDS = {grade.words: grade for grade in Grade} | {grade.value: grade for grade in Grade}
# "requires improvement", "good" in a line of other words
GRADE = re.compile(r"\b(outstanding|good|adequate|requires[\s-]improvement|inadequate)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A correction in a person's words; '' where they said nothing, which leaves what was read."""

    force: str = ""
    question: str = ""
    grade: str = ""
    cycle: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """The judgment that an operator says a release states."""

    force: str
    question: str
    """Canonical id."""
    grade: Grade
    cycle: str = ""
    """'' when not known."""
    part: str = ""
    """The question of that cycle when they named it; '' otherwise."""


@dataclass(frozen=True, slots=True)
class Mistaken:
    """The words cannot be used; `sentence` says what is wrong and what to do."""

    sentence: str


def split_correction(words: str, lexicon: Lexicon) -> Spoken | Mistaken:
    """`cheshire preventing crime good 2023-25` taken apart. Total."""
    cycles = {cycle.id.casefold(): cycle.id for cycle in lexicon.cycles}
    given = words.split()
    cycle = next((cycles[word.casefold()] for word in given if word.casefold() in cycles), "")
    rest = " ".join(word for word in given if word.casefold() not in cycles)
    grades = list(GRADE.finditer(rest))  # the last one: "good use of resources" is a question
    grade = grades[-1][0] if grades else ""
    if grades:
        rest = f"{rest[: grades[-1].start()]} {rest[grades[-1].end() :]}"
    asked = ask(rest, lexicon)
    if len(asked.forces) > 1:
        return Mistaken(f"That names more than one force: {', '.join(f.name for f in asked.forces)}. Name one.")
    if asked.force_choices:
        return Mistaken(_did_you_mean("force", rest, [f.id for f in asked.force_choices]))
    if asked.question_choices:
        return Mistaken(_did_you_mean("question", rest, [q.id for q in asked.question_choices]))
    if asked.guessed:  # a guess is good enough for an answer, not for the ledger
        meant = [*(f.id for f in asked.forces), *([asked.question.id] if asked.question else [])]
        return Mistaken(f"“{rest.strip()[:60]}” is not certain. Did you mean {', '.join(meant)}?")
    if asked.left:
        return Mistaken(f"“{asked.left[:60]}” was not understood. Write it as: cheshire preventing crime good 2023-25.")
    return Spoken(asked.forces[0].id if asked.forces else "", asked.question.id if asked.question else "", grade, cycle)


def read_correction(spoken: Spoken, read: Spoken, lexicon: Lexicon) -> Correction | Mistaken:
    """The judgment that `spoken` names; what it leaves out is as it was `read` (ids, '' where not known)."""
    force = _force(spoken.force or read.force, lexicon)
    if isinstance(force, Mistaken):
        return force
    cycle = _cycle(spoken.cycle, force, lexicon)
    if isinstance(cycle, Mistaken):
        return cycle
    question = _question(spoken.question or read.question, force, cycle, lexicon)
    if isinstance(question, Mistaken):
        return question
    grade = _grade(spoken.grade or read.grade)
    if isinstance(grade, Mistaken):
        return grade
    said = Correction(force.id, question[0], grade, cycle.id if cycle else "", question[1])
    if cycle is not None:
        why = _why_not_of(said, cycle, lexicon)
        return Mistaken(why) if why else said
    known = lexicon.cycle_by_id.get(read.cycle)
    return replace(said, cycle=known.id) if known and not _why_not_of(said, known, lexicon) else said


def _force(words: str, lexicon: Lexicon) -> Force | Mistaken:
    if not words:
        return Mistaken("The words do not say for which force: name it.")
    if words in lexicon.force_by_id:
        return lexicon.force_by_id[words]
    match find_force(words, lexicon):
        case Found(one=force, guessed=False):
            return force
        case Found(one=force):
            return Mistaken(_did_you_mean("force", words, [force.id]))
        case Suggest(some=forces):
            return Mistaken(_did_you_mean("force", words, [f.id for f in forces]))
        case _:
            return Mistaken(f"“{words[:60]}” is no force or fire service. Name one such as cheshire or frs-cheshire.")


def _question(words: str, force: Force, cycle: Cycle | None, lexicon: Lexicon) -> tuple[str, str] | Mistaken:
    """The canonical question, and the question of the cycle when that is what was named."""
    if not words:
        return Mistaken("The words do not say for which question: name it, such as preventing crime.")
    own = cycle.question(words) if cycle else None
    if own is not None:
        return own.canonical, own.id
    kind = "fire" if force.kind == "fire" else "police"
    known = lexicon.canonical_by_id.get(words)
    if known is not None:
        if known.kind == kind:
            return known.id, ""
        return Mistaken(f"{known.title.capitalize()} is not a question that {force.name} is graded for. Name another.")
    match find_question(words, lexicon, kind):
        case Found(one=question, guessed=False):
            return question.id, ""
        case Found(one=question):
            return Mistaken(_did_you_mean("question", words, [question.id]))
        case Suggest(some=questions):
            return Mistaken(_did_you_mean("question", words, [q.id for q in questions]))
        case _:
            return Mistaken(f"“{words[:60]}” is no question of the inspectorate. Name one such as preventing crime.")


def _grade(words: str) -> Grade | Mistaken:
    key = " ".join(words.casefold().replace("-", " ").split())
    if key in GRADE_WORDS:
        return GRADE_WORDS[key]
    near = process.extractOne(key, [grade.words for grade in Grade], scorer=fuzz.ratio, score_cutoff=50)
    meant = f" Did you mean {near[0]}?" if near else ""
    grades = ", ".join(grade.words for grade in reversed(Grade))
    return Mistaken(f"“{words[:60]}” is no grade.{meant} The grades are {grades}.")


def _cycle(words: str, force: Force, lexicon: Lexicon) -> Cycle | Mistaken | None:
    if not words:
        return None
    of_fire = force.kind == "fire"
    by_name = {c.id.casefold(): c for c in lexicon.cycles} | {
        c.id.removeprefix("frs-").casefold(): c for c in lexicon.cycles if of_fire and c.programme == "fire"
    }
    found = by_name.get(words.strip().casefold())
    if found is not None and (found.programme == "fire") == of_fire:
        return found
    theirs = [c.id for c in lexicon.cycles if (c.programme == "fire") == of_fire]
    near = process.extractOne(words, theirs, scorer=fuzz.ratio, score_cutoff=60)
    meant = f" Did you mean {near[0]}?" if near else ""
    return Mistaken(f"“{words[:60]}” is no cycle of {force.name}.{meant} They are {', '.join(theirs)}.")


def _why_not_of(said: Correction, cycle: Cycle, lexicon: Lexicon) -> str:
    """Why a cycle cannot have given this judgment, as a sentence; '' when it can."""
    if said.grade not in GRADES_BY_SCALE[cycle.scale]:
        return f"{cycle.label} has no grade {said.grade.words}. Name another grade, or another cycle."
    if not cycle.parts(said.question) and not said.part:
        title = lexicon.canonical_by_id[said.question].title
        return f"{cycle.label} does not grade {title}. Name another question, or another cycle."
    return ""


def _did_you_mean(thing: str, words: str, ids: list[str]) -> str:
    names = ids[0] if len(ids) == 1 else f"{', '.join(ids[:-1])} or {ids[-1]}"
    return f"“{words.strip()[:60]}” is not certainly a {thing}. Did you mean {names}?"
