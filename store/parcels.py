"""What is owed to a chat, made into one parcel as it has to be told now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from sqlmodel import Session, col, select

from inspections.alerts import Announcement, Parcel
from inspections.compare import up_to_date
from inspections.ledger import Change, ChangeKind, Direction
from inspections.model import Publisher
from store.chats import chat_of
from store.tables import ChangeRow, ChatRow, DeliveryChangeRow, DeliveryRow, EventRow, ReleaseRow
from store.telling import tellings


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
    changes = []
    for link, row in session.exec(query.order_by(col(ChangeRow.id))).all():
        change = _as_it_stands(session, delivery, row)
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
        corrects=original is not None
        or any(c.kind == "corrected" and _was_told(session, delivery, c) for c in changes),
        told=original.sent_at if original is not None else None,
    )


def _as_it_stands(session: Session, delivery: DeliveryRow, row: ChangeRow) -> Change | None:
    change = change_of(row)
    if row.kind not in ("grade", "corrected"):
        return change
    confirmed = _last_after(session, row, "confirmed")
    if confirmed is not None and confirmed.after == change.after:
        change = replace(change, confirmed=True)
    last = _last_after(session, row, "corrected")
    correction = change_of(last) if last is not None else change if row.kind == "corrected" else None
    if correction is None:
        return change
    told = next((t.told for t in tellings(session, row.subject, delivery.chat) if t.told), "")
    if row.kind == "corrected" and told == correction.after and not delivery.doubts:
        return None
    return up_to_date(change, correction, told)


def _last_after(session: Session, row: ChangeRow, kind: ChangeKind) -> ChangeRow | None:
    query = select(ChangeRow).where(
        ChangeRow.subject == row.subject, ChangeRow.kind == kind, col(ChangeRow.id) > row.id
    )
    return session.exec(query.order_by(col(ChangeRow.id).desc()).limit(1)).first()


def _was_told(session: Session, delivery: DeliveryRow, change: Change) -> bool:
    subject = f"{change.force}|{change.cycle}|{change.question}"
    return any(t.told for t in tellings(session, subject, delivery.chat))


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
