"""The figures of `peelwatch eval` on a small set worked out by hand, and floors that only rise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.evaluate import FloorOptions, LabelsError, corpus_hash, evaluate, hold_floors, read_labels, run_eval
from app.lines import force_of, publisher_of, read_release_file, release_from_line
from config.lexicon import load_lexicon

LEXICON = load_lexicon()
KENT = "https://www.kent.police.uk/news/one"


def judgment(question: str, grade: str, *, force: str = "kent", **more: Any) -> dict[str, Any]:
    stated = {"force": force, "question": question, "grade": grade, "current": True, "cycle": "2023-25"}
    return {**stated, "evidence": f"is {grade} at {question}", **more}


def label(name: str, kind: str = "b", **more: Any) -> dict[str, Any]:
    line = {"id": name, "kind": kind, "publisher": "force", "url": KENT, "date": "2024-03-01", "forces": ["kent"]}
    empty: dict[str, Any] = {"judgments": [], "tallies": [], "monitoring": [], "causes_of_concern": [], "themes": []}
    return {**line, **empty, **more}


def found(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "forces": ["kent"], "judgments": [], **more}


LABELS = [
    label(
        "T001",
        judgments=[
            judgment("leadership", "good"),
            judgment("workforce", "adequate", cycle=None),
            judgment("recording-crime", "good", optional=True),
            judgment("leadership", "adequate", current=False),
        ],
        themes=["finance", "roads"],
        monitoring=[{"force": "kent", "move": "entered"}],
        tallies=[{"force": "kent", "outstanding": 0, "good": 1, "adequate": 1}],
    ),
    label("T002", "f", forces=[]),
    label("T003", causes_of_concern=[{"force": "kent"}], judgments=[judgment("leadership", "good", force="essex")]),
]
FOUND = {
    "T001": found(
        "T001",
        judgments=[
            judgment("leadership", "good", evidence={"text": "Kent is good at leadership", "start": 0, "end": 26}),
            judgment("workforce", "good"),
            judgment("recording-crime", "good"),
            judgment("leadership", "adequate"),
        ],
        themes=[{"theme": "finance"}, {"theme": "custody"}],
        tallies=[{"force": "kent", "outstanding": 0, "good": 1, "adequate": 1, "inadequate": 0}],
    ),
    "T002": found("T002", judgments=[judgment("leadership", "good")]),
    "T003": found("T003", causes_of_concern=[{"force": "kent", "state": "raised"}, {"force": "kent", "state": "kept"}]),
}


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    (tmp_path / "gold-A.jsonl").write_text("\n".join(json.dumps(line) for line in LABELS) + "\n", encoding="utf-8")
    for line in LABELS:
        text = f"TITLE: Title\nURL: {line['url']}\nDATE: {line['date']}\n\nKent Police is good at leadership.\n"
        (tmp_path / f"{line['id']}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def figures(directory: Path, digits: str = "") -> dict[str, float]:
    return evaluate(directory, LEXICON, digits, read=lambda line: FOUND[line["id"]]).figures()


def test_the_figures_are_those_worked_out_by_hand(labelled: Path) -> None:
    measured = figures(labelled)
    # right: leadership good; false: workforce good, the recalled leadership adequate, the negative's;
    # missed: workforce adequate, Essex's
    assert measured["judgments_gold"] == 3
    assert measured["judgment_precision"] == pytest.approx(1 / 4)
    assert measured["judgment_recall"] == pytest.approx(1 / 3)
    assert measured["past_as_current"] == 1
    assert (measured["negative_docs"], measured["negative_docs_with_a_grade"]) == (1, 1)
    assert measured["docs_exact"] == 0
    assert measured["cycle_right"] == 1
    assert measured["evidence_overlaps"] == 1
    assert (measured["force_precision"], measured["force_recall"]) == (pytest.approx(2 / 3), 1)
    assert measured["theme_f1"] == pytest.approx(1 / 2)
    assert (measured["monitoring_precision"], measured["monitoring_recall"]) == (1, 0)
    assert measured["tally_f1"] == 1
    assert measured["causes_f1"] == 1  # without a state in the labels, the force alone counts
    assert measured["recalled_recall"] == 0


def test_digits_keep_the_releases_whose_number_ends_so(labelled: Path) -> None:
    assert figures(labelled, "2")["docs"] == 1
    assert figures(labelled, "369")["docs"] == 1


def test_judgments_are_counted_by_question_grade_publisher_and_era(labelled: Path) -> None:
    tables = evaluate(labelled, LEXICON, read=lambda line: FOUND[line["id"]]).tables
    leadership = tables["question"]["leadership"]
    assert (leadership.right, leadership.false, leadership.missed) == (1, 2, 1)
    assert set(tables) == {"question", "grade", "publisher", "era"}
    assert tables["era"]["2023 on"].right == 1


HIGHER_IS_BETTER = """
    judgment_precision judgment_recall force_f1 cycle_right evidence_overlaps recalled_f1 tally_precision tally_recall
    monitoring_precision monitoring_recall causes_f1 theme_f1
