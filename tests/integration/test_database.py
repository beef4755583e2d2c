"""Migrations make exactly the tables of the code, and what the database itself has to hold."""

import sqlite3

import pytest
import sqlalchemy
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError

from bot.bootstrap import build_services
from bot.commands.worker import delete_old_conversations
from bot.settings import Settings
from bot.storage.database import MIGRATIONS, Database
from bot.storage.tables import metadata
from bot.storage.tracker import TrackerMemory


@pytest.fixture
def empty(address):
    found = Database(address)
    yield found
    found.close()


def migrate(database, step, revision):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.connect().execution_options(genvej_writes=True) as connection:
        config.attributes["connection"] = connection
        step(config, revision)


def table_names(database):
    with database.reading() as connection:
        return set(sqlalchemy.inspect(connection).get_table_names())


def test_migrating_an_empty_database_gives_the_tables_of_the_code(empty):
    empty.migrate()
    with empty.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert table_names(empty) == {*metadata.tables, "alembic_version"}


def test_the_comparison_would_notice_a_difference(empty):
    empty.migrate()
    with empty.writing() as connection:
        connection.execute(sql("ALTER TABLE messages ADD COLUMN forgotten TEXT"))
    with empty.reading() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert [difference[0] for difference in differences] == ["remove_column"]


def test_migrating_again_changes_nothing_and_keeps_the_data(empty):
    empty.migrate()
    insert = "INSERT INTO staff (id, login, name, role, password_hash) VALUES (1, 'a', 'A', 'staff', 'x')"
    with empty.writing() as connection:
        connection.execute(sql(insert))
    empty.migrate()
    with empty.reading() as connection:
        assert connection.execute(sql("SELECT login FROM staff")).scalar_one() == "a"


def test_every_migration_can_be_taken_back_and_made_again(empty):
    script = ScriptDirectory(str(MIGRATIONS))
    revisions = [revision.revision for revision in reversed(list(script.walk_revisions()))]
    for revision in revisions:
        migrate(empty, command.upgrade, revision)
        migrate(empty, command.downgrade, "-1")
        migrate(empty, command.upgrade, revision)
    migrate(empty, command.downgrade, "base")
    assert table_names(empty) <= {"alembic_version"}
    empty.migrate()
    assert set(metadata.tables) <= table_names(empty)


# What stood in a database before the second half of cases was built (0003), with all that hangs on a case.
ROWS_OF_0003 = (
    "INSERT INTO staff (id, login, name, role, password_hash) VALUES (1, 'a', 'A', 'staff', 'x')",
    "INSERT INTO staff_units (staff_id, unit) VALUES (1, 'byg')",
    "INSERT INTO staff_sessions (token_hash, staff_id, expires_at) VALUES ('t', 1, '2026-11-22 10:00:00')",
    "INSERT INTO cases (id, reference, unit, summary, name, company, cvr, email, phone, routed_because, created_at,"
    " answer_by, state, outcome, claimed_by, closed_at, version, transcript) VALUES ('c', 'HEL-2026-000123', 'byg',"
    " 'En carport', 'Mette', '', '', 'mette@firma.dk', '', 'fordi', '2026-11-22 10:00:00', '2026-11-27', 'closed',"
    " 'answered', 1, '2026-11-23 10:00:00', 3, '[]')",
    "INSERT INTO case_events (case_id, at, kind, staff_id, text) VALUES ('c', '2026-11-22 10:00:00', 'opened', 1, '')",
    "INSERT INTO outbox (case_id, message_id, recipient, subject, body, state, attempts, next_at, created_at,"
    " last_error) VALUES ('c', '<c.new@genvej>', 'byg@kommune.dk', 'Ny', 'Hej', 'waiting', 0, '2026-11-22 10:00:00',"
    " '2026-11-22 10:00:00', '')",
)  # fmt: skip
WITH_ROWS = ("staff", "staff_units", "staff_sessions", "cases", "case_events", "outbox")


def counted(database):
    with database.reading() as connection:
        return {
            name: connection.execute(sql(f"SELECT count(*) FROM {name}")).scalar_one() for name in WITH_ROWS
        }


def test_rows_survive_every_migration_and_its_taking_back(empty):
    migrate(empty, command.upgrade, "0003")
    with empty.writing() as connection:
        for row in ROWS_OF_0003:
            connection.execute(sql(row))
    every_one = dict.fromkeys(WITH_ROWS, 1)
    empty.migrate()
    assert counted(empty) == every_one
    migrate(empty, command.downgrade, "0003")
    assert counted(empty) == every_one
    empty.migrate()
    assert counted(empty) == every_one
    with pytest.raises(IntegrityError), empty.writing() as connection:
        connection.execute(sql("INSERT INTO staff_units (staff_id, unit) VALUES (99, 'byg')"))


def test_there_is_one_newest_migration():
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1


def test_a_message_without_its_conversation_is_refused(database):
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(
            sql(
                "INSERT INTO messages (conversation_id, number, role, text, at, extras) "
                "VALUES ('nothing', 1, 'bot', 'Hej', CURRENT_TIMESTAMP, '{}')"
            )
        )


def test_a_database_that_answers_is_alive(database):
    assert database.alive()


def test_readers_are_not_held_up_by_a_writer(database):
    with database.writing() as connection:
        connection.execute(sql("DELETE FROM staff"))
        assert database.alive()


def test_sqlite_keeps_what_was_committed_beside_a_write_ahead_log(tmp_path):
    path = tmp_path / "new folder" / "genvej.db"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    with database.reading() as connection:
        settings = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")
        ]
    database.close()
    assert settings == ["wal", 1]
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_rasas_memory_of_one_conversation_is_forgotten_and_of_others_kept(database):
    memory = TrackerMemory(database)
    memory.erase("a")  # before Rasa has made its table
    with database.writing() as connection:
        connection.execute(sql("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255))"))
        connection.execute(sql("INSERT INTO events VALUES (1, 'a'), (2, 'b'), (3, 'a')"))
    memory.erase("a")
    with database.reading() as connection:
        assert connection.execute(sql("SELECT sender_id FROM events")).scalars().all() == ["b"]
    with database.writing() as connection:
        connection.execute(sql("DROP TABLE events"))


def test_conversations_that_have_been_silent_too_long_are_deleted(address, tmp_path, content, clock, begin):
    services = build_services(
        Settings(database_url=address, var_dir=tmp_path, conversation_days=30), content=content, clock=clock
    )
    begin("old")
    clock.move(days=1)
    begin("new")
    clock.move(days=29, seconds=1)
    assert delete_old_conversations(services).count == 1
    assert services.conversations.after("old", 0) == []
    assert len(services.conversations.after("new", 0)) == 1
    assert delete_old_conversations(services).count == 0
    services.database.close()
