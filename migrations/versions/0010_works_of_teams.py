"""A team's own pieces of work."""

from alembic import op
import sqlalchemy as sa

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "team_work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("ended_act_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_team_work_act_id_act")),
        sa.ForeignKeyConstraint(["ended_act_id"], ["act.id"], name=op.f("fk_team_work_ended_act_id_act")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_work_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_work")),
    )
    op.create_index(op.f("ix_team_work_team_id"), "team_work", ["team_id"])
