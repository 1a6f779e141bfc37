"""Tables of people: who belongs where, in which role, who may do what, and who wrote it."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from lms.core.database import At, Key, Model, Name


class OrganisationKind(StrEnum):
    """What an organisation is."""

    FORCE = "force"
    FIRE = "fire"
    NATIONAL = "national"
    MEMBER = "member"
    """One of a network that has organisations of its own."""


class Sharing(StrEnum):
    """How an organisation's figures may leave it."""

    NAMED = "named"
    UNNAMED = "unnamed"
    NONE = "none"


class Duty(StrEnum):
    """What a grant lets a person do."""

    LEARNER = "learner"
    MANAGER = "manager"
    ASSESSOR = "assessor"
    AUTHOR = "author"
    ORGANISATION_LEAD = "organisation-lead"
    REGION_LEAD = "region-lead"
    NATIONAL_LEAD = "national-lead"
    ADMINISTRATOR = "administrator"


class Scope(StrEnum):
    """Over what a grant holds."""

    SELF = "self"
    TEAM = "team"
    ORGANISATION = "organisation"
    REGION = "region"
    NATION = "nation"


class Region(Model):
    """A region of the network; those of no place taken together are one too."""

    __tablename__ = "region"

    id: Mapped[Name]
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]


class Organisation(Model):
    """A force, a fire service, a national body, or what the members of another network are."""

    __tablename__ = "organisation"

    id: Mapped[Name]
    name: Mapped[str] = mapped_column(String(120))
    code: Mapped[str | None] = mapped_column(String(3), unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(String(20))
    region_id: Mapped[str] = mapped_column(ForeignKey("region.id"))
    tile_column: Mapped[int | None]
    tile_row: Mapped[int | None]
    sharing: Mapped[Sharing] = mapped_column(String(10), default=Sharing.NAMED)
    region: Mapped[Region] = relationship()


class Team(Model):
    """A node of the tree inside an organisation; a placement says of which, from a day."""

    __tablename__ = "team"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(120))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)


class Person(Model):
    """Somebody whose learning is recorded, or who reads about it."""

    __tablename__ = "person"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), unique=True)


class Account(Model):
    """A way for a person to log in; without a password until an invitation is taken up."""

    __tablename__ = "account"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    person: Mapped[Person] = relationship()


class Act(Model):
    """One write of facts by somebody: a transaction, numbered in the order of commits."""

    __tablename__ = "act"
    __table_args__ = (Index("ix_act_at_no", "at", "no"),)

    id: Mapped[Key]
    no: Mapped[int | None] = mapped_column(unique=True)
    at: Mapped[At]
    kind: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str | None] = mapped_column(Text)


class Fact:
    """What an act wrote; never edited, and void from the act that found it to be an error."""

    @declared_attr
    def act_id(cls) -> Mapped[int]:  # noqa: N805 SQLAlchemy calls it on the class
        """The act that wrote it."""
        return mapped_column(ForeignKey("act.id"), index=True)

    @declared_attr
    def void_act_id(cls) -> Mapped[int | None]:  # noqa: N805 SQLAlchemy calls it on the class
        """The act that marked it as entered in error."""
        return mapped_column(ForeignKey("act.id"), index=True)


class Appointment(Fact, Model):
    """A person holds a role profile in a team, with at most one pillar, from a day to a day."""

    __tablename__ = "appointment"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    role_profile_id: Mapped[str] = mapped_column(ForeignKey("role_profile.id"), index=True)
    pillar_id: Mapped[str | None] = mapped_column(ForeignKey("pillar.id"))
    from_day: Mapped[date]
    to_day: Mapped[date | None]


class Absence(Fact, Model):
    """A span in which a person is away and not counted; no reason is stored."""

    __tablename__ = "absence"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    from_day: Mapped[date]
    to_day: Mapped[date | None]


class Closing(Fact, Model):
    """The first day on which an appointment or an absence no longer holds."""

    __tablename__ = "closing"
    __table_args__ = (
        CheckConstraint("(appointment_id IS NULL) <> (absence_id IS NULL)", name="one_subject"),
    )

    id: Mapped[Key]
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    absence_id: Mapped[int | None] = mapped_column(ForeignKey("absence.id"), index=True)
    day: Mapped[date]


class Placement(Fact, Model):
    """To which organisation and region a team belongs, from a day."""

    __tablename__ = "placement"

    id: Mapped[Key]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    region_id: Mapped[str] = mapped_column(ForeignKey("region.id"))
    from_day: Mapped[date]


class Onboarding(Fact, Model):
    """The day from which an organisation is counted."""

    __tablename__ = "onboarding"

    id: Mapped[Key]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    from_day: Mapped[date]


class Grant(Model):
    """A duty over a scope, from a day and perhaps to a day; kept when it has ended."""

    __tablename__ = "grant"
    __table_args__ = (
        Index("ix_grant_scope", "duty", "scope"),
        CheckConstraint(
            "(scope IN ('self', 'nation') AND team_id IS NULL"
            " AND organisation_id IS NULL AND region_id IS NULL)"
            " OR (scope = 'team' AND team_id IS NOT NULL)"
            " OR (scope = 'organisation' AND organisation_id IS NOT NULL)"
            " OR (scope = 'region' AND region_id IS NOT NULL)",
            name="scope_is_named",
        ),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    duty: Mapped[Duty] = mapped_column(String(20))
    scope: Mapped[Scope] = mapped_column(String(20))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    region_id: Mapped[str | None] = mapped_column(ForeignKey("region.id"))
    highest_level: Mapped[int | None]
    from_day: Mapped[date]
    to_day: Mapped[date | None]
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    end_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))


class RecordReading(Model):
    """Somebody opened another person's record; the person can see it."""

    __tablename__ = "record_reading"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[At]
    page: Mapped[str] = mapped_column(String(40))


class Digest(Model):
    """The weekly mail of a person: when the last was sent, and since when they want none."""

    __tablename__ = "digest"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    sent_at: Mapped[At | None]
    stopped_at: Mapped[At | None]
