"""The long-running parts: `peelwatch run`, `bot` and `clock`. Each stops cleanly on Ctrl-C, SIGTERM and
a closed terminal (SIGHUP)."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from app.build import PeelWatch, build, known_footnotes, prepare
from app.clock import Watch, start
from app.health import watch_health
from bot.terminal import Screen, run_terminal, screen_of
from config.settings import Settings

log = structlog.get_logger()


@dataclass
class Signals:
    """What the parts of one process tell each other: that it ends, and that something new may be due."""

    loop: asyncio.AbstractEventLoop
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    nudge: asyncio.Event = field(default_factory=asyncio.Event)
    notices: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    """Lines for the admin chats."""

    @classmethod
    def of_this_process(cls) -> Signals:
        signals = cls(asyncio.get_running_loop())
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) != signal.SIG_IGN:  # as nohup sets it
                signals.loop.add_signal_handler(number, signals.stop.set)
        return signals

    def nudge_from_thread(self) -> None:
        self.from_any_thread(self.nudge.set)

    def from_any_thread(self, call: Callable[..., object], *words: str) -> None:
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(call, *words)


def run_everything(settings: Settings) -> int:
    """Clock, chat and delivery in one process, until it is told to stop."""
    return asyncio.run(_run(settings, with_clock=True, with_chat=True))


def run_bot(settings: Settings) -> int:
    """Chat and delivery."""
    return asyncio.run(_run(settings, with_clock=False, with_chat=True))


def run_clock(settings: Settings) -> int:
    """The clock alone; what it finds is owed to the chats that another process serves."""
    return asyncio.run(_run(settings, with_clock=True, with_chat=False))


async def _run(settings: Settings, *, with_clock: bool, with_chat: bool) -> int:
    signals = Signals.of_this_process()
    peelwatch = build(settings)
    try:
        mistakes = prepare(peelwatch).mistakes
        peelwatch.store.deliveries.recover(peelwatch.clock())
        screen = (
            screen_of(sys.stdin, sys.stdout, peelwatch.clock) if with_chat and not settings.telegram_token else None
        )
        say, warn = _teller(signals, screen), _warner(signals, screen)
        for mistake in mistakes:
            warn(str(mistake))
        watch = Watch(peelwatch, say, signals.nudge_from_thread) if with_clock else None
        scheduler = start(watch, peelwatch.clock()) if watch else None
        health = asyncio.create_task(watch_health(peelwatch.store, warn, signals.stop))
        try:
            if screen:
                await _terminal(peelwatch, signals, screen)
            elif with_chat:
                await _telegram(peelwatch, signals)
            else:
                log.info("the clock is running")
                await signals.stop.wait()
        finally:
            signals.stop.set()
            await health
            if watch and scheduler:
                watch.stop()
                await asyncio.to_thread(scheduler.shutdown)
    finally:
        peelwatch.store.close()
    return 0


def _teller(signals: Signals, screen: Screen | None) -> Callable[[str], None]:
    """Tells how the watch goes, from any thread: at the terminal, else in the log."""
    if screen is None:
        return lambda line: log.info(line)
    return lambda line: signals.from_any_thread(screen.say, line)


def _warner(signals: Signals, screen: Screen | None) -> Callable[[str], None]:
    """Tells the operator what wants mending: at the terminal, else in the log and in the admin chats."""
    if screen is not None:
        return _teller(signals, screen)

    def warn(line: str) -> None:
        log.warning(line)
        signals.from_any_thread(signals.notices.put_nowait, line)

    return warn


async def _terminal(peelwatch: PeelWatch, signals: Signals, screen: Screen) -> None:
    await run_terminal(
        peelwatch.store,
        peelwatch.lexicon,
        peelwatch.clock,
        signals.stop,
        sys.stdin,
        sys.stdout,
        footnotes=known_footnotes(peelwatch.lexicon),
        nudge=signals.nudge,
        screen=screen,
    )


async def _telegram(peelwatch: PeelWatch, signals: Signals) -> None:
    os.environ["PTB_TIMEDELTA"] = "1"  # the library reads it when it is first imported
    from bot.telegram import run_telegram

    settings = peelwatch.settings
    token = settings.telegram_token
    if token is None:
        return
    await run_telegram(
        token.get_secret_value(),
        settings.telegram_api_url,
        peelwatch.store,
        peelwatch.lexicon,
        peelwatch.clock,
        signals.stop,
        settings.admin_chats,
        footnotes=known_footnotes(peelwatch.lexicon),
        nudge=signals.nudge,
        rate=settings.send_rate,
        notices=signals.notices,
    )
