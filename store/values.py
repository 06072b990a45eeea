"""What the store answers with: plain values, never rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from inspections.alerts import Chat, DeliveryState
from inspections.ledger import Assertion, Change
from inspections.model import Publisher
from inspections.release import Release

Decision = Literal["approved", "corrected", "dismissed"]
Refusal = Literal["unknown", "decided", "no-question", "no-words", "taken"]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording one release came to."""

    release_id: int
    revision: int
    new: bool
    """True when the release was not known, or could not be read until now."""
    revised: bool
    """True when its text differs from the latest revision known."""
    changes: tuple[Change, ...]
    deliveries: int
    """How many messages are owed because of it."""


@dataclass(frozen=True, slots=True)
class Known:
    """A release we have met, as far as the next fetch of it is concerned."""

    url: str
    revision: int
    """0 while it could not be read."""
    etag: str
    last_modified: str
    recheck_at: datetime | None
    text_hash: str
    unreadable: str = ""
    """Why it could not be read; '' when it could."""
    title: str = ""
    published: datetime | None = None
    first_seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReleaseSummary:
    """A release with what it states, for a list of the latest ones."""

    id: int
    title: str
    url: str
    publisher: Publisher
    published: datetime | None
    first_seen: datetime
    forces: tuple[str, ...]
    judgments: tuple[tuple[str, str, str], ...]
    """(force, canonical question, grade) of each current judgment."""
    moves: tuple[tuple[str, str], ...]
    """(force, move)"""
    causes: tuple[tuple[str, str, str], ...]
    """(force, topic, state)"""


@dataclass(frozen=True, slots=True)
class Review:
    """A finding that waits for the operator."""

    id: int
    kind: str
    """judgment, unplaced, doubt or disputed"""
    reason: str
    force: str
    question: str
    value: str
    """The grade, where there is one."""
    evidence: str
    confidence: float
    title: str
    url: str
    publisher: Publisher
    published: datetime | None
    made_at: datetime
    cycle: str = ""
    """As it was read, or of the other grades of the release; '' when not known."""
    decision: str = ""
    """'' while it waits; approved, corrected or dismissed; superseded when a later reading asks it no more."""
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was stored, and what came of it."""

    review: Review
    changes: tuple[Change, ...] = ()
    deliveries: int = 0
    """How many messages are owed because of it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A decision that was not stored: no such number, decided before, an approval of what names no question or has
    no words, or of a second grade for one question."""

    why: Refusal
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class StoredRevision:
    """A revision as it was read from its page, to be read again."""

    id: int
    release_id: int
    release: Release
    newest: bool


@dataclass(frozen=True, slots=True)
class ReadFinding:
    """One finding of a reading, as far as two readings are told apart."""

    kind: str
    force: str
    question: str
    value: str
    cycle: str
    current: bool
    confidence: float
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reread:
    """How a new reading of a revision differs from the stored one."""

    added: tuple[ReadFinding, ...]
    dropped: tuple[ReadFinding, ...]
    changed: tuple[tuple[ReadFinding, ReadFinding], ...]
    """(as stored, as read now): the same words and grade, another cycle, rule or confidence."""

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped or self.changed)


@dataclass(frozen=True, slots=True)
class DecidedRelease:
    """A release of which all that was asked is decided, with what stands in the ledger for its newest revision."""

    id: int
    release: Release
    judgments: tuple[Assertion, ...]
    findings: tuple[ReadFinding, ...]
    """All that stands of its reading, the other kinds included."""


@dataclass(frozen=True, slots=True)
class UncertainDelivery:
    """A delivery of which nobody knows whether it arrived."""

    id: int
    chat: Chat
    title: str
    url: str
    attempts: int
    final: bool
    """True when it was repeated already: only a person can settle it now."""
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class TracedChange:
    """A change with what proves it."""

    change: Change
    rule: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Trace:
    """Why an alert was made: from the source to the chat."""

    id: int
    chat: Chat
    state: DeliveryState
    reason: str
    title: str
    url: str
    source: str
    """The url of the source it was found at; '' for none."""
    revision: int
    text_hash: str
    page_hash: str
    fetched_at: datetime
    made_at: datetime
    sent_at: datetime | None
    message_id: int
    changes: tuple[TracedChange, ...]
    recipients: int
    """How many chats are owed the same event."""
