"""Runs the migrations on the connection that Database.migrate hands over."""

from alembic import context

# Imported for its tables alone.
from bot.storage import (
    leader_tables,  # noqa: F401
    survey_tables,  # noqa: F401
)
from bot.storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
