"""Deliver: takes what is due, sends it at a pace Telegram allows, writes what became of it; outlives any one parcel."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from bot.messages import parcel_text
from inspections.alerts import Later, Moved, Never, Outcome, Parcel, Platform, Sent, Uncertain

if TYPE_CHECKING:
    from inspections.lexicon import Lexicon
    from store import Store

Send = Callable[[Parcel, str], Awaitable[Outcome]]
Clock = Callable[[], datetime]

AT_ONCE = 8
"""Parcels on their way at one time."""
IDLE = 1.0
"""Seconds between looks at what is due, when nothing nudges: another process may have written it."""
CLOSED_CHAT_KIND = timedelta(minutes=10)

log = structlog.get_logger()


@dataclass
class Delivered:
    """What one pass, or a whole run, came to."""

    sent: int = 0
    later: int = 0
    never: int = 0
    moved: int = 0
    uncertain: int = 0
    broken: int = 0
    """Parcels that could not be written as a message; they are tried again."""

    def count(self, outcome: Outcome) -> None:
        match outcome:
            case Sent():
                self.sent += 1
            case Later():
                self.later += 1
            case Never():
                self.never += 1
            case Moved():
                self.moved += 1
            case Uncertain():
                self.uncertain += 1


@dataclass
class Pace:
    """So many messages a second over all, and one a second to a chat. `clock` and `sleep` are the event loop's."""

    overall: float = 25.0
    per_chat: float = 1.0
    _next: float = 0.0
    _chats: dict[int, float] = field(default_factory=dict)

    async def turn(self, chat_id: int) -> None:
        """Returns when a message to this chat may leave; turns are given in the order they are asked for."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._next, self._chats.get(chat_id, 0.0))
        self._next = max(now, self._next) + (1 / self.overall if self.overall > 0 else 0.0)
        self._chats[chat_id] = at + (1 / self.per_chat if self.per_chat > 0 else 0.0)
        if len(self._chats) > 10_000:
            self._chats = {chat: until for chat, until in self._chats.items() if until > now}
        if at > now:
            await asyncio.sleep(at - now)


def by_platform(senders: Mapping[Platform, Send], clock: Clock) -> Send:
    """One sender from several: a parcel for a chat nobody serves here is kept for later."""

    async def send(parcel: Parcel, text: str) -> Outcome:
        sender = senders.get(parcel.chat.platform)
        if sender is None:
            return Later(clock() + CLOSED_CHAT_KIND, f"no {parcel.chat.platform} is served by this process")
        return await sender(parcel, text)

    return send


async def deliver_due(
    store: Store,
    send: Send,
    clock: Clock,
    lexicon: Lexicon,
    *,
    pace: Pace | None = None,
    stop: asyncio.Event | None = None,
) -> Delivered:
    """One pass: everything that is due now has been tried when it returns. After `stop` no new parcel is taken."""
    pace, stop = pace or Pace(), stop or asyncio.Event()
    counts = Delivered()
    going: set[asyncio.Task[None]] = set()
    try:
        while not stop.is_set():
            parcel = await asyncio.to_thread(store.deliveries.claim, clock())
            if parcel is None:
                if not going:
                    break
            else:
                going.add(asyncio.create_task(_deliver_one(parcel, store, send, clock, lexicon, pace, stop, counts)))
            if parcel is None or len(going) >= AT_ONCE:
                done, going = await asyncio.wait(going, return_when=asyncio.FIRST_COMPLETED)
                _raise_bugs(done)
    finally:
        if going:
            done, _ = await asyncio.wait(going)
            _raise_bugs(done)
    return counts


async def deliver_forever(
    store: Store,
    send: Send,
    clock: Clock,
    lexicon: Lexicon,
    *,
    stop: asyncio.Event,
    nudge: asyncio.Event | None = None,
    rate: float = 25.0,
    per_chat: float = 1.0,
    idle: float = IDLE,
) -> Delivered:
    """Delivers until `stop`; what is being sent then is finished first. `nudge` says that something new may be due."""
    pace, nudge = Pace(overall=rate, per_chat=per_chat), nudge or asyncio.Event()
    counts = Delivered()
    trouble = 0
    while not stop.is_set():
        nudge.clear()
        wait = idle
        try:
            due = await asyncio.to_thread(store.deliveries.next_due, clock())
            if due is not None and due <= clock():
                passed = await deliver_due(store, send, clock, lexicon, pace=pace, stop=stop)
                _add(counts, passed)
                trouble = 0
                continue
            if due is not None:
                wait = min(idle, max(0.01, (due - clock()).total_seconds()))
            trouble = 0
        except Exception as error:  # noqa: BLE001 - the loop outlives any trouble with the database
            trouble += 1
            wait = min(30.0, idle * 2**trouble)
            log.warning("delivering stumbled; trying again", trouble=type(error).__name__, seconds=wait)
        await _first_of(stop, nudge, wait)
    return counts


async def _deliver_one(
    parcel: Parcel,
    store: Store,
    send: Send,
    clock: Clock,
    lexicon: Lexicon,
    pace: Pace,
    stop: asyncio.Event,
    counts: Delivered,
) -> None:
    ids = parcel.deliveries
    try:
        text = parcel_text(parcel, lexicon)
    except Exception as error:  # noqa: BLE001 - one alert that cannot be written must not hold up the others
        log.warning("an alert could not be written; it is tried again", deliveries=ids, trouble=type(error).__name__)
        counts.broken += 1
        outcome: Outcome = Later(clock() + CLOSED_CHAT_KIND, f"could not be written ({type(error).__name__})")
        await _write(store, ids, outcome, clock, stop)
        return
    await pace.turn(parcel.chat.id)
    if stop.is_set():
        return  # nothing has left: the lease ends and the parcel is due again
    if not await asyncio.to_thread(store.deliveries.sending, ids, clock()):
        return  # not ours any more, or its words changed: it is claimed anew
    try:
        outcome = await send(parcel, text)
    except Exception as error:  # noqa: BLE001 - the request may have left, whatever went wrong
        log.warning("sending broke", deliveries=ids, trouble=type(error).__name__)
        outcome = Uncertain(f"sending broke ({type(error).__name__})")
    await _write(store, ids, outcome, clock, stop)
    counts.count(outcome)
    _log_outcome(ids, outcome)


async def _write(store: Store, ids: tuple[int, ...], outcome: Outcome, clock: Clock, stop: asyncio.Event) -> None:
    """The outcome is written before anything else is done; a busy database is asked again, also while stopping."""
    for attempt in range(1, 9):
        try:
            await asyncio.to_thread(store.deliveries.record_outcome, ids, outcome, clock())
        except Exception as error:  # noqa: BLE001 - an outcome not written would send the message twice
            log.warning(
                "an outcome could not be written yet", deliveries=ids, trouble=type(error).__name__, attempt=attempt
            )
            if stop.is_set() and attempt >= 3:
                break
            await asyncio.sleep(min(5.0, 0.05 * 3**attempt))
        else:
            return
    log.error("an outcome is lost: these deliveries count as uncertain later", deliveries=ids)


def _log_outcome(ids: tuple[int, ...], outcome: Outcome) -> None:
    match outcome:
        case Sent():
            log.info("delivered", deliveries=ids)
        case Later(until=until, reason=reason):
            log.info("delivery postponed", deliveries=ids, until=until.isoformat(), reason=reason)
        case Never(reason=reason, pause=pause):
            log.warning("delivery refused", deliveries=ids, reason=reason, chat_paused=pause)
        case Moved():
            log.info("a group moved; its deliveries go with it", deliveries=ids)
        case Uncertain(reason=reason):
            log.warning("delivery uncertain", deliveries=ids, reason=reason)


def _raise_bugs(done: set[asyncio.Task[None]]) -> None:
    """What a task could not settle itself: the store failed before anything was sent."""
    for task in done:
        error = task.exception()
        if error is not None:
            raise error


def _add(total: Delivered, part: Delivered) -> None:
    for name in ("sent", "later", "never", "moved", "uncertain", "broken"):
        setattr(total, name, getattr(total, name) + getattr(part, name))


async def _first_of(stop: asyncio.Event, nudge: asyncio.Event, seconds: float) -> None:
    waiting = [asyncio.create_task(stop.wait()), asyncio.create_task(nudge.wait())]
    await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
