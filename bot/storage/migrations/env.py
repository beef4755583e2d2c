"""Runs the migrations on the connection that Database.migrate hands over, all of them or none."""

from alembic import context

# Imported for its tables alone.
from bot.storage import (
    leader_tables,  # noqa: F401
    rights_tables,  # noqa: F401
    survey_tables,  # noqa: F401
)
from bot.storage.tables import metadata

connection = context.config.attributes["connection"]
sqlite = connection.dialect.name == "sqlite"
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=sqlite,
    # bot/storage/database.py begins each transaction itself, so that SQLite can take back changes of tables too.
    transactional_ddl=True,
)


def migrate() -> None:
    """Run the migrations in one transaction; RuntimeError when a row would be left without what it belongs to."""
    with context.begin_transaction():
        context.run_migrations()
        if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").all():
            raise RuntimeError("a migration leaves rows without what they belong to")


if sqlite:
    # SQLite changes a table by making it anew and dropping the old one, and whatever belongs to the old one's rows
    # would go with them: a case's history and mails. The switch works only outside transactions.
    driver = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        migrate()
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
else:
    migrate()
