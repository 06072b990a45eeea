"""Terminal: the same commands and alerts for whoever started PeelWatch, at a prompt or through a pipe."""

from __future__ import annotations

import asyncio
import contextlib
import html
import os
import select
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, TextIO

import structlog

from bot.apology import apology
from bot.commands import answer, answer_button
from bot.deliver import Clock, by_platform, deliver_forever
from bot.grades import Footnotes
from bot.markup import clean
from bot.plain import plain
from bot.replies import OFFER, Button, Reply
from inspections.alerts import Chat, Later, Outcome, Parcel, Sent, Wish
from inspections.lexicon import Lexicon

if TYPE_CHECKING:
    from store import Store

CHAT = Chat("terminal", 0)
PROMPT = "you> "
RULE = "─" * 4
WIDEST = 100
LINE_BYTES = 1_000_000
"""A longer line is cut: nobody types it."""

log = structlog.get_logger()

GREETING = "PeelWatch. Ask for a force, such as /grade cheshire; /help lists the rest. Ctrl-C ends."


def subscribe_at_first(store: Store, clock: Clock) -> None:
    """The terminal is told of everything from the start; whoever ended that later is not subscribed again."""
    if not store.chats.has_subscribed(CHAT):
        store.chats.subscribe(CHAT, Wish(), clock())


async def run_terminal(
    store: Store,
    lexicon: Lexicon,
    clock: Clock,
    stop: asyncio.Event,
    source: TextIO | None,
    target: TextIO,
    *,
    footnotes: Footnotes | None = None,
    nudge: asyncio.Event | None = None,
    stay: bool = True,
    greeting: str = GREETING,
    screen: Screen | None = None,
) -> None:
    """Answers lines of `source` and shows alerts on `target` until `stop`.

    At the end of `source` it goes on showing alerts when `stay`, else it returns. Nothing is left running behind it.
    `screen`: one of `screen_of(source, target, clock)`, for a caller that has lines of its own to say on it.
    """
    screen = screen or screen_of(source, target, clock)
    subscribe_at_first(store, clock)
    await asyncio.to_thread(store.chats.meet, CHAT, clock())
    halted = asyncio.Event()
    send = by_platform({"terminal": screen.send}, clock)
    delivering = asyncio.create_task(
        deliver_forever(store, send, clock, lexicon, stop=halted, nudge=nudge, rate=0.0, per_chat=0.0)
    )
    screen.say(greeting)
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    try:
        with _reading(source, lines):
            screen.ask()
            while not stop.is_set():
                line = await _next_line(lines, stop)
                if line is None:
                    break
                await _answer_line(line, store, lexicon, clock, screen, footnotes)
        if stay and not stop.is_set():
            screen.end_of_lines()
            await stop.wait()
    finally:
        halted.set()
        await delivering
        screen.close()


def screen_of(source: TextIO | None, target: TextIO, clock: Clock) -> Screen:
    """The screen of these two: it prompts when both are a terminal."""
    return Screen(target, clock, interactive=_is_terminal(source) and _is_terminal(target))


async def _answer_line(
    line: str, store: Store, lexicon: Lexicon, clock: Clock, screen: Screen, footnotes: Footnotes | None
) -> None:
    chosen = screen.chosen(line)
    if chosen or line.strip():
        try:
            reply = await asyncio.to_thread(
                answer_button if chosen else answer,
                chosen or line,
                CHAT,
                store=store,
                lexicon=lexicon,
                now=clock(),
                admin=True,
                footnotes=footnotes,
            )
        except Exception as error:  # noqa: BLE001 - one line that cannot be answered must not end the watch
            log.warning("a line could not be answered", trouble=type(error).__name__)
            reply = apology(error, admin=True)
        screen.show(reply)
    screen.ask()


