"""The tables, each with the unique key that holds its promise. No key column may be NULL; '' and 0 stand for none."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field

from store.columns import Moment, Row, link, unique_while_it_stands


class SourceRow(Row, table=True):
    __tablename__ = "source"

    id: int | None = Field(default=None, primary_key=True)
    url: str = Field(unique=True)
    publisher: str
    force: str = ""
    reader: str = "auto"
    every_seconds: int
    watched: bool = True
    reader_found: str = ""
    feed_url: str = ""
    etag: str = ""
    last_modified: str = ""
    first_read: datetime | None = Field(default=None, sa_type=Moment)
    last_tried: datetime | None = Field(default=None, sa_type=Moment)
    last_ok: datetime | None = Field(default=None, sa_type=Moment)
    last_item_count: int = 0
    failures: int = 0
    reason: str = ""
    next_check: datetime = Field(sa_type=Moment)


class ReleaseRow(Row, table=True):
    __tablename__ = "release"
    __table_args__ = (Index(None, "source_id", "recheck_at"),)

    id: int | None = Field(default=None, primary_key=True)
    url: str = Field(unique=True)
    source_id: int | None = Field(default=None, sa_column_args=[ForeignKey("source.id")])
    title: str = ""
    publisher: str = ""
    published: datetime | None = Field(default=None, sa_type=Moment)
    force: str = ""
    language: str = ""
    revision: int = 0
    text_hash: str = ""
    stated: bool = Field(default=False, index=True)
    """True when it states a current judgment, a move or a cause of concern."""
    first_seen: datetime = Field(sa_type=Moment)
    fetched_at: datetime | None = Field(default=None, sa_type=Moment)
    page_hash: str = ""
    etag: str = ""
    last_modified: str = ""
    recheck_at: datetime | None = Field(default=None, sa_type=Moment)
    checked_at: datetime | None = Field(default=None, sa_type=Moment)
    unreadable: str = ""
    tries: int = 0
    """How often in a row it could not be read."""
    vanished_at: datetime | None = Field(default=None, sa_type=Moment)


class RevisionRow(Row, table=True):
    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("release_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id")
    number: int
    title: str
    published: datetime | None = Field(default=None, sa_type=Moment)
    text: str = Field(sa_type=Text)
    blocks: str = Field(sa_type=Text)
    """JSON: [[kind, start, end, level, row, column], …]"""
    text_hash: str
    page_hash: str
    fetched_at: datetime = Field(sa_type=Moment)
    grade_words: int = 0
    alerting: bool = True
    """False when it was history from the start: of a source's first pass, or imported."""


class FindingRow(Row, table=True):
    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("revision_id", "kind", "start", "end", "force", "question", "value", "current"),
        Index(None, "force", "kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id")
    kind: str
    """judgment, tally, monitoring, cause, unplaced, theme or doubt"""
    start: int
    end: int
    force: str = ""
    question: str = ""
    """Canonical id of a judgment, topic of a cause of concern."""
    value: str
    """Grade, move, state, theme, counts, or the reason of a doubt."""
    current: bool = True
    quote: str = Field(default="", sa_type=Text)
    cycle: str = ""
    part: str = ""
    confidence: float = 1.0
    rule: str = ""
    reason: str = ""
    dropped_at: datetime | None = Field(default=None, sa_type=Moment)
    """When newer rules no longer read it; None while it stands."""


class AssertionRow(Row, table=True):
    __tablename__ = "assertion"
    __table_args__ = (
        unique_while_it_stands("assertion", "origin", "force", "cycle", "question"),
        Index(None, "force", "canonical"),
    )

    id: int | None = Field(default=None, primary_key=True)
    origin: str
    """`revision:12`, or `baseline:` and its source's url."""
    force: str
    cycle: str = ""
    question: str
    canonical: str
    grade: str
    publisher: str
    published: date | None = None
    precision: str = ""
    release: str
    revision: int = 0
    evidence: str = Field(default="", sa_type=Text)
    current: bool = True
    finding_id: int | None = link("finding.id", default=None)
    made_at: datetime = Field(sa_type=Moment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)
    withdrawn_reason: str = ""


class MoveRow(Row, table=True):
    __tablename__ = "monitoring_move"
    __table_args__ = (unique_while_it_stands("monitoring_move", "origin", "force", "move", "on"),)

    id: int | None = Field(default=None, primary_key=True)
    origin: str
    force: str = Field(index=True)
    move: str
    on: str = ""
    """`published` as text, so that the key has no NULL."""
    published: date | None = None
    precision: str = ""
    release: str
    revision: int = 0
    publisher: str
    note: str = ""
    evidence: str = Field(default="", sa_type=Text)
    finding_id: int | None = link("finding.id", default=None)
    made_at: datetime = Field(sa_type=Moment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)
    withdrawn_reason: str = ""


