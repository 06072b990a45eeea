"""The baseline: the published grades and moves that PeelWatch knows before it begins to watch."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from config.addresses import publisher_of
from config.baseline import FOLDER, Baseline, load_baseline
from config.lexicon import load_lexicon
from config.mistakes import ConfigMistake
from inspections.ledger import Assertion
from inspections.lexicon import Lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def baseline(lexicon: Lexicon) -> Baseline:
    return load_baseline(lexicon)


def of(baseline: Baseline, force: str, cycle: str, question: str) -> Assertion:
    [found] = [a for a in baseline.assertions if (a.force, a.cycle, a.question) == (force, cycle, question)]
    return found


def test_1068_grades_35_separate_and_15_of_the_integrity_programme(baseline: Baseline) -> None:
    integrity = [a for a in baseline.assertions if a.question.startswith("integrity-")]
    assert len(integrity) == 15
    assert len(baseline.assertions) == 1068 + 35 + 15
    assert [a.id for a in baseline.assertions] == list(range(1, 1119))


def test_the_grades_of_each_cycle_are_all_there(baseline: Baseline) -> None:
    assert Counter(a.cycle for a in baseline.assertions[:1068]) == {
        "2014": 71,
        "2015": 80,
        "2016": 111,
        "2017": 200,
        "2018/19": 115,
        "2021/22": 232,
        "2023-25": 236,
        "cdi-2016": 3,
        "cdi-2017": 1,
        "cdi-2018": 1,
        "frs-2018/19": 6,
        "frs-2023-25": 10,
        "soc-regional": 2,
    }
    assert Counter(a.grade.value for a in baseline.assertions[:1068]) == {
        "good": 546,
        "outstanding": 80,
        "requires-improvement": 264,
        "adequate": 128,
        "inadequate": 50,
    }


def test_moves_causes_tallies_and_reports_are_all_there(baseline: Baseline) -> None:
    assert Counter(m.move for m in baseline.moves) == {"entered": 12, "left": 9, "in": 2}
    assert Counter(c.state for c in baseline.causes) == {"raised": 19, "closed": 5, "kept": 2}
    assert len(baseline.tallies) == 68
    assert len(baseline.reports) == 60


def test_ungraded_is_never_a_grade(baseline: Baseline) -> None:
    assert {(u.force, u.cycle, u.question) for u in baseline.ungraded} == {
        ("greater-manchester", "2017", "efficiency"),
        ("greater-manchester", "2017", "legitimacy"),
    }
    graded = {(a.force, a.cycle, a.question) for a in baseline.assertions}
    assert not graded & {(u.force, u.cycle, u.question) for u in baseline.ungraded}


def test_a_date_that_is_not_known_stays_unknown(baseline: Baseline) -> None:
    unknown = [a for a in baseline.assertions[:1068] if a.published is None]
    assert len(unknown) == 264
    assert {a.precision for a in unknown} == {""}


def test_a_month_is_known_as_a_month(baseline: Baseline) -> None:
    found = of(baseline, "lincolnshire", "2023-25", "integrity-vetting")
    assert (found.published, found.precision) == (date(2025, 1, 1), "month")
    [entered] = [m for m in baseline.moves if (m.force, m.move) == ("cleveland", "entered")]
    assert (entered.published, entered.precision) == (date(2019, 1, 1), "year")


def test_the_integrity_programme_grades_three_things_apart(baseline: Baseline) -> None:
    surrey = [a for a in baseline.assertions if a.force == "surrey" and a.question.startswith("integrity-")]
    assert [(a.question, a.grade.value) for a in surrey] == [
        ("integrity-vetting", "requires-improvement"),
        ("integrity-standards", "requires-improvement"),
        ("integrity-counter-corruption", "good"),
    ]
    assert {a.canonical for a in surrey} == {"workforce-corruption"}


def test_known_disagreements_stay_and_are_told(baseline: Baseline) -> None:
    told = {(n.force, n.cycle, n.question) for n in baseline.notes}
    assert {
        ("northamptonshire", "2023-25", "responding-to-the-public"),
        ("warwickshire", "2023-25", ""),
        ("essex", "2021/22", "recording-crime"),
        ("cheshire", "cdi-2018", "cdi-overall"),
    } <= told
    assert of(baseline, "northamptonshire", "2023-25", "responding-to-the-public").grade == "requires-improvement"
    assert of(baseline, "cheshire", "cdi-2018", "cdi-overall").grade == "outstanding"
    assert of(baseline, "cheshire", "cdi-2017", "cdi-overall").grade == "inadequate"


def test_the_press_alone_confirms_nothing(baseline: Baseline) -> None:
    assert of(baseline, "avon-and-somerset", "2014", "efficiency").confirms
    assert {a.confirms for a in baseline.assertions if a.publisher in ("force", "pcc")} == {True}
    assert {a.confirms for a in baseline.assertions if a.publisher == "press"} == {False}
    assert {a.publisher for a in baseline.assertions} == {"inspectorate", "force", "pcc", "press"}


@pytest.mark.parametrize(
    ("host", "publisher"),
    [
        ("hmicfrs.justiceinspectorates.gov.uk", "inspectorate"),
        ("www.hmic.gov.uk", "inspectorate"),
        ("www.wired-gov.net", "inspectorate"),
        ("www.essex.police.uk", "force"),
        ("news.met.police.uk", "force"),
        ("www.notts-fire.gov.uk", "force"),
        ("essex.pfcc.police.uk", "pcc"),
        ("norfolk-pcc.gov.uk", "pcc"),
        ("www.merseysidepcc.info", "pcc"),
        ("greatermanchester-ca.gov.uk", "pcc"),
        ("policeprofessional.com", "press"),
        ("sypfcopperconnection.co.uk", "press"),
        ("notjusticeinspectorates.gov.uk", "press"),
        ("essex.police.uk.example.org", "press"),
        ("", "press"),
    ],
)
def test_a_host_tells_who_publishes(lexicon: Lexicon, host: str, publisher: str) -> None:
    assert publisher_of(host, lexicon) == publisher


def test_whole_scorecards_never_hold_more_of_a_grade_than_any_release_counted(baseline: Baseline) -> None:
    """A release's count of areas is an oracle for the grades of its force and cycle."""
    late = {"disrupting-soc", "workforce-corruption", "recording-crime"}
    for key in {(t.force, t.cycle) for t in baseline.tallies}:
        graded = Counter(
            a.grade for a in baseline.assertions[:1068] if (a.force, a.cycle) == key and a.question not in late
        )
        counted = [dict(t.counts) for t in baseline.tallies if (t.force, t.cycle) == key]
        corrected = key == ("northamptonshire", "2023-25")
        assert corrected or any(all(n <= c.get(g, 0) for g, n in graded.items()) for c in counted), key


