"""The database file: opened with the right pragmas, read in one transaction, written in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlmodel import Session

from store.trouble import StoreTrouble

BUSY_MILLISECONDS = 10_000
PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA foreign_keys = ON",
    # What we owe must survive a power cut, not only a killed process.
    "PRAGMA synchronous = FULL",
)


class Database:
    """Sessions on one database. A write session holds the write lock from its first statement to its commit."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self.engine = engine
        self.path = path

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One consistent view; nothing is written."""
        with spoken(self.path), self.engine.connect() as connection, Session(connection, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """All of it is committed, or nothing is."""
        with (
            spoken(self.path),
            self.engine.connect().execution_options(writes=True) as connection,
            Session(connection, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str) -> Database:
    """The SQLite database at `url`; its folder and file are made when missing. Raises StoreTrouble with a sentence."""
    path = _path_of(url)
    _make_folder(path.parent)
    engine = create_engine(f"sqlite:///{path}", pool_size=5, max_overflow=20)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    try:
        with spoken(path), engine.connect():
            pass
    except StoreTrouble:
        engine.dispose()
        raise
    return Database(engine, path)


def _path_of(url: str) -> Path:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreTrouble(
            "The database address cannot be read. Write it as sqlite:////path/to/peelwatch.db "
            "in PEELWATCH_DATABASE_URL."
        ) from None
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise StoreTrouble(
            f"A database of the kind {parsed.get_backend_name()} in memory or on a server is not supported yet. "
            "Write sqlite:////path/to/peelwatch.db in PEELWATCH_DATABASE_URL."
        )
    return Path(parsed.database).absolute()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreTrouble(
            f"The folder for the database, {folder}, cannot be made ({error.strerror}). "
            "Make it yourself, or name another one in PEELWATCH_DATA_DIR."
        ) from None


def _set_pragmas(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: which kind is begun is decided in _begin.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    """The one place with SQL that only SQLite knows: writers queue at the door instead of failing halfway."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def spoken(path: Path) -> Iterator[None]:
    """What SQLite says about the file itself, as a sentence. Other errors are bugs and pass."""
    try:
        yield
    except UnicodeDecodeError as error:  # SQLite's own words quote what it found in a damaged file
        raise StoreTrouble(_sentence("malformed", path)) from error
    except (DatabaseError, sqlite3.DatabaseError) as error:
        cause = error.orig if isinstance(error, DatabaseError) else error
        sentence = _sentence(str(cause).lower(), path)
        if not sentence:
            raise
        raise StoreTrouble(sentence) from error


def _sentence(said: str, path: Path) -> str:
    if "not a database" in said or "malformed" in said or "could not decode" in said:
        return (
            f"{path} is damaged, or is not a PeelWatch database. Move it away and restore a backup, "
            "or start without it: PeelWatch then begins with the grades it ships."
        )
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return (
            f"{path} cannot be written. Give the user that runs PeelWatch the right to write the file and its folder, "
            "or name another folder in PEELWATCH_DATA_DIR."
        )
    if "disk is full" in said:
        return f"The disk that holds {path} is full. Free some space; nothing that was committed is lost."
    if "disk i/o error" in said:
        return (
            f"{path} could not be read or written to the end: its disk is full, or failing. Free some space, "
            "or move it to another disk; nothing that was committed is lost."
        )
    if "locked" in said:
        return (
            f"{path} is in use by another program that has not let go for {BUSY_MILLISECONDS // 1000} s. "
            "Close the other program, or wait for it to end."
        )
    return ""
