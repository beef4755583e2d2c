"""Staff may have a mail address, for reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody has an address yet."""
    with op.batch_alter_table("staff") as table:
        table.add_column(sa.Column("email", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("staff") as table:
        table.drop_column("email")
