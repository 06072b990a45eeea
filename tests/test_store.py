"""Recording: one transaction that stores a release, folds it into the ledger and owes what it makes us owe."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.baseline import load_baseline
from inspections.alerts import Wish
from inspections.ledger import KnownCause, KnownMove
from inspections.model import Grade
from inspections.release import Quote
from store import Recorded, Store, canonical_url
from tests.store_builders import (
    INVESTIGATING,
    NOW,
    PVP,
    URL,
    cause,
    chat,
    claim,
    judgment,
    lexicon,
    listening,
    move,
    record,
    says,
    store_at,
    told,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_at(tmp_path / "peelwatch.db") as opened:
        yield opened


def test_a_new_release_is_held_and_told_to_who_asked(store: Store) -> None:
    listening(store, chat(1))
    listening(store, chat(2), wish=Wish("kent"))
    recorded = record(store, judgment("good"))
    assert (recorded.new, recorded.revised, recorded.revision, recorded.deliveries) == (True, False, 1, 1)
    parcel = claim(store)
    assert parcel.chat == chat(1)
    assert told(parcel) == [("grade", "", "good")]
    assert parcel.announcements[0].url == URL
    [held] = store.ledger.held("cheshire")
    assert (held.question, held.grade, held.confirmed, held.by.release) == (PVP, Grade.GOOD, True, URL)


def test_recording_twice_is_recording_once(store: Store) -> None:
    listening(store, chat())
    first, second = record(store, judgment()), record(store, judgment(), now=NOW + timedelta(hours=1))
    assert second == Recorded(first.release_id, 1, new=False, revised=False, changes=(), deliveries=0)
    assert store.deliveries.counts() == {"due": 1}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["good", "adequate", "outstanding"]), min_size=1, max_size=6))
def test_recording_a_history_twice_leaves_the_same_ledger(
    tmp_path_factory: pytest.TempPathFactory, grades: list[str]
) -> None:
    with store_at(tmp_path_factory.mktemp("twice") / "peelwatch.db") as store:
        listening(store, chat())
        runs = [(g, n) for n, g in enumerate(grades)]
        for grade, n in runs:
            record(store, judgment(grade), url=f"https://example.org/{n}")
        once = (store.ledger.held("cheshire"), store.deliveries.counts())
        for grade, n in runs:
            record(store, judgment(grade), url=f"https://example.org/{n}")
        assert (store.ledger.held("cheshire"), store.deliveries.counts()) == once


def test_back_to_the_first_text_is_a_third_revision(store: Store) -> None:
    revisions = [record(store, judgment(grade)).revision for grade in ("good", "adequate", "good", "good")]
    assert revisions == [1, 2, 3, 3]
    [held] = store.ledger.held("cheshire")
    assert held.grade is Grade.GOOD


def test_the_first_pass_of_a_source_is_silent(store: Store) -> None:
    listening(store, chat())
    recorded = record(store, judgment(), alerting=False)
    assert recorded.changes
    assert recorded.deliveries == 0
    assert store.deliveries.claim(NOW + timedelta(days=1)) is None


@pytest.mark.parametrize(("days", "deliveries"), [(13, 1), (15, 0)])
def test_old_news_is_not_news(store: Store, days: int, deliveries: int) -> None:
    listening(store, chat())
    assert record(store, judgment(), published=NOW - timedelta(days=days)).deliveries == deliveries


def test_a_release_without_a_date_is_news_when_its_source_was_read_before(store: Store) -> None:
    listening(store, chat())
    assert record(store, judgment(), published=None).deliveries == 1
    [held] = store.ledger.held("cheshire")
    assert (held.by.published, held.by.precision) == (None, "")


def test_a_date_without_a_time_keeps_its_day_in_summer(store: Store) -> None:
    record(store, judgment(), published=datetime(2025, 5, 31, 23, 0, tzinfo=UTC))
    assert str(store.ledger.held("cheshire")[0].by.published) == "2025-06-01"


def test_a_grade_is_announced_once_whoever_reports_it_first(store: Store) -> None:
    listening(store, chat())
    assert record(store, judgment(), publisher="force", url="https://force.example/1").deliveries == 1
    assert record(store, judgment(), publisher="press", url="https://press.example/1").deliveries == 0
    confirmed = record(store, judgment(), url="https://inspectorate.example/1")
    assert ([c.kind for c in confirmed.changes], confirmed.deliveries) == (["confirmed"], 0)
    assert store.ledger.held("cheshire")[0].confirmed


def test_two_pollers_never_both_see_a_grade_first(store: Store) -> None:
    listening(store, chat())
    owed: list[int] = []
    ready = threading.Barrier(4)

    def poll(n: int) -> None:
        ready.wait()
        owed.append(record(store, judgment(), url=f"https://example.org/{n}").deliveries)

    threads = [threading.Thread(target=poll, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(owed) == [0, 0, 0, 1]


def test_the_news_of_one_release_is_one_message(store: Store) -> None:
    listening(store, chat())
    assert record(store, judgment(), judgment("adequate", question=INVESTIGATING), move(), cause()).deliveries == 1
    assert len(told(claim(store))) == 4


def test_a_burst_becomes_one_bundle_for_each_chat(store: Store) -> None:
    listening(store, chat(1), chat(2))
    forces = ["cheshire", "kent", "surrey"]
    for force in forces:
        record(store, judgment(force=force), url=f"https://example.org/{force}")
    parcels = [claim(store), claim(store)]
    assert [len(p.announcements) for p in parcels] == [3, 3]
    assert {p.chat for p in parcels} == {chat(1), chat(2)}


def test_moves_and_causes_are_alerted_once(store: Store) -> None:
    listening(store, chat())
    assert record(store, move(), cause()).deliveries == 1
    again = record(store, move(), cause("kept"), url="https://press.example/1", publisher="press")
    assert (again.changes, again.deliveries) == ((), 0)
    known = store.ledger.monitoring("cheshire")
    assert known is not None
    assert known.move == "entered"
    [open_cause] = store.ledger.causes("cheshire")
    assert open_cause.topic == INVESTIGATING


def test_sub_questions_are_no_contradiction(store: Store) -> None:
    old = {"cycle": "2014", "question": "preventing-crime"}
    record(
        store, judgment("good", part="effectiveness-1", **old), judgment("inadequate", part="effectiveness-3", **old)
    )
    assert {(h.question, h.grade.value) for h in store.ledger.held("cheshire")} == {
        ("effectiveness-1", "good"),
        ("effectiveness-3", "inadequate"),
    }


def test_a_vanished_release_is_marked_and_its_grade_stays(store: Store) -> None:
    record(store, judgment())
    store.releases.vanished(URL, NOW)
    assert len(store.ledger.held("cheshire")) == 1


def test_a_release_is_known_under_the_addresses_it_is_asked_by(store: Store) -> None:
    record(store, judgment())
    asked = URL + "?utm_source=feed#top"
    known = store.releases.known([asked, "https://example.org/other"])
    assert list(known) == [asked]
    assert (known[asked].url, known[asked].revision, known[asked].etag) == (URL, 1, '"1"')


def test_an_unreadable_release_is_kept_tried_again_and_new_when_it_can_be_read(store: Store) -> None:
    store.sources.sync([], NOW)
    store.releases.unreadable(URL, None, "The page is empty.", NOW)
    known = store.releases.known([URL])[URL]
    assert (known.revision, known.unreadable, known.recheck_at) == (0, "The page is empty.", NOW + timedelta(minutes=5))
    store.releases.unreadable(URL, None, "The page is empty.", NOW)
    assert store.releases.known([URL])[URL].recheck_at == NOW + timedelta(minutes=10)
    assert record(store, judgment()).new
    assert store.releases.known([URL])[URL].unreadable == ""


def test_the_latest_releases_state_something_newest_first(store: Store) -> None:
    record(store, judgment("good"), published=NOW - timedelta(days=2))
    record(store, move(force="kent"), url="https://example.org/kent", published=NOW)
    record(store, url="https://example.org/nothing")
    first, second = store.releases.latest(5)
    assert (first.url, first.moves, first.forces) == ("https://example.org/kent", (("kent", "entered"),), ("kent",))
    assert second.judgments == (("cheshire", PVP, "good"),)
    assert [r.url for r in store.releases.latest(5, "cheshire")] == [URL]


def test_a_text_with_broken_characters_is_stored(store: Store) -> None:
    odd = "good\ud800\0\U0001f600"
    quote = Quote(odd, 0, len(odd))
    assert record(store, replace(judgment(), quote=quote), text=odd).new
    assert len(store.ledger.held("cheshire")[0].by.evidence) == len(odd)


def test_the_published_grades_come_in_at_once_and_alert_nobody(store: Store) -> None:
    listening(store, chat())
    known = load_baseline(lexicon())
    assert store.ledger.is_empty()
    count = store.ledger.import_baseline(known.assertions, known.moves, known.causes, NOW)
    assert count >= 1_068 + len(known.moves) + len(known.causes) - 5
    assert store.ledger.import_baseline(known.assertions, known.moves, known.causes, NOW) == 0
    assert not store.ledger.is_empty()
    assert store.ledger.held("cheshire")
    assert store.deliveries.counts() == {}


def test_a_page_goes_on_from_the_published_grade_it_is_the_source_of(store: Store) -> None:
    shipped = says("good", release=URL, revision=0)
    moved = KnownMove("cheshire", "in", None, "", URL)
    raised = KnownCause("cheshire", "kept", "custody", None, "", URL)
    store.ledger.import_baseline([shipped], [moved], [raised], NOW)
    listening(store, chat())
    assert record(store, judgment("good"), move(), cause("kept", "custody")).changes == ()
    [change] = record(store, judgment("adequate")).changes
    assert change.kind == "corrected"


def test_a_mended_baseline_row_replaces_the_one_it_mends(store: Store) -> None:
    store.ledger.import_baseline([says("good", revision=0)], [], [], NOW)
    assert store.ledger.import_baseline([says("adequate", revision=0)], [], [], NOW) == 0
    assert store.ledger.held("cheshire")[0].grade is Grade.ADEQUATE


@pytest.mark.parametrize(
    ("given_url", "canonical"),
    [
        ("HTTPS://Example.org:443/News/?utm_source=x&p=1#top", "https://example.org/News/?p=1"),
        ("http://127.0.0.1:8080/a b", "http://127.0.0.1:8080/a%20b"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a+b%2Fc?open", "https://example.org/a+b%2Fc?open"),
        (" not an address ", "not an address"),
        ("http://[bad", "http://[bad"),
    ],
)
def test_a_release_has_one_address_that_still_opens(given_url: str, canonical: str) -> None:
    assert canonical_url(given_url) == canonical


@given(st.text(max_size=40) | st.text(max_size=20).map("https://example.org/{}".format))
def test_the_canonical_address_of_a_canonical_address_is_itself(url: str) -> None:
    assert canonical_url(canonical_url(url)) == canonical_url(url)
