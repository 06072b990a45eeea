"""Sources: what is watched, how each is faring, and when it is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlmodel import Session, col, select

from inspections.model import Publisher
from inspections.source import Source, SourceState
from store.database import Database
from store.tables import SourceRow


class Sources:
    def __init__(self, database: Database) -> None:
        self._database = database

    def sync(self, sources: Sequence[Source], now: datetime) -> None:
        """Watches exactly `sources`: new ones are due at once, those no longer named rest and keep their history."""
        with self._database.write() as session:
            rows = {row.url: row for row in session.exec(select(SourceRow))}
            for source in sources:
                row = rows.pop(source.url, None)
                session.add(_new(source, now) if row is None else _edited(row, source, now))
            for row in rows.values():
                row.watched = False

    def all(self) -> list[SourceState]:
        """The watched ones, in the order in which they were first named."""
        with self._database.read() as session:
            rows = session.exec(select(SourceRow).where(col(SourceRow.watched)).order_by(col(SourceRow.id)))
            return [_state(row) for row in rows]

    def due(self, now: datetime) -> list[SourceState]:
        """The watched ones whose turn has come, the longest waiting first."""
        query = select(SourceRow).where(col(SourceRow.watched), SourceRow.next_check <= now)
        with self._database.read() as session:
            return [_state(row) for row in session.exec(query.order_by(col(SourceRow.next_check), col(SourceRow.id)))]

    def by_url(self, url: str) -> SourceState | None:
        with self._database.read() as session:
            row = session.exec(select(SourceRow).where(SourceRow.url == url)).first()
            return _state(row) if row else None

    def read_ok(
        self,
        id: int,  # noqa: A002 - the word of the caller
        now: datetime,
        *,
        etag: str,
        last_modified: str,
        item_count: int,
        seen_all: bool = True,
        reader_found: str,
        feed_url: str,
        next_check: datetime,
    ) -> None:
        """Its page was read and gave `item_count` items. Once it gave some and all were seen, its news is news."""
        with self._database.write() as session:
            row = _row(session, id)
            row.etag, row.last_modified = etag, last_modified
            row.reader_found, row.feed_url, row.last_item_count = reader_found, feed_url, item_count
            if row.first_read is None and item_count and seen_all:
                row.first_read = now
            _well(row, now, next_check)

    def unchanged(self, id: int, now: datetime, next_check: datetime) -> None:  # noqa: A002 - the word of the caller
        """It answered that nothing is new."""
        with self._database.write() as session:
            _well(_row(session, id), now, next_check)

    def failed(self, id: int, now: datetime, reason: str, next_check: datetime, *, counts: bool = True) -> None:  # noqa: A002 - the word of the caller
        """It could not be read, for `reason` (a sentence). `counts` is False when the fault is surely not its own."""
        with self._database.write() as session:
            row = _row(session, id)
            row.last_tried, row.reason, row.next_check = now, reason, next_check
            row.failures += 1 if counts else 0


def _row(session: Session, id: int) -> SourceRow:  # noqa: A002 - the word of the caller
    return session.get_one(SourceRow, id)


def _new(source: Source, now: datetime) -> SourceRow:
    return SourceRow(
        url=source.url,
        publisher=source.publisher,
        force=source.force,
        reader=source.reader,
        every_seconds=int(source.every.total_seconds()),
        next_check=now,
    )


def _edited(row: SourceRow, source: Source, now: datetime) -> SourceRow:
    if not row.watched or row.reader != source.reader:
        row.reader_found, row.feed_url, row.etag, row.last_modified, row.next_check = "", "", "", "", now
    row.publisher, row.force, row.reader, row.watched = source.publisher, source.force, source.reader, True
    every = int(source.every.total_seconds())
    if every < row.every_seconds:
        row.next_check = min(row.next_check, now + source.every)
    row.every_seconds = every
    return row


def _well(row: SourceRow, now: datetime, next_check: datetime) -> None:
    row.last_tried = row.last_ok = now
    row.failures, row.reason, row.next_check = 0, "", next_check


def _state(row: SourceRow) -> SourceState:
    return SourceState(
        id=row.id or 0,
        source=Source(
            row.url, cast(Publisher, row.publisher), row.force, row.reader, timedelta(seconds=row.every_seconds)
        ),
        reader_found=row.reader_found,
        feed_url=row.feed_url,
        etag=row.etag,
        last_modified=row.last_modified,
        first_read=row.first_read,
        last_tried=row.last_tried,
        last_ok=row.last_ok,
        last_item_count=row.last_item_count,
        failures=row.failures,
        reason=row.reason,
        next_check=row.next_check,
    )
