"""The outbox holds text messages and calls to other systems too, and mails with HTML and files."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what waits already is a mail in plain text."""
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("channel", sa.String(length=8), nullable=False, server_default="mail"))
        table.add_column(sa.Column("html", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("attachments", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Drop the columns."""
    with op.batch_alter_table("outbox") as table:
        for name in ("attachments", "html", "channel"):
            table.drop_column(name)
