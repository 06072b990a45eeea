"""What waits for the operator, what an approval does, and why an alert was made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from inspections.findings import Doubt, Findings, Unplaced
from inspections.model import Grade
from inspections.release import Quote
from store import Decided, Refused, Store
from tests.store_builders import (
    NOW,
    URL,
    chat,
    claim,
    judgment,
    listening,
    record,
    record_found,
    release,
    store_at,
    told,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_at(tmp_path / "peelwatch.db") as opened:
        yield opened


def test_what_is_unsure_unplaced_or_doubted_goes_to_review_and_alerts_nobody(store: Store) -> None:
    listening(store, chat())
    found = Findings(
        judgments=(judgment("good", confidence=0.4),),
        unplaced=(Unplaced("kent", Grade.GOOD, "no question is named", Quote("good", 0, 4)),),
        doubts=(Doubt("the tally says otherwise", "kent"),),
        grade_words=2,
    )
    assert record_found(store, release("good, perhaps"), found).deliveries == 0
    assert store.ledger.held("cheshire") == ()
    assert {r.kind for r in store.reviews.waiting(10)} == {"judgment", "unplaced", "doubt"}


def test_two_grades_for_one_question_in_one_release_are_for_a_person_to_settle(store: Store) -> None:
    listening(store, chat())
    assert record(store, judgment("good"), judgment("adequate")).deliveries == 0
    assert [r.value for r in store.reviews.waiting(10)] == ["good", "adequate"]


def test_a_disputed_grade_goes_to_review_and_both_stay_in_the_ledger(store: Store) -> None:
    listening(store, chat())
    record(store, judgment("adequate"), alerting=False)
    claimed = record(store, judgment("good"), publisher="force", url="https://force.example/1")
    assert ([c.kind for c in claimed.changes], claimed.deliveries) == (["disputed"], 0)
    [held] = store.ledger.held("cheshire")
    assert (held.grade, [a.grade for a in held.others]) == (Grade.ADEQUATE, [Grade.GOOD])
    [review] = store.reviews.waiting(10)
    assert (review.kind, review.value, review.publisher) == ("disputed", "good", "force")


def test_a_review_is_decided_once_and_by_whom_is_kept(store: Store) -> None:
    record(store, judgment(confidence=0.3))
    [review] = store.reviews.waiting(10)
    assert isinstance(store.reviews.decide(review.id, "dismissed", "operator", NOW), Decided)
    again = store.reviews.decide(review.id, "approved", "somebody else", NOW)
    assert isinstance(again, Refused)
    assert again.why == "decided"
    assert again.review is not None
    assert (again.review.decision, again.review.decided_by, again.review.decided_at) == ("dismissed", "operator", NOW)
    assert store.reviews.waiting(10) == []


def test_a_release_with_grade_words_and_no_judgment_can_be_listed(store: Store) -> None:
    record_found(store, release("rated good"), Findings(grade_words=1))
    record(store, judgment(), url="https://example.org/read")
    assert [r.url for r in store.reviews.unread_grades(10)] == [URL]


def test_an_approved_judgment_is_held_and_told(store: Store) -> None:
    listening(store, chat())
    record(store, judgment(confidence=0.3))
    [review] = store.reviews.waiting(10)
    assert isinstance(store.reviews.decide(review.id, "approved", "operator", NOW), Decided)
    assert store.ledger.held("cheshire")[0].grade is Grade.GOOD
    assert told(claim(store)) == [("grade", "", "good")]


def test_of_two_grades_for_one_question_only_one_can_be_approved(store: Store) -> None:
    record(store, judgment("good"), judgment("adequate"))
    good, adequate = store.reviews.waiting(10)
    assert isinstance(store.reviews.decide(adequate.id, "approved", "operator", NOW), Decided)
    assert store.reviews.decide(good.id, "approved", "operator", NOW) == Refused("taken", good)
    assert isinstance(store.reviews.decide(good.id, "dismissed", "operator", NOW), Decided)
    assert store.ledger.held("cheshire")[0].grade is Grade.ADEQUATE


def test_an_old_judgment_that_is_approved_is_held_and_told_nobody(store: Store) -> None:
    listening(store, chat())
    record(store, judgment(confidence=0.3), published=None)
    [review] = store.reviews.waiting(10)
    store.reviews.decide(review.id, "approved", "operator", NOW + timedelta(days=20))
    assert store.ledger.held("cheshire")
    assert store.deliveries.counts() == {}


def test_why_tells_the_way_from_the_words_to_the_chat(store: Store) -> None:
    listening(store, chat(1), chat(2))
    record(store, judgment("good"), text="Cheshire: good", publisher="force")
    parcel = claim(store)
    found = store.deliveries.why(parcel.announcements[0].id)
    assert found is not None
    assert (found.url, found.revision, found.page_hash, found.fetched_at) == (URL, 1, "page", NOW)
    assert (found.chat, found.recipients, found.state) == (parcel.chat, 2, "claimed")
    [traced] = found.changes
    assert (traced.rule, traced.quote, traced.change.after) == ("tests.stated", judgment().quote.text, "good")
    assert store.deliveries.why(999) is None
