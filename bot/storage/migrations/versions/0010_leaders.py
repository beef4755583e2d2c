"""A business may book a talk with a leader, and it is remembered who got the letter of which week."""

import sqlalchemy as sa
import sqlalchemy_utc
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TIME = sqlalchemy_utc.UtcDateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "dialogs",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=48), nullable=False),
        sa.Column("slot", sa.String(length=80), nullable=True),
        sa.Column("starts_at", _TIME, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("cancelled_at", _TIME, nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("request_key", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("request_key"),
        sa.UniqueConstraint("slot"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index(op.f("ix_dialogs_starts_at"), "dialogs", ["starts_at"], unique=False)
    op.create_table(
        "digests_sent",
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("staff_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("week", "staff_id"),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("digests_sent")
    op.drop_index(op.f("ix_dialogs_starts_at"), table_name="dialogs")
    op.drop_table("dialogs")
