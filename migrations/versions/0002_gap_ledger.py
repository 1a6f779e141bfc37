"""The gap ledger: movements, and the sums that they are folded into."""

from alembic import op
import sqlalchemy as sa

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shape", sa.String(length=20), nullable=False),
        sa.Column("region_id", sa.String(length=80), nullable=False),
        sa.Column("organisation_id", sa.String(length=80), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("role_profile_id", sa.String(length=80), nullable=False),
        sa.Column("pillar_id", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cell")),
        sa.UniqueConstraint(
            "shape", "region_id", "organisation_id", "team_id", "role_profile_id", "pillar_id", name="uq_cell"
        ),
    )
    with op.batch_alter_table("cell", schema=None) as batch_op:
        batch_op.create_index("ix_cell_team_id", ["team_id"], unique=False)

    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folds", sa.Integer(), nullable=False),
        sa.Column("folded_to", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
    )
    op.create_table(
        "balance",
        sa.Column("cell_id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.String(length=80), nullable=False),
        sa.Column("appointments", sa.Integer(), nullable=False),
        sa.Column("unrecorded", sa.Integer(), nullable=False),
        sa.Column("lapsed", sa.Integer(), nullable=False),
        sa.Column("short", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("practitioners", sa.Integer(), nullable=False),
        sa.Column("experts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_balance_cell_id_cell")),
        sa.PrimaryKeyConstraint("cell_id", "competency_id", name=op.f("pk_balance")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "flow",
        sa.Column("cell_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("competency_id", sa.String(length=80), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("appointments", sa.Integer(), nullable=False),
        sa.Column("unrecorded", sa.Integer(), nullable=False),
        sa.Column("lapsed", sa.Integer(), nullable=False),
        sa.Column("short", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("practitioners", sa.Integer(), nullable=False),
        sa.Column("experts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_flow_cell_id_cell")),
        sa.PrimaryKeyConstraint("cell_id", "month", "day", "competency_id", "cause", name=op.f("pk_flow")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("effective", sa.Date(), nullable=False),
        sa.Column("recorded", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("cell_id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.String(length=80), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("appointments", sa.Integer(), nullable=False),
        sa.Column("unrecorded", sa.Integer(), nullable=False),
        sa.Column("lapsed", sa.Integer(), nullable=False),
        sa.Column("short", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("practitioners", sa.Integer(), nullable=False),
        sa.Column("experts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_movement_cell_id_cell")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement")),
    )
    with op.batch_alter_table("movement", schema=None) as batch_op:
        batch_op.create_index("ix_movement_cell_effective", ["cell_id", "effective"], unique=False)
        batch_op.create_index(batch_op.f("ix_movement_effective"), ["effective"], unique=False)
        batch_op.create_index(
            "ix_movement_late",
            ["recorded", "effective"],
            unique=False,
            sqlite_where=sa.text("late"),
            postgresql_where=sa.text("late"),
        )
        batch_op.create_index(batch_op.f("ix_movement_recorded"), ["recorded"], unique=False)

    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.create_index("ix_act_at_no", ["at", "no"], unique=False)

    op.create_table(
        "rollup",
        sa.Column("cell_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_rollup_cell_id_cell")),
        sa.ForeignKeyConstraint(["into_id"], ["cell.id"], name=op.f("fk_rollup_into_id_cell")),
        sa.PrimaryKeyConstraint("cell_id", "into_id", name=op.f("pk_rollup")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("rollup", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rollup_into_id"), ["into_id"], unique=False)
