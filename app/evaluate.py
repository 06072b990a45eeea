"""`peelwatch eval`: the figures of reading on labelled releases, their tables, the floors they may not fall below."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import typer

from app.lines import read_release_file, release_from_line, year_of
from app.scoring import Evaluation, Line, Miss, Score, evaluate_findings
from inspections.classify import classify
from inspections.lexicon import Lexicon
from inspections.wire import findings_object

Reader = Callable[[Mapping[str, Any]], Mapping[str, Any]]
Pair = tuple[Line, Line]
"""A label and what was found in its release."""

EXAM = "369"
"""The last digits of the releases whose misses nobody looks at."""
LOWER_IS_BETTER = ("past_as_current", "negative_docs_with_a_grade")
HELD = (
    "judgment_precision",
    "judgment_recall",
    "force_f1",
    "cycle_right",
    "evidence_overlaps",
    "recalled_f1",
    "tally_precision",
    "tally_recall",
    "monitoring_precision",
    "monitoring_recall",
    "causes_f1",
    "theme_f1",
    *LOWER_IS_BETTER,
)
"""The figures that have a floor."""
ROWS = {
    "publisher": ("inspectorate", "force", "pcc", "press"),
    "grade": ("outstanding", "good", "adequate", "requires-improvement", "inadequate"),
}


class LabelsError(Exception):
    """The labelled releases cannot be read; the text is a sentence for the person who called."""


@dataclass(frozen=True, slots=True)
class FloorOptions:
    """What to do with the floors: hold them (nothing set), raise those that are beaten, lower those not reached."""

    file: Path | None = None
    raise_them: bool = False
    lower_them: bool = False


def era_of(label: Line) -> str:
    """The stretch of years a release falls in, by the scales then in use."""
    year = year_of(label)
    if not year:
        return "no date"
    return "2010–2016" if year <= 2016 else "2017–2020" if year <= 2020 else "2021–2022" if year <= 2022 else "2023 on"


def read_labels(directory: Path) -> list[dict[str, Any]]:
    """The lines of all gold*.jsonl files of a directory, in order."""
    files = sorted(directory.glob("gold*.jsonl"))
    if not files:
        raise LabelsError(
            f"{directory} has no gold*.jsonl file. Name the directory that holds the labels, e.g. tests/labelled."
        )
    labels: list[dict[str, Any]] = []
    for file in files:
        for number, row in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                label = json.loads(row) if row.strip() else {}
            except ValueError as error:
                raise LabelsError(f"{file}, line {number} is not JSON ({error}). Mend or remove the line.") from error
            if label:
                labels.append(label)
    return labels


def read_lines(directory: Path, labels: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """The release of each label, from ID.txt beside the labels or under releases/."""
    for label in labels:
        name = f"{label['id']}.txt"
        file = next((f for f in (directory / "releases" / name, directory / name) if f.is_file()), None)
        if file is None:
            raise LabelsError(
                f"{directory} has a label for {label['id']} but no {name}. Add the file or remove the label."
            )
        yield read_release_file(file)


def corpus_hash(directory: Path) -> str:
    """One hash over labels and texts, whatever the order the disk lists them in."""
    digest = hashlib.sha256()
    for file in sorted([*directory.glob("gold*.jsonl"), *directory.glob("**/*.txt")]):
        digest.update(file.relative_to(directory).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def evaluate(
    directory: Path, lexicon: Lexicon, digits: str = "", read: Reader | None = None, more: Iterable[Pair] = ()
) -> Evaluation:
    """Read every labelled release of a directory and score what was found; `more` are (label, found) beside them.

    `digits` keeps only releases whose id ends in one of them. `read` (a line in, a findings object out) is today's
    classifier unless another is given.
    """
    reader = read or (
        lambda line: findings_object(classify(release_from_line(line, lexicon), lexicon), str(line["id"]))
    )
    labels = [label for label in read_labels(directory) if not digits or label["id"][-1] in digits]
    lines = read_lines(directory, labels)
    return evaluate_findings(
        chain(((label, reader(line)) for label, line in zip(labels, lines, strict=True)), more), era_of
    )


def run_eval(
    directory: Path,
    lexicon: Lexicon,
    *,
    as_json: bool = False,
    digits: str = "",
    floors: FloorOptions | None = None,
    table: Path | None = None,
    misses: bool = False,
    more: Iterable[Pair] = (),
) -> int:
    """`peelwatch eval`: print the figures, hold them against the floors. 0 done, 1 below a floor, 2 nothing to read."""
    try:
        evaluation = evaluate(directory, lexicon, digits, more=more)
    except LabelsError as mistake:
        typer.echo(str(mistake), err=True)
        return 2
    figures = evaluation.figures()
    if as_json:
        typer.echo(json.dumps({**figures, "tables": tables_object(evaluation)}, ensure_ascii=False))
    else:
        typer.echo("\n".join(f"{name:28} {_number(value)}" for name, value in figures.items()))
        typer.echo("\n" + table_text(evaluation))
    if misses:
        typer.echo("\n".join(_miss_text(m) for m in evaluation.misses if m.id[-1] not in EXAM), err=as_json)
    if table:
        table.write_text(page_text(evaluation), encoding="utf-8")
    return hold_floors(figures, corpus_hash(directory), floors) if floors and floors.file else 0


def hold_floors(figures: Mapping[str, float], corpus: str, options: FloorOptions) -> int:
    """Compare with the committed floors; write higher ones when asked. 1 and a sentence for each below its floor."""
    if options.file is None:
        return 0
    held = _read_floors(options.file)
    floors: dict[str, float] = held["figures"]
    below = [name for name, floor in floors.items() if name in figures and _worse(name, figures[name], floor)]
    if options.raise_them or options.lower_them:
        kept = [] if options.lower_them else below
        new = {name: floors[name] if name in kept else _floor(name, figures[name]) for name in HELD}
        text = json.dumps({"corpus": corpus, "figures": new}, indent=1) + "\n"
        options.file.write_text(text, encoding="utf-8")
        below = kept
    elif held["corpus"] != corpus:
        typer.echo(
            f"The labelled releases are not those that {options.file} was set on. "
            "Look at the figures, then set the floors again with --raise-floors (or --lower-floors).",
            err=True,
        )
        return 1
    for name in below:
        than = "above its ceiling" if name in LOWER_IS_BETTER else "below its floor"
        typer.echo(
            f"{name} is {_number(figures[name])}, {than} of {_number(floors[name])} in {options.file}. "
            "Mend the reading, or lower the floor with --lower-floors and say why in the commit.",
            err=True,
        )
    return 1 if below else 0


def _read_floors(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {"corpus": "", "figures": {}}
    floors: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return floors


def _worse(name: str, value: float, floor: float) -> bool:
    return value > floor if name in LOWER_IS_BETTER else value < floor - 1e-9


def _floor(name: str, value: float) -> float:
    """A floor is the figure itself, rounded down, so that it can be read."""
    return value if name in LOWER_IS_BETTER else math.floor(value * 1000 + 1e-9) / 1000


def _number(value: float) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _miss_text(miss: Miss) -> str:
    return f"{miss.id} {miss.kind}: false {miss.false or '-'}, missed {miss.missed or '-'}"


def tables_object(evaluation: Evaluation) -> dict[str, Any]:
    """Judgments by question, grade, publisher and era, and every kind of finding."""
    return {
        table: {
            name: {"stated": s.right + s.missed, "precision": s.precision, "recall": s.recall, "f1": s.f1}
            for name, s in rows
        }
        for table, rows in _tables(evaluation)
    }


def _tables(evaluation: Evaluation) -> Iterator[tuple[str, list[tuple[str, Score]]]]:
    yield "kind", list(evaluation.scores.items())
    for table in ("question", "grade", "publisher", "era"):
        rows = evaluation.tables[table]
        order = [name for name in ROWS.get(table, ()) if name in rows]
        yield table, [(name, rows[name]) for name in [*order, *sorted(set(rows) - set(order))]]


def table_text(evaluation: Evaluation) -> str:
    """The tables as Markdown, which a terminal shows well enough."""
    parts = []
    for table, rows in _tables(evaluation):
        lines = [f"| {table} | stated | precision | recall |", "|---|---:|---:|---:|"]
        lines += [f"| {name} | {s.right + s.missed} | {s.precision:.3f} | {s.recall:.3f} |" for name, s in rows]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def page_text(evaluation: Evaluation) -> str:
    """docs/accuracy.md: how well releases are read, and how that is known."""
    figures = evaluation.figures()
    past, negative = figures["past_as_current"], figures["negative_docs_with_a_grade"]
    return f"""# How well releases are read

Written by `peelwatch eval tests/labelled --table docs/accuracy.md`; do not edit by hand.

Measured on {figures["docs"]} labelled releases, which [were written for this purpose](../tests/labelled/README.md).
A judgment is right when force, question and grade agree and both call it current. `make eval` refuses a change that
brings a figure below `tests/labelled/floors.json`.

- Grades found in releases that state none: {negative} of {figures["negative_docs"]}.
- Recalled grades given as current: {past}.
- Cycle right, where it can be told: {figures["cycle_right"]:.1%}.

{table_text(evaluation)}
"""
