"""Chats and sources as they are remembered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from inspections.alerts import Wish
from inspections.source import Source
from store import Store
from tests.store_builders import NOW, chat, store_at

SOURCE = Source("https://www.cheshire.police.uk/news/", "force", "cheshire")
QUARTER = timedelta(minutes=15)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_at(tmp_path / "peelwatch.db") as opened:
        yield opened


def test_a_wish_is_kept_once(store: Store) -> None:
    assert store.chats.subscribe(chat(), Wish("cheshire"), NOW)
    assert not store.chats.subscribe(chat(), Wish("cheshire"), NOW)
    assert [s.wish for s in store.chats.of(chat())] == [Wish("cheshire")]


def test_who_leaves_and_joins_again_has_two_rows_and_one_live(store: Store) -> None:
    store.chats.subscribe(chat(), Wish("cheshire"), NOW)
    assert store.chats.end(chat(), Wish("cheshire"), "asked to", NOW) == 1
    assert store.chats.end(chat(), Wish("cheshire"), "asked to", NOW) == 0
    later = NOW + timedelta(days=1)
    assert store.chats.subscribe(chat(), Wish("cheshire"), later)
    [live] = store.chats.of(chat())
    assert (live.since, live.id) == (later, 2)


def test_stopping_ends_all_wishes(store: Store) -> None:
    for wish in (Wish(), Wish("cheshire"), Wish("", "leadership")):
        store.chats.subscribe(chat(), wish, NOW)
    store.chats.subscribe(chat(2), Wish(), NOW)
    assert store.chats.end(chat(), None, "stopped", NOW) == 3
    assert (store.chats.of(chat()), len(store.chats.of(chat(2)))) == ([], 1)


def test_topics_of_a_group_wish_for_themselves(store: Store) -> None:
    store.chats.subscribe(chat(-1001234567890123, 7), Wish("kent"), NOW)
    assert store.chats.of(chat(-1001234567890123)) == []
    assert len(store.chats.of(chat(-1001234567890123, 7))) == 1


def test_a_paused_chat_is_open_again_when_it_writes(store: Store) -> None:
    store.chats.subscribe(chat(), Wish(), NOW)
    store.chats.pause(chat(), "blocked", NOW)
    assert store.chats.is_paused(chat())
    store.chats.meet(chat(), NOW)
    assert not store.chats.is_paused(chat())
    assert len(store.chats.of(chat())) == 1


def test_a_group_that_is_open_again_is_open_in_all_its_topics(store: Store) -> None:
    for thread in (0, 7):
        store.chats.meet(chat(1, thread), NOW)
        store.chats.pause(chat(1, thread), "kicked", NOW)
    store.chats.meet(chat(1), NOW)
    assert not store.chats.is_paused(chat(1, 7))


def test_a_group_that_moves_takes_all_its_topics_along(store: Store) -> None:
    store.chats.subscribe(chat(1), Wish("kent"), NOW)
    store.chats.subscribe(chat(1, 7), Wish("surrey"), NOW)
    store.chats.subscribe(chat(2), Wish("kent"), NOW)
    store.chats.subscribe(chat(1), Wish("cheshire"), NOW)
    store.chats.move(chat(1), 2, NOW)
    assert {s.wish.force for s in store.chats.of(chat(2))} == {"kent", "cheshire"}
    assert [s.wish.force for s in store.chats.of(chat(2, 7))] == ["surrey"]
    assert store.chats.of(chat(1)) == []


def test_a_new_source_is_due_at_once(store: Store) -> None:
    store.sources.sync([SOURCE], NOW)
    [state] = store.sources.due(NOW)
    assert (state.source, state.first_read, state.failures) == (SOURCE, None, 0)


def test_a_source_that_is_read_becomes_one_whose_news_is_news(store: Store) -> None:
    store.sources.sync([SOURCE], NOW)
    [state] = store.sources.all()

    def read(items: int) -> None:
        store.sources.read_ok(
            state.id,
            NOW,
            etag='"a"',
            last_modified="",
            item_count=items,
            reader_found="feed",
            feed_url="https://www.cheshire.police.uk/feed",
            next_check=NOW + QUARTER,
        )

    read(0)
    assert store.sources.all()[0].first_read is None
    read(12)
    [found] = store.sources.all()
    assert (found.first_read, found.last_item_count, found.etag, found.reader_found) == (NOW, 12, '"a"', "feed")
    assert store.sources.due(NOW) == []
    assert store.ledger.last_checked("cheshire") == NOW
    assert store.ledger.last_checked("kent") is None


def test_failures_count_in_a_row_and_are_forgotten_when_it_is_well(store: Store) -> None:
    store.sources.sync([SOURCE], NOW)
    [state] = store.sources.all()
    for _ in range(2):
        store.sources.failed(state.id, NOW, "The host did not answer.", NOW + QUARTER)
    store.sources.failed(state.id, NOW, "There is no network.", NOW + QUARTER, counts=False)
    [failing] = store.sources.all()
    assert (failing.failures, failing.reason, failing.last_ok) == (2, "There is no network.", None)
    store.sources.unchanged(state.id, NOW, NOW + QUARTER)
    assert (store.sources.all()[0].failures, store.sources.all()[0].reason) == (0, "")


def test_a_source_taken_from_the_file_rests_and_comes_back_with_its_history(store: Store) -> None:
    store.sources.sync([SOURCE], NOW)
    [state] = store.sources.all()
    store.sources.failed(state.id, NOW, "The host did not answer.", NOW + QUARTER)
    store.sources.sync([], NOW)
    assert store.sources.all() == store.sources.due(NOW + QUARTER) == []
    store.sources.sync([SOURCE], NOW + QUARTER)
    [again] = store.sources.all()
    assert (again.id, again.failures) == (state.id, 1)
    assert store.sources.by_url(SOURCE.url) == again
