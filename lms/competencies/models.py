"""Facts about competencies, and the gap ledger that follows from them.

The ledger holds no fact and names nobody: all of it can be worked out again.
"""

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import At, Key, Model
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


class AssessmentKind(StrEnum):
    """How a level was judged."""

    ASSESSMENT = "assessment"
    """By what was seen in the work."""
    BASELINE = "baseline"
    """In one conversation at the start, up to level 2; it counts for twelve months."""


class Assessment(Model):
    """What a manager or an assessor judged, with what was seen; written once.

    `evidence_id` is None while level 4 waits for an assessor of another organisation, and stays None
    when that one refuses it. `settled_act_id` is the act that confirmed or refused it.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 4", name="level_of_four"),
        Index("ix_assessment_person_competency", "person_id", "competency_id"),
        Index(
            "ix_assessment_waiting",
            "id",
            sqlite_where=text("evidence_id IS NULL AND settled_act_id IS NULL"),
            postgresql_where=text("evidence_id IS NULL AND settled_act_id IS NULL"),
        ),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    competency_id: Mapped[str] = mapped_column(ForeignKey("competency.id"))
    level: Mapped[int]
    kind: Mapped[AssessmentKind] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    reference: Mapped[str | None] = mapped_column(String(500))
    """A contract reference or an address, where the work can be found."""
    seen_from: Mapped[date | None]
    seen_to: Mapped[date | None]
    months: Mapped[int]
    """How long it counts, from the day on which it begins to."""
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"), unique=True)
    settled_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))


class TeamWork(Model):
    """A team’s own piece of work, with the level of each competency that it needs throughout.

    Who wrote it is who its act is by. A change ends it and adds another.
    """

    __tablename__ = "team_work"

    id: Mapped[Key]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    needs: Mapped[dict[str, int]] = mapped_column(JSON)
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    ended_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))


class Reply(Model):
    """What a person says to an assessment of theirs; a dispute goes to an assessor who is neither.

    `stands` is what that assessor found, None until then; the reason is the act’s.
    """

    __tablename__ = "assessment_reply"
    __table_args__ = (
        Index(
            "ix_assessment_reply_open",
            "id",
            sqlite_where=text("disputes AND decided_act_id IS NULL"),
            postgresql_where=text("disputes AND decided_act_id IS NULL"),
        ),
    )

    id: Mapped[Key]
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    disputes: Mapped[bool]
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    decided_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))
    stands: Mapped[bool | None]


class SelfAssessment(Model):
    """The level that a person says they have; shown beside the standing, and never counted."""

    __tablename__ = "self_assessment"
    __table_args__ = (
        CheckConstraint("level BETWEEN 0 AND 4", name="level_of_five"),
        Index("ix_self_assessment_person_competency", "person_id", "competency_id"),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    competency_id: Mapped[str] = mapped_column(ForeignKey("competency.id"))
    level: Mapped[int]
    at: Mapped[At]


class Qualification(Model):
    """An accreditation that a person says they hold; it counts once somebody has seen it.

    `seen` is None until a manager has settled it; what it shows are the entries of
    `qualification_evidence`.
    """

    __tablename__ = "qualification"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    accreditation_id: Mapped[str] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(String(80))
    awarded_on: Mapped[date]
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    settled_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))
    seen: Mapped[bool | None]


class QualificationEvidence(Model):
    """Evidence that rests on a qualification, one for each competency and each year or renewal."""

    __tablename__ = "qualification_evidence"

    qualification_id: Mapped[int] = mapped_column(ForeignKey("qualification.id"), primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True)


class HelpOffer(Model):
    """A person has agreed to be asked about a competency."""

    __tablename__ = "help_offer"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    competency_id: Mapped[str] = mapped_column(ForeignKey("competency.id"), primary_key=True)
    at: Mapped[At]


class Shape(StrEnum):
    """Which of its places a cell names; the others are all taken together."""

    TEAM = "team"
    ATOM = "atom"
    NATION = "nation"
    REGION = "region"
    ORGANISATION = "organisation"
    ROLE = "role"
    PILLAR = "pillar"


ANY = ""
"""Stands in a cell for all regions, organisations, role profiles or pillars."""


class CellRow(Model):
    """Where appointments are counted: a team’s role and pillar, or one of the sums over several teams."""

    __tablename__ = "cell"
    __table_args__ = (
        UniqueConstraint(
            "shape", "region_id", "organisation_id", "team_id", "role_profile_id", "pillar_id", name="uq_cell"
        ),
        Index("ix_cell_team_id", "team_id"),
    )

    id: Mapped[Key]
    shape: Mapped[Shape] = mapped_column(String(20))
    region_id: Mapped[str] = mapped_column(String(80), default=ANY)
    organisation_id: Mapped[str] = mapped_column(String(80), default=ANY)
    team_id: Mapped[int] = mapped_column(default=0)
    role_profile_id: Mapped[str] = mapped_column(String(80), default=ANY)
    pillar_id: Mapped[str] = mapped_column(String(80), default=ANY)


BY_KEY = {"sqlite_with_rowid": False}
"""SQLite keeps such a table in the order of its key, once instead of twice."""


class Rollup(Model):
    """A team’s cell is part of an atom, and an atom of wider sums."""

    __tablename__ = "rollup"
    __table_args__ = BY_KEY

    cell_id: Mapped[int] = mapped_column(ForeignKey("cell.id"), primary_key=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("cell.id"), primary_key=True, index=True)


class Counted:
    """The numbers of a tally as columns."""

    appointments: Mapped[int]
    unrecorded: Mapped[int]
    lapsed: Mapped[int]
    short: Mapped[int]
    missing: Mapped[int]
    practitioners: Mapped[int]
    experts: Mapped[int]


class Movement(Counted, Model):
    """One signed line of the gap ledger: an act changed what is counted from a day on, and why."""

    __tablename__ = "movement"
    __table_args__ = (
        Index("ix_movement_cell_effective", "cell_id", "effective"),
        Index(
            "ix_movement_late",
            "recorded",
            "effective",
            sqlite_where=text("late"),
            postgresql_where=text("late"),
        ),
    )

    id: Mapped[Key]
    effective: Mapped[date] = mapped_column(index=True)
    recorded: Mapped[int] = mapped_column(index=True)
    """The number of the act."""
    late: Mapped[bool]
    """Whether the act came after the day."""
    cell_id: Mapped[int] = mapped_column(ForeignKey("cell.id"))
    competency_id: Mapped[str] = mapped_column(String(80))
    cause: Mapped[str] = mapped_column(String(20))


class Balance(Counted, Model):
    """What all movements that are folded come to on the ledger’s day, for each atom."""

    __tablename__ = "balance"
    __table_args__ = BY_KEY

    cell_id: Mapped[int] = mapped_column(ForeignKey("cell.id"), primary_key=True)
    competency_id: Mapped[str] = mapped_column(String(80), primary_key=True)


class Flow(Counted, Model):
    """What all movements that are folded come to on a day, or in the month that begins with it."""

    __tablename__ = "flow"
    __table_args__ = BY_KEY

    cell_id: Mapped[int] = mapped_column(ForeignKey("cell.id"), primary_key=True)
    month: Mapped[bool] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    competency_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    cause: Mapped[str] = mapped_column(String(20), primary_key=True)


RULE = 1
"""Raised with a change of what movements say or of which sums are kept."""


class Ledger(Model):
    """Up to which act the ledger is folded, and as at which day balances are; one row, once it is filled."""

    __tablename__ = "ledger"

    id: Mapped[Key]
    """The RULE by which it was filled: one of an earlier rule is none, and is filled again."""
    folds: Mapped[int]
    """How often it was folded."""
    folded_to: Mapped[int]
    day: Mapped[date]
