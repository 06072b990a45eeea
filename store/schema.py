"""The schema kept up to date: migrations run at start, and cost nothing when there is nothing to do."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect

from store.database import Database, spoken
from store.trouble import StoreTrouble

HEAD = "0002"
"""The newest migration of this program; a test holds it to the folder."""
MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Brings the schema up to date, in one transaction. Raises StoreTrouble when a newer program wrote the database."""
    with spoken(database.path), database.engine.connect() as connection:
        version = schema_version(connection)
    if version == HEAD:
        return
    _refuse_newer(version, database.path)
    with spoken(database.path), database.engine.connect().execution_options(writes=True) as connection:
        # Tables are rebuilt under SQLite, and rows that point at them must not fall with the old ones.
        _without_foreign_keys(connection)
        with connection.begin():
            _upgrade(connection, database.path)
        connection.invalidate()


def schema_version(connection: Connection) -> str:
    """The migration the database is at; '' for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(found or "")


def _upgrade(connection: Connection, path: Path) -> None:
    # Asked again behind the lock: another process may have migrated while we waited.
    version = schema_version(connection)
    if version == HEAD:
        return
    _refuse_newer(version, path)
    # Imported here because a database that is up to date needs none of it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise StoreTrouble(f"{path} has rows that point at nothing (table {broken[0]}). Restore a backup of it.")


def _without_foreign_keys(connection: Connection) -> None:
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute("PRAGMA foreign_keys = OFF")


def _refuse_newer(version: str, path: Path) -> None:
    known = {file.name.split("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")}
    if version and version not in known:
        raise StoreTrouble(
            f"This database was written by a newer PeelWatch; {path} is at schema {version}, "
            f"this program knows up to {HEAD}. "
            "Update PeelWatch, or name another folder in PEELWATCH_DATA_DIR."
        )
