"""The schema: migrations and tables agree, old rows stay, and a database of a newer program is refused."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from store import Store, StoreTrouble, open_store
from store.database import open_database
from store.schema import HEAD, MIGRATIONS, migrate
from store.tables import ReleaseRow
from tests.store_builders import chat, judgment, lexicon, listening, record, store_at

ROOT = Path(__file__).parent.parent


def opened(path: Path) -> Store:
    return open_store(f"sqlite:///{path}", lexicon())


def test_tables_and_migrations_agree(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'new.db'}")
    migrate(database)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, ReleaseRow.metadata) == []
    database.close()


def test_head_is_the_newest_migration_and_there_is_one_line_of_them() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    assert script.get_heads() == [HEAD]
    for step in script.walk_revisions():
        assert Path(step.path).name.startswith(f"{step.revision}_"), "a step's file begins with its number"


def test_no_column_of_a_unique_key_may_be_null() -> None:
    for table in ReleaseRow.metadata.tables.values():
        for key in [*table.constraints, *table.indexes]:
            if getattr(key, "unique", False) or type(key).__name__ == "UniqueConstraint":
                assert not [c.name for c in key.columns if c.nullable], f"{table.name}: {key.name}"


def test_migrating_again_keeps_the_rows(tmp_path: Path) -> None:
    with store_at(tmp_path / "kept.db") as store:
        listening(store, chat())
        record(store, judgment())
    with store_at(tmp_path / "kept.db") as store:
        assert len(store.ledger.held("cheshire")) == 1
        assert len(store.chats.of(chat())) == 1


def test_a_rebuilt_table_keeps_the_rows_that_point_at_it(tmp_path: Path) -> None:
    """SQLite can only change a table by making it anew; subscriptions must not fall with the old table of chats."""
    path = tmp_path / "old.db"
    with store_at(path) as store:
        listening(store, chat())
    step = MIGRATIONS / "versions" / "9999_test_only.py"
    script = (
        "import sqlalchemy as sa\nfrom alembic import op\nrevision = '9999'\n"
        f"down_revision = '{HEAD}'\n"
        "branch_labels = None\ndepends_on = None\n"
        "def upgrade():\n    with op.batch_alter_table('chat', recreate='always') as chat:\n"
        "        chat.add_column(sa.Column('added', sa.String(), nullable=False, server_default=''))\n"
        "def downgrade():\n    pass\n"
    )
    copied = tmp_path / "migrations"
    (copied / "versions").mkdir(parents=True)
    for file in [MIGRATIONS / "env.py", *(MIGRATIONS / "versions").glob("0*.py")]:
        (copied / file.relative_to(MIGRATIONS)).write_text(file.read_text())
    (copied / "versions" / step.name).write_text(script)
    driver = (
        "import store.schema as schema\nfrom pathlib import Path\nfrom store.database import open_database\n"
        f"schema.MIGRATIONS, schema.HEAD = Path({str(copied)!r}), '9999'\n"
        f"schema.migrate(open_database('sqlite:///{path}'))\n"
    )
    subprocess.run([sys.executable, "-c", driver], check=True, cwd=ROOT, timeout=60)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM subscription").fetchone() == (1,)
        assert connection.execute("SELECT added FROM chat").fetchone() == ("",)
    connection.close()


def test_two_programs_that_start_at_once_migrate_once(tmp_path: Path) -> None:
    failures: list[BaseException] = []
    ready = threading.Barrier(3)

    def start() -> None:
        ready.wait()
        store = opened(tmp_path / "shared.db")
        try:
            store.migrate()
        except BaseException as error:  # noqa: BLE001 - the test reports it
            failures.append(error)
        finally:
            store.close()

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_database_of_a_newer_program_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    with store_at(path):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    connection.close()
    store = opened(path)
    with pytest.raises(StoreTrouble, match=r"newer PeelWatch; .*newer\.db is at schema 0999.*Update PeelWatch"):
        store.migrate()
    store.close()


def test_an_up_to_date_database_needs_no_alembic(tmp_path: Path) -> None:
    with store_at(tmp_path / "ready.db"):
        pass
    script = (
        "import sys\nfrom store import open_store\nfrom inspections.lexicon import Lexicon\n"
        f"s = open_store('sqlite:///{tmp_path / 'ready.db'}', Lexicon((), (), (), ()))\n"
        "s.migrate()\ns.close()\nsys.exit('alembic' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT, timeout=60).returncode == 0


def test_the_migrations_travel_with_an_installed_package(tmp_path: Path) -> None:
    """Run from an archive of the folder elsewhere, with no alembic.ini and another working directory."""
    with zipfile.ZipFile(tmp_path / "rooms.zip", "w") as archive:
        for file in [*(ROOT / "store").rglob("*.py"), *(ROOT / "inspections").rglob("*.py")]:
            archive.write(file, file.relative_to(ROOT))
    (tmp_path / "installed").mkdir()
    with zipfile.ZipFile(tmp_path / "rooms.zip") as archive:
        archive.extractall(tmp_path / "installed")
    script = (
        f"import sys\nsys.path.insert(0, {str(tmp_path / 'installed')!r})\nfrom store import open_store\n"
        "from inspections.lexicon import Lexicon\n"
        f"s = open_store('sqlite:///{tmp_path / 'elsewhere.db'}', Lexicon((), (), (), ()))\n"
        "s.migrate()\nassert s.ledger.is_empty()\ns.close()\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=tmp_path, timeout=60)


def test_reviews_of_the_first_schema_are_asked_once_and_stay_decided(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    driver = (
        "import sys\nimport store.schema as schema\nfrom store.database import open_database\n"
        "from alembic import command\nfrom alembic.config import Config\n"
        f"database = open_database('sqlite:///{path}')\n"
        "config = Config()\nconfig.set_main_option('script_location', str(schema.MIGRATIONS))\n"
        "with database.engine.connect().execution_options(writes=True) as connection, connection.begin():\n"
        "    config.attributes['connection'] = connection\n    command.upgrade(config, '0001')\n"
    )
    subprocess.run([sys.executable, "-c", driver], check=True, cwd=ROOT, timeout=60)
    then = "2025-06-02 09:00:00"
    with sqlite3.connect(path) as old:
        old.execute(
            "INSERT INTO release (id, url, title, publisher, force, language, revision, text_hash, stated, first_seen, "
            "page_hash, etag, last_modified, unreadable, tries) VALUES "
            f"(1, 'https://x.example/', 'T', 'press', '', '', 2, '', 0, '{then}', '', '', '', '', 0)"
        )
        for number in (1, 2):
            old.execute(
                "INSERT INTO revision (id, release_id, number, title, text, blocks, text_hash, page_hash, fetched_at, "
                f"grade_words) VALUES ({number}, 1, {number}, 'T', 'It is good.', '[]', '', '', '{then}', 1)"
            )
            old.execute(
                "INSERT INTO finding (id, revision_id, kind, start, end, force, question, value, current, quote, "
                "cycle, part, confidence, rule, reason) "
                f"VALUES ({number}, {number}, 'judgment', 0, 10, 'kent', 'leadership', "
                "'good', 1, 'It is good.', '', '', 0.3, '', '')"
            )
        old.execute(
            "INSERT INTO review (id, finding_id, kind, reason, made_at, decision, decided_by, note) VALUES "
            f"(1, 1, 'judgment', 'unsure', '{then}', 'approved', 'ann', ''), "
            f"(2, 2, 'judgment', 'unsure', '{then}', '', '', '')"
        )
    old.close()
    with store_at(path) as store:
        assert store.reviews.waiting(5) == []
        review = store.reviews.find(1)
        assert review is not None
        assert (review.decision, review.decided_by, review.force, review.value) == ("approved", "ann", "kent", "good")
