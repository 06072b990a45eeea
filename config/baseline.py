"""The baseline: what was published before PeelWatch began to watch, from the tables in config/baseline/.

Who says it. Every grade here is the inspectorate's own, read in a page where it stands; `publisher` says whose page
that was, by its host. A row read at the inspectorate's (or in a word-for-word copy of its release) is confirmed, and so
is one read at a force's or commissioner's: years after publication their lists repeat what nobody disputes. A row read
in the press alone is kept as reported: it is shown with its link and with where it was read, and the first page of the
inspectorate that agrees confirms it (`Assertion.confirms` is this rule).

Dates. `published` is 2024-08-08, 2024-08, 2024 or empty: empty is "date not known", and such a row is ordered by its
cycle. reports.csv has the days on which whole reports came out; no row without a date was read in such a report, so
none is filled from it.

A (force, question) without a row is not known to PeelWatch. It does not mean that no grade was given: only the rows
`ungraded` say that. Sources that disagree are kept on purpose, and notes.csv has the sentence shown beside the grade.
The cycle of a row of separate.csv (regional organised crime, vetting) is the force's latest when the grade came out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast

from config.mistakes import ConfigMistake, Mistake, shown, use_one_of
from config.rows import Row, Rows
from inspections.ledger import Assertion, KnownCause, KnownMove, KnownNote, KnownUngraded, Precision
from inspections.lexicon import Lexicon
from inspections.model import GRADES_BY_SCALE, Cycle, Grade, Question

FOLDER = Path(__file__).parent / "baseline"
GRADE_COLUMNS = ("force", "cycle", "question", "grade", "published", "source")
TALLY_COLUMNS = ("force", "cycle", "areas", *(str(g) for g in reversed(Grade)), "published", "source")
UNGRADED = "ungraded"


@dataclass(frozen=True, slots=True)
class KnownTally:
    """`N areas` of one release: how many of them got each grade. For checking, never for holding."""

    force: str
    cycle: str
    areas: int
    counts: tuple[tuple[Grade, int], ...]
    """Only the grades with at least one area, best first."""
    published: date | None
    precision: Precision
    release: str


@dataclass(frozen=True, slots=True)
class KnownReport:
    """The day on which a force's whole report of a cycle came out."""

    force: str
    cycle: str
    published: date
    release: str


@dataclass(frozen=True, slots=True)
class Baseline:
    assertions: tuple[Assertion, ...]
    """Ids 1 to n: grades.csv, then separate.csv, then integrity.csv, in the order of their rows."""
    ungraded: tuple[KnownUngraded, ...]
    moves: tuple[KnownMove, ...]
    causes: tuple[KnownCause, ...]
    notes: tuple[KnownNote, ...]
    tallies: tuple[KnownTally, ...]
    reports: tuple[KnownReport, ...]


def load_baseline(lexicon: Lexicon, folder: Path = FOLDER) -> Baseline:
    """Every row of the tables in `folder`. Raises ConfigMistake with every mistake found in any of them."""
    mistakes: list[Mistake] = []

    def table(name: str) -> Rows:
        return Rows(folder / f"{name}.csv", lexicon, mistakes)

    assertions, ungraded = _read_grades([table(n) for n in ("grades", "separate", "integrity")])
    baseline = Baseline(
        assertions=assertions,
        ungraded=ungraded,
        moves=tuple(_read_moves(table("monitoring"))),
        causes=tuple(_read_causes(table("causes"))),
        notes=tuple(_read_notes(table("notes"))),
        tallies=tuple(_read_tallies(table("tallies"))),
        reports=tuple(_read_reports(table("reports"))),
    )
    if mistakes:
        raise ConfigMistake(mistakes)
    return baseline


def _read_grades(tables: list[Rows]) -> tuple[tuple[Assertion, ...], tuple[KnownUngraded, ...]]:
    assertions: list[Assertion] = []
    ungraded: list[KnownUngraded] = []
    seen: dict[tuple[str, str, str], str] = {}
    for row in (row for table in tables for row in table.read(GRADE_COLUMNS)):
        force, cycle, source, (published, precision) = row.force, row.cycle, row.source, row.day()
        question = _question(row, cycle)
        if cycle is None or question is None:
            continue
        place = f"{row.table.file}, line {row.line}"
        if earlier := seen.get((force, cycle.id, question.id)):
            row.wrong("question", f"this grade stands already in {earlier}", "Keep one of the two rows.")
        seen[force, cycle.id, question.id] = place
        if row["grade"] == UNGRADED:
            known = KnownUngraded(force, cycle.id, question.id, question.canonical, published, precision, source)
            ungraded.append(known)
        elif _is_on_scale(row, cycle):
            assertions.append(
                Assertion(
                    id=len(assertions) + 1,
                    force=force,
                    cycle=cycle.id,
                    question=question.id,
                    canonical=question.canonical,
                    grade=Grade(row["grade"]),
                    publisher=row.publisher,
                    published=published,
                    precision=precision,
                    release=source,
                    revision=0,
                )
            )
    return tuple(assertions), tuple(ungraded)


