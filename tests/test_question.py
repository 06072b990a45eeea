"""What people type is understood: names in every form, misspellings, half names, sentences; and junk is quick."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.lexicon import load_lexicon
from inspections.question import Found, Suggest, Unknown, ask, find_force, find_question

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("typed", "force"),
    [
        ("cheshire", "cheshire"),
        ("CHESHIRE", "cheshire"),
        ("Cheshire Police", "cheshire"),
        ("the Cheshire Constabulary", "cheshire"),
        ("the met", "metropolitan"),
        ("Met", "metropolitan"),
        ("Scotland Yard", "metropolitan"),
        ("GMP", "greater-manchester"),
        ("Devon & Cornwall", "devon-and-cornwall"),
        ("devon cornwall", "devon-and-cornwall"),
        ("Dyfed Powys", "dyfed-powys"),
        ("dyfed-powys police", "dyfed-powys"),
        ("thamesvalley", "thames-valley"),
        ("cheshire.police.uk", "cheshire"),
        ("cheshire fire", "frs-cheshire"),
        ("Cheshire Fire & Rescue Service", "frs-cheshire"),
        ("Essex County Fire and Rescue Service", "frs-essex"),
        ("London Fire Brigade", "frs-london"),
        ("durham fire", "frs-county-durham-and-darlington"),
    ],
)
def test_a_name_is_found_in_every_form_people_give_it(typed: str, force: str) -> None:
    found = find_force(typed, LEXICON)
    assert isinstance(found, Found)
    assert found.one.id == force


@pytest.mark.parametrize("force", LEXICON.forces, ids=lambda f: f.id)
def test_every_force_is_found_by_its_id_and_by_its_name(force) -> None:  # type: ignore[no-untyped-def]
    for words in (force.id, force.name, *force.aliases):
        assert find_force(words, LEXICON) == Found(force), words


@pytest.mark.parametrize(
    ("typed", "force"),
    [
        ("chesire", "cheshire"),
        ("chehsire", "cheshire"),
        ("sufolk", "suffolk"),
        ("norfork police", "norfolk"),
        ("valley police", "thames-valley"),
        ("chesire fire", "frs-cheshire"),
    ],
)
def test_a_misspelt_name_with_one_clear_winner_is_a_guess(typed: str, force: str) -> None:
    found = find_force(typed, LEXICON)
    assert isinstance(found, Found)
    assert (found.one.id, found.guessed) == (force, True)


@pytest.mark.parametrize(
    ("typed", "forces"),
    [
        ("yorkshire", {"north-yorkshire", "south-yorkshire", "west-yorkshire"}),
        ("yorkshre", {"north-yorkshire", "south-yorkshire", "west-yorkshire"}),
        ("yorkshire fire", {"frs-north-yorkshire", "frs-south-yorkshire", "frs-west-yorkshire"}),
        ("wales", {"dyfed-powys", "gwent", "north-wales", "south-wales"}),
        ("london", {"city-of-london", "metropolitan"}),
        ("xssex", {"essex", "sussex"}),
    ],
)
def test_an_ambiguous_name_is_asked_back(typed: str, forces: set[str]) -> None:
    found = find_force(typed, LEXICON)
    assert isinstance(found, Suggest)
    assert {f.id for f in found.some} == forces


def test_two_bodies_named_in_one_breath_are_not_guessed_to_be_one_of_them() -> None:
    found = find_force("avon and somerset fire", LEXICON)
    assert isinstance(found, Suggest)
    assert {"frs-avon", "frs-devon-and-somerset"} <= {f.id for f in found.some}


@pytest.mark.parametrize("typed", ["", "   ", "zz", "asdfghjkl", "police", "the police force", "🎉🎉", "&", "'"])
def test_what_resembles_no_force_is_unknown(typed: str) -> None:
    assert find_force(typed, LEXICON) == Unknown()


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("protecting vulnerable people", "protecting-vulnerable-people"),
        ("protecting-vulnerable-people", "protecting-vulnerable-people"),
        ("serious and organised crime", "disrupting-soc"),
        ("SOC", "disrupting-soc"),
        ("999 calls", "responding-to-the-public"),
        ("anti-social behaviour", "preventing-crime"),
        ("leadership", "leadership"),
        ("how good is the force at investigating crime?", "investigating-crime"),
        ("protecting vulnarable people", "protecting-vulnerable-people"),
    ],
)
def test_a_question_is_found_by_what_people_call_it(typed: str, question: str) -> None:
    found = find_question(typed, LEXICON)
    assert isinstance(found, Found)
    assert found.one.id == question


def test_a_word_that_several_questions_share_is_asked_back() -> None:
    found = find_question("crime", LEXICON)
    assert isinstance(found, Suggest)
    assert {"preventing-crime", "investigating-crime", "recording-crime"} <= {q.id for q in found.some}


@pytest.mark.parametrize(
    ("typed", "forces", "question"),
    [
        ("cheshire protecting vulnerable people", ["cheshire"], "protecting-vulnerable-people"),
        ("how good is Cheshire at protecting vulnerable people?", ["cheshire"], "protecting-vulnerable-people"),
        ("How good is chesire at protecting vulnrable people", ["cheshire"], "protecting-vulnerable-people"),
        ("What grade did Cheshire's police get for leadership?", ["cheshire"], "leadership"),
        ("met police powers", ["metropolitan"], "treatment-of-the-public"),
        ("cheshire vulnerable", ["cheshire"], "protecting-vulnerable-people"),
        ("cheshire fire effectiveness", ["frs-cheshire"], "fire-effectiveness"),
        ("compare kent and essex", ["kent", "essex"], None),
        ("is the met any good?", ["metropolitan"], None),
        ("leadership", [], "leadership"),
    ],
)
def test_a_sentence_gives_its_force_and_its_question(typed: str, forces: list[str], question: str | None) -> None:
    asked = ask(typed, LEXICON)
    assert [f.id for f in asked.forces] == forces
    assert (asked.question.id if asked.question else None) == question


def test_an_ambiguous_force_keeps_the_question_that_was_asked() -> None:
    asked = ask("what about yorkshire leadership?", LEXICON)
    assert asked.forces == ()
    assert [f.id for f in asked.force_choices] == ["north-yorkshire", "south-yorkshire", "west-yorkshire"]
    assert asked.question is not None
    assert asked.question.id == "leadership"


def test_words_that_were_not_understood_are_given_back() -> None:
    assert ask("cheshire xyzzy", LEXICON).left == "xyzzy"


@pytest.mark.parametrize(
    "piece", ["a ", "🎉", "cheshire ", "vulnerable chesire ", "x", "yorkshre essec ", "'", "& ", "é́"]
)
def test_a_hundred_kilobytes_of_anything_is_answered_as_fast_as_a_line(piece: str) -> None:
    typed = piece * (100_000 // len(piece))
    began = time.process_time()
    ask(typed, LEXICON)
    find_force(typed, LEXICON)
    find_question(typed, LEXICON)
    assert time.process_time() - began < 1.0


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_an_answer(typed: str) -> None:
    asked = ask(typed, LEXICON)
    assert len(asked.force_choices) <= 4
    assert len(asked.question_choices) <= 4
