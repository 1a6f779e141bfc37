"""What a person does with a module: the place where they read, their attempts, what they passed."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.content.models import ModuleVersion
from lms.core.database import At, Key, Model
from lms.people.models import Fact


class ReadingPlace(Model):
    """The part of a module at which a person stopped, and the parts that they have opened."""

    __tablename__ = "reading_place"
    __table_args__ = (Index("ix_reading_place_module_at", "module_id", "at"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    module_id: Mapped[str] = mapped_column(ForeignKey("module.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(120))
    seen: Mapped[list[str]] = mapped_column(JSON)
    version_id: Mapped[int] = mapped_column(ForeignKey("module_version.id"))
    at: Mapped[At]


class Attempt(Model):
    """One go at the knowledge check of a module, on the text that it began with.

    `decided` holds the decisions taken in a scenario that is not over; its answer is kept at its end.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        Index(
            "uq_attempt_open",
            "person_id",
            "module_id",
            unique=True,
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
        Index("ix_attempt_module_finished", "module_id", "finished_at"),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    module_id: Mapped[str] = mapped_column(ForeignKey("module.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("module_version.id"))
    seed: Mapped[int]
    questions: Mapped[list[str]] = mapped_column(JSON)
    begun_at: Mapped[At]
    finished_at: Mapped[At | None]
    passed: Mapped[bool | None]
    decided: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    answers: Mapped[list["Answer"]] = relationship(order_by="Answer.position")
    version: Mapped[ModuleVersion] = relationship()


class Answer(Model):
    """What a person answered to one question of an attempt; given once."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("attempt_id", "position"),)

    id: Mapped[Key]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    position: Mapped[int]
    question_id: Mapped[str] = mapped_column(String(120))
    response: Mapped[Any] = mapped_column(JSON)
    right: Mapped[bool]
    at: Mapped[At]


class CpdEntry(Model):
    """What a person wrote about their own work or learning, for themselves alone.

    About a module’s question to it, or (`module_id` None) about something learned elsewhere. Until
    it is kept (`kept_at`) it is a draft, which they may change or remove, and `kind` and `minutes`
    are not yet said.
    """

    __tablename__ = "cpd_entry"
    __table_args__ = (
        Index(
            "uq_cpd_entry_draft",
            "person_id",
            "module_id",
            "reflection_id",
            unique=True,
            sqlite_where=text("kept_at IS NULL"),
            postgresql_where=text("kept_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    module_id: Mapped[str | None] = mapped_column(ForeignKey("module.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("module_version.id"))
    reflection_id: Mapped[str | None] = mapped_column(String(80))
    day: Mapped[date | None]
    """The day on which something was learned elsewhere; that of a module is the day it was kept."""
    words: Mapped[str] = mapped_column(Text)
    written_at: Mapped[At]
    kind: Mapped[str | None] = mapped_column(String(20))
    minutes: Mapped[int | None]
    kept_at: Mapped[At | None]


class Application(Model):
    """A purchase at work in which a person used what they learned, for their manager to confirm.

    `confirmed` is None while it waits; False: it was given back, for the reason of the act that
    settled it, and once it is mended it waits again. It may be changed until it is confirmed.
    `void_act_id` is the act that found a confirmed one to be an error. It shows no level.
    """

    __tablename__ = "application"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    reference: Mapped[str] = mapped_column(String(80))
    """Where it stands in the benefits register, which alone holds the value."""
    used_on: Mapped[date]
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    """The act that sent it last."""
    settled_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))
    confirmed: Mapped[bool | None]
    void_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))
    modules: Mapped[list["ApplicationModule"]] = relationship(
        order_by="ApplicationModule.module_id", cascade="all, delete-orphan"
    )


class ApplicationModule(Model):
    """A module that an application used."""

    __tablename__ = "application_module"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), primary_key=True)
    module_id: Mapped[str] = mapped_column(ForeignKey("module.id"), primary_key=True, index=True)


class Reaction(Model):
    """What a person said, having passed an edition of a module: whether they will use it at work."""

    __tablename__ = "reaction"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    module_id: Mapped[str] = mapped_column(ForeignKey("module.id"), primary_key=True, index=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    answer: Mapped[str] = mapped_column(String(20))
    at: Mapped[At]


class Completion(Fact, Model):
    """A pass of one edition of a module; it is current until its day, or until the edition's grace ends."""

    __tablename__ = "completion"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    module_id: Mapped[str] = mapped_column(ForeignKey("module.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("module_version.id"))
    edition: Mapped[int]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), unique=True)
    passed_on: Mapped[date]
    until_day: Mapped[date | None]


class CompletionEvidence(Model):
    """Evidence of learning rests on completions, one for each module that shows the level."""

    __tablename__ = "completion_evidence"

    completion_id: Mapped[int] = mapped_column(ForeignKey("completion.id"), primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True)


class Target(StrEnum):
    """What an assignment asks for."""

    MODULE = "module"
    COURSE = "course"
    PATH = "path"
    LEVEL = "level"


class Assignment(Model):
    """Somebody asked people for a module, a course, the path to a role or a level.

    `target_id` names it: a module, a course, a role profile, or a competency with its level
    (`negotiation/2`). With a team or a role it also asks those who join later, until it is ended.
    """

    __tablename__ = "assignment"

    id: Mapped[Key]
    target: Mapped[Target] = mapped_column(String(20))
    target_id: Mapped[str] = mapped_column(String(120))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    role_profile_id: Mapped[str | None] = mapped_column(ForeignKey("role_profile.id"))
    due_day: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    ended_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))


class Enrolment(Model):
    """A person has chosen a module, or somebody else assigned it, with a reason and perhaps a due day.

    `changed_act_id` is the act that last gave it another due day, `excused_act_id` the one by which
    nobody waits for it any more; their reasons are the acts’.
    """

    __tablename__ = "enrolment"
    __table_args__ = (Index("ix_enrolment_person_module", "person_id", "module_id"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    module_id: Mapped[str] = mapped_column(ForeignKey("module.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    due_day: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(Text)
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    done_completion_id: Mapped[int | None] = mapped_column(ForeignKey("completion.id"))
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"), index=True)
    changed_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))
    excused_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))


class SentPlan(Model):
    """What a lead has asked managers for: the steps that were chosen of “What would close it”, and by when.

    `region_id` and `competency_id` are the choice, None for all. `steps` are plain values: the competency,
    the levels `held` and `required`, the `tasks`, how many `people` they were, and how many of these were
    left out, since they are asked already.
    """

    __tablename__ = "sent_plan"

    id: Mapped[Key]
    region_id: Mapped[str | None] = mapped_column(ForeignKey("region.id"), index=True)
    competency_id: Mapped[str | None] = mapped_column(ForeignKey("competency.id"))
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    due_day: Mapped[date]
    words: Mapped[str | None] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    withdrawn_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))


class Outcome(StrEnum):
    """What became of a proposal."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    """Accepted with another day, or another module."""
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"
    """The lead withdrew the plan before anybody had answered."""


class Proposal(Model):
    """A plan proposes that a person does a module, or is assessed; it asks nothing until a manager accepts.

    `steps` are the positions of the plan’s steps that need it. `level` is that of an assessment, which has a
    competency in place of a module. `outcome` is None while it waits; who answered is who the act is by.
    `due_day` is the day of an accepted assessment; that of a module is the enrolment’s.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        Index(
            "ix_proposal_waiting",
            "person_id",
            sqlite_where=text("outcome IS NULL"),
            postgresql_where=text("outcome IS NULL"),
        ),
    )

    id: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("sent_plan.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    steps: Mapped[list[int]] = mapped_column(JSON)
    module_id: Mapped[str | None] = mapped_column(ForeignKey("module.id"))
    competency_id: Mapped[str | None] = mapped_column(ForeignKey("competency.id"))
    level: Mapped[int | None]
    outcome: Mapped[Outcome | None] = mapped_column(String(20))
    refusal: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)
    due_day: Mapped[date | None]
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"))
    answered_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))
