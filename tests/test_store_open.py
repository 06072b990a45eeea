"""Opening a database: what can be wrong with the file is told in a sentence, and what it keeps to is set."""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from store import StoreTrouble, open_store
from store.database import open_database
from store.tables import ChatRow
from tests.store_builders import NOW, chat, judgment, lexicon, record, store_at


def test_folder_and_file_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "peelwatch.db"
    open_store(f"sqlite:///{path}", lexicon()).close()
    assert path.exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(
        StoreTrouble, match=r"folder for the database, .*file/deeper, cannot be made .*PEELWATCH_DATA_DIR"
    ):
        open_store(f"sqlite:///{tmp_path / 'file' / 'deeper' / 'peelwatch.db'}", lexicon())


def test_a_damaged_file_is_named_and_the_mend_told(tmp_path: Path) -> None:
    path = tmp_path / "peelwatch.db"
    path.write_bytes(b"this is not a database, but long enough to be taken for one " * 40)
    with pytest.raises(StoreTrouble, match=r"peelwatch\.db is damaged.*restore a backup"):
        open_store(f"sqlite:///{path}", lexicon())


def test_a_file_with_damaged_pages_is_told_whatever_the_damage_reads_like(tmp_path: Path) -> None:
    path = tmp_path / "peelwatch.db"
    with store_at(path):
        pass
    whole = path.read_bytes()
    at = whole.index(b"CREATE TABLE")  # the schema itself, which SQLite quotes when it complains
    path.write_bytes(whole[:at] + b"\xff\x91" * 40 + whole[at + 80 :])
    with pytest.raises(StoreTrouble, match=r"peelwatch\.db is damaged"), store_at(path) as store:
        store.sources.all()


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble, match="cannot be written"):
        open_store(f"sqlite:///{tmp_path}", lexicon())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
def test_a_file_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "peelwatch.db"
    with store_at(path):
        pass
    path.chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreTrouble, match="cannot be written"), store_at(path) as store:
            store.chats.meet(chat(), NOW)
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("url", ["postgresql://host/db", "sqlite://", "nonsense", ""])
def test_another_kind_of_address_is_told(url: str) -> None:
    with pytest.raises(StoreTrouble, match="PEELWATCH_DATABASE_URL"):
        open_store(url, lexicon())


def test_a_connection_keeps_the_promises(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'p.db'}")
    with database.engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    database.close()
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 10_000, "synchronous": 2}


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with store_at(tmp_path / "p.db") as store:
        database = store._database

        def stumble() -> None:
            with database.write() as session:
                session.add(ChatRow(platform="telegram", chat_id=1, met_at=NOW))
                session.flush()
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            stumble()
        assert not store.chats.is_paused(chat())
        with database.read() as session:
            assert session.get(ChatRow, 1) is None


def test_times_come_back_aware_and_the_same_moment(tmp_path: Path) -> None:
    summer = datetime(2025, 6, 2, 1, 30, 0, 123, tzinfo=timezone(timedelta(hours=1)))
    with store_at(tmp_path / "p.db") as store:
        record(store, judgment(), published=summer)
        [found] = store.releases.latest(1)
        assert found.published == summer
        assert found.published.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_a_bug(tmp_path: Path) -> None:
    with store_at(tmp_path / "p.db") as store, pytest.raises(StatementError, match="without a zone"):
        store.chats.meet(chat(), datetime(2025, 6, 2))  # noqa: DTZ001


def test_a_database_that_was_in_use_is_left_in_one_piece(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    with store_at(path) as store:
        record(store, judgment())
        with sqlite3.connect(path) as other:
            assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        other.close()
