"""What is owed to a chat, made into one parcel as it has to be told now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from inspections.alerts import Announcement, Parcel
from inspections.compare import up_to_date
from inspections.ledger import Change, ChangeKind, Direction
from inspections.model import Publisher
from store.chats import chat_of
from store.tables import AssertionRow, ChangeRow, ChatRow, DeliveryChangeRow, DeliveryRow, EventRow, ReleaseRow
from store.telling import subject_of, tellings


def render(session: Session, first: DeliveryRow, deliveries: Sequence[DeliveryRow], now: datetime) -> Parcel | None:
    """The parcel of `deliveries`, which all belong to the chat of `first`. None when nothing is left to say.

    Nothing leaves with a grade that was corrected since it was written down. A delivery with nothing left is settled.
    """
    announced = []
    for delivery in deliveries:
        announcement = _announcement(session, delivery)
        if announcement is None:
            delivery.state, delivery.settled_at = "never", now
            delivery.reason = "nothing was left to say: what it would have told was corrected again, or told already"
        else:
            announced.append(announcement)
    session.flush()
    if not announced:
        return None
    original = session.get(DeliveryRow, first.corrects) if first.corrects is not None else None
    return Parcel(
        chat=chat_of(session.get_one(ChatRow, first.chat)),
        deliveries=tuple(announcement.id for announcement in announced),
        announcements=tuple(announced),
        repeat=first.doubts > 0,
        reply_to=original.message_id if original is not None and original.chat == first.chat else 0,
    )


def _announcement(session: Session, delivery: DeliveryRow) -> Announcement | None:
    query = select(DeliveryChangeRow, ChangeRow).where(
        DeliveryChangeRow.delivery_id == delivery.id, DeliveryChangeRow.change_id == ChangeRow.id
    )
    owed = session.exec(query.order_by(col(ChangeRow.id))).all()
    subjects = {row.subject for _link, row in owed}
    later = _later_changes(session, subjects)
    told = _told(session, subjects, delivery.chat)
    unsaid = _unsaid(session, [row.assertion for _link, row in owed if row.assertion])
    changes = []
    for link, row in owed:
        if row.assertion in unsaid and not later[row.subject]:
            continue
        change = _as_it_stands(row, later[row.subject], told.get(row.subject, ""), repeat=delivery.doubts > 0)
        if change is not None:
            link.rendered = change.after
            changes.append(change)
    if not changes:
        return None
    event = session.get_one(EventRow, delivery.event_id)
    release = session.get_one(ReleaseRow, event.release_id)
    original = session.get(DeliveryRow, delivery.corrects) if delivery.corrects is not None else None
    return Announcement(
        id=delivery.id or 0,
        title=release.title,
        url=release.url,
        publisher=cast(Publisher, release.publisher or "press"),
        published=release.published,
        changes=tuple(changes),
        corrects=original is not None or any(c.kind == "corrected" and subject_of(c) in told for c in changes),
        told=original.sent_at if original is not None else None,
    )


def _as_it_stands(row: ChangeRow, later: Sequence[ChangeRow], told: str, *, repeat: bool) -> Change | None:
    """The change of `row` as it has to be told to a chat that read `told`; None when nothing is left to say."""
    change = change_of(row)
    if row.kind not in ("grade", "corrected"):
        return change
    since = [one for one in later if (one.id or 0) > (row.id or 0)]
    if any(one.kind == "confirmed" and one.after == change.after for one in since):
        change = replace(change, confirmed=True)
    corrections = [change_of(one) for one in since if one.kind == "corrected"]
    if not corrections and row.kind != "corrected":
        return change
    correction = corrections[-1] if corrections else change
    if row.kind == "corrected" and told == correction.after and not repeat:
        return None
    return up_to_date(change, correction, told)


def _unsaid(session: Session, assertions: Sequence[int]) -> set[int]:
    """Those withdrawn since, whose release states the grade no more: what was read wrongly is not told."""
    again = aliased(AssertionRow)
    said_again = select(again.id).where(
        again.release == AssertionRow.release,
        again.force == AssertionRow.force,
        again.canonical == AssertionRow.canonical,
        again.grade == AssertionRow.grade,
        col(again.withdrawn_at).is_(None),
    )
    query = select(AssertionRow.id).where(
        col(AssertionRow.id).in_(assertions), col(AssertionRow.withdrawn_at).is_not(None), ~said_again.exists()
    )
    return {id_ or 0 for id_ in session.exec(query)}


def _later_changes(session: Session, subjects: Collection[str]) -> dict[str, list[ChangeRow]]:
    """By subject, oldest first: its corrections and confirmations."""
    query = select(ChangeRow).where(col(ChangeRow.subject).in_(subjects))
    query = query.where(col(ChangeRow.kind).in_(["corrected", "confirmed"])).order_by(col(ChangeRow.id))
    found: dict[str, list[ChangeRow]] = defaultdict(list)
    for row in session.exec(query):
        found[row.subject].append(row)
    return found


def _told(session: Session, subjects: Collection[str], chat: int) -> dict[str, str]:
    """By subject, what the chat last read, or may have read; subjects of which it read nothing are left out."""
    told: dict[str, str] = {}
    for telling in tellings(session, subjects, chat):
        if telling.told:
            told.setdefault(telling.change.subject, telling.told)
    return told


def change_of(row: ChangeRow) -> Change:
    return Change(
        kind=cast(ChangeKind, row.kind),
        force=row.force,
        cycle=row.cycle,
        question=row.question,
        canonical=row.canonical,
        before=row.before,
        before_cycle=row.before_cycle,
        after=row.after,
        direction=cast(Direction, row.direction),
        confirmed=row.confirmed,
        publisher=cast(Publisher, row.publisher),
        evidence=row.evidence,
        reason=row.reason,
        assertion=row.assertion,
    )
