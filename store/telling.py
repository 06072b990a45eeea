"""From changes to what is owed: events, change rows, and one delivery for each chat and event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert
from sqlmodel import Session, col, select

from inspections.concerns import topic_of
from inspections.ledger import Change
from inspections.lexicon import Lexicon
from inspections.match import match
from store.chats import OPEN, find, live_subscriptions
from store.policy import Policy
from store.statements import Stated
from store.tables import (
    ChangeRow,
    DeliveryChangeRow,
    DeliveryRow,
    EventRow,
    ReleaseRow,
    RevisionRow,
    SubscriptionRow,
)

Written = list[tuple[ChangeRow, Change]]


def subject_of(change: Change) -> str:
    return f"{change.force}|{change.cycle}|{change.question}"


def write_changes(
    session: Session,
    release: ReleaseRow,
    revision: RevisionRow,
    changes: Sequence[Change],
    stated: Stated,
    now: datetime,
    lexicon: Lexicon,
) -> Written:
    """One event of the release, with a row for each change that was not written before."""
    newest = session.exec(select(func.max(EventRow.number)).where(EventRow.release_id == release.id)).one()
    event = EventRow(release_id=release.id or 0, number=(newest or 0) + 1, revision_id=revision.id or 0, made_at=now)
    session.add(event)
    session.flush()
    written: Written = []
    for change in changes:
        made_by = _made_by(change, stated, lexicon)
        if not _is_written(session, change, made_by):
            row = _change_row(change, event.id or 0, made_by, stated.findings_of.get(made_by))
            session.add(row)
            written.append((row, change))
    session.flush()
    return written


def owe(session: Session, written: Written, now: datetime, policy: Policy, *, alerting: bool, fresh: bool) -> int:
    """Writes the deliveries that `written` makes us owe; how many.

    Who was told a grade that is now corrected is told, however old the release. Fresh news goes to all who asked for
    it, but for those who have the corrected grade already, or an unsent message that will tell it.
    """
    informed: dict[int, set[int]] = defaultdict(set)
    replies: dict[int, dict[int, int]] = defaultdict(dict)
    for row, change in written:
        if change.kind == "corrected":
            _settle_correction(session, row, informed, replies)
    if not alerting:
        return 0
    wanted: dict[int, set[int]] = {chat: set(theirs) for chat, theirs in replies.items() if _listens(session, chat)}
    if fresh:
        for chat, changes in _asked_for(session, written).items():
            news = changes - {row for row in changes if chat in informed[row]}
            if news:
                wanted.setdefault(chat, set()).update(news)
    event = written[0][0].event_id if written else 0
    for chat in sorted(wanted):
        corrects = min(replies.get(chat, {}).values(), default=None)
        _add_delivery(session, chat, event, sorted(wanted[chat]), corrects, now, policy)
    return len(wanted)


@dataclass(frozen=True, slots=True)
class Telling:
    """One delivery of one change to one chat."""

    delivery: DeliveryRow
    change: ChangeRow
    link: DeliveryChangeRow

    @property
    def told(self) -> str:
        """What the chat read, or may have read, of it; '' for nothing."""
        return self.link.rendered if self.delivery.state == "sending" else self.link.told


def tellings(session: Session, subjects: Collection[str], chat: int | None = None) -> list[Telling]:
    """All deliveries about these judgments, the newest first."""
    query = (
        select(DeliveryRow, ChangeRow, DeliveryChangeRow)
        .where(DeliveryChangeRow.delivery_id == DeliveryRow.id, DeliveryChangeRow.change_id == ChangeRow.id)
        .where(col(ChangeRow.subject).in_(subjects), col(ChangeRow.kind).in_(["grade", "corrected"]))
        .order_by(col(DeliveryRow.id).desc())
    )
    if chat is not None:
        query = query.where(DeliveryRow.chat == chat)
    return [Telling(*found) for found in session.exec(query)]


def _settle_correction(
    session: Session, row: ChangeRow, informed: dict[int, set[int]], replies: dict[int, dict[int, int]]
) -> None:
    """Who needs a reply because of the correction `row`. What was not sent yet is rendered anew when it is claimed."""
    by_chat: dict[int, list[Telling]] = defaultdict(list)
    for telling in tellings(session, [row.subject]):
        by_chat[telling.delivery.chat].append(telling)
    for chat, theirs in by_chat.items():
        will_tell = [t for t in theirs if t.delivery.state in OPEN or _awaits_repeat(t.delivery)]
        for telling in will_tell:
            if telling.delivery.state == "claimed":
                # The sender holds the old words; it must claim again before it may send.
                let_go(telling.delivery)
        told = next((t for t in theirs if t.told), None)
        if will_tell or told:
            informed[row.id or 0].add(chat)
        if told and not will_tell and told.told != row.after:
            replies[chat][row.id or 0] = told.delivery.id or 0


def let_go(delivery: DeliveryRow) -> None:
    """A claim ends without a request: it can be taken again, as a repeat if it was to be one."""
    delivery.state, delivery.lease_until = "uncertain" if delivery.doubts else "due", None


def _awaits_repeat(delivery: DeliveryRow) -> bool:
    return delivery.state == "uncertain" and delivery.doubts < 2


def _asked_for(session: Session, written: Written) -> dict[int, set[int]]:
    ids = {change: row.id or 0 for row, change in written}
    subscriptions = live_subscriptions(session, (change.force for _row, change in written))
    asked: dict[int, set[int]] = {}
    for alert in match([change for _row, change in written], subscriptions):
        chat = find(session, alert.chat)
        if chat is not None:
            asked[chat.id or 0] = {ids[change] for change in alert.changes}
    return asked


def _listens(session: Session, chat: int) -> bool:
    """Who has ended all subscriptions is not written to any more, not even to correct."""
    query = select(SubscriptionRow.id).where(SubscriptionRow.chat == chat, col(SubscriptionRow.ended_at).is_(None))
    return session.exec(query.limit(1)).first() is not None


def _add_delivery(
    session: Session, chat: int, event: int, changes: Sequence[int], corrects: int | None, now: datetime, policy: Policy
) -> None:
    delivery = DeliveryRow(chat=chat, event_id=event, due_at=now + policy.settle, made_at=now, corrects=corrects)
    session.add(delivery)
    session.flush()
    # In bulk: a national day is 43 forces with all their grades, for each chat.
    session.execute(
        insert(DeliveryChangeRow),
        [{"delivery_id": delivery.id, "change_id": change, "rendered": "", "told": ""} for change in changes],
    )


def _made_by(change: Change, stated: Stated, lexicon: Lexicon) -> str:
    if change.kind == "monitoring":
        return f"move:{stated.moves.get(change.force, 0)}"
    if change.kind == "cause":
        theirs = [cause for cause in stated.causes if cause.force == change.force]
        topic = topic_of(change.question, lexicon)
        exact = [cause for cause in theirs if topic_of(cause.topic, lexicon) == topic]
        return f"cause:{(exact or theirs)[0].id}" if theirs else "cause:0"
    return f"assertion:{change.assertion}"


def _is_written(session: Session, change: Change, made_by: str) -> bool:
    query = select(ChangeRow.id).where(
        ChangeRow.kind == change.kind,
        ChangeRow.subject == subject_of(change),
        ChangeRow.before == change.before,
        ChangeRow.after == change.after,
        ChangeRow.made_by == made_by,
    )
    return session.exec(query).first() is not None


def _change_row(change: Change, event: int, made_by: str, finding: int | None) -> ChangeRow:
    return ChangeRow(
        event_id=event,
        kind=change.kind,
        subject=subject_of(change),
        before=change.before,
        after=change.after,
        made_by=made_by,
        finding_id=finding,
        force=change.force,
        cycle=change.cycle,
        question=change.question,
        canonical=change.canonical,
        before_cycle=change.before_cycle,
        direction=change.direction,
        confirmed=change.confirmed,
        publisher=change.publisher,
        evidence=change.evidence,
        reason=change.reason,
        assertion=change.assertion,
    )
