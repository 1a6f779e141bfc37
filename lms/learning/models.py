"""What a person does with a module: the place where they read, their attempts, what they passed."""

from datetime import date
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
    """One go at the knowledge check of a module, on the text that it began with."""

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


class Enrolment(Model):
    """A person has chosen a module, or somebody else assigned it, with a reason and perhaps a due day."""

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
