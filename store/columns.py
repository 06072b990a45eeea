"""What the columns of all tables are made of: names of keys, times in UTC, links, keys of what still stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, ForeignKey, Index, MetaData, TypeDecorator
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A time: aware on both sides, stored in UTC. SQLite drops the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Row(SQLModel):
    """What all tables share: their names for constraints, which migrations need to find them again."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


def link(target: str, **more: Any) -> Any:
    """A column that points at another table and is searched by."""
    return Field(sa_column_args=[ForeignKey(target)], index=True, **more)


def unique_while_it_stands(table: str, *columns: str) -> Index:
    """Once among the rows that stand; those withdrawn stay beside it."""
    stands = sql("withdrawn_at IS NULL")
    return Index(f"uq_{table}_standing", *columns, unique=True, sqlite_where=stands, postgresql_where=stands)
