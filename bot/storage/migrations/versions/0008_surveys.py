"""Businesses are asked how it went: invitations, answers, who wants no more, and the calls that a leader owes."""

import sqlalchemy as sa
import sqlalchemy_utc
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TIME = sqlalchemy_utc.sqltypes.UtcDateTime(timezone=True)


def upgrade() -> None:
    """Make the tables; of cases that are there already nobody said how they want to be asked."""
    with op.batch_alter_table("cases") as table:
        table.add_column(sa.Column("survey_by", sa.String(length=4), nullable=False, server_default=""))
    op.create_table(
        "survey_invitations",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=True),
        sa.Column("unit", sa.String(length=48), nullable=False),
        sa.Column("topic", sa.String(length=48), nullable=True),
        sa.Column("way", sa.String(length=4), nullable=False),
        sa.Column("business", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=80), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("send_at", _TIME, nullable=False),
        sa.Column("expires_at", _TIME, nullable=False),
        sa.Column("reminded_at", _TIME, nullable=True),
        sa.Column("answered_at", _TIME, nullable=True),
        sa.Column("stopped_at", _TIME, nullable=True),
        sa.Column("delivery", sa.String(length=12), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("message_id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("ix_survey_invitations_case_id", "survey_invitations", ["case_id"])
    op.create_index("ix_survey_invitations_business", "survey_invitations", ["business"])
    op.create_index("survey_invitations_by_unit", "survey_invitations", ["unit", "created_at"])
    op.create_table(
        "survey_addresses",
        sa.Column("invitation_id", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["invitation_id"], ["survey_invitations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("invitation_id", "address"),
    )
    op.create_index("ix_survey_addresses_address", "survey_addresses", ["address"])
    op.create_table(
        "survey_optouts",
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("address"),
    )
    op.create_table(
        "survey_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.String(length=32), nullable=True),
        sa.Column("unit", sa.String(length=48), nullable=False),
        sa.Column("topic", sa.String(length=48), nullable=True),
        sa.Column("answered_at", _TIME, nullable=False),
        sa.Column("service", sa.Integer(), nullable=False),
        sa.Column("solved", sa.String(length=8), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("wants_contact", sa.Boolean(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("anonymised_at", _TIME, nullable=True),
        sa.ForeignKeyConstraint(["invitation_id"], ["survey_invitations.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("invitation_id"),
    )
    op.create_index("survey_answers_by_unit", "survey_answers", ["unit", "answered_at"])
    op.create_table(
        "survey_callbacks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=True),
        sa.Column("unit", sa.String(length=48), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_at", _TIME, nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["answer_id"], ["survey_answers.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["done_by"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("answer_id"),
    )
    op.create_index("ix_survey_callbacks_case_id", "survey_callbacks", ["case_id"])
    op.create_index("ix_survey_callbacks_unit", "survey_callbacks", ["unit"])


def downgrade() -> None:
    """Drop the tables."""
    for name in (
        "survey_callbacks",
        "survey_answers",
        "survey_optouts",
        "survey_addresses",
        "survey_invitations",
    ):
        op.drop_table(name)
    with op.batch_alter_table("cases") as table:
        table.drop_column("survey_by")
