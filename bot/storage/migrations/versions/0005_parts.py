"""A case can be a part of another, when a business hands over several things at once."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; no case that is there is a part."""
    with op.batch_alter_table("cases") as table:
        table.add_column(sa.Column("parent_id", sa.String(length=32)))
        table.create_foreign_key("cases_parent_id_fkey", "cases", ["parent_id"], ["id"], ondelete="CASCADE")
    op.create_index(op.f("ix_cases_parent_id"), "cases", ["parent_id"])


def downgrade() -> None:
    """Drop the column; parts become cases of their own."""
    op.drop_index(op.f("ix_cases_parent_id"), "cases")
    with op.batch_alter_table("cases") as table:
        table.drop_constraint("cases_parent_id_fkey", type_="foreignkey")
        table.drop_column("parent_id")