def _is_on_scale(row: Row, cycle: Cycle) -> bool:
    scale = GRADES_BY_SCALE[cycle.scale]
    if row["grade"] in scale:
        return True
    if row["grade"] in tuple(Grade):
        mend = f"Use one of: {', '.join(reversed(scale))}, or mend the cycle."
        row.wrong("grade", f"{cycle.id} has no grade {shown(row['grade'])}", mend)
    else:
        row.one_of("grade", (*scale, UNGRADED))
    return False


def _question(row: Row, cycle: Cycle | None) -> Question | None:
    """The question of that cycle, when it is one that is graded there."""
    if cycle is None:
        return None
    question = cycle.question(row["question"])
    if question is None:
        mend = use_one_of(row["question"], [q.id for q in cycle.questions if q.graded])
        row.wrong("question", f"{cycle.id} does not ask {shown(row['question'])}", mend)
    elif not question.graded:
        what = f"{cycle.id} does not grade {shown(question.id)}"
        row.wrong("question", what, "Take the row out, or mark the question graded in frameworks.toml.")
        return None
    return question


def _read_moves(table: Rows) -> Iterator[KnownMove]:
    for row in table.read(("force", "move", "published", "note", "source")):
        published, precision = row.day()
        move = cast(Literal["entered", "left", "in"], row.one_of("move", ("entered", "left", "in")))
        yield KnownMove(row.force, move, published, precision, row.source, row["note"], row.publisher)


def _read_causes(table: Rows) -> Iterator[KnownCause]:
    canonical = table.lexicon.canonical_by_id
    for row in table.read(("force", "topic", "question", "state", "published", "source")):
        published, precision = row.day()
        if not row["topic"].strip():
            row.wrong("topic", "the topic is empty", "Write what the cause of concern is about.")
        if row["question"]:
            row.one_of("question", canonical)
        state = cast(Literal["raised", "kept", "closed"], row.one_of("state", ("raised", "kept", "closed")))
        topic = row["question"] or row["topic"]
        yield KnownCause(row.force, state, topic, published, precision, row.source, row.publisher)


def _read_notes(table: Rows) -> Iterator[KnownNote]:
    for row in table.read(("force", "cycle", "question", "note", "source")):
        cycle = row.cycle
        if row["question"]:
            _question(row, cycle)
        if not row["note"].strip():
            row.wrong("note", "the note is empty", "Write the sentence that is shown beside the grade.")
        yield KnownNote(row.force, row["cycle"], row["question"], row["note"], row.source)


def _read_tallies(table: Rows) -> Iterator[KnownTally]:
    for row in table.read(TALLY_COLUMNS):
        cycle, areas, (published, precision) = row.cycle, row.count("areas"), row.day()
        counts = tuple((g, row.count(g)) for g in reversed(Grade))
        if sum(n for _, n in counts) != areas:
            what = f"{areas} areas are stated, {sum(n for _, n in counts)} are counted"
            row.wrong("areas", what, "Read the release again.")
        if cycle and any(n for g, n in counts if g not in GRADES_BY_SCALE[cycle.scale]):
            row.wrong("adequate", f"{cycle.id} has no such grade", "Move the count to the grade it belongs to.")
        given = tuple((g, n) for g, n in counts if n)
        yield KnownTally(row.force, row["cycle"], areas, given, published, precision, row.source)


def _read_reports(table: Rows) -> Iterator[KnownReport]:
    for row in table.read(("force", "cycle", "published", "source")):
        published, precision = row.day()
        if published is None or precision != "day":
            row.wrong("published", "the day is missing", "Write it as 2024-08-08, or take the row out.")
            continue
        _ = row.cycle
        yield KnownReport(row.force, row["cycle"], published, row.source)
