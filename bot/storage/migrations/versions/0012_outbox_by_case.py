"""What went out about a case is found by the case, without looking through the whole outbox."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index(op.f("ix_outbox_case_id"), "outbox", ["case_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index(op.f("ix_outbox_case_id"), table_name="outbox")