"""
FIGURES: dict[str, float] = dict.fromkeys(HIGHER_IS_BETTER.split(), 0.9) | {
    "past_as_current": 1,
    "negative_docs_with_a_grade": 0,
}


@pytest.fixture
def floors(tmp_path: Path) -> FloorOptions:
    options = FloorOptions(tmp_path / "floors.json", raise_them=True)
    assert hold_floors(FIGURES, "hash", options) == 0
    return FloorOptions(options.file)


def held(options: FloorOptions) -> dict[str, float]:
    assert options.file
    kept: dict[str, float] = json.loads(options.file.read_text(encoding="utf-8"))["figures"]
    return kept


def test_a_figure_below_its_floor_fails_with_a_sentence(
    floors: FloorOptions, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hold_floors(FIGURES, "hash", floors) == 0
    assert hold_floors({**FIGURES, "theme_f1": 0.89}, "hash", floors) == 1
    assert "theme_f1 is 0.890, below its floor of 0.900" in capsys.readouterr().err


def test_more_mistakes_than_allowed_fail(floors: FloorOptions) -> None:
    assert hold_floors({**FIGURES, "past_as_current": 2}, "hash", floors) == 1
    assert hold_floors({**FIGURES, "past_as_current": 0}, "hash", floors) == 0


def test_raising_keeps_what_is_not_reached_and_lowering_does_not(floors: FloorOptions) -> None:
    now = {**FIGURES, "theme_f1": 0.8, "causes_f1": 0.95}
    assert hold_floors(now, "hash", FloorOptions(floors.file, raise_them=True)) == 1
    assert (held(floors)["theme_f1"], held(floors)["causes_f1"]) == (0.9, 0.95)
    assert hold_floors(now, "hash", FloorOptions(floors.file, lower_them=True)) == 0
    assert held(floors)["theme_f1"] == 0.8


def test_floors_of_other_releases_do_not_count(floors: FloorOptions, capsys: pytest.CaptureFixture[str]) -> None:
    assert hold_floors(FIGURES, "another hash", floors) == 1
    assert "--raise-floors" in capsys.readouterr().err


def test_the_hash_changes_with_a_text(labelled: Path) -> None:
    before = corpus_hash(labelled)
    (labelled / "T001.txt").write_text("TITLE: Title\n\nAnother text", encoding="utf-8")
    assert corpus_hash(labelled) != before


def test_a_directory_without_labels_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_eval(tmp_path, LEXICON) == 2
    assert "gold*.jsonl" in capsys.readouterr().err


def test_a_label_without_its_text_is_named(labelled: Path) -> None:
    (labelled / "T002.txt").unlink()
    with pytest.raises(LabelsError, match=r"T002\.txt"):
        evaluate(labelled, LEXICON)


def test_a_broken_line_is_named_with_its_number(labelled: Path) -> None:
    (labelled / "gold-B.jsonl").write_text('{"id": "T009"\n', encoding="utf-8")
    with pytest.raises(LabelsError, match=r"gold-B\.jsonl, line 1"):
        read_labels(labelled)


def test_json_and_the_page_are_written(labelled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "accuracy.md"
    assert run_eval(labelled, LEXICON, as_json=True, table=page) == 0
    assert json.loads(capsys.readouterr().out)["docs"] == 3
    assert "| question | stated | precision | recall |" in page.read_text(encoding="utf-8")


def test_misses_of_the_exam_are_never_shown(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_eval(labelled, LEXICON, misses=True)
    printed = capsys.readouterr().out
    assert "T001" in printed
    assert "T003" not in printed


def test_a_labelled_file_keeps_its_text_to_the_letter(labelled: Path) -> None:
    line = read_release_file(labelled / "T001.txt")
    assert line["text"] == "Kent Police is good at leadership.\n"
    release = release_from_line(line, LEXICON)
    assert (release.publisher, release.force, release.text) == ("force", "kent", line["text"])


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://hmicfrs.justiceinspectorates.gov.uk/news/x/", "inspectorate"),
        ("https://www.wired-gov.net/wg/news.nsf/x", "inspectorate"),
        ("https://www.sussex-pcc.gov.uk/about/news/x", "pcc"),
        ("https://www.northantspfcc.org.uk/?p=1", "pcc"),
        ("https://www.essex.police.uk/news/", "force"),
        ("https://www.lancsfirerescue.org.uk/latest-news/", "force"),
        ("https://www.expressandstar.com/news/x", "press"),
        ("", None),
        ("http://[broken", None),
    ],
)
def test_an_address_tells_who_publishes(url: str, publisher: str | None) -> None:
    assert publisher_of(url) == publisher


def test_a_forces_own_site_tells_the_force() -> None:
    assert force_of("https://www.devon-cornwall.police.uk/news/", LEXICON) == "devon-and-cornwall"
    assert force_of("https://www.bristol247.com/", LEXICON) == ""
