"""The program is killed for real, between claiming, sending and the answer; nothing is lost or sent thrice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from inspections.alerts import Sent
from store import Store
from tests.store_builders import NOW, SETTLED, chat, claim, judgment, listening, record, store_at

ROOT = Path(__file__).parent.parent
VICTIM = """
import sys, time
from inspections.alerts import Wish
from tests.store_builders import *
from pathlib import Path

step, path, wire = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
with store_at(path) as store:
    if step == "recording":
        database = store._database
        from store.tables import ReleaseRow
        with database.write() as session:
            session.add(ReleaseRow(url="https://example.org/half", first_seen=NOW))
            session.flush()
            print("here", flush=True)
            time.sleep(60)
    parcel = claim(store)
    if step in ("sending", "sent"):
        assert store.deliveries.sending(parcel.deliveries, NOW + SETTLED)
    if step == "sent":
        with wire.open("a") as out:
            out.write("1\\n")
    print("here", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "peelwatch.db"
    with store_at(path) as store:
        listening(store, chat())
        record(store, judgment())
    return path


def killed_while(step: str, path: Path) -> int:
    """Runs a sender on the database until it is at `step`, kills it there, and counts the messages that had left."""
    wire = path.with_suffix(".wire")
    with subprocess.Popen(
        [sys.executable, "-c", VICTIM, step, str(path), str(wire)], stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as victim:
        assert victim.stdout is not None
        assert victim.stdout.readline() == "here\n"
        os.kill(victim.pid, signal.SIGKILL)
    return len(wire.read_text().split()) if wire.exists() else 0


def after_restart(path: Path, check: Callable[[Store], None]) -> None:
    with store_at(path) as store:
        store.deliveries.recover(NOW + SETTLED)
        check(store)


def send(store: Store, after: timedelta) -> bool:
    """Sends what is due, `after` the crash; whether it says that it may be a repeat."""
    now = NOW + SETTLED + after
    parcel = claim(store, now)
    assert store.deliveries.sending(parcel.deliveries, now)
    store.deliveries.record_outcome(parcel.deliveries, Sent(1), now)
    return parcel.repeat


def test_killed_between_record_and_claim_it_arrives_once(path: Path) -> None:
    def check(store: Store) -> None:
        assert send(store, timedelta()) is False
        assert store.deliveries.counts() == {"sent": 1}

    after_restart(path, check)


def test_killed_between_claim_and_sending_it_arrives_once_and_is_no_repeat(path: Path) -> None:
    assert killed_while("claimed", path) == 0

    def check(store: Store) -> None:
        assert store.deliveries.counts() == {"claimed": 1}
        assert send(store, timedelta(minutes=2)) is False
        assert store.deliveries.counts() == {"sent": 1}

    after_restart(path, check)


def test_killed_before_the_request_left_it_arrives_once_marked_as_a_possible_repeat(path: Path) -> None:
    assert killed_while("sending", path) == 0

    def check(store: Store) -> None:
        assert store.deliveries.counts() == {"uncertain": 1}
        assert send(store, timedelta(minutes=10)) is True
        assert store.deliveries.counts() == {"sent": 1}

    after_restart(path, check)


def test_killed_after_it_arrived_it_is_repeated_once_says_so_and_never_a_third_time(path: Path) -> None:
    assert killed_while("sent", path) == 1

    def check(store: Store) -> None:
        assert send(store, timedelta(minutes=10)) is True
        assert store.deliveries.claim(NOW + timedelta(days=1)) is None

    after_restart(path, check)


def test_killed_in_the_middle_of_recording_nothing_of_it_is_there(path: Path) -> None:
    killed_while("recording", path)

    def check(store: Store) -> None:
        assert store.releases.known(["https://example.org/half"]) == {}
        assert record(store, judgment("adequate")).revision == 2

    after_restart(path, check)
