"""Sources that died and sources that came back, told to the operator once each: no source dies in silence."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence

from inspections.source import SourceState
from store import Store

DEAD = 3
"""Failures in a row after which a source counts as dead; the clock goes on trying it all the same."""
LOOK_SECONDS = 60.0
SHOWN = 3
"""So many sources are named in one line; /sources lists all."""


class Health:
    """What was said of whom. Reads the database, so that it hears of sources that another process polls."""

    def __init__(self) -> None:
        self._dead: set[str] = set()

    def news(self, sources: Sequence[SourceState]) -> list[str]:
        """The lines to tell since the last call: who died (with the reason), who is read again."""
        failing = {s.source.url: s for s in sources if s.failures >= DEAD}
        died = [s for url, s in failing.items() if url not in self._dead]
        watched = {s.source.url for s in sources}
        back = [url for url in sorted(self._dead) if url in watched and url not in failing]
        self._dead = set(failing)
        lines = [_died(died)] if died else []
        return lines + ([f"Read again: {', '.join(back)}."] if back else [])


def _died(sources: Sequence[SourceState]) -> str:
    named = "; ".join(f"{s.source.url}: {s.reason}" for s in sources[:SHOWN])
    more = f" And {len(sources) - SHOWN} more." if len(sources) > SHOWN else ""
    which = "A source" if len(sources) == 1 else f"{len(sources)} sources"
    return f"{which} could not be read {DEAD} times in a row. {named}{more} /sources lists all; each is tried again."


async def watch_health(store: Store, say: Callable[[str], None], stop: asyncio.Event) -> None:
    """Tells `say` until `stop`."""
    health = Health()
    while not stop.is_set():
        for line in health.news(await asyncio.to_thread(store.sources.all)):
            say(line)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK_SECONDS)
