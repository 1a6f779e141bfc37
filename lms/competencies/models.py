"""Facts about competencies: what a role asks, what a person has shown, and when that ended."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import Key, Model
from lms.people.models import Fact


class Basis(StrEnum):
    """Why a piece of evidence was written."""

    LEARNING = "learning"
    ASSESSMENT = "assessment"
    QUALIFICATION = "qualification"
    IMPORT = "import"


class EndingKind(StrEnum):
    """Why evidence ended before its day."""

    EDITION = "edition"
    WITHDRAWN = "withdrawn"


class Requirement(Fact, Model):
    """The level that a role profile asks of a competency, from a day; 0 asks nothing."""

    __tablename__ = "requirement"
    __table_args__ = (CheckConstraint("level BETWEEN 0 AND 4", name="level_of_five"),)

    id: Mapped[Key]
    role_profile_id: Mapped[str] = mapped_column(ForeignKey("role_profile.id"), index=True)
    competency_id: Mapped[str] = mapped_column(ForeignKey("competency.id"))
    level: Mapped[int]
    from_day: Mapped[date]


class Evidence(Fact, Model):
    """A person has shown a level of a competency; it counts from a day to a day."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 4", name="level_of_four"),
        Index("ix_evidence_person_competency", "person_id", "competency_id"),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    competency_id: Mapped[str] = mapped_column(ForeignKey("competency.id"))
    level: Mapped[int]
    basis: Mapped[Basis] = mapped_column(String(20))
    from_day: Mapped[date]
    until_day: Mapped[date | None]
    words: Mapped[str] = mapped_column(Text)
    """What was seen, or which modules were passed, in the words that the record shows."""


class Ending(Fact, Model):
    """Evidence stopped counting on a day for a reason of its own."""

    __tablename__ = "ending"

    id: Mapped[Key]
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), index=True)
    day: Mapped[date]
    kind: Mapped[EndingKind] = mapped_column(String(20))