class CauseRow(Row, table=True):
    __tablename__ = "cause_of_concern"
    __table_args__ = (unique_while_it_stands("cause_of_concern", "origin", "force", "topic", "state", "on"),)

    id: int | None = Field(default=None, primary_key=True)
    origin: str
    force: str = Field(index=True)
    topic: str
    state: str
    on: str = ""
    published: date | None = None
    precision: str = ""
    release: str
    revision: int = 0
    publisher: str
    evidence: str = Field(default="", sa_type=Text)
    finding_id: int | None = link("finding.id", default=None)
    made_at: datetime = Field(sa_type=Moment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)
    withdrawn_reason: str = ""


class EventRow(Row, table=True):
    """One time that a release gave something to tell: its first reading, a later revision, an operator's approval."""

    __tablename__ = "release_event"
    __table_args__ = (UniqueConstraint("release_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id")
    number: int
    revision_id: int = link("revision.id")
    made_at: datetime = Field(sa_type=Moment)


class ChangeRow(Row, table=True):
    __tablename__ = "change"
    __table_args__ = (UniqueConstraint("kind", "subject", "before", "after", "made_by"), Index(None, "subject", "kind"))

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = link("release_event.id")
    kind: str
    subject: str
    """`force|cycle|question`"""
    before: str = ""
    after: str
    made_by: str
    """`assertion:7`, `move:3` or `cause:2`"""
    finding_id: int | None = link("finding.id", default=None)
    force: str = Field(index=True)
    cycle: str = ""
    question: str = ""
    canonical: str = ""
    before_cycle: str = ""
    direction: str
    confirmed: bool
    publisher: str
    evidence: str = Field(default="", sa_type=Text)
    reason: str = ""
    assertion: int = 0


class ChatRow(Row, table=True):
    __tablename__ = "chat"
    __table_args__ = (UniqueConstraint("platform", "chat_id", "thread"),)

    id: int | None = Field(default=None, primary_key=True)
    platform: str
    chat_id: int = Field(sa_type=BigInteger)
    thread: int = Field(default=0, sa_type=BigInteger)
    met_at: datetime = Field(sa_type=Moment)
    paused_at: datetime | None = Field(default=None, sa_type=Moment)
    pause_reason: str = ""


class SubscriptionRow(Row, table=True):
    __tablename__ = "subscription"
    __table_args__ = (
        Index(
            "uq_subscription_live",
            "chat",
            "force",
            "question",
            unique=True,
            sqlite_where=sql("ended_at IS NULL"),
            postgresql_where=sql("ended_at IS NULL"),
        ),
        Index(None, "force", "question"),
    )

    id: int | None = Field(default=None, primary_key=True)
    chat: int = Field(foreign_key="chat.id")
    force: str = ""
    question: str = ""
    since: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_reason: str = ""


class DeliveryRow(Row, table=True):
    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("chat", "event_id"), Index(None, "state", "due_at"))

    id: int | None = Field(default=None, primary_key=True)
    chat: int = Field(foreign_key="chat.id")
    """One chat and thread."""
    event_id: int = link("release_event.id")
    state: str = "due"
    due_at: datetime = Field(sa_type=Moment)
    lease_until: datetime | None = Field(default=None, sa_type=Moment)
    attempts: int = 0
    """How many requests have left."""
    doubts: int = 0
    """How often no answer came: 1 is repeated once, 2 is final."""
    parcel: int = 0
    """The first delivery of the parcel it last travelled in."""
    message_id: int = Field(default=0, sa_type=BigInteger)
    corrects: int | None = link("delivery.id", default=None)
    """The delivery that told this chat what is now corrected."""
    reason: str = ""
    made_at: datetime = Field(sa_type=Moment)
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)


class DeliveryChangeRow(Row, table=True):
    """Which of the event's changes a delivery tells, and what it told when it left."""

    __tablename__ = "delivery_change"

    delivery_id: int = Field(foreign_key="delivery.id", primary_key=True)
    change_id: int = Field(foreign_key="change.id", primary_key=True, index=True)
    rendered: str = ""
    """The grade, move or state in the message as it was last claimed."""
    told: str = ""
    """The same in the last message that arrived, or may have; '' until one did."""


class ReviewRow(Row, table=True):
    """What an operator is asked about words of a release, once; and what was decided."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("release_id", "words", "force", "question", "value"),
        Index(None, "decision", "made_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id")
    words: str
    """The hash of the evidence, spaces and case aside: the question survives another place in the text."""
    force: str = ""
    question: str = ""
    value: str = ""
    """As it was read; what was decided stands below."""
    finding_id: int = link("finding.id")
    """The newest finding that asks it."""
    kind: str
    reason: str = Field(sa_type=Text)
    made_at: datetime = Field(sa_type=Moment)
    decision: str = ""
    """'' while it waits; approved, corrected or dismissed; superseded when a later reading asks it no more."""
    decided_by: str = ""
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    note: str = ""
    said_force: str = ""
    said_question: str = ""
    """Canonical id."""
    said_part: str = ""
    said_grade: str = ""
    """'' when the decision states no judgment."""
    said_cycle: str = ""
    said_current: bool = True
