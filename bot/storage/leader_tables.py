"""The tables of talks with leaders and of weekly letters. A change here needs a migration in bot/storage/migrations."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text
from sqlalchemy_utc import UtcDateTime

from bot.storage.tables import metadata

dialogs = Table(
    "dialogs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("unit", String(48), nullable=False),
    # What makes a slot somebody's alone; empty once the talk is cancelled, so that another can have it.
    Column("slot", String(80), unique=True),
    Column("starts_at", UtcDateTime, nullable=False, index=True),
    Column("minutes", Integer, nullable=False),
    Column("place", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("about", Text, nullable=False),
    # Counts the changes of the invitation, for calendar programs (RFC 5545, SEQUENCE).
    Column("sequence", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("cancelled_at", UtcDateTime),
    # The link to cancel is known to the two who talk.
    Column("token_hash", String(64), nullable=False, unique=True),
    # A form that is sent twice books once.
    Column("request_key", String(64), nullable=False, unique=True),
)

digests_sent = Table(
    "digests_sent",
    metadata,
    Column("week", String(8), primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
)
