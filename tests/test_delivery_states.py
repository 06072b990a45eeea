"""The states of a delivery: none is ever lost, and only what may have been lost is sent twice."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from inspections.alerts import Later, Moved, Never, Parcel, Sent, Uncertain
from store import Store, open_store
from tests.store_builders import (
    NOW,
    SETTLED,
    chat,
    claim,
    judgment,
    lexicon,
    listening,
    record,
    store_at,
    told,
)

MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_at(tmp_path / "peelwatch.db") as opened:
        listening(opened, chat())
        yield opened


def owe(store: Store, *forces: str, now: datetime = NOW) -> None:
    for force in forces or ("cheshire",):
        record(store, judgment(force=force), url=f"https://example.org/{force}", now=now)


def leave(store: Store, now: datetime) -> Parcel:
    parcel = claim(store, now)
    assert store.deliveries.sending(parcel.deliveries, now)
    return parcel


def test_nothing_leaves_before_it_has_settled(store: Store) -> None:
    owe(store)
    assert store.deliveries.claim(NOW) is None
    assert store.deliveries.next_due(NOW) == NOW + timedelta(seconds=10)
    assert store.deliveries.claim(NOW + SETTLED) is not None


def test_a_sent_delivery_is_done(store: Store) -> None:
    owe(store)
    parcel = leave(store, NOW + SETTLED)
    store.deliveries.record_outcome(parcel.deliveries, Sent(7), NOW + SETTLED)
    assert store.deliveries.counts() == {"sent": 1}
    assert store.deliveries.next_due(NOW) is None


def test_a_claim_that_is_not_used_is_due_again_when_its_lease_ends(store: Store) -> None:
    owe(store)
    parcel = claim(store)
    assert store.deliveries.claim(NOW + SETTLED + MINUTE) is None
    again = claim(store, NOW + SETTLED + 2 * MINUTE)
    assert again.deliveries == parcel.deliveries
    assert not again.repeat


def test_a_claim_whose_lease_has_ended_may_not_send(store: Store) -> None:
    owe(store)
    late = claim(store)
    taken = claim(store, NOW + SETTLED + 3 * MINUTE)
    assert store.deliveries.sending(taken.deliveries, NOW + SETTLED + 3 * MINUTE)
    assert not store.deliveries.sending(late.deliveries, NOW + SETTLED + 3 * MINUTE)
    assert store.deliveries.counts() == {"sending": 1}


def test_a_postponed_delivery_waits_until_then_and_is_no_repeat(store: Store) -> None:
    owe(store)
    until = NOW + 20 * MINUTE
    store.deliveries.record_outcome(leave(store, NOW + SETTLED).deliveries, Later(until, "too many requests"), NOW)
    assert store.deliveries.counts() == {"later": 1}
    assert store.deliveries.claim(until - MINUTE) is None
    assert store.deliveries.next_due(NOW) == until
    assert not claim(store, until).repeat


def test_a_chat_that_blocked_us_keeps_its_subscriptions(store: Store) -> None:
    owe(store)
    refused = Never("the bot was blocked by the user", pause=True)
    store.deliveries.record_outcome(leave(store, NOW + SETTLED).deliveries, refused, NOW)
    assert store.deliveries.counts() == {"never": 1}
    assert store.chats.is_paused(chat())
    assert len(store.chats.of(chat())) == 1


def test_what_is_owed_to_a_paused_chat_waits_and_leaves_when_it_comes_back(store: Store) -> None:
    store.chats.pause(chat(), "blocked", NOW)
    owe(store)
    assert store.deliveries.claim(NOW + 60 * MINUTE) is None
    assert store.deliveries.next_due(NOW) is None
    store.chats.meet(chat(), NOW + 60 * MINUTE)
    assert told(claim(store, NOW + 60 * MINUTE))


def test_a_chat_that_comes_back_late_is_not_told_old_news(store: Store) -> None:
    store.chats.pause(chat(), "blocked", NOW)
    owe(store)
    store.chats.meet(chat(), NOW + timedelta(days=15))
    assert store.deliveries.claim(NOW + timedelta(days=15)) is None
    assert store.deliveries.counts() == {"never": 1}


def test_one_refused_message_does_not_pause_the_chat(store: Store) -> None:
    owe(store)
    store.deliveries.record_outcome(leave(store, NOW + SETTLED).deliveries, Never("can't parse", pause=False), NOW)
    assert not store.chats.is_paused(chat())


def test_a_message_without_an_answer_is_repeated_once_and_says_so(store: Store) -> None:
    owe(store)
    first = leave(store, NOW + SETTLED)
    store.deliveries.record_outcome(first.deliveries, Uncertain("timed out"), NOW + MINUTE)
    assert store.deliveries.claim(NOW + 10 * MINUTE) is None
    repeat = leave(store, NOW + 11 * MINUTE)
    assert (repeat.repeat, repeat.deliveries) == (True, first.deliveries)
    store.deliveries.record_outcome(repeat.deliveries, Uncertain("timed out"), NOW + 12 * MINUTE)
    assert store.deliveries.claim(NOW + timedelta(days=9)) is None
    [listed] = store.deliveries.uncertain()
    assert (listed.final, listed.attempts, listed.chat) == (True, 2, chat())


def test_a_repeated_bundle_is_one_message_again(store: Store) -> None:
    owe(store, "cheshire", "kent")
    first = leave(store, NOW + SETTLED)
    store.deliveries.record_outcome(first.deliveries, Uncertain("timed out"), NOW)
    owe(store, "surrey", now=NOW + MINUTE)
    parcels = [claim(store, NOW + 20 * MINUTE), claim(store, NOW + 20 * MINUTE)]
    assert sorted((p.repeat, len(p.announcements)) for p in parcels) == [(False, 1), (True, 2)]


def test_a_repeat_that_is_postponed_is_still_a_repeat(store: Store) -> None:
    owe(store)
    store.deliveries.record_outcome(leave(store, NOW + SETTLED).deliveries, Uncertain("timed out"), NOW)
    later = Later(NOW + 30 * MINUTE, "too many requests")
    store.deliveries.record_outcome(leave(store, NOW + 10 * MINUTE).deliveries, later, NOW + 10 * MINUTE)
    assert claim(store, NOW + 30 * MINUTE).repeat


def test_a_claimed_repeat_whose_lease_ends_is_still_a_repeat(store: Store) -> None:
    owe(store)
    store.deliveries.record_outcome(leave(store, NOW + SETTLED).deliveries, Uncertain("timed out"), NOW)
    assert claim(store, NOW + 10 * MINUTE).repeat
    assert claim(store, NOW + 15 * MINUTE).repeat


def test_a_repeat_of_what_was_corrected_meanwhile_is_a_correction(store: Store) -> None:
    record(store, judgment("good"))
    store.deliveries.record_outcome(leave(store, NOW + SETTLED).deliveries, Uncertain("timed out"), NOW)
    assert record(store, judgment("adequate"), now=NOW + MINUTE).deliveries == 0
    parcel = claim(store, NOW + 20 * MINUTE)
    assert (parcel.repeat, told(parcel)) == (True, [("corrected", "good", "adequate")])
    assert parcel.announcements[0].corrects


def test_a_correction_waits_until_it_is_known_what_became_of_the_message(store: Store) -> None:
    record(store, judgment("good"))
    first = leave(store, NOW + SETTLED)
    assert record(store, judgment("adequate"), now=NOW + MINUTE).deliveries == 1
    assert store.deliveries.claim(NOW + 2 * MINUTE) is None
    store.deliveries.record_outcome(first.deliveries, Sent(5), NOW + 2 * MINUTE)
    correction = claim(store, NOW + 2 * MINUTE)
    assert (correction.reply_to, told(correction)) == (5, [("corrected", "good", "adequate")])


def test_a_correction_of_what_was_not_sent_after_all_is_not_needed(store: Store) -> None:
    record(store, judgment("good"))
    first = leave(store, NOW + SETTLED)
    record(store, judgment("adequate"), now=NOW + MINUTE)
    store.deliveries.record_outcome(first.deliveries, Later(NOW + 3 * MINUTE, "too many requests"), NOW + 2 * MINUTE)
    parcel = leave(store, NOW + 3 * MINUTE)
    assert told(parcel) == [("grade", "", "adequate")]
    store.deliveries.record_outcome(parcel.deliveries, Sent(6), NOW + 3 * MINUTE)
    assert store.deliveries.claim(NOW + 4 * MINUTE) is None
    assert store.deliveries.counts() == {"sent": 1, "never": 1}


def test_after_a_crash_what_was_leaving_is_uncertain(store: Store) -> None:
    owe(store)
    leave(store, NOW + SETTLED)
    store.deliveries.recover(NOW + MINUTE)
    assert store.deliveries.counts() == {"uncertain": 1}
    assert claim(store, NOW + 11 * MINUTE).repeat


def test_an_answer_that_comes_after_all_settles_what_was_uncertain(store: Store) -> None:
    owe(store)
    parcel = leave(store, NOW + SETTLED)
    store.deliveries.recover(NOW + MINUTE)
    store.deliveries.record_outcome(parcel.deliveries, Sent(9), NOW + MINUTE)
    assert store.deliveries.counts() == {"sent": 1}


def test_a_sender_that_hangs_is_taken_as_unanswered(store: Store) -> None:
    owe(store)
    leave(store, NOW + SETTLED)
    assert store.deliveries.claim(NOW + 11 * MINUTE) is None
    assert store.deliveries.counts() == {"uncertain": 1}


def test_a_group_that_moved_is_told_where_it_is_now(store: Store) -> None:
    owe(store)
    store.deliveries.record_outcome(leave(store, NOW + SETTLED).deliveries, Moved(-1001234567890), NOW + MINUTE)
    moved = claim(store, NOW + MINUTE)
    assert moved.chat == chat(-1001234567890)
    assert (store.chats.of(chat()), len(store.chats.of(moved.chat))) == ([], 1)


def test_a_group_that_became_one_we_know_is_told_once(store: Store) -> None:
    listening(store, chat(2))
    owe(store)
    parcels = [leave(store, NOW + SETTLED), leave(store, NOW + SETTLED)]
    [old] = [p for p in parcels if p.chat == chat(1)]
    [new] = [p for p in parcels if p.chat == chat(2)]
    store.deliveries.record_outcome(old.deliveries, Moved(2), NOW + MINUTE)
    store.deliveries.record_outcome(new.deliveries, Sent(3), NOW + MINUTE)
    assert store.deliveries.claim(NOW + 2 * MINUTE) is None
    assert store.deliveries.counts() == {"sent": 1, "never": 1}
    assert len(store.chats.of(chat(2))) == 1


def test_at_most_twenty_announcements_share_a_message(store: Store) -> None:
    forces = [force.id for force in lexicon().forces if force.kind == "territorial"][:23]
    owe(store, *forces)
    assert [len(claim(store).announcements), len(claim(store).announcements)] == [20, 3]


def claimed_by(path: str, results: object) -> None:
    opened = open_store(f"sqlite:///{path}", lexicon())
    taken = []
    while (parcel := opened.deliveries.claim(NOW + SETTLED)) is not None:
        taken += parcel.deliveries
    opened.close()
    results.put(taken)  # type: ignore[attr-defined]


def test_two_processes_never_claim_the_same_delivery(tmp_path: Path) -> None:
    path = tmp_path / "peelwatch.db"
    with store_at(path) as store:
        listening(store, *(chat(n) for n in range(1, 13)))
        owe(store)
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    claimers = [context.Process(target=claimed_by, args=(str(path), results)) for _ in range(2)]
    for claimer in claimers:
        claimer.start()
    taken = [delivery for _ in claimers for delivery in results.get(timeout=60)]
    for claimer in claimers:
        claimer.join()
    results.close()
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 12


def test_two_threads_never_claim_the_same_delivery(store: Store) -> None:
    listening(store, *(chat(n) for n in range(2, 21)))
    owe(store)
    taken: list[int] = []
    ready = threading.Barrier(4)

    def take() -> None:
        ready.wait()
        while (parcel := store.deliveries.claim(NOW + SETTLED)) is not None:
            taken.extend(parcel.deliveries)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 20
