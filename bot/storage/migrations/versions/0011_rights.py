"""Who saw what, which nobody can rewrite, and what remains of deleted cases."""

import sqlalchemy as sa
import sqlalchemy_utc
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_TIME = sqlalchemy_utc.sqltypes.UtcDateTime(timezone=True)
_LOG_INDEXES = ("at", "case_id", "reference")


def upgrade() -> None:
    """Make the tables; the database itself refuses to change a line of the log."""
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=True),
        sa.Column("reference", sa.String(length=24), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for name in _LOG_INDEXES:
        op.create_index(f"ix_audit_log_{name}", "audit_log", [name])
    op.create_table(
        "case_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=48), nullable=False),
        sa.Column("topic", sa.String(length=48), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("misrouted", sa.Boolean(), nullable=False),
        sa.Column("kept_promise", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_case_figures_unit", "case_figures", ["unit"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_log_unchanged() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'audit_log is only added to'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_log_unchanged BEFORE UPDATE ON audit_log "
            "FOR EACH ROW EXECUTE FUNCTION audit_log_unchanged()"
        )
    else:
        op.execute(
            "CREATE TRIGGER audit_log_unchanged BEFORE UPDATE ON audit_log "
            "BEGIN SELECT RAISE(ABORT, 'audit_log is only added to'); END"
        )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("case_figures")
    op.drop_table("audit_log")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_log_unchanged()")
