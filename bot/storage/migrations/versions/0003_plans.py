"""Plans that visitors keep: their answers, what is done, and the days they wish for."""

import sqlalchemy as sa
import sqlalchemy_utc
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "plans",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("plan", sa.String(length=48), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("done", sa.JSON(), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("opening", sa.Date(), nullable=True),
        sa.Column("created_at", sqlalchemy_utc.UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_at", sqlalchemy_utc.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index(op.f("ix_plans_last_at"), "plans", ["last_at"], unique=False)


def downgrade() -> None:
    """Drop the table."""
    op.drop_index(op.f("ix_plans_last_at"), table_name="plans")
    op.drop_table("plans")
