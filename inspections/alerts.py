"""Who is told what: chats and their wishes, the alerts owed to them, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from inspections.ledger import Change
from inspections.model import Publisher

Platform = Literal["telegram", "terminal"]
DeliveryState = Literal["due", "claimed", "sending", "sent", "later", "never", "uncertain"]


@dataclass(frozen=True, slots=True)
class Chat:
    """Where somebody is told: a person's chat, a group, a channel, or one topic of a group."""

    platform: Platform
    id: int
    thread: int = 0
    """A topic's id; 0 for none."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a chat wants to be told of. '' stands for all: Wish() is everything."""

    force: str = ""
    question: str = ""
    """Canonical id."""


@dataclass(frozen=True, slots=True)
class Subscription:
    id: int
    chat: Chat
    wish: Wish
    since: datetime


@dataclass(frozen=True, slots=True)
class Alert:
    """What one release gives one chat to know."""

    chat: Chat
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Announcement:
    """An alert as it is rendered: the release with those of its changes that the chat asked for."""

    id: int
    """The alert's number, the one an operator asks `why` about."""
    title: str
    url: str
    publisher: Publisher
    published: datetime | None
    changes: tuple[Change, ...]
    corrects: bool = False
    """True when it corrects what this chat was told before."""
    told: datetime | None = None
    """When this chat was told what is now corrected (the day its earlier message was sent)."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """The deliveries that leave as one message to one chat: one announcement, or a bundle."""

    chat: Chat
    deliveries: tuple[int, ...]
    announcements: tuple[Announcement, ...]
    repeat: bool = False
    """True when an earlier try may have arrived: the message must say so."""
    reply_to: int = 0
    """The message to answer, for a correction; 0 for none."""


@dataclass(frozen=True, slots=True)
class Sent:
    message_id: int


@dataclass(frozen=True, slots=True)
class Later:
    """Not sent, surely; try again at `until`."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Never:
    """Refused for good. `pause` when the chat itself is closed to us (blocked, kicked, deleted)."""

    reason: str
    pause: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became another one; nothing was sent."""

    to: int


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The request left and no answer came: it may have arrived."""

    reason: str


Outcome = Sent | Later | Never | Moved | Uncertain