Spoil = Callable[[str, str, str], str]


@pytest.fixture
def spoil(lexicon: Lexicon, tmp_path: Path) -> Spoil:
    folder = tmp_path / "baseline"
    shutil.copytree(FOLDER, folder)

    def change(name: str, old: str, new: str) -> str:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(ConfigMistake) as caught:
            load_baseline(lexicon, folder)
        return str(caught.value)

    return change


FIRST = "avon-and-somerset,2014,effectiveness-1,good,2014-11-27,https://hmicfrs.justiceinspectorates.gov.uk/peel-as"


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("avon-and-somerset,2014", "avon-and-sommerset,2014", "force", 'Did you mean "avon-and-somerset"?'),
        ("2014,eff", "2041,eff", "cycle", "there is no cycle"),
        ("effectiveness-1", "effectivness-1", "question", 'Did you mean "effectiveness-1"?'),
        ("effectiveness-1", "preventing-crime", "question", "2014 does not ask"),
        ("effectiveness-1", "legitimacy", "question", "2014 does not grade"),
        ("effectiveness-1", "effectiveness-2", "question", "stands already in baseline/grades.csv, line 2"),
        (",good,", ",adequate,", "grade", '2014 has no grade "adequate". Use one of: outstanding,'),
        (",good,", ",godo,", "grade", 'Did you mean "good"?'),
        ("2014-11-27", "2014-11-31", "published", "is not a date"),
        ("2014-11-27", "27/11/2014", "published", "Write 2024-08-08"),
        ("https://", "htps://", "source", "does not begin with http"),
        (",good,", ",good,,", "", "the row has 7 fields, the head 6"),
    ],
)
def test_a_slip_in_a_row_is_named_with_file_line_key_and_mend(
    spoil: Spoil, old: str, new: str, key: str, words: str
) -> None:
    said = spoil("grades.csv", FIRST, FIRST.replace(old, new, 1))
    line = 3 if "stands already" in words else 2
    assert f"baseline/grades.csv, line {line}{', ' + key if key else ''}: " in said
    assert words in said


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("monitoring.csv", "cleveland,entered", "cleveland,enterd", 'Did you mean "entered"?'),
        ("causes.csv", ",kept,", ",open,", "is not a state"),
        ("causes.csv", ",preventing-crime,", ",preventing,", "is not a question"),
        ("tallies.csv", "2021/22,9,1,2", "2021/22,9,2,2", "9 areas are stated, 10 are counted"),
        ("tallies.csv", "2021/22,9,1,2", "2021/22,nine,1,2", "Write it in digits"),
        ("reports.csv", "2025-02-06", "2025-02", "the day is missing"),
        ("notes.csv", "essex,2021/22,recording-crime", "essex,2021/22,recording-crimes", '"recording-crime"?'),
        ("grades.csv", "force,cycle", "force,cylce", "Head it force,cycle,question,grade,published,source"),
        ("integrity.csv", "force,cycle", '"force,cycle', "it is not CSV"),
    ],
)
def test_a_slip_in_any_other_table_is_named(spoil: Spoil, name: str, old: str, new: str, words: str) -> None:
    said = spoil(name, old, new)
    assert f"baseline/{name}" in said
    assert words in said


def test_rows_ended_the_windows_way_and_a_byte_order_mark_read_the_same(
    lexicon: Lexicon, baseline: Baseline, tmp_path: Path
) -> None:
    folder = tmp_path / "baseline"
    shutil.copytree(FOLDER, folder)
    for table in folder.iterdir():
        table.write_bytes(b"\xef\xbb\xbf" + table.read_bytes().replace(b"\n", b"\r\n"))
    assert load_baseline(lexicon, folder) == baseline
