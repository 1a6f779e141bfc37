"""Initiatives; and who was touched by what an act found to be an error is found by its number."""

from alembic import op
import sqlalchemy as sa

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

FACTS = (
    "absence",
    "appointment",
    "closing",
    "completion",
    "ending",
    "evidence",
    "onboarding",
    "placement",
    "requirement",
)


def upgrade() -> None:
    op.create_table(
        "initiative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("modules", sa.JSON(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("region_id", sa.String(length=80), nullable=True),
        sa.Column("organisation_id", sa.String(length=80), nullable=True),
        sa.Column("go_live", sa.Date(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("ended_act_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_initiative_act_id_act")),
        sa.ForeignKeyConstraint(["ended_act_id"], ["act.id"], name=op.f("fk_initiative_ended_act_id_act")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_initiative_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_initiative_region_id_region")),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["initiative.id"], name=op.f("fk_initiative_replaces_id_initiative")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative")),
    )
    op.create_index(op.f("ix_initiative_replaces_id"), "initiative", ["replaces_id"])
    for table in FACTS:
        op.create_index(op.f(f"ix_{table}_void_act_id"), table, ["void_act_id"])
