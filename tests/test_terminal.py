"""The terminal answers lines from a keyboard, a pipe or nothing, and shows alerts without breaking the prompt."""

from __future__ import annotations

import asyncio
import io
import os
import pty
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import pytest

from bot.terminal import CHAT, run_terminal
from inspections.alerts import Wish
from store import Store
from tests.store_builders import NOW, SETTLED, broken, chat, judgment, lexicon, listening, record, store_at


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_at(tmp_path / "peelwatch.sqlite") as made:
        yield made


class Paper(io.StringIO):
    """An output that one can wait on."""

    def __init__(self) -> None:
        super().__init__()
        self._grown = threading.Condition()

    def write(self, text: str) -> int:
        with self._grown:
            written = super().write(text)
            self._grown.notify_all()
        return written

    def wait_for(self, words: str, seconds: float = 10) -> None:
        with self._grown:
            assert self._grown.wait_for(lambda: words in self.getvalue(), seconds), self.getvalue()


@contextmanager
def pipe() -> Iterator[tuple[TextIO, TextIO]]:
    """(what the terminal reads, what the test writes)"""
    reading, writing = os.pipe()
    with os.fdopen(reading) as source, os.fdopen(writing, "w") as keys:
        yield source, keys


def run(store: Store, source: TextIO | None, target: Any, doing: Callable[[], Any] | None = None, **more: Any) -> None:
    """Runs the terminal; with `doing`, until that is done."""

    async def main() -> None:
        stop = asyncio.Event()
        terminal = asyncio.create_task(
            run_terminal(store, lexicon(), lambda: NOW + SETTLED, stop, source, target, **more)
        )
        if doing is not None:
            await asyncio.to_thread(doing)
            stop.set()
        await terminal

    asyncio.run(asyncio.wait_for(main(), 60))


def answers(store: Store, *lines: str) -> str:
    paper = Paper()
    run(store, io.StringIO("".join(f"{line}\n" for line in lines)), paper, stay=False)
    return paper.getvalue()


def test_lines_through_a_pipe_are_answered_and_the_end_of_lines_ends_it(store: Store) -> None:
    paper = Paper()
    with pipe() as (source, keys):
        keys.write("/grade cheshire\nhow good is kent at leadership?")
        keys.close()
        run(store, source, paper, stay=False)
    assert "Cheshire Constabulary" in paper.getvalue()
    assert "Kent Police: leadership and force management" in paper.getvalue()
    assert "you>" not in paper.getvalue()
    assert "\x1b" not in paper.getvalue()


def test_at_the_end_of_lines_a_running_peelwatch_goes_on_showing_alerts(store: Store) -> None:
    paper = Paper()

    def doing() -> None:
        paper.wait_for("PeelWatch")
        record(store, judgment("good"))
        paper.wait_for("Protecting vulnerable people: good")

    run(store, io.StringIO(""), paper, doing, stay=True)
    assert store.deliveries.counts() == {"sent": 1}


def test_without_any_input_alerts_are_shown(store: Store) -> None:
    paper = Paper()

    def doing() -> None:
        paper.wait_for("PeelWatch")
        record(store, judgment("good"))
        paper.wait_for("Protecting vulnerable people: good")

    run(store, None, paper, doing)


def test_the_terminal_is_told_of_everything_from_the_start(store: Store) -> None:
    answers(store)
    assert [s.wish for s in store.chats.of(CHAT)] == [Wish()]


def test_a_terminal_that_stopped_is_not_subscribed_again_at_the_next_start(store: Store) -> None:
    answers(store, "/stop")
    answers(store)
    assert store.chats.of(CHAT) == []


def test_a_choice_is_made_by_its_number(store: Store) -> None:
    text = answers(store, "/grade yorkshire", "2", "7")
    assert "  2  South Yorkshire Police" in text
    assert "\nSouth Yorkshire Police\n" in text
    assert "I answer questions about inspection grades" in text


def test_the_operator_sees_the_sources(store: Store) -> None:
    assert "No source is watched" in answers(store, "/sources")


def test_a_line_that_cannot_be_answered_says_so_and_the_next_one_is(store: Store, tmp_path: Path) -> None:
    paper = Paper()
    with pipe() as (source, keys):

        def doing() -> None:
            paper.wait_for("PeelWatch")
            broken(tmp_path / "peelwatch.sqlite", lambda: ask("/latest", "That did not work just now"))
            ask("/help", "Be told")

        def ask(words: str, answer: str) -> None:
            keys.write(f"{words}\n")
            keys.flush()
            paper.wait_for(answer)

        run(store, source, paper, doing)


def test_hostile_bytes_in_a_release_never_reach_the_terminal(store: Store) -> None:
    paper = Paper()

    def doing() -> None:
        paper.wait_for("PeelWatch")
        record(store, judgment("good"), title="\x1b]0;owned\x07 \x1b[2J title \x9b31m \u202eesrever")
        paper.wait_for("title")

    run(store, io.StringIO(""), paper, doing)
    assert not any(ord(c) < 32 and c != "\n" for c in paper.getvalue())
    assert not any(c in paper.getvalue() for c in "\x9b\u202e\x7f")


def test_bytes_that_are_no_text_get_an_answer(store: Store) -> None:
    paper = Paper()
    with pipe() as (source, keys):
        typed = b"\xff\xfe\x00 \x1b[A\n" + b"x" * 100_000 + b"\n/help\n"
        run(store, source, paper, lambda: (keys.buffer.write(typed), keys.flush(), paper.wait_for("Be told")))
    assert "That is too long for me to read" in paper.getvalue()
    assert "Be told" in paper.getvalue()


def test_at_a_keyboard_there_is_a_prompt_and_an_alert_stands_above_a_new_one(store: Store) -> None:
    keyboard, screen = pty.openpty()
    shown = bytearray()

    def look(words: bytes) -> None:
        while words not in shown:
            shown.extend(os.read(keyboard, 4096))

    def doing() -> None:
        look(b"you> ")
        record(store, judgment("good"))
        look(b"Alert 1")
        os.write(keyboard, b"/subscriptions\n")
        look(b"told of (1)")

    with os.fdopen(os.dup(screen)) as source, os.fdopen(screen, "w") as target:
        run(store, source, target, doing)
    os.close(keyboard)
    text = shown.decode(errors="replace")
    assert text.count("you> ") >= 2
    assert "\r\x1b[K" in text


def test_a_stop_ends_it_while_it_waits_for_a_line(store: Store) -> None:
    paper = Paper()
    with pipe() as (source, _):
        run(store, source, paper, lambda: paper.wait_for("PeelWatch"))
    assert not [t for t in threading.enumerate() if t.name == "terminal"]


def test_an_alert_for_a_telegram_chat_stays_owed_and_is_not_shown(store: Store) -> None:
    listening(store, chat(1))
    store.chats.subscribe(CHAT, Wish("kent"), NOW)
    record(store, judgment("good"))
    paper = Paper()

    def doing() -> None:
        while store.deliveries.counts() != {"later": 1}:
            threading.Event().wait(0.01)

    run(store, io.StringIO(""), paper, doing)
    assert "Protecting" not in paper.getvalue()


def test_an_output_that_is_gone_keeps_the_alert_owed(store: Store) -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            if "Protecting" in text:
                raise BrokenPipeError
            return super().write(text)

    def doing() -> None:
        record(store, judgment("good"))
        while store.deliveries.counts() != {"later": 1}:
            threading.Event().wait(0.01)

    store.chats.subscribe(CHAT, Wish(), NOW)
    run(store, io.StringIO(""), Gone(), doing)
