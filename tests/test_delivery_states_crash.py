"""A sender that dies anywhere: each delivery ends sent, refused or listed, and nobody is left with a wrong grade."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from inspections.alerts import Chat, Later, Never, Parcel, Sent, Uncertain
from store import open_store
from tests.store_builders import (
    NOW,
    chat,
    judgment,
    lexicon,
    listening,
    record,
    store_at,
)

MINUTE = timedelta(minutes=1)


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
