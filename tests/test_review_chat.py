"""Reviewing in the admin chat and at the terminal: the list, buttons, commands, strangers, mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands import MOST_DATA, answer, answer_button
from bot.markup import fits, visible
from bot.replies import ONLY_OPERATOR, Reply
from inspections.alerts import Chat
from inspections.correction import Correction, Mistaken, Spoken, read_correction, split_correction
from inspections.findings import Findings, Unplaced
from inspections.model import Grade
from inspections.release import Quote
from store import Store
from tests.servers.bot_api_rules import broken_markup
from tests.store_builders import NOW, judgment, lexicon, listening, record, record_found, release, store_at
from tests.store_builders import chat as telegram

ADMIN = Chat("telegram", 7)
TERMINAL = Chat("terminal", 0)
SENTENCE = "The force was graded good <again> in one area"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_at(tmp_path / "peelwatch.db") as opened:
        yield opened


def checked(made: Reply) -> Reply:
    assert broken_markup(made.text_html) == ""
    assert fits(made.text_html)
    for row in made.buttons:
        for button in row:
            assert 1 <= len(button.data.encode()) <= MOST_DATA
    return made


def said(store: Store, text: str, chat: Chat = ADMIN, *, admin: bool = True) -> str:
    made = answer(text, chat, store=store, lexicon=lexicon(), now=NOW, admin=admin)
    return visible(checked(made).text_html)


def pressed(store: Store, data: str, *, admin: bool = True) -> str:
    made = answer_button(data, ADMIN, store=store, lexicon=lexicon(), now=NOW, admin=admin)
    return visible(checked(made).text_html)


def unplaced(store: Store, force: str = "cheshire") -> None:
    found = Findings(
        unplaced=(Unplaced(force, Grade.GOOD, "the words do not say for which question", Quote(SENTENCE, 0, 45)),),
        grade_words=1,
    )
    record_found(store, release(SENTENCE, url="https://example.org/unplaced"), found)


def number(store: Store) -> int:
    return store.reviews.waiting(1)[0].id


def test_what_waits_is_listed_with_its_words_the_reason_the_link_and_buttons(store: Store) -> None:
    record(store, judgment("good", confidence=0.4))
    unplaced(store)
    made = checked(answer("/review", ADMIN, store=store, lexicon=lexicon(), now=NOW, admin=True))
    text = visible(made.text_html)
    assert text.startswith("2 findings waiting for you")
    assert "1 Cheshire Constabulary, protecting vulnerable people: good (PEEL 2023-25)" in text
    assert "<blockquote>“The force was graded good &lt;again&gt; in one area”</blockquote>" in made.text_html
    assert "Why: read with little confidence (0.40).\nCheshire inspected, HMICFRS, 2 June 2025" in text
    assert "Why: the words do not say for which question." in text
    assert 'href="https://example.org/unplaced"' in made.text_html
    assert "/correct 12 cheshire preventing crime good 2023-25" in text
    assert {tuple(b.label for b in row) for row in made.buttons} == {("Approve 1", "Dismiss 1"), ("Dismiss 2",)}


def test_a_button_decides_once(store: Store) -> None:
    listening(store, telegram())
    record(store, judgment("good", confidence=0.4))
    assert pressed(store, "ra:1:") == (
        "Approved 1: Cheshire Constabulary, protecting vulnerable people: good (PEEL 2023-25). 1 alert to send. "
        "Nothing else waits."
    )
    assert "1 was approved by chat 7 on 2 June 2025, 10:00" in pressed(store, "rd:1:")
    assert "1 was approved by chat 7" in said(store, "/dismiss 1")
    assert store.deliveries.counts() == {"due": 1}


@pytest.mark.parametrize("text", ["/review", "/review grades", "/approve 1", "/dismiss 1", "/correct 1 kent good"])
def test_strangers_are_refused_and_nothing_happens(store: Store, text: str) -> None:
    record(store, judgment("good", confidence=0.4))
    assert said(store, text, admin=False) == ONLY_OPERATOR
    assert pressed(store, "ra:1:", admin=False) == ONLY_OPERATOR
    assert pressed(store, "rd:1:", admin=False) == ONLY_OPERATOR
    assert store.reviews.how_many_wait() == 1


def test_what_the_words_state_can_be_said(store: Store) -> None:
    unplaced(store)
    assert "names no question, so it cannot be approved" in pressed(store, f"ra:{number(store)}:")
    told = said(store, "/correct 1 preventing crime adequate 2023-25", TERMINAL)
    assert told.startswith("Corrected 1: Cheshire Constabulary, preventing crime and")
    review = store.reviews.find(1)
    assert review is not None
    assert (review.decided_by, review.decision, review.value) == ("terminal", "corrected", "adequate")
    [held] = store.ledger.held("cheshire")
    assert (held.canonical, held.cycle, held.grade) == ("preventing-crime", "2023-25", Grade.ADEQUATE)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/approve", "Of which review? Did you mean 1?"),
        ("/approve twelve", "“twelve” is not the number of a review, such as 12. Did you mean 1?"),
        ("/dismiss 99", "There is no review 99. Did you mean 1?"),
        ("/dismiss 99999999999999999999", "is not the number of a review"),
        ("/correct 1", "Say what the words state: /correct 12 cheshire preventing crime good"),
        ("/correct 1 cheshire good", "The words do not say for which question"),
        (
            "/correct 1 chesire leadership good",
            "“chesire leadership” is not certain. Did you mean cheshire, leadership?",
        ),
        ("/correct 1 cheshire and kent leadership good", "That names more than one force"),
        ("/correct 1 cheshire effectiveness good 2023-25", "PEEL 2023-25 does not grade effectiveness"),
        ("/correct 1 cheshire effectiveness adequate 2017", "PEEL 2017 has no grade adequate"),
        ("/correct 1 cheshire leadership frs-2021/22 good", "is no cycle of Cheshire Constabulary"),
    ],
)
def test_a_mistake_changes_nothing_and_is_answered_with_what_to_do(store: Store, text: str, told: str) -> None:
    unplaced(store)
    assert told in said(store, text)
    assert store.reviews.how_many_wait() == 1


def test_releases_with_unread_grade_words_are_listed(store: Store) -> None:
    assert said(store, "/review grades") == "Every release with a grade word has a grade that was read."
    record_found(store, release("rated good"), Findings(grade_words=1))
    assert "Cheshire inspected, HMICFRS, 2 June 2025" in said(store, "/review grades")
    assert said(store, "/review").startswith("Nothing waits for review.")


def test_a_hundred_findings_fit_in_one_message(store: Store) -> None:
    for at in range(100):
        record(store, judgment("good", confidence=0.4), url=f"https://example.org/{at}", title="Inspected " * 40)
    assert said(store, "/review").startswith("100 findings waiting for you")


def test_only_the_operator_is_told_of_reviewing_in_the_help(store: Store) -> None:
    assert "/review" in said(store, "/help")
    assert "/review" not in said(store, "/help", admin=False)


@given(st.one_of(st.text(max_size=60), st.text("0123456789 godchesirkntlap/-#", max_size=40)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_of_a_decision_get_a_sentence(store: Store, words: str) -> None:
    for command in ("/approve", "/dismiss", "/correct 1", "/review"):
        assert said(store, f"{command} {words}")


FORCES = st.sampled_from(["", *(f.id for f in lexicon().forces)])
QUESTIONS = st.sampled_from(["", *(q.id for q in lexicon().questions)])
CYCLES = st.sampled_from(["", *(c.id for c in lexicon().cycles)])
GRADES = st.sampled_from(["", *(g.value for g in Grade), *(g.words for g in Grade)])


@given(*[st.builds(Spoken, FORCES, QUESTIONS, GRADES, CYCLES)] * 2)
@settings(deadline=None)
def test_a_correction_is_a_judgment_that_its_cycle_can_give(spoken: Spoken, read: Spoken) -> None:
    made = read_correction(spoken, read, lexicon())
    if isinstance(made, Mistaken):
        assert made.sentence.endswith((".", "?"))
        return
    assert made.force == (spoken.force or read.force)
    assert made.question == (spoken.question or read.question)
    assert made.grade.words == (spoken.grade or read.grade).replace("-", " ")
    if made.cycle:
        cycle = lexicon().cycle_by_id[made.cycle]
        assert cycle.parts(made.question) or made.part
        assert (cycle.programme == "fire") == made.force.startswith("frs-")


@given(FORCES.filter(bool), CYCLES, GRADES.filter(bool))
@settings(deadline=None, max_examples=60)
def test_what_is_taken_apart_is_what_was_said(force: str, cycle: str, grade: str) -> None:
    made = split_correction(f"{force} leadership {grade} {cycle}", lexicon())
    assert not isinstance(made, Spoken) or (made.grade, made.cycle) == (grade, cycle)


def test_a_question_with_a_grade_word_in_its_name_is_a_question() -> None:
    made: Any = split_correction("kent good use of resources outstanding", lexicon())
    assert made == Spoken("kent", "good-use-of-resources", "outstanding")
    assert read_correction(made, Spoken(), lexicon()) == Correction("kent", "good-use-of-resources", Grade.OUTSTANDING)
