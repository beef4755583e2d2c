"""What outlives a case: the addresses of an invitation, sealed, and on which days a deleted case counts."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what is there already keeps what it has."""
    with op.batch_alter_table("survey_invitations") as table:
        table.add_column(sa.Column("sealed", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("case_figures") as table:
        table.add_column(sa.Column("days", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("case_figures") as table:
        table.drop_column("days")
    with op.batch_alter_table("survey_invitations") as table:
        table.drop_column("sealed")
