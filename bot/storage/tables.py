"""The tables. A change here needs a migration in bot/storage/migrations."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy_utc import UtcDateTime

metadata = MetaData()

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("page", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False, index=True),
    Column("last_number", Integer, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("role", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("topic", String(48)),
    Column("aspect", String(16)),
    Column("extras", JSON, nullable=False),
    Column("client_id", String(64)),
    Column("reply_to", Integer),
    Column("useful", Boolean),
    Column("comment", Text),
    UniqueConstraint("conversation_id", "client_id"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("reference", String(24), nullable=False, unique=True),
    Column("unit", String(48), nullable=False),
    Column("topic", String(48)),
    Column("summary", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("cvr", String(8), nullable=False),
    Column("email", Text, nullable=False),
    Column("phone", String(20), nullable=False),
    Column("survey_by", String(4), nullable=False, server_default=""),
    Column("routed_because", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("answer_by", Date, nullable=False),
    Column("state", String(12), nullable=False),
    Column("outcome", String(16)),
    Column("claimed_by", ForeignKey("staff.id")),
    Column("closed_at", UtcDateTime),
    Column("merged_into", ForeignKey("cases.id"), index=True),
    Column("misrouted", Boolean, nullable=False, server_default=false()),
    Column("waiting_since", Date),
    Column("follow_up", Date),
    Column("reminded_for", Date),
    Column("escalated_for", Date),
    Column("version", Integer, nullable=False),
    # Not a foreign key: the visitor may erase the conversation while the case goes on.
    Column("conversation_id", String(32)),
    Column("transcript", JSON, nullable=False),
    # A receipt that is asked for twice (a retry after a lost reply) must not open two cases.
    Column("request_key", String(64), unique=True),
    # The case that this one is a part of.
    Column("parent_id", ForeignKey("cases.id", ondelete="CASCADE"), index=True),
    # Reference, company and CVR number, folded: SQLite knows no lower case of Danish letters.
    Column("sought", Text, nullable=False, server_default=""),
    Index("cases_by_unit", "unit", "state"),
    Index("cases_by_end", "closed_at"),
    # All that a list is filtered and ordered by: the rows themselves weigh much, for their transcripts.
    Index(
        "cases_by_list", "state", "unit", "answer_by", "closed_at", "created_at", "claimed_by", "sought", "id"
    ),
    # To find what else came from the same business.
    Index("cases_by_email", "email"),
    Index("cases_by_cvr", "cvr"),
    Index("cases_by_phone", "phone"),
)

case_events = Table(
    "case_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("staff_id", ForeignKey("staff.id")),
    Column("text", Text, nullable=False),
    Column("details", JSON, nullable=False, server_default="{}"),
    Index("case_events_by_kind", "kind", "at"),
)

# Links under which a visitor follows a case. A receipt that is shown again has a link of its own.
case_links = Table(
    "case_links",
    metadata,
    # The link is known to the visitor alone.
    Column("token_hash", String(64), primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), index=True),
    Column("channel", String(8), nullable=False, server_default="mail"),
    Column("message_id", String(80), nullable=False, unique=True),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("html", Text, nullable=False, server_default=""),
    Column("reply_to", Text, nullable=False, server_default=""),
    Column("attachments", JSON, nullable=False, server_default="[]"),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    # How often the receiver has said that it will never take this.
    Column("refusals", Integer, nullable=False, server_default="0"),
    Column("next_at", UtcDateTime, nullable=False),
    # While a worker is at it, until the time after which it must have died.
    Column("lease_until", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    # When it was to go out; later than created_at for what is put in ahead of time.
    Column("due_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("last_error", Text, nullable=False),
    Column("cause", String(16), nullable=False, server_default=""),
    Index("outbox_due", "state", "next_at"),
)

outbox_log = Table(
    "outbox_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("outbox_id", ForeignKey("outbox.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", String(80), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", String(8), nullable=False),
    Column("password_hash", Text, nullable=False),
    # Where reminders go; empty for who wants none.
    Column("email", Text, nullable=False, server_default=""),
)

staff_units = Table(
    "staff_units",
    metadata,
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("unit", String(48), primary_key=True),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

editorial_log = Table(
    "editorial_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("topic", String(48), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # Staff are never deleted: the log must tell who.
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("why", Text, nullable=False),
    UniqueConstraint("topic", "number"),
)

plans = Table(
    "plans",
    metadata,
    Column("id", String(32), primary_key=True),
    # The link is known to the visitor alone.
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("plan", String(48), nullable=False),
    Column("answers", JSON, nullable=False),
    Column("done", JSON, nullable=False),
    Column("start", Date),
    Column("opening", Date),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False, index=True),
)
