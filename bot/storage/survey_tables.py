"""The tables of the survey. A change here needs a migration in bot/storage/migrations."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)
from sqlalchemy_utc import UtcDateTime

from bot.storage.tables import metadata

# What the column `delivery` may say; it is empty while an invitation waits.
DELIVERED, FAILED = "delivered", "failed"

survey_invitations = Table(
    "survey_invitations",
    metadata,
    Column("id", String(32), primary_key=True),
    # An answer outlives the case it is about.
    Column("case_id", ForeignKey("cases.id", ondelete="SET NULL"), index=True),
    Column("unit", String(48), nullable=False),
    Column("topic", String(48)),
    Column("way", String(4), nullable=False),
    # A keyed hash; empty once the invitation is anonymous.
    Column("business", String(64), nullable=False, index=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("message_id", String(80), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("send_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("reminded_at", UtcDateTime),
    Column("answered_at", UtcDateTime),
    Column("stopped_at", UtcDateTime),
    # What became of it: the outbox forgets with the case, the figures must not. Empty while it waits.
    Column("delivery", String(12), nullable=False, server_default=""),
    # The addresses again, so that a no thanks counts after all else about the business is gone. It tells nobody
    # without the secret anything, and no address leads to it: see LinkSigner.sealed.
    Column("sealed", Text, nullable=False, server_default=""),
    Index("survey_invitations_by_unit", "unit", "created_at"),
)

survey_addresses = Table(
    "survey_addresses",
    metadata,
    Column("invitation_id", ForeignKey("survey_invitations.id", ondelete="CASCADE"), primary_key=True),
    Column("address", String(64), primary_key=True, index=True),
)

survey_optouts = Table(
    "survey_optouts",
    metadata,
    Column("address", String(64), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

survey_answers = Table(
    "survey_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    # None once the answer is anonymous; unit and topic stay, so that it can still be counted.
    Column("invitation_id", ForeignKey("survey_invitations.id", ondelete="SET NULL"), unique=True),
    Column("unit", String(48), nullable=False),
    Column("topic", String(48)),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("service", Integer, nullable=False),
    Column("solved", String(8), nullable=False),
    Column("comment", Text, nullable=False),
    Column("wants_contact", Boolean, nullable=False),
    Column("scores", JSON, nullable=False),
    Column("anonymised_at", UtcDateTime),
    Index("survey_answers_by_unit", "unit", "answered_at"),
)

survey_callbacks = Table(
    "survey_callbacks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("answer_id", ForeignKey("survey_answers.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("case_id", ForeignKey("cases.id", ondelete="SET NULL"), index=True),
    Column("unit", String(48), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due", Date, nullable=False),
    Column("done_at", UtcDateTime),
    Column("done_by", ForeignKey("staff.id")),
    Column("note", Text, nullable=False, server_default=""),
)
