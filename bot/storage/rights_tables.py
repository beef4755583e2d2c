"""The tables of who saw what, and of what remains of deleted cases. A change here needs a migration."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Integer, String, Table
from sqlalchemy_utc import UtcDateTime

from bot.storage.tables import metadata

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    # Staff are never deleted: the log must tell who.
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    # Not a foreign key: the log outlives the case.
    Column("case_id", String(32), index=True),
    Column("reference", String(24), index=True),
    Column("details", JSON, nullable=False),
)

# What is counted of a case that was deleted. No reference, no times of day: nobody can be found by it.
case_figures = Table(
    "case_figures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", String(48), nullable=False, index=True),
    Column("topic", String(48)),
    Column("opened_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("answer_by", Date, nullable=False),
    Column("state", String(12), nullable=False),
    Column("outcome", String(16)),
    Column("misrouted", Boolean, nullable=False),
    # None for what was not answered: withdrawn, merged, or erased while it was open.
    Column("kept_promise", Boolean),
    # What happened on which day, for the figures of a period; None in rows from before this was kept.
    Column("days", JSON),
)
