"""Who asked for what changed: changes and subscriptions -> one alert per chat and thread."""

from __future__ import annotations

from collections.abc import Sequence

from inspections.alerts import Alert, Chat, Subscription, Wish
from inspections.ledger import Change

ANNOUNCED = frozenset({"grade", "corrected", "monitoring", "cause"})
"""A claim that is confirmed was announced when it was made; one that is disputed is for the operator."""


def match(changes: Sequence[Change], subscriptions: Sequence[Subscription]) -> tuple[Alert, ...]:
    """One alert per chat and thread that asked for any of `changes`, with those it asked for, in their order."""
    news = [change for change in changes if change.kind in ANNOUNCED]
    wishes: dict[Chat, set[Wish]] = {}
    for subscription in subscriptions:
        wishes.setdefault(subscription.chat, set()).add(subscription.wish)
    alerts = []
    for chat in sorted(wishes, key=lambda c: (c.platform, c.id, c.thread)):
        wanted = tuple(change for change in news if any(wants(wish, change) for wish in wishes[chat]))
        if wanted:
            alerts.append(Alert(chat, wanted))
    return tuple(alerts)


def wants(wish: Wish, change: Change) -> bool:
    """True when `wish` asks for `change`. Moves are about the whole force: not for who asked for one question."""
    return wish.force in ("", change.force) and wish.question in ("", change.canonical)
