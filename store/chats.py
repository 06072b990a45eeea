"""Chats and their subscriptions. A subscription ends with a reason; nothing of a chat is deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from sqlmodel import Session, col, select

from inspections.alerts import Chat, Platform, Subscription, Wish
from store.database import Database
from store.policy import Policy
from store.tables import ChatRow, DeliveryRow, SubscriptionRow

OPEN = ("due", "claimed", "later")
"""The states of a delivery that has surely not been sent and still may be."""


class Chats:
    def __init__(self, database: Database, policy: Policy) -> None:
        self._database = database
        self._policy = policy

    def meet(self, chat: Chat, now: datetime) -> None:
        """Somebody writes in `chat`: it is known from now on, and open to us again if it was paused.

        What was owed to it while it was paused is still told, unless it is old news by now.
        """
        if self._is_met(chat):
            return
        with self._database.write() as session:
            row = met(session, chat, now)
            for sibling in _of_same_chat(session, chat):
                if sibling.paused_at is not None:
                    sibling.paused_at, sibling.pause_reason = None, ""
                    _let_go_of_old_news(session, sibling, now, self._policy)
            session.add(row)

    def subscribe(self, chat: Chat, wish: Wish, now: datetime) -> bool:
        """False when `chat` had this wish already."""
        with self._database.write() as session:
            row = met(session, chat, now)
            if _live(session, row, wish):
                return False
            session.add(SubscriptionRow(chat=row.id or 0, force=wish.force, question=wish.question, since=now))
            return True

    def end(self, chat: Chat, wish: Wish | None, reason: str, now: datetime) -> int:
        """Ends one subscription of `chat`, or all (wish None); how many were ended."""
        with self._database.write() as session:
            row = find(session, chat)
            rows = _live(session, row, wish) if row else []
            for subscription in rows:
                subscription.ended_at, subscription.ended_reason = now, reason
            return len(rows)

    def of(self, chat: Chat) -> list[Subscription]:
        """The live subscriptions of `chat`, the oldest first."""
        with self._database.read() as session:
            row = find(session, chat)
            return [subscription_of(s, chat) for s in _live(session, row, None)] if row else []

    def has_subscribed(self, chat: Chat) -> bool:
        """True when `chat` ever had a subscription, ended or not."""
        with self._database.read() as session:
            row = find(session, chat)
            if row is None:
                return False
            return session.exec(select(SubscriptionRow.id).where(SubscriptionRow.chat == row.id)).first() is not None

    def pause(self, chat: Chat, reason: str, now: datetime) -> None:
        """Nothing is sent to `chat` until it writes again; its subscriptions stay."""
        with self._database.write() as session:
            pause(session, chat, reason, now)

    def is_paused(self, chat: Chat) -> bool:
        with self._database.read() as session:
            row = find(session, chat)
            return row is not None and row.paused_at is not None

    def move(self, chat: Chat, to: int, now: datetime) -> None:
        """The group became the one with the id `to`: its threads, subscriptions and what it is owed go with it."""
        with self._database.write() as session:
            move(session, chat, to, now)

    def _is_met(self, chat: Chat) -> bool:
        """Asked by a read, since almost every message comes from a chat that is known and open."""
        with self._database.read() as session:
            row = find(session, chat)
            return row is not None and all(s.paused_at is None for s in _of_same_chat(session, chat))


def find(session: Session, chat: Chat) -> ChatRow | None:
    query = select(ChatRow).where(
        ChatRow.platform == chat.platform, ChatRow.chat_id == chat.id, ChatRow.thread == chat.thread
    )
    return session.exec(query).first()


def met(session: Session, chat: Chat, now: datetime) -> ChatRow:
    row = find(session, chat)
    if row is None:
        row = ChatRow(platform=chat.platform, chat_id=chat.id, thread=chat.thread, met_at=now)
        session.add(row)
        session.flush()
    return row


def chat_of(row: ChatRow) -> Chat:
    return Chat(cast(Platform, row.platform), row.chat_id, row.thread)


def subscription_of(row: SubscriptionRow, chat: Chat) -> Subscription:
    return Subscription(row.id or 0, chat, Wish(row.force, row.question), row.since)


def live_subscriptions(session: Session, forces: Iterable[str]) -> list[Subscription]:
    """Those that may ask for news of `forces`."""
    query = (
        select(SubscriptionRow, ChatRow)
        .where(SubscriptionRow.chat == ChatRow.id, col(SubscriptionRow.ended_at).is_(None))
        .where(col(SubscriptionRow.force).in_(["", *sorted(set(forces))]))
    )
    return [subscription_of(subscription, chat_of(chat)) for subscription, chat in session.exec(query)]


def pause(session: Session, chat: Chat, reason: str, now: datetime) -> None:
    row = met(session, chat, now)
    row.paused_at, row.pause_reason = now, reason


def move(session: Session, chat: Chat, to: int, now: datetime) -> None:
    for row in _of_same_chat(session, chat):
        there = find(session, Chat(chat.platform, to, row.thread))
        if there is None:
            row.chat_id = to
        elif there.id != row.id:
            _merge(session, row, there, now)
    session.flush()


def _of_same_chat(session: Session, chat: Chat) -> list[ChatRow]:
    query = select(ChatRow).where(ChatRow.platform == chat.platform, ChatRow.chat_id == chat.id)
    return list(session.exec(query.order_by(col(ChatRow.id))))


def _live(session: Session, row: ChatRow, wish: Wish | None) -> list[SubscriptionRow]:
    query = select(SubscriptionRow).where(SubscriptionRow.chat == row.id, col(SubscriptionRow.ended_at).is_(None))
    if wish is not None:
        query = query.where(SubscriptionRow.force == wish.force, SubscriptionRow.question == wish.question)
    return list(session.exec(query.order_by(col(SubscriptionRow.id))))


def _merge(session: Session, old: ChatRow, new: ChatRow, now: datetime) -> None:
    """The new group is known already: it takes what it does not have, the rest ends with that reason."""
    for subscription in _live(session, old, None):
        if _live(session, new, Wish(subscription.force, subscription.question)):
            subscription.ended_at, subscription.ended_reason = now, "the group it became has it already"
        else:
            subscription.chat = new.id or 0
        session.flush()
    owed_there = set(session.exec(select(DeliveryRow.event_id).where(DeliveryRow.chat == new.id)))
    for delivery in session.exec(select(DeliveryRow).where(DeliveryRow.chat == old.id)).all():
        if delivery.event_id not in owed_there:
            delivery.chat = new.id or 0
        elif delivery.state in OPEN:
            delivery.state, delivery.reason, delivery.settled_at = "never", "owed to the group it became already", now


def _let_go_of_old_news(session: Session, row: ChatRow, now: datetime, policy: Policy) -> None:
    query = select(DeliveryRow).where(DeliveryRow.chat == row.id, col(DeliveryRow.state).in_(OPEN))
    for delivery in session.exec(query.where(DeliveryRow.made_at < now - policy.fresh)):
        delivery.state, delivery.settled_at = "never", now
        delivery.reason = "it was old news when the chat came back"
