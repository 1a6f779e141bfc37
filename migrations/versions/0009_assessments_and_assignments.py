"""Assessments and what is said to them, qualifications, assignments, the weekly mail."""

from alembic import op
import sqlalchemy as sa

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_digest_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_digest")),
    )
    op.create_table(
        "self_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.String(length=80), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name=op.f("ck_self_assessment_level_of_five")),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_self_assessment_competency_id_competency")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_self_assessment_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_assessment")),
    )
    op.create_index("ix_self_assessment_person_competency", "self_assessment", ["person_id", "competency_id"])
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(length=20), nullable=False),
        sa.Column("target_id", sa.String(length=120), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("role_profile_id", sa.String(length=80), nullable=True),
        sa.Column("due_day", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("ended_act_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_assignment_act_id_act")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_assignment_by_id_person")),
        sa.ForeignKeyConstraint(["ended_act_id"], ["act.id"], name=op.f("fk_assignment_ended_act_id_act")),
        sa.ForeignKeyConstraint(
            ["role_profile_id"], ["role_profile.id"], name=op.f("fk_assignment_role_profile_id_role_profile")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_assignment_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_team_id"), "assignment", ["team_id"])
    op.create_table(
        "qualification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("accreditation_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("settled_act_id", sa.Integer(), nullable=True),
        sa.Column("seen", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_qualification_act_id_act")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_qualification_person_id_person")),
        sa.ForeignKeyConstraint(
            ["settled_act_id"], ["act.id"], name=op.f("fk_qualification_settled_act_id_act")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification")),
    )
    op.create_index(op.f("ix_qualification_person_id"), "qualification", ["person_id"])
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.String(length=80), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(length=500), nullable=True),
        sa.Column("seen_from", sa.Date(), nullable=True),
        sa.Column("seen_to", sa.Date(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("settled_act_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("level BETWEEN 1 AND 4", name=op.f("ck_assessment_level_of_four")),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_assessment_act_id_act")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_assessment_by_id_person")),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_assessment_competency_id_competency")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_assessment_evidence_id_evidence")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assessment_person_id_person")),
        sa.ForeignKeyConstraint(
            ["settled_act_id"], ["act.id"], name=op.f("fk_assessment_settled_act_id_act")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_assessment_evidence_id")),
    )
    op.create_index("ix_assessment_person_competency", "assessment", ["person_id", "competency_id"])
    op.create_index(
        "ix_assessment_waiting",
        "assessment",
        ["id"],
        sqlite_where=sa.text("evidence_id IS NULL AND settled_act_id IS NULL"),
        postgresql_where=sa.text("evidence_id IS NULL AND settled_act_id IS NULL"),
    )
    op.create_table(
        "assessment_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("disputes", sa.Boolean(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("decided_act_id", sa.Integer(), nullable=True),
        sa.Column("stands", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_assessment_reply_act_id_act")),
        sa.ForeignKeyConstraint(
            ["decided_act_id"], ["act.id"], name=op.f("fk_assessment_reply_decided_act_id_act")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_assessment_reply_evidence_id_evidence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_reply")),
    )
    op.create_index(op.f("ix_assessment_reply_evidence_id"), "assessment_reply", ["evidence_id"])
    op.create_index(
        "ix_assessment_reply_open",
        "assessment_reply",
        ["id"],
        sqlite_where=sa.text("disputes AND decided_act_id IS NULL"),
        postgresql_where=sa.text("disputes AND decided_act_id IS NULL"),
    )
    op.create_table(
        "qualification_evidence",
        sa.Column("qualification_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_qualification_evidence_evidence_id_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["qualification_id"],
            ["qualification.id"],
            name=op.f("fk_qualification_evidence_qualification_id_qualification"),
        ),
        sa.PrimaryKeyConstraint("qualification_id", "evidence_id", name=op.f("pk_qualification_evidence")),
    )
    with op.batch_alter_table("cpd_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("day", sa.Date(), nullable=True))
        batch_op.alter_column("module_id", existing_type=sa.VARCHAR(length=80), nullable=True)
        batch_op.alter_column("version_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.alter_column("reflection_id", existing_type=sa.VARCHAR(length=80), nullable=True)

    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("assignment_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("changed_act_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("excused_act_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_enrolment_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_enrolment_excused_act_id_act"), "act", ["excused_act_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_enrolment_assignment_id_assignment"), "assignment", ["assignment_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_enrolment_changed_act_id_act"), "act", ["changed_act_id"], ["id"]
        )
    # What somebody asked of others before is an assignment like any other from now on.
    op.execute(
        "INSERT INTO assignment (target, target_id, due_day, reason, by_id, act_id)"
        " SELECT 'module', module_id, due_day, coalesce(reason, ''), by_id, act_id FROM enrolment"
        " WHERE by_id <> person_id GROUP BY module_id, due_day, coalesce(reason, ''), by_id, act_id"
    )
    op.execute(
        "UPDATE enrolment SET assignment_id = (SELECT min(a.id) FROM assignment a"
        " WHERE a.act_id = enrolment.act_id AND a.target_id = enrolment.module_id"
        " AND a.by_id = enrolment.by_id AND a.reason = coalesce(enrolment.reason, '')"
        " AND coalesce(a.due_day, '0001-01-01') = coalesce(enrolment.due_day, '0001-01-01'))"
        " WHERE by_id <> person_id"
    )
