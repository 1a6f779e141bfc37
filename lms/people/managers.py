"""Whom a person can ask: their manager, or an administrator who is known."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, literal, or_, select

from lms.core.database import db
from lms.people.models import Act, Duty, Grant, Person, Scope, Team

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


def _holds(day: date) -> ColumnElement[bool]:
    return and_(Grant.from_day <= day, or_(Grant.to_day.is_(None), Grant.to_day > day))
