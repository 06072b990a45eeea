"""When to look again: pure functions for sources and releases, and the pause between requests to one host."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

LONGEST_BACKOFF = timedelta(hours=6)
NETWORK_RETRY = timedelta(minutes=1)


def backoff(every: timedelta, failures: int, retry_after: timedelta | None = None) -> timedelta:
    """How long to leave a failing source alone after its n-th failure in a row: twice as long each time, at most six
    hours, never less than the server asks. It is never given up."""
    doubled = every * int(2 ** min(max(failures - 1, 0), 12))
    return max(min(doubled, max(LONGEST_BACKOFF, every)), retry_after or timedelta(0))


def next_recheck(published: datetime | None, first_seen: datetime, now: datetime) -> datetime | None:
    """When to read a release's page again: at each poll for two days, hourly to a fortnight, daily to sixty days,
    weekly to four hundred, then no more. A grade of Northamptonshire was corrected after 174 days."""
    age = now - min(published or first_seen, now)
    if age < timedelta(days=2):
        return now
    if age < timedelta(days=14):
        return now + timedelta(hours=1)
    if age < timedelta(days=60):
        return now + timedelta(days=1)
    if age < timedelta(days=400):
        return now + timedelta(days=7)
    return None


class Spacing:
    """Keeps requests to one host apart, across threads."""

    def __init__(self, seconds: float, stopping: Callable[[], bool] = lambda: False) -> None:
        self._seconds = seconds
        self._stopping = stopping
        self._lock = threading.Lock()
        self._free: dict[str, float] = {}

    def wait(self, host: str) -> None:
        """Returns when this host may be asked again, or at once when we are to stop."""
        if self._seconds <= 0:
            return
        with self._lock:
            start = max(time.monotonic(), self._free.get(host, 0.0))
            self._free[host] = start + self._seconds
        while (pause := start - time.monotonic()) > 0 and not self._stopping():
            time.sleep(min(pause, 0.2))
