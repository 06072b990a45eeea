"""Corrections: who was told a grade is told the other one, once; nothing leaves with a grade that was corrected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from inspections.alerts import Sent
from store import Store
from tests.store_builders import (
    NOW,
    chat,
    claim,
    judgment,
    listening,
    record,
    store_at,
    told,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_at(tmp_path / "peelwatch.db") as opened:
        yield opened


def send_all(store: Store, now: datetime) -> list[list[tuple[str, str, str]]]:
    """Sends whatever is due, message ids 100, 101, …; what each message told."""
    messages = []
    while (parcel := store.deliveries.claim(now)) is not None:
        assert store.deliveries.sending(parcel.deliveries, now)
        store.deliveries.record_outcome(parcel.deliveries, Sent(100 + len(messages)), now)
        messages.append(told(parcel))
    return messages


def test_a_correction_is_told_once_to_who_was_told_in_reply_to_the_message(store: Store) -> None:
    listening(store, chat(1))
    record(store, judgment("adequate"))
    assert send_all(store, NOW + timedelta(minutes=1)) == [[("grade", "", "adequate")]]
    later = NOW + timedelta(days=60)
    assert record(store, judgment("requires-improvement"), now=later).deliveries == 1
    parcel = claim(store, later + timedelta(minutes=1))
    assert told(parcel) == [("corrected", "adequate", "requires-improvement")]
    assert parcel.reply_to == 100
    assert parcel.announcements[0].corrects
    assert parcel.announcements[0].told == NOW + timedelta(minutes=1)
    assert record(store, judgment("requires-improvement"), now=later + timedelta(days=1)).deliveries == 0


def test_who_was_not_told_gets_a_fresh_correction_as_news(store: Store) -> None:
    record(store, judgment("adequate"), alerting=False)
    listening(store, chat(1))
    record(store, judgment("requires-improvement"))
    parcel = claim(store)
    assert (told(parcel), parcel.reply_to) == ([("corrected", "adequate", "requires-improvement")], 0)
    assert not parcel.announcements[0].corrects


def test_who_has_left_is_not_told_of_corrections(store: Store) -> None:
    listening(store, chat(1))
    record(store, judgment("adequate"))
    send_all(store, NOW + timedelta(minutes=1))
    store.chats.end(chat(1), None, "stopped", NOW)
    assert record(store, judgment("good")).deliveries == 0


def test_an_unsent_alert_leaves_with_the_corrected_grade(store: Store) -> None:
    listening(store, chat(1))
    record(store, judgment("adequate"))
    assert record(store, judgment("inadequate")).deliveries == 0
    assert send_all(store, NOW + timedelta(minutes=1)) == [[("grade", "", "inadequate")]]


def test_a_correction_takes_the_words_from_a_sender_that_has_only_claimed(store: Store) -> None:
    listening(store, chat(1))
    record(store, judgment("adequate"))
    claimed = claim(store)
    record(store, judgment("inadequate"))
    assert not store.deliveries.sending(claimed.deliveries, NOW)
    assert send_all(store, NOW + timedelta(minutes=1)) == [[("grade", "", "inadequate")]]


def test_a_correction_that_is_taken_back_before_it_leaves_is_not_told(store: Store) -> None:
    listening(store, chat(1))
    record(store, judgment("adequate"))
    send_all(store, NOW + timedelta(minutes=1))
    record(store, judgment("inadequate"))
    record(store, judgment("adequate"))
    assert send_all(store, NOW + timedelta(minutes=2)) == []
    assert store.deliveries.counts() == {"sent": 1, "never": 1}


def test_each_turn_that_was_told_is_corrected_again(store: Store) -> None:
    listening(store, chat(1))
    messages = []
    for minute, grade in enumerate(["adequate", "inadequate", "adequate"]):
        record(store, judgment(grade), now=NOW + timedelta(minutes=minute))
        messages += send_all(store, NOW + timedelta(minutes=minute, seconds=30))
    assert messages == [
        [("grade", "", "adequate")],
        [("corrected", "adequate", "inadequate")],
        [("corrected", "inadequate", "adequate")],
    ]


def test_a_claim_that_was_confirmed_before_it_left_is_told_as_confirmed(store: Store) -> None:
    listening(store, chat(1))
    record(store, judgment(), publisher="force", url="https://force.example/1")
    record(store, judgment())
    assert claim(store).announcements[0].changes[0].confirmed