class Screen:
    """Where answers and alerts are printed. An alert that comes while the prompt waits stands above a new prompt."""

    def __init__(self, target: TextIO, clock: Clock, *, interactive: bool) -> None:
        self._target = target
        self._clock = clock
        self._interactive = interactive
        self._colour = _is_terminal(target)
        self._prompting = False
        self._sent = 0
        self._choices: list[Button] = []

    async def send(self, _: Parcel, text: str) -> Outcome:
        """The way of alerts to the terminal. An output that is gone is tried again later."""
        try:
            self._above_prompt(f"{RULE}\n{plain(text, self._width, colour=self._colour)}\n{RULE}")
        except (OSError, ValueError):
            return Later(self._clock() + timedelta(minutes=10), "the terminal is closed")
        self._sent += 1
        return Sent(self._sent)

    def say(self, words: str) -> None:
        """A line of our own, such as how the first pass over the sources went; may come at any time."""
        with contextlib.suppress(OSError, ValueError):
            self._above_prompt(plain(html.escape(words), self._width))

    def show(self, reply: Reply) -> None:
        """The answer to a line; its buttons become numbers to type."""
        self._prompting = False
        self._choices = [b for row in reply.buttons for b in row if not b.label.startswith(OFFER)]
        choices = "".join(f"\n  {n}  {clean(b.label)}" for n, b in enumerate(self._choices, 1))
        hint = "\nType a number to choose." if choices else ""
        self._write(f"{plain(reply.text_html, self._width, colour=self._colour)}{choices}{hint}\n\n")

    def chosen(self, line: str) -> str:
        """What the number in a line stands for; '' when it is no number of a choice."""
        number = line.strip()
        if not number.isascii() or not number.isdigit() or len(number) > 2:
            return ""
        return self._choices[int(number) - 1].data if 1 <= int(number) <= len(self._choices) else ""

    def ask(self) -> None:
        if self._interactive:
            self._write(PROMPT)
            self._prompting = True

    def end_of_lines(self) -> None:
        self._prompting = False

    def close(self) -> None:
        if self._prompting:
            self._write("\n")

    @property
    def _width(self) -> int:
        return min(WIDEST, shutil.get_terminal_size().columns) if self._colour else 0

    def _above_prompt(self, text: str) -> None:
        self._write(f"\r\x1b[K{text}\n\n{PROMPT}" if self._prompting else f"{text}\n\n")

    def _write(self, text: str) -> None:
        self._target.write(text)
        self._target.flush()


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


async def _next_line(lines: asyncio.Queue[str | None], stop: asyncio.Event) -> str | None:
    """The next line; None at their end or when `stop` comes first."""
    reading, stopping = asyncio.create_task(lines.get()), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([reading, stopping], return_when=asyncio.FIRST_COMPLETED)
        return reading.result() if reading.done() else None
    finally:
        reading.cancel()
        stopping.cancel()


@contextlib.contextmanager
def _reading(source: TextIO | None, lines: asyncio.Queue[str | None]) -> Iterator[None]:
    """Lines of `source` go to the queue, then None. The reader waits on a pipe too, so that it can be ended."""
    loop = asyncio.get_running_loop()

    def put(line: str | None) -> None:
        loop.call_soon_threadsafe(lines.put_nowait, line)

    descriptor = _descriptor(source)
    if source is None or descriptor is None:
        for line in source or ():
            lines.put_nowait(line)
        lines.put_nowait(None)
        yield
        return
    wake, waker = os.pipe()
    reader = threading.Thread(target=_read_lines, args=(descriptor, wake, put), name="terminal", daemon=True)
    reader.start()
    try:
        yield
    finally:
        os.write(waker, b".")
        reader.join()
        os.close(wake)
        os.close(waker)


def _descriptor(source: TextIO | None) -> int | None:
    try:
        return source.fileno() if source is not None else None
    except (OSError, ValueError):  # a text held in memory, or a closed input
        return None


def _read_lines(descriptor: int, wake: int, put: Callable[[str | None], None]) -> None:
    """Reads until the end, an error or a wake-up; past Python's own buffer, whose lock would outlive the reader."""
    rest = b""
    while True:
        try:
            ready, _, _ = select.select([descriptor, wake], [], [])
            if wake in ready:
                return None
            piece = os.read(descriptor, 65536)
        except (OSError, ValueError):
            piece = b""
        if not piece:
            if rest:
                put(rest.decode(errors="replace"))
            return put(None)
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            put(line[:LINE_BYTES].decode(errors="replace"))
        rest = rest[:LINE_BYTES]
