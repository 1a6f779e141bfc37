"""Whom a person can ask: their manager, or an administrator who is known."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, literal, or_, select

from lms.core.database import db
from lms.people.models import Act, Appointment, Duty, Grant, Person, Scope, Team
from lms.people.structure import holding, latest_placement

HIGHEST = 50
"""How far up teams are looked at: no tree is so high, and one that bites its tail would never end."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to ask, by name and address."""

    person_id: int
    name: str
    email: str

    @property
    def first_name(self) -> str:
        """The name that a colleague uses."""
        return self.name.partition(" ")[0]


def manager_of(person_id: int, team_ids: Collection[int], day: date) -> Contact | None:
    """Whoever else holds a manager's grant over the nearest of these teams or of those above; one statement.

    Of several over the same team it is the one whose grant is the oldest.
    """
    if not team_ids:
        return None
    line = (
        select(Team.id, Team.parent_id, literal(0).label("steps"))
        .where(Team.id.in_(sorted(set(team_ids))))
        .cte("line", recursive=True)
    )
    line = line.union_all(
        select(Team.id, Team.parent_id, line.c.steps + 1).join(
            line, and_(Team.id == line.c.parent_id, line.c.steps < HIGHEST)
        )
    )
    query = (
        select(Person.id, Person.name, Person.email)
        .join(Grant, Grant.person_id == Person.id)
        .join(line, and_(Grant.scope == Scope.TEAM, Grant.team_id == line.c.id))
        .where(Grant.duty == Duty.MANAGER, Person.id != person_id, _holds(day))
        .order_by(line.c.steps, Grant.id)
        .limit(1)
    )
    found = db.session.execute(query).first()
    return Contact(*found) if found else None


def managers_of(people: Collection[int], day: date) -> dict[int, frozenset[int]]:
    """Who else manages each of these people, in the nearest team that has a manager; none where nobody does.

    Four statements at most.
    """
    held = holding(day).where(Appointment.person_id.in_(sorted(people))).subquery()
    teams: dict[int, set[int]] = defaultdict(set)
    for person, team in db.session.execute(select(held.c.person_id, held.c.team_id)):
        teams[person].add(team)
    lines = _lines(day)
    found = {}
    for person in people:
        near = [_nearest(lines[team], person) for team in teams[person] if team in lines]
        found[person] = frozenset().union(*near)
    return found


def administrator_for(person_id: int, day: date) -> Contact | None:
    """An administrator to ask: the one who gave this person a duty, else one of the widest scope."""
    giver = (
        select(Act.by_id)
        .join(Grant, Grant.act_id == Act.id)
        .where(Grant.person_id == person_id, Act.by_id.is_not(None))
        .order_by(Grant.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(Person.id, Person.name, Person.email)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.duty == Duty.ADMINISTRATOR, Person.id != person_id, _holds(day))
        .order_by(
            case((Person.id == giver, 0), else_=1), case((Grant.scope == Scope.NATION, 0), else_=1), Grant.id
        )
        .limit(1)
    )
    found = db.session.execute(query).first()
    return Contact(*found) if found else None


def _nearest(line: Iterable[frozenset[int]], person: int) -> frozenset[int]:
    return next((others for each in line if (others := each - {person})), frozenset())


def _lines(day: date) -> dict[int, list[frozenset[int]]]:
    """The managers of each team, then of those above it, then of its organisation, region and nation."""
    query = select(Grant.person_id, Grant.scope, Grant.team_id, Grant.organisation_id, Grant.region_id).where(
        Grant.duty == Duty.MANAGER, _holds(day)
    )
    holders: dict[tuple[str, int | str | None], set[int]] = defaultdict(set)
    for person, scope, team, organisation, region in db.session.execute(query):
        holders[scope, team or organisation or region].add(person)
    wider = any(scope != Scope.TEAM for scope, _ in holders)
    placed = {row[0]: (row[1], row[2]) for row in db.session.execute(latest_placement(day))} if wider else {}
    parents: dict[int, int | None] = dict(db.session.execute(select(Team.id, Team.parent_id)).all())
    found = {}
    for team in parents:
        organisation, region = placed.get(team, (None, None))
        keys: list[tuple[str, int | str | None]] = [(Scope.TEAM, each) for each in _upwards(team, parents)]
        keys += [(Scope.ORGANISATION, organisation), (Scope.REGION, region), (Scope.NATION, None)]
        found[team] = [frozenset(holders[key]) for key in keys if key in holders]
    return found


def _upwards(team: int, parents: dict[int, int | None]) -> list[int]:
    """A team and those above it, the nearest first; a ring of teams is walked once."""
    line: list[int] = []
    above: int | None = team
    while above is not None and above not in line:
        line.append(above)
        above = parents.get(above)
    return line


def _holds(day: date) -> ColumnElement[bool]:
    return and_(Grant.from_day <= day, or_(Grant.to_day.is_(None), Grant.to_day > day))
