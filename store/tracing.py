"""Why an alert was made: from the source, the fetch and the words to the chat."""

from __future__ import annotations

from typing import cast

from sqlalchemy import func
from sqlmodel import Session, col, select

from inspections.alerts import DeliveryState
from store.chats import chat_of
from store.parcels import change_of
from store.tables import (
    ChangeRow,
    ChatRow,
    DeliveryChangeRow,
    DeliveryRow,
    EventRow,
    FindingRow,
    ReleaseRow,
    RevisionRow,
    SourceRow,
)
from store.values import Trace, TracedChange


def trace(session: Session, id: int) -> Trace | None:  # noqa: A002 - the word of the caller
    """The alert with this number as it came about; None when there is none."""
    delivery = session.get(DeliveryRow, id)
    if delivery is None:
        return None
    event = session.get_one(EventRow, delivery.event_id)
    revision = session.get_one(RevisionRow, event.revision_id)
    release = session.get_one(ReleaseRow, event.release_id)
    source = session.get(SourceRow, release.source_id) if release.source_id is not None else None
    same_event = select(func.count()).select_from(DeliveryRow).where(DeliveryRow.event_id == event.id)
    return Trace(
        id=id,
        chat=chat_of(session.get_one(ChatRow, delivery.chat)),
        state=cast(DeliveryState, delivery.state),
        reason=delivery.reason,
        title=revision.title,
        url=release.url,
        source=source.url if source else "",
        revision=revision.number,
        text_hash=revision.text_hash,
        page_hash=revision.page_hash,
        fetched_at=revision.fetched_at,
        made_at=delivery.made_at,
        sent_at=delivery.sent_at,
        message_id=delivery.message_id,
        changes=_traced(session, id),
        recipients=session.exec(same_event).one(),
    )


def _traced(session: Session, delivery: int) -> tuple[TracedChange, ...]:
    query = (
        select(ChangeRow, FindingRow)
        .join(DeliveryChangeRow, col(DeliveryChangeRow.change_id) == ChangeRow.id)
        .outerjoin(FindingRow, col(FindingRow.id) == ChangeRow.finding_id)
        .where(DeliveryChangeRow.delivery_id == delivery)
        .order_by(col(ChangeRow.id))
    )
    return tuple(
        TracedChange(change_of(row), finding.rule, finding.quote, finding.start, finding.end)
        if finding is not None
        else TracedChange(change_of(row), "", row.evidence, 0, 0)
        for row, finding in session.exec(query)
    )
