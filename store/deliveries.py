"""Deliveries: what is owed to chats, and the one table of states that each of them walks.

due -> claimed (lease) -> sending (committed before the request leaves) -> sent | later | never | uncertain;
uncertain -> sending once more -> …; uncertain again stays so, for the operator.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import func, or_
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from inspections.alerts import DeliveryState, Later, Moved, Never, Outcome, Parcel, Sent, Uncertain
from inspections.lexicon import Lexicon
from store import chats
from store.database import Database
from store.parcels import render
from store.policy import BUNDLE, Policy
from store.tables import ChatRow, DeliveryChangeRow, DeliveryRow, EventRow, ReleaseRow
from store.telling import let_go
from store.tracing import trace
from store.values import Trace, UncertainDelivery


class Deliveries:
    def __init__(self, database: Database, lexicon: Lexicon, policy: Policy) -> None:
        self._database = database
        self._lexicon = lexicon
        self._policy = policy

    def claim(self, now: datetime, lease: timedelta = timedelta(minutes=2)) -> Parcel | None:
        """Takes what one chat is owed as one message; nobody else can until the lease ends. None: nothing is due.

        Ordinary deliveries of a chat travel together; a correction travels alone, and so does what may be a repeat.
        """
        if not self._anything(now):
            return None
        with self._database.write() as session:
            self._sweep(session, now)
            while (first := self._next(session, now)) is not None:
                parcel = render(session, first, self._companions(session, first, now), now)
                if parcel is not None:
                    _lease(session, parcel.deliveries, now + lease)
                    return parcel
        return None

    def sending(self, ids: Sequence[int], now: datetime) -> bool:
        """Committed before the request leaves. False: do not send, they are not ours any more.

        That is so when the lease ended, or when a correction changed the words meanwhile: claim again.
        """
        with self._database.write() as session:
            rows = _rows(session, ids)
            if any(row.state != "claimed" for row in rows) or not rows:
                for row in rows:
                    if row.state == "claimed":
                        let_go(row)
                return False
            for row in rows:
                row.state, row.lease_until = "sending", now + self._policy.stuck_after
                row.attempts += 1
            return True

    def record_outcome(self, ids: Sequence[int], outcome: Outcome, now: datetime) -> None:
        """What became of them, each as a row. An outcome that comes too late to matter is passed over."""
        with self._database.write() as session:
            rows = [row for row in _rows(session, ids) if row.state in ("sending", "claimed", "uncertain")]
            for row in rows:
                self._settle(session, row, outcome, now)
            session.flush()
            chat = session.get(ChatRow, rows[0].chat) if rows else None
            if chat is not None and isinstance(outcome, Moved):
                chats.move(session, chats.chat_of(chat), outcome.to, now)
            if chat is not None and isinstance(outcome, Never) and outcome.pause:
                chats.pause(session, chats.chat_of(chat), outcome.reason, now)

    def recover(self, now: datetime) -> None:
        """At the start of a sender: what was leaving when it died may have arrived; an expired claim is due again."""
        with self._database.write() as session:
            for row in session.exec(select(DeliveryRow).where(DeliveryRow.state == "sending")):
                self._settle(session, row, Uncertain("the program stopped before an answer came"), now)
            self._sweep(session, now)

    def next_due(self, now: datetime) -> datetime | None:
        """When `claim` next has something to give; `now` when it has already. None: nothing is owed."""
        moment = func.coalesce(DeliveryRow.lease_until, DeliveryRow.due_at)
        query = select(func.min(moment)).join(ChatRow, col(ChatRow.id) == DeliveryRow.chat)
        query = query.where(or_(_may_go(), col(DeliveryRow.state).in_(["claimed", "sending"])))
        with self._database.read() as session:
            found = session.exec(query.where(_ready_original(), col(ChatRow.paused_at).is_(None))).one()
            return max(found, now) if found else None

    def counts(self) -> dict[DeliveryState, int]:
        """How many deliveries stand in each state."""
        query = select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)
        with self._database.read() as session:
            return {cast(DeliveryState, state): count for state, count in session.exec(query)}

    def uncertain(self) -> list[UncertainDelivery]:
        """Those that may or may not have arrived, the oldest first; `final` ones only a person can settle."""
        query = (
            select(DeliveryRow, ChatRow, ReleaseRow)
            .join(ChatRow, col(ChatRow.id) == DeliveryRow.chat)
            .join(EventRow, col(EventRow.id) == DeliveryRow.event_id)
            .join(ReleaseRow, col(ReleaseRow.id) == EventRow.release_id)
            .where(DeliveryRow.state == "uncertain")
            .order_by(col(DeliveryRow.id))
        )
        with self._database.read() as session:
            return [_uncertain(*found) for found in session.exec(query)]

    def why(self, id: int) -> Trace | None:  # noqa: A002 - the word of the caller
        """Where the alert with this number comes from; None when there is none."""
        with self._database.read() as session:
            return trace(session, id)

    def _anything(self, now: datetime) -> bool:
        """Asked by a read, so that an idle sender never takes the write lock."""
        due = self.next_due(now)
        return due is not None and due <= now

    def _sweep(self, session: Session, now: datetime) -> None:
        expired = select(DeliveryRow).where(col(DeliveryRow.lease_until) <= now)
        for row in session.exec(expired.where(DeliveryRow.state == "claimed")):
            let_go(row)
        for row in session.exec(expired.where(DeliveryRow.state == "sending")):
            self._settle(session, row, Uncertain("no answer came"), now)
        session.flush()

    def _next(self, session: Session, now: datetime) -> DeliveryRow | None:
        query = _takeable().where(DeliveryRow.due_at <= now).order_by(col(DeliveryRow.due_at), col(DeliveryRow.id))
        return session.exec(query.limit(1)).first()

    def _companions(self, session: Session, first: DeliveryRow, now: datetime) -> list[DeliveryRow]:
        """Who travels with `first`: with a repeat, those of the same message; with news, all other news of the chat."""
        if first.doubts:
            same = select(DeliveryRow).where(DeliveryRow.chat == first.chat, DeliveryRow.parcel == first.parcel)
            return list(session.exec(same.where(_may_go(), DeliveryRow.doubts > 0).order_by(col(DeliveryRow.id))))
        if first.corrects is not None:
            return [first]
        ready = (DeliveryRow.due_at <= now) | (DeliveryRow.state == "due")
        query = _takeable().where(
            DeliveryRow.chat == first.chat, DeliveryRow.doubts == 0, col(DeliveryRow.corrects).is_(None), ready
        )
        return list(session.exec(query.order_by(col(DeliveryRow.due_at), col(DeliveryRow.id)).limit(BUNDLE)))

    def _settle(self, session: Session, row: DeliveryRow, outcome: Outcome, now: datetime) -> None:
        row.lease_until = None
        match outcome:
            case Sent(message_id):
                row.state, row.message_id, row.reason, row.sent_at, row.settled_at = "sent", message_id, "", now, now
                _remember_told(session, row)
            case Later(until, reason):
                # Surely not sent: a repeat that was put off is still to be repeated.
                row.state, row.due_at, row.reason = "later", until, reason
            case Never(reason, _pause):
                row.state, row.reason, row.settled_at = "never", reason, now
            case Moved():
                row.state, row.due_at, row.reason = "due", now, "the group became another one"
            case Uncertain(reason) if row.state != "uncertain":
                row.state, row.reason, row.doubts = "uncertain", reason, row.doubts + 1
                row.due_at, row.settled_at = now + self._policy.repeat_after, now
                _remember_told(session, row)


def _may_go() -> ColumnElement[bool]:
    once_more = (col(DeliveryRow.state) == "uncertain") & (col(DeliveryRow.doubts) < 2)
    return or_(col(DeliveryRow.state).in_(["due", "later"]), once_more)


def _ready_original() -> ColumnElement[bool]:
    """A correction waits until it is known what became of the message it corrects."""
    original = aliased(DeliveryRow)
    known = or_(
        col(original.state).in_(["sent", "never"]), (col(original.state) == "uncertain") & (col(original.doubts) > 1)
    )
    settled = select(original.id).where(known)
    return or_(col(DeliveryRow.corrects).is_(None), col(DeliveryRow.corrects).in_(settled))


def _takeable() -> SelectOfScalar[DeliveryRow]:
    query = select(DeliveryRow).join(ChatRow, col(ChatRow.id) == DeliveryRow.chat)
    return query.where(_may_go(), _ready_original(), col(ChatRow.paused_at).is_(None))


def _lease(session: Session, ids: Sequence[int], until: datetime) -> None:
    for row in _rows(session, ids):
        row.state, row.lease_until, row.parcel = "claimed", until, ids[0]


def _rows(session: Session, ids: Sequence[int]) -> list[DeliveryRow]:
    query = select(DeliveryRow).where(col(DeliveryRow.id).in_(list(ids))).order_by(col(DeliveryRow.id))
    return list(session.exec(query))


def _remember_told(session: Session, row: DeliveryRow) -> None:
    for link in session.exec(select(DeliveryChangeRow).where(DeliveryChangeRow.delivery_id == row.id)):
        link.told = link.rendered


def _uncertain(row: DeliveryRow, chat: ChatRow, release: ReleaseRow) -> UncertainDelivery:
    return UncertainDelivery(
        id=row.id or 0,
        chat=chats.chat_of(chat),
        title=release.title,
        url=release.url,
        attempts=row.attempts,
        final=row.doubts > 1,
        reason=row.reason,
        since=row.settled_at or row.made_at,
    )
