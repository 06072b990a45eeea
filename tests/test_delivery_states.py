"""The states of a delivery: none is ever lost, and only what may have been lost is sent twice."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from inspections.alerts import Chat, Later, Moved, Never, Parcel, Sent, Uncertain
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


class Sender(RuleBasedStateMachine):
    """A sender that may die anywhere, in front of a Telegram that may refuse, postpone, or lose its answer."""

    @initialize()
    def begin(self) -> None:
        self.folder = self.tmp_path_factory.mktemp("states")
        self.now, self.releases, self.grade = NOW, 0, 0
        self.arrived: dict[int, int] = {}
        self.read: dict[tuple[Chat, str], str] = {}
        self.refused = False
        self.parcel: Parcel | None = None
        self.left = False
        with store_at(self.folder / "peelwatch.db"):
            pass
        self._open()
        listening(self.store, chat(1), chat(2))

    def _open(self) -> None:
        self.store = open_store(f"sqlite:///{self.folder / 'peelwatch.db'}", lexicon())

    @rule(force=st.sampled_from(["cheshire", "kent"]), grade=st.sampled_from(["good", "adequate", "inadequate"]))
    def publish(self, force: str, grade: str) -> None:
        record(self.store, judgment(grade, force=force), url=f"https://example.org/{force}", now=self.now)

    @rule(minutes=st.sampled_from([1, 3, 11]))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def take(self) -> None:
        if self.parcel is None:
            self.parcel, self.left = self.store.deliveries.claim(self.now), False

    @rule()
    def let_leave(self) -> None:
        if self.parcel and not self.left:
            self.left = self.store.deliveries.sending(self.parcel.deliveries, self.now)
            if not self.left:
                self.parcel = None

    @rule(outcome=st.sampled_from(["sent", "answer lost", "never arrived", "later", "refused", "blocked"]))
    def answer(self, outcome: str) -> None:
        if not self.parcel or not self.left:
            return
        ids = self.parcel.deliveries
        if outcome in ("sent", "answer lost"):
            self._arrive()
        self.refused |= outcome in ("refused", "blocked")
        answers = {
            "sent": Sent(len(self.arrived) + 1),
            "later": Later(self.now + MINUTE, "too many requests"),
            "refused": Never("bad request", pause=False),
            "blocked": Never("blocked", pause=True),
        }
        self.store.deliveries.record_outcome(ids, answers.get(outcome, Uncertain("timed out")), self.now)
        self.parcel = None

    @rule(arrived=st.booleans())
    def die_and_start_again(self, arrived: bool) -> None:
        if self.parcel and self.left and arrived:
            self._arrive()
        self.parcel = None
        self.store.close()
        self._open()
        self.store.deliveries.recover(self.now)

    @rule(number=st.integers(1, 2))
    def come_back(self, number: int) -> None:
        self.store.chats.meet(chat(number), self.now)

    def _arrive(self) -> None:
        assert self.parcel is not None
        for delivery in self.parcel.deliveries:
            times = self.arrived.get(delivery, 0) + 1
            assert times <= 2, "a third copy"
            assert times == 1 or self.parcel.repeat, "a second copy that does not say so"
            self.arrived[delivery] = times
        for announcement in self.parcel.announcements:
            self.read.update({(self.parcel.chat, c.force): c.after for c in announcement.changes})

    @invariant()
    def all_are_in_the_table(self) -> None:
        if hasattr(self, "store"):
            counts = self.store.deliveries.counts()
            assert set(counts) <= {"due", "claimed", "sending", "sent", "later", "never", "uncertain"}

    def teardown(self) -> None:
        """Telegram gets well: what is still owed arrives, and what cannot be known is listed."""
        if not hasattr(self, "store"):
            return
        self.parcel = None
        self.store.deliveries.recover(self.now)
        for number in (1, 2):
            self.store.chats.meet(chat(number), self.now)
        self.now += timedelta(minutes=30)
        while (parcel := self.store.deliveries.claim(self.now)) is not None:
            self.parcel = parcel
            assert self.store.deliveries.sending(parcel.deliveries, self.now)
            self._arrive()
            self.store.deliveries.record_outcome(parcel.deliveries, Sent(1), self.now)
        counts = self.store.deliveries.counts()
        listed = [u for u in self.store.deliveries.uncertain() if u.final]
        assert counts.get("uncertain", 0) == len(listed)
        assert set(counts) <= {"sent", "never", "uncertain"}
        assert self.store.deliveries.next_due(self.now) is None
        if not self.refused and not listed:
            self._everyone_has_read_what_is_held()
        self.store.close()

    def _everyone_has_read_what_is_held(self) -> None:
        for force in ("cheshire", "kent"):
            for held in self.store.ledger.held(force):
                assert {self.read[chat(n), force] for n in (1, 2)} == {held.grade.value}


def test_no_crash_loses_a_delivery_or_sends_it_three_times(tmp_path_factory: pytest.TempPathFactory) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    class InFolder(Sender):
        pass

    InFolder.tmp_path_factory = tmp_path_factory
    run_state_machine_as_test(
        InFolder,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
