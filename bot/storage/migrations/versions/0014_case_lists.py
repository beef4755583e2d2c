"""Cases are searched, ordered and counted in the database; forwards are found without reading every history."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_INDEXES = (
    ("cases_by_end", "cases", ["closed_at"]),
    (
        "cases_by_list",
        "cases",
        ["state", "unit", "answer_by", "closed_at", "created_at", "claimed_by", "sought", "id"],
    ),
    ("case_events_by_kind", "case_events", ["kind", "at"]),
)
_BATCH = 1000


def upgrade() -> None:
    """Add what is searched in, as bot/core/case_filter.py makes it, and the indexes."""
    op.add_column("cases", sa.Column("sought", sa.Text(), nullable=False, server_default=""))
    table = sa.table("cases", *(sa.column(name) for name in ("id", "reference", "company", "cvr", "sought")))
    connection = op.get_bind()
    rows = connection.execute(sa.select(table.c.id, table.c.reference, table.c.company, table.c.cvr)).all()
    change = sa.update(table).where(table.c.id == sa.bindparam("case_id")).values(sought=sa.bindparam("text"))
    for start in range(0, len(rows), _BATCH):
        connection.execute(
            change,
            [
                {"case_id": row.id, "text": f"{row.reference} {row.cvr} {row.company}".casefold()[:300]}
                for row in rows[start : start + _BATCH]
            ],
        )
    for name, of, columns in _INDEXES:
        op.create_index(name, of, columns)


def downgrade() -> None:
    """Drop them."""
    for name, of, _ in reversed(_INDEXES):
        op.drop_index(name, table_name=of)
    op.drop_column("cases", "sought")
