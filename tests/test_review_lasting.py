"""Decisions last: whatever revision or rule reads the words again, they are not asked again and not turned over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspections.alerts import Sent
from inspections.correction import Correction
from inspections.findings import Doubt, Findings, Judgment, Unplaced
from inspections.model import Grade
from inspections.release import Quote
from store import Decided, Recorded, Refused, Store
from tests.store_builders import (
    INVESTIGATING,
    NOW,
    PVP,
    chat,
    claim,
    judgment,
    listening,
    record_found,
    release,
    store_at,
    told,
)

WORDS = "Cheshire Constabulary is good at protecting vulnerable people"
OTHERS = "The force is adequate at protecting vulnerable people, inspectors now say"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_at(tmp_path / "peelwatch.db") as opened:
        yield opened


def reading(grade: str = "good", words: str = WORDS, **more: Any) -> Judgment:
    return replace(judgment(grade, **more), quote=Quote(words, 0, len(words)))


def lost(grade: str = "good", words: str = WORDS, force: str = "cheshire") -> Unplaced:
    return Unplaced(force, Grade(grade), "the words do not say for which question", Quote(words, 0, len(words)))


def record(store: Store, *found: Judgment | Unplaced | Doubt, words: str = WORDS, **more: Any) -> Recorded:
    """A release that has these words, and others that make its text another one."""
    findings = Findings(
        judgments=tuple(f for f in found if isinstance(f, Judgment)),
        unplaced=tuple(f for f in found if isinstance(f, Unplaced)),
        doubts=tuple(f for f in found if isinstance(f, Doubt)),
        grade_words=1,
    )
    text = f"{words}\n{more.pop('beside', '')}"
    alerting = more.pop("alerting", True)
    return record_found(store, release(text, **more), findings, now=more.pop("now", NOW), alerting=alerting)


def decide(store: Store, decision: Any, correction: Correction | None = None) -> Decided:
    [review] = store.reviews.waiting(2)
    made = store.reviews.decide(review.id, decision, "operator", NOW, correction=correction)
    assert isinstance(made, Decided)
    return made


def grades(store: Store) -> list[tuple[str, str, str]]:
    return [(h.canonical, h.cycle, h.grade.value) for h in store.ledger.held("cheshire")]


def owed(store: Store) -> int:
    return sum(store.deliveries.counts().values())


def test_what_was_approved_stays_held_and_is_not_asked_again(store: Store) -> None:
    listening(store, chat())
    record(store, reading(confidence=0.3))
    assert decide(store, "approved").deliveries == 1
    again = record(store, reading(confidence=0.3), beside="An editor added this.")
    assert (again.revised, again.changes, again.deliveries) == (True, (), 0)
    assert store.reviews.waiting(5) == []
    assert grades(store) == [(PVP, "2023-25", "good")]


def test_what_was_dismissed_stays_out_though_a_later_reading_is_sure_of_it(store: Store) -> None:
    listening(store, chat())
    record(store, reading(confidence=0.3))
    decide(store, "dismissed")
    assert record(store, reading(confidence=0.99), beside="An editor added this.").deliveries == 0
    assert grades(store) == []
    assert store.reviews.waiting(5) == []


def test_a_rule_that_quotes_more_or_less_of_the_words_meets_the_same_decision(store: Store) -> None:
    record(store, reading(confidence=0.3))
    decide(store, "dismissed")
    record(store, reading(words="is  GOOD at protecting vulnerable people"), beside="And more.")
    assert grades(store) == []


def test_a_correction_is_asserted_in_the_name_of_the_release_and_told_once(store: Store) -> None:
    listening(store, chat())
    record(store, reading(confidence=0.3), publisher="force")
    made = decide(store, "corrected", Correction("cheshire", INVESTIGATING, Grade.ADEQUATE, "2023-25"))
    assert (made.deliveries, [c.after for c in made.changes]) == (1, ["adequate"])
    [held] = store.ledger.held("cheshire")
    assert (held.canonical, held.grade, held.by.publisher) == (INVESTIGATING, Grade.ADEQUATE, "force")
    assert (held.by.evidence, held.confirmed) == (WORDS, False)
    assert told(claim(store)) == [("grade", "", "adequate")]


def test_a_corrected_grade_is_not_turned_back_by_a_reading_that_is_sure(store: Store) -> None:
    listening(store, chat())
    record(store, reading(confidence=0.3))
    decide(store, "corrected", Correction("cheshire", PVP, Grade.ADEQUATE, "2023-25"))
    again = record(store, reading(confidence=0.99), beside="An editor added this.")
    assert (again.changes, owed(store)) == ((), 1)
    assert grades(store) == [(PVP, "2023-25", "adequate")]


def test_an_edit_that_changes_the_words_is_read_like_any_other(store: Store) -> None:
    record(store, reading(confidence=0.3))
    decide(store, "approved")
    changed = record(store, reading("adequate", OTHERS), words=OTHERS)
    assert [c.kind for c in changed.changes] == ["corrected"]
    record(store, reading(confidence=0.3), beside="Put back.")
    assert grades(store) == [(PVP, "2023-25", "good")]
    assert store.reviews.waiting(5) == []


def test_of_a_grade_without_a_question_the_operator_says_the_question(store: Store) -> None:
    listening(store, chat())
    record(store, lost())
    [review] = store.reviews.waiting(5)
    refused = store.reviews.decide(review.id, "approved", "operator", NOW)
    assert isinstance(refused, Refused)
    assert refused.why == "no-question"
    made = decide(store, "corrected", Correction("cheshire", PVP, Grade.GOOD, "2023-25"))
    assert made.deliveries == 1
    later = record(store, reading(confidence=0.99), beside="Newer rules find its question.")
    assert (later.changes, grades(store)) == ((), [(PVP, "2023-25", "good")])
    assert store.reviews.unread_grades(5) == []


def test_dismissing_one_sentence_leaves_the_others_of_the_release(store: Store) -> None:
    record(store, lost())
    decide(store, "dismissed")
    record(store, lost(), reading("adequate", OTHERS), beside=OTHERS)
    assert grades(store) == [(PVP, "2023-25", "adequate")]


def test_a_recalled_grade_in_the_words_of_an_approved_one_stays(store: Store) -> None:
    words = "It was good at protecting vulnerable people in 2021, and is now adequate"
    recalled = reading("good", words, current=False, cycle="2021/22")
    record(store, reading("adequate", words, confidence=0.4), recalled, words=words)
    decide(store, "approved")
    record(store, reading("adequate", words, confidence=0.4), recalled, words=words, beside="More.")
    [held] = [h for h in store.ledger.held("cheshire") if h.cycle == "2023-25"]
    assert held.grade is Grade.ADEQUATE


def test_a_doubt_about_a_release_is_settled_once(store: Store) -> None:
    doubt = Doubt("the release counts fewer areas than were read", "cheshire")
    record(store, doubt)
    [review] = store.reviews.waiting(5)
    refused = store.reviews.decide(
        review.id, "corrected", "operator", NOW, correction=Correction("cheshire", PVP, Grade.GOOD)
    )
    assert isinstance(refused, Refused)
    assert refused.why == "no-words"
    decide(store, "dismissed")
    record(store, doubt, beside="More.")
    assert store.reviews.waiting(5) == []


def test_a_question_that_a_later_reading_settles_waits_no_more_and_can_come_back(store: Store) -> None:
    record(store, reading(confidence=0.3))
    record(store, reading(confidence=0.99), beside="More.")
    assert store.reviews.waiting(5) == []
    assert grades(store) == [(PVP, "2023-25", "good")]
    record(store, reading(confidence=0.3), beside="Still more.")
    assert len(store.reviews.waiting(5)) == 1


def test_a_question_is_asked_once_over_many_revisions(store: Store) -> None:
    for number in range(4):
        record(store, reading(confidence=0.3), beside=f"Edit {number}.")
    assert store.reviews.how_many_wait() == len(store.reviews.waiting(5)) == 1


def test_a_dispute_waits_over_revisions_and_dismissing_it_keeps_both_claims(store: Store) -> None:
    record(store, reading("adequate", OTHERS), words=OTHERS, url="https://hmicfrs.example/1")
    record(store, reading(), publisher="force")
    record(store, reading(), publisher="force", beside="More.")
    [review] = store.reviews.waiting(5)
    assert review.kind == "disputed"
    decide(store, "dismissed")
    [held] = store.ledger.held("cheshire")
    assert (held.grade, [a.grade for a in held.others]) == (Grade.ADEQUATE, [Grade.GOOD])


def test_a_claim_in_dispute_that_was_misread_is_withdrawn_by_its_correction(store: Store) -> None:
    record(store, reading("adequate", OTHERS), words=OTHERS, url="https://hmicfrs.example/1")
    record(store, reading(), publisher="force")
    decide(store, "corrected", Correction("cheshire", PVP, Grade.ADEQUATE, "2023-25"))
    [held] = store.ledger.held("cheshire")
    assert [a.grade for a in (held.by, *held.others)] == [Grade.ADEQUATE, Grade.ADEQUATE]


def test_what_was_history_from_the_start_is_told_nobody_when_it_is_approved(store: Store) -> None:
    listening(store, chat())
    record(store, reading(confidence=0.3), alerting=False)
    made = decide(store, "approved")
    assert (len(made.changes), made.deliveries, owed(store)) == (1, 0, 0)


def test_who_was_told_a_grade_is_told_its_correction_however_old_the_release(store: Store) -> None:
    listening(store, chat())
    record(store, reading())
    parcel = claim(store)
    assert store.deliveries.sending(parcel.deliveries, NOW)
    store.deliveries.record_outcome(parcel.deliveries, Sent(7), NOW)
    edited = reading("inadequate", OTHERS, confidence=0.3)
    record(store, edited, words=OTHERS)
    [review] = store.reviews.waiting(5)
    made = store.reviews.decide(review.id, "approved", "operator", NOW + timedelta(days=90))
    assert isinstance(made, Decided)
    assert (made.deliveries, [c.kind for c in made.changes]) == (1, ["corrected"])


def test_latest_does_not_tell_what_waits_for_the_operator(store: Store) -> None:
    record(store, reading(confidence=0.3))
    assert store.releases.latest(5) == []
    decide(store, "approved")
    [summary] = store.releases.latest(5)
    assert summary.judgments == (("cheshire", PVP, "good"),)


# How the same words may be read by rules old and new.
READINGS = st.lists(
    st.sampled_from(
        [
            reading("good", confidence=0.3),
            reading("good", confidence=0.99),
            reading("good", confidence=0.99, cycle=""),
            replace(reading("good", confidence=0.5), rule="another"),
            lost("good"),
        ]
    ),
    max_size=3,
    unique=True,
)


@given(st.lists(READINGS, min_size=1, max_size=4), st.sampled_from(["approved", "corrected", "dismissed"]))
@settings(max_examples=25, deadline=None)
def test_no_reading_turns_a_decision_over(later: list[list[Any]], decision: Any) -> None:
    with TemporaryDirectory() as folder, store_at(Path(folder) / "peelwatch.db") as store:
        listening(store, chat())
        record(store, reading(confidence=0.3))
        correction = Correction("cheshire", PVP, Grade.INADEQUATE, "2023-25") if decision == "corrected" else None
        decide(store, decision, correction)
        wanted = {"approved": "good", "corrected": "inadequate"}.get(decision)
        for number, found in enumerate(later):
            record(store, *found, beside=f"Edit {number}.")
            assert {grade for _, _, grade in grades(store)} == ({wanted} if wanted else set())
        assert owed(store) == (1 if wanted else 0)
