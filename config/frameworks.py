"""frameworks.toml: the canonical questions, and the cycles with their own questions, scales and days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast, get_args

from config.mistakes import use_one_of
from config.tables import Document, Table
from inspections.model import CanonicalQuestion, Cycle, Programme, Question, Scale

CYCLE_KEYS = ("id", "label", "programme", "scale", "order", "begins", "ends", "question")
QUESTION_KEYS = (
    "id",
    "canonical",
    "wording",
    "label",
    "pillar",
    "graded",
    "when_graded",
    "compares_as",
    "rewritten",
    "basis",
)


def read_frameworks(document: Document) -> tuple[tuple[CanonicalQuestion, ...], tuple[Cycle, ...]]:
    """The canonical questions and the cycles, by programme and order. Mistakes are noted on the document."""
    document.only("question", "cycle")
    questions = _read_canonical(document)
    known = {q.id for q in questions}
    cycles: list[Cycle] = []
    asked = 0
    for table in document.tables("cycle"):
        cycle = _read_cycle(table)
        inner = table.values.get("question", [])
        if not isinstance(inner, list) or not inner or not all(isinstance(q, dict) for q in inner):
            table.wrong("question", "the cycle has no questions", "Add [[cycle.question]] tables below it.")
            inner = []
        tables = [Table(document, "cycle.question", asked + n, values) for n, values in enumerate(inner)]
        asked += len(inner)
        _check_against(cycle, cycles, table)
        cycles.append(replace(cycle, questions=_read_questions(tables, cycle, known)))
    return questions, tuple(cycles)


def _read_canonical(document: Document) -> tuple[CanonicalQuestion, ...]:
    questions: list[CanonicalQuestion] = []
    names: dict[str, str] = {}
    for table in document.tables("question"):
        table.only("id", "title", "kind", "asked_as")
        kind = table.choice("kind", ("police", "fire"))
        question = CanonicalQuestion(
            table.id("id"), table.text("title"), table.texts("asked_as"), "fire" if kind == "fire" else "police"
        )
        claims = [("id", question.id), ("title", question.title), *(("asked_as", a) for a in question.aliases)]
        for key, name in claims:
            owner = names.setdefault(name.casefold(), f"{table.nth} {question.id}")
            if name and owner != f"{table.nth} {question.id}":
                what = f'"{name}" already stands for {owner.split()[-1]}'
                table.wrong(key, what, "Keep it with one question: a name must not be read as two.")
        questions.append(question)
    return tuple(questions)


def _read_cycle(table: Table) -> Cycle:
    table.only(*CYCLE_KEYS)
    begins, ends = table.day("begins"), table.day("ends", needed=False)
    if begins and ends and ends < begins:
        table.wrong("ends", f"the cycle ends on {ends}, before it begins ({begins})", "Swap or mend the two days.")
    return Cycle(
        id=table.id("id"),
        label=table.text("label"),
        programme=cast(Programme, table.choice("programme", get_args(Programme))),
        scale=cast(Scale, table.choice("scale", get_args(Scale))),
        order=table.number("order"),
        begins=begins or date.min,
        ends=ends,
    )


def _check_against(cycle: Cycle, earlier: list[Cycle], table: Table) -> None:
    if cycle.id in {c.id for c in earlier}:
        table.wrong("id", f'"{cycle.id}" is the id of an earlier cycle', "Give each cycle an id of its own.")
    for other in earlier:
        if (other.programme, other.order) == (cycle.programme, cycle.order):
            table.wrong("order", f"{other.id} has the same order", "Give the later cycle the higher number.")


def _read_questions(tables: list[Table], cycle: Cycle, known: set[str]) -> tuple[Question, ...]:
    questions: list[Question] = []
    threads: dict[str, str] = {}
    for table in tables:
        question = _read_question(table, cycle, known)
        if question.id in {q.id for q in questions}:
            table.wrong("id", f'{cycle.id} asks "{question.id}" twice', "Give each question of a cycle its own id.")
        elif question.thread and question.thread in threads:
            what = f"{threads[question.thread]} compares as the same question in {cycle.id}"
            table.wrong("compares_as", what, 'Add compares_as = "…" to tell the two apart.')
        threads.setdefault(question.thread, question.id)
        questions.append(question)
    return tuple(questions)


def _read_question(table: Table, cycle: Cycle, known: set[str]) -> Question:
    table.only(*QUESTION_KEYS)
    id_ = table.id("id")
    canonical = table.id("canonical", id_)
    graded = table.flag("graded", default=True)
    if graded and canonical and canonical not in known:
        mend = use_one_of(canonical, sorted(known), "the ids of the [[question]] tables")
        key = "canonical" if "canonical" in table.values else "id"
        table.wrong(key, f'there is no question "{canonical}" for it to belong to', mend)
    return Question(
        id=id_,
        cycle=cycle.id,
        canonical=canonical,
        wording=table.text("wording"),
        graded=graded,
        basis=table.text("basis", "read"),
        label=table.text("label", ""),
        pillar=table.text("pillar", ""),
        thread=f"{cycle.scale}/{table.id('compares_as', canonical)}" if graded else "",
        rewritten=table.text("rewritten", ""),
        when_graded=table.text("when_graded", ""),
    )
