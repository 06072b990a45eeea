"""The times and limits that recording and delivering keep to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

SURE = 0.85
"""A judgment read with less confidence is not asserted: it waits for the operator."""
BUNDLE = 20
"""The most announcements in one message."""


@dataclass(frozen=True, slots=True)
class Policy:
    fresh: timedelta
    settle: timedelta
    repeat_after: timedelta
    stuck_after: timedelta = timedelta(minutes=10)
    """A request that left and was not heard of for so long is taken as unanswered."""

    def is_fresh(self, published: datetime | None, now: datetime) -> bool:
        """Old news is not news; a release without a date is taken as new, since its source was read before."""
        return published is None or now - published <= self.fresh
