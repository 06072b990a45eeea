"""The tables of forces, frameworks and themes: what they hold, and what is said when one is wrong."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from config.lexicon import HERE, load_lexicon
from config.mistakes import ConfigMistake
from inspections.lexicon import Lexicon
from inspections.model import GRADES_BY_SCALE, Grade


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


Spoil = Callable[[str, str, str], list[str]]


@pytest.fixture
def spoil(tmp_path: Path) -> Spoil:
    """Replaces words in a copy of the tables and gives the sentences that loading them says."""
    for name in ("forces.toml", "frameworks.toml", "themes.toml"):
        shutil.copy(HERE / name, tmp_path / name)

    def change(name: str, old: str, new: str) -> list[str]:
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(ConfigMistake) as caught:
            load_lexicon(tmp_path)
        return str(caught.value).split("\n")

    return change


def test_all_102_bodies_are_there(lexicon: Lexicon) -> None:
    assert Counter(f.kind for f in lexicon.forces) == {"territorial": 43, "special": 15, "fire": 44}
    assert len(lexicon.force_by_id) == 102


def test_hampshire_answers_to_both_names_the_inspectorate_gave_it(lexicon: Lexicon) -> None:
    assert lexicon.force_by_id["hampshire"].slugs == ("hampshire", "hampshire-and-isle-of-wight")


def test_all_eight_cycles_and_the_other_programmes_are_there(lexicon: Lexicon) -> None:
    peel = [c.id for c in lexicon.cycles if c.programme == "peel"]
    assert peel == ["2014", "2015", "2016", "2017", "2018/19", "2021/22", "2023-25", "2025-27"]
    assert {"cdi-2016", "cdi-2020", "frs-2018/19", "frs-2021/22", "frs-2023-25", "frs-2025-27", "soc-regional"} <= set(
        lexicon.cycle_by_id
    )


def test_adequate_exists_from_2021_on(lexicon: Lexicon) -> None:
    with_adequate = {c.id for c in lexicon.cycles if Grade.ADEQUATE in GRADES_BY_SCALE[c.scale]}
    assert with_adequate == {"2021/22", "2023-25", "2025-27", "frs-2023-25", "frs-2025-27", "soc-regional"}


def test_no_overall_or_pillar_question_is_asked_of_a_force_from_2021(lexicon: Lexicon) -> None:
    for cycle in lexicon.cycles:
        if cycle.scale == "5-tier":
            assert not cycle.parts("effectiveness")
            assert not cycle.parts("fire-effectiveness")


def test_every_graded_question_belongs_to_a_canonical_one(lexicon: Lexicon) -> None:
    for cycle in lexicon.cycles:
        for question in cycle.questions:
            assert not question.graded or question.canonical in lexicon.canonical_by_id


def test_2014_asks_about_preventing_crime_twice_and_2023_about_corruption_in_parts(lexicon: Lexicon) -> None:
    parts = [q.id for q in lexicon.cycle_by_id["2014"].parts("preventing-crime")]
    assert parts == ["effectiveness-1", "effectiveness-3"]
    assert len(lexicon.cycle_by_id["2023-25"].parts("workforce-corruption")) == 4


def why(lexicon: Lexicon, cycle: str, question: str, later: str, later_question: str) -> str:
    before, after = lexicon.question(cycle, question), lexicon.question(later, later_question)
    assert before
    assert after
    return lexicon.why_not_comparable(before, after)


@pytest.mark.parametrize(
    ("cycle", "question", "later", "later_question"),
    [
        ("2014", "efficiency", "2015", "efficiency"),
        ("2016", "effectiveness-3", "2018/19", "effectiveness-3"),
        ("2015", "efficiency-1", "2016", "efficiency-2"),
        ("2017", "efficiency-3", "2018/19", "efficiency-2"),
        ("2021/22", "treatment-of-the-public", "2023-25", "police-powers"),
        ("2021/22", "disrupting-soc", "soc-regional", "disrupting-soc"),
        ("cdi-2017", "cdi-overall", "cdi-2018", "cdi-overall"),
        ("frs-2018/19", "frs-people", "frs-2021/22", "frs-people"),
    ],
)
def test_a_question_that_goes_on_compares(
    lexicon: Lexicon, cycle: str, question: str, later: str, later_question: str
) -> None:
    assert why(lexicon, cycle, question, later, later_question) == ""


@pytest.mark.parametrize(
    ("cycle", "question", "later", "later_question", "reason"),
    [
        ("2018/19", "effectiveness-1", "2021/22", "preventing-crime", "four grades, PEEL 2021/22 five grades"),
        ("cdi-2018", "cdi-overall", "2021/22", "recording-crime", "four grades"),
        ("frs-2021/22", "frs-prevention", "frs-2023-25", "frs-prevention", "four grades"),
        ("2014", "effectiveness-1", "2015", "effectiveness-1", "rewritten for 2015"),
        ("2015", "efficiency-3", "2016", "efficiency-3", "only 2015 asked"),
        ("2021/22", "workforce-corruption", "2023-25", "integrity-vetting", "apart"),
    ],
)
def test_what_does_not_compare_says_why(
    lexicon: Lexicon, cycle: str, question: str, later: str, later_question: str, reason: str
) -> None:
    assert reason in why(lexicon, cycle, question, later, later_question)


def test_the_tables_as_they_are_have_fifty_themes_and_load_fast() -> None:
    load_lexicon()
    begun = time.process_time()
    assert len(load_lexicon().themes) == 50
    assert time.process_time() - begun < 1.0


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "key", "words"),
    [
        ("forces.toml", 'kind = "territorial"', 'kind = "teritorial"', 10, "kind", 'Did you mean "territorial"?'),
        ("forces.toml", 'region = "South West"', 'regoin = "South West"', 16, "regoin", 'Did you mean "region"?'),
        ("forces.toml", 'name = "Avon and Somerset Constabulary"\n', "", 8, "name", "[[force]] has no name"),
        ("forces.toml", '"Beds Police"', '"Cheshire Police"', 48, "aliases", "already belongs to bedfordshire"),
        ("forces.toml", 'domain = "beds.police.uk"', 'domain = "https://beds.police.uk/"', 26, "domain", "bare"),
        ("forces.toml", '"Cheshire Police"', "7", 48, "aliases", "not a list of texts"),
        ("frameworks.toml", 'scale = "4-tier"', 'scale = "4-teir"', 0, "scale", 'Did you mean "4-tier"?'),
        ("frameworks.toml", "order = 20", "order = 10", 0, "order", "2014 has the same order"),
        ("frameworks.toml", "ends = 2016-02-25", "ends = 2014-02-25", 0, "ends", "before it begins"),
        ("frameworks.toml", "begins = 2014-11-27", 'begins = "2014-11-27"', 0, "begins", "without quotes"),
        ("frameworks.toml", 'canonical = "workforce"', 'canonical = "workfroce"', 0, "canonical", '"workforce"?'),
        ("frameworks.toml", 'compares_as = "planning"', 'compares_as = "using-resources"', 0, "compares_as", "tell"),
        ("frameworks.toml", "graded = false", 'graded = "no"', 0, "graded", "neither true nor false"),
        ("themes.toml", 'id = "mental-health"', 'id = "domestic-abuse"', 0, "id", "earlier theme"),
        ("themes.toml", "[[theme]]", "[[them]]", 4, "them", 'Did you mean "theme"?'),
    ],
)
def test_a_slip_is_named_with_file_line_key_and_mend(
    spoil: Spoil, name: str, old: str, new: str, line: int, key: str, words: str
) -> None:
    said = spoil(name, old, new)
    sentence = next(s for s in said if f", {key}:" in s)
    assert sentence.startswith(f"{name}, line {line}" if line else f"{name}, line ")
    assert words in sentence


def test_all_mistakes_are_told_at_once(spoil: Spoil, tmp_path: Path) -> None:
    themes = tmp_path / "themes.toml"
    themes.write_text(themes.read_text(encoding="utf-8") + "\nextra = 3\n", encoding="utf-8")
    said = spoil("forces.toml", 'kind = "territorial"', 'kind = "x"')
    assert [s.split(",")[0] for s in said] == ["forces.toml", "themes.toml"]


def test_a_table_that_is_not_toml_is_told_with_its_line(spoil: Spoil) -> None:
    [said] = spoil("forces.toml", 'id = "avon-and-somerset"', "id = avon-and-somerset")
    assert said.startswith("forces.toml, line 9: this is not TOML")


def test_a_table_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigMistake, match=r"forces\.toml: it cannot be read \(No such file or directory\)"):
        load_lexicon(tmp_path)


def test_two_forces_may_be_asked_for_by_one_word_but_never_read_by_one(lexicon: Lexicon) -> None:
    asked = Counter(name.casefold() for f in lexicon.forces for name in f.asked_as)
    assert asked["london"] == 2
    read = Counter(name.casefold() for f in lexicon.forces for name in (f.name, *f.aliases))
    assert max(read.values()) == 1
