"""The outbox tells why something was not delivered, who is at it, and what staff did about it."""

import sqlalchemy as sa
import sqlalchemy_utc
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table; what waits already was to go out when it was put in."""
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("refusals", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("lease_until", sqlalchemy_utc.UtcDateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("due_at", sqlalchemy_utc.UtcDateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("cause", sa.String(length=16), nullable=False, server_default=""))
    op.execute("UPDATE outbox SET due_at = created_at")
    with op.batch_alter_table("outbox") as table:
        table.alter_column("due_at", existing_type=sqlalchemy_utc.UtcDateTime(timezone=True), nullable=False)
    op.create_table(
        "outbox_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("at", sqlalchemy_utc.UtcDateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_outbox_log_outbox_id"), "outbox_log", ["outbox_id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_outbox_log_outbox_id"), table_name="outbox_log")
    op.drop_table("outbox_log")
    with op.batch_alter_table("outbox") as table:
        for name in ("cause", "due_at", "lease_until", "refusals"):
            table.drop_column(name)
