"""What is recorded already about the people and teams of a file, as plain values."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sqlalchemy import func, or_, select

from lms.administration.importing.rows import Names
from lms.content import catalogue
from lms.core.database import db
from lms.people.models import Appointment, Duty, Grant, Organisation, Person, Placement, Scope, Team
from lms.people.structure import closed_on, latest_placement

T = TypeVar("T")
BATCH = 5_000


@dataclass(frozen=True, slots=True)
class KnownAppointment:
    """An appointment that is recorded; `end` is the first day on which it does not hold, if there is one."""

    id: int
    team_id: int
    team: str
    role: str
    pillar: str | None
    from_day: date
    end: date | None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person who is recorded."""

    id: int
    name: str
    appointments: tuple[KnownAppointment, ...] = ()
    managed: frozenset[int] = frozenset()
    """The teams over which the person holds a manager's grant that has not ended."""


@dataclass(frozen=True, slots=True)
class KnownTeam:
    """A team that is recorded; `placed_from` is the first day on which it belongs anywhere."""

    id: int
    name: str
    parent_id: int | None
    organisation: str
    placed_from: date


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that a plan needs to know."""

    people: dict[str, KnownPerson] = field(default_factory=dict)
    teams: dict[int, KnownTeam] = field(default_factory=dict)
    managers: frozenset[str] = frozenset()
    """The addresses of those who manage in these organisations."""

    def line(self, team_id: int) -> list[int]:
        """A team and those above it, nearest first."""
        found: list[int] = []
        step: int | None = team_id
        while step is not None and step not in found:
            found.append(step)
            step = self.teams[step].parent_id if step in self.teams else None
        return found


def names() -> Names:
    """The organisations that are recorded, and the role profiles and pillars that are published."""
    framework = catalogue.current().framework
    organisations = db.session.execute(select(Organisation.id, Organisation.name)).all()
    return Names(
        organisations=dict(organisations),
        roles={each.id: each.title for each in framework.roles},
        pillars={each.id: each.title for each in framework.pillars},
    )


def load_known(emails: Iterable[str], organisations: Iterable[str], today: date) -> Known:
    """What is recorded about these people, and all teams of these organisations."""
    teams = _teams(sorted(set(organisations)))
    return Known(_people(sorted(set(emails)), today), teams, _managers(teams))


def people_by_email(emails: Iterable[str]) -> dict[str, Person]:
    """The people with these addresses who are recorded."""
    return {
        person.email: person
        for batch in _batches(sorted(emails))
        for person in db.session.scalars(select(Person).where(Person.email.in_(batch)))
    }


def _teams(organisations: list[str]) -> dict[int, KnownTeam]:
    placed = latest_placement().subquery()
    since = (
        select(Placement.team_id, func.min(Placement.from_day).label("day"))
        .where(Placement.void_act_id.is_(None))
        .group_by(Placement.team_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Team.id, Team.name, Team.parent_id, placed.c.organisation_id, since.c.day)
        .join(placed, placed.c.team_id == Team.id)
        .join(since, since.c.team_id == Team.id)
        .where(placed.c.organisation_id.in_(organisations))
        .order_by(Team.id)
    )
    return {row[0]: KnownTeam(*row) for row in rows}


def _people(emails: list[str], today: date) -> dict[str, KnownPerson]:
    known = people_by_email(emails)
    ids = [person.id for person in known.values()]
    held, managed = _appointments(ids), _managed(ids, today)
    return {
        email: KnownPerson(person.id, person.name, tuple(held[person.id]), frozenset(managed[person.id]))
        for email, person in known.items()
    }


def _appointments(people: list[int]) -> dict[int, list[KnownAppointment]]:
    closed = closed_on().subquery()
    found: dict[int, list[KnownAppointment]] = defaultdict(list)
    for batch in _batches(people):
        rows = db.session.execute(
            select(Appointment, Team.name, closed.c.day)
            .join(Team, Team.id == Appointment.team_id)
            .outerjoin(closed, closed.c.appointment_id == Appointment.id)
            .where(Appointment.person_id.in_(batch), Appointment.void_act_id.is_(None))
            .order_by(Appointment.from_day, Appointment.id)
        )
        for each, team, day in rows:
            end = min((end for end in (each.to_day, day) if end is not None), default=None)
            found[each.person_id].append(
                KnownAppointment(
                    each.id, each.team_id, team, each.role_profile_id, each.pillar_id, each.from_day, end
                )
            )
    return found


def _managed(people: list[int], today: date) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for batch in _batches(people):
        rows = db.session.execute(
            select(Grant.person_id, Grant.team_id).where(
                Grant.person_id.in_(batch),
                Grant.duty == Duty.MANAGER,
                Grant.scope == Scope.TEAM,
                or_(Grant.to_day.is_(None), Grant.to_day > today),
            )
        )
        for person_id, team_id in rows:
            if team_id is not None:
                found[person_id].add(team_id)
    return found


def _managers(teams: Iterable[int]) -> frozenset[str]:
    found: set[str] = set()
    for batch in _batches(sorted(teams)):
        query = select(Person.email).join(Grant, Grant.person_id == Person.id)
        found.update(
            db.session.scalars(query.where(Grant.duty == Duty.MANAGER, Grant.team_id.in_(batch)).distinct())
        )
    return frozenset(found)


def _batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Parts of a list that fit one statement of any database."""
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]
