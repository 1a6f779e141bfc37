"""Plans that leads have sent, and what they propose for whom."""

from alembic import op
import sqlalchemy as sa

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sent_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.String(length=80), nullable=True),
        sa.Column("competency_id", sa.String(length=80), nullable=True),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("due_day", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_act_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_sent_plan_act_id_act")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_sent_plan_by_id_person")),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_sent_plan_competency_id_competency")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_sent_plan_region_id_region")),
        sa.ForeignKeyConstraint(
            ["withdrawn_act_id"], ["act.id"], name=op.f("fk_sent_plan_withdrawn_act_id_act")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_plan")),
    )
    op.create_index(op.f("ix_sent_plan_region_id"), "sent_plan", ["region_id"])
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("module_id", sa.String(length=80), nullable=True),
        sa.Column("competency_id", sa.String(length=80), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("refusal", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("due_day", sa.Date(), nullable=True),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("answered_act_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_act_id"], ["act.id"], name=op.f("fk_proposal_answered_act_id_act")
        ),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_proposal_competency_id_competency")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_proposal_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_proposal_module_id_module")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_proposal_person_id_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["sent_plan.id"], name=op.f("fk_proposal_plan_id_sent_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(op.f("ix_proposal_plan_id"), "proposal", ["plan_id"])
    op.create_index(op.f("ix_proposal_person_id"), "proposal", ["person_id"])
    op.create_index(
        "ix_proposal_waiting",
        "proposal",
        ["person_id"],
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )
