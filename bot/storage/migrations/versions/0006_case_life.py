"""Cases wait, are forwarded, merged and withdrawn; staff may have a mail address, and a mail one for answers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_INDEXES = ("merged_into", "email", "cvr", "phone")
_DATES = ("waiting_since", "follow_up", "reminded_for", "escalated_for")


def upgrade() -> None:
    """Add the columns; nothing that is there waits, was merged or was sent to the wrong unit as far as is known."""
    with op.batch_alter_table("staff") as table:
        table.add_column(sa.Column("email", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("reply_to", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("cases") as table:
        table.add_column(sa.Column("merged_into", sa.String(length=32)))
        table.create_foreign_key("cases_merged_into_fkey", "cases", ["merged_into"], ["id"])
        table.add_column(sa.Column("misrouted", sa.Boolean(), nullable=False, server_default=sa.false()))
        for name in _DATES:
            table.add_column(sa.Column(name, sa.Date()))
    op.create_index("ix_cases_merged_into", "cases", ["merged_into"])
    for name in _INDEXES[1:]:
        op.create_index(f"cases_by_{name}", "cases", [name])
    with op.batch_alter_table("case_events") as table:
        table.alter_column("kind", type_=sa.String(length=24), existing_type=sa.String(length=12))
        table.add_column(sa.Column("details", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    """Drop the columns; what has a longer name than there was room for is forgotten."""
    op.execute("DELETE FROM case_events WHERE length(kind) > 12")
    with op.batch_alter_table("case_events") as table:
        table.drop_column("details")
        table.alter_column("kind", type_=sa.String(length=12), existing_type=sa.String(length=24))
    for name in _INDEXES[1:]:
        op.drop_index(f"cases_by_{name}", "cases")
    op.drop_index("ix_cases_merged_into", "cases")
    with op.batch_alter_table("cases") as table:
        table.drop_constraint("cases_merged_into_fkey", type_="foreignkey")
        for name in ("merged_into", "misrouted", *_DATES):
            table.drop_column(name)
    with op.batch_alter_table("outbox") as table:
        table.drop_column("reply_to")
    with op.batch_alter_table("staff") as table:
        table.drop_column("email")
