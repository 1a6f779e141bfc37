"""What lies within an administrator's scope: as a condition of queries, and as subjects of the policy.

A person stands where an appointment of theirs holds or is still to begin; somebody who has left
stands where the last one was, so that what they still hold can be ended. Teams lie where their
latest placement says.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from lms.core.database import db
from lms.people.access import Subject
from lms.people.grants import Reach
from lms.people.identity import Identity
from lms.people.models import Appointment, Closing, Duty, Organisation, Person, Scope, Team
from lms.people.structure import latest_placement

Lines = Mapping[int, frozenset[int]]
"""Teams, each with itself and all above it."""


@dataclass(frozen=True, slots=True)
class Post:
    """An appointment that says where a person stands; `end` is the first day on which it does not hold."""

    person_id: int
    team_id: int
    team: str
    organisation_id: str
    organisation: str
    region_id: str
    role: str
    pillar: str | None
    from_day: date
    end: date | None


def people_within(identity: Identity, day: date) -> ColumnElement[bool]:
    """Whether a row of Person lies within the scope of an administrator."""
    held = identity.held(Duty.ADMINISTRATOR)
    if any(each.scope is Scope.NATION for each in held):
        return true()
    placed = latest_placement().subquery()
    organisations = [each.organisation_id for each in held if each.scope is Scope.ORGANISATION]
    regions = [each.region_id for each in held if each.scope is Scope.REGION]
    teams = select(placed.c.team_id).where(
        or_(placed.c.organisation_id.in_(organisations), placed.c.region_id.in_(regions))
    )
    tree = select(Team.id).where(Team.id.in_([each.team_id for each in held if each.scope is Scope.TEAM]))
    below = tree.cte("below", recursive=True)
    below = below.union(select(Team.id).join(below, Team.parent_id == below.c.id))
    standing = _standing(day).with_only_columns(Appointment.person_id)
    return Person.id.in_(
        standing.where(or_(Appointment.team_id.in_(teams), Appointment.team_id.in_(select(below.c.id))))
    )


def organisation_within(identity: Identity) -> ColumnElement[bool]:
    """Whether a row of Organisation lies within the scope of an administrator."""
    held = identity.held(Duty.ADMINISTRATOR)
    if any(each.scope is Scope.NATION for each in held):
        return true()
    return or_(
        Organisation.id.in_([each.organisation_id for each in held if each.scope is Scope.ORGANISATION]),
        Organisation.region_id.in_([each.region_id for each in held if each.scope is Scope.REGION]),
    )


def posts_of(people: Iterable[int], day: date) -> dict[int, list[Post]]:
    """Where these people stand, in order of the day on which each appointment began; one statement."""
    placed = latest_placement().subquery()
    query = (
        _standing(day)
        .join(Team, Team.id == Appointment.team_id)
        .join(placed, placed.c.team_id == Team.id)
        .join(Organisation, Organisation.id == placed.c.organisation_id)
        .where(Appointment.person_id.in_(list(people)))
        .order_by(Appointment.from_day, Appointment.id)
        .with_only_columns(
            Appointment.person_id,
            Appointment.team_id,
            Team.name,
            Organisation.id,
            Organisation.name,
            placed.c.region_id,
            Appointment.role_profile_id,
            Appointment.pillar_id,
            Appointment.from_day,
            _end(Appointment),
        )
    )
    found: dict[int, list[Post]] = defaultdict(list)
    for row in db.session.execute(query):
        found[row[0]].append(Post(*row))
    return found


def lines_of(teams: Iterable[int]) -> Lines:
    """Each of these teams with itself and all above it; one statement."""
    line = (
        select(Team.id.label("own"), Team.id, Team.parent_id)
        .where(Team.id.in_(list(teams)))
        .cte("line", recursive=True)
    )
    line = line.union(select(line.c.own, Team.id, Team.parent_id).join(line, Team.id == line.c.parent_id))
    found: dict[int, set[int]] = defaultdict(set)
    for own, team in db.session.execute(select(line.c.own, line.c.id)):
        found[own].add(team)
    return {own: frozenset(above) for own, above in found.items()}


def person_subject(person_id: int, posts: Iterable[Post], lines: Lines) -> Subject:
    """A person as the policy is asked about them."""
    known = list(posts)
    return Subject(
        person_id,
        frozenset(above for post in known for above in lines.get(post.team_id, ())),
        frozenset(post.organisation_id for post in known),
        frozenset(post.region_id for post in known),
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the team or the organisation that a grant names lies."""

    organisation_id: str | None = None
    region_id: str | None = None


def reach_subject(reach: Reach, ground: Ground, person: Subject, lines: Lines) -> Subject:
    """What a grant is over, as the policy is asked about it; nobody but the nation's covers the nation."""
    match reach.scope:
        case Scope.SELF:
            return person
        case Scope.NATION:
            return Subject()
        case _:
            return Subject(
                teams=lines.get(reach.team_id or 0, frozenset()),
                organisations=frozenset(filter(None, [ground.organisation_id])),
                regions=frozenset(filter(None, [ground.region_id])),
            )


def _standing(day: date) -> Select[int]:
    """The appointments that say where people stand on a day."""
    own, other = _end(Appointment), aliased(Appointment)
    other_end = _end(other)
    later = exists().where(
        other.person_id == Appointment.person_id,
        other.void_act_id.is_(None),
        or_(other_end.is_(None), and_(other_end > own, other_end > other.from_day)),
    )
    return select(Appointment.id).where(
        Appointment.void_act_id.is_(None),
        or_(own.is_(None), and_(own > Appointment.from_day, or_(own > day, ~later))),
    )


def _end(appointment: type[Appointment]) -> ColumnElement[date | None]:
    """The first day on which an appointment does not hold, by its own words or its closing."""
    closed = (
        select(func.min(Closing.day))
        .where(Closing.appointment_id == appointment.id, Closing.void_act_id.is_(None))
        .correlate(appointment)
        .scalar_subquery()
    )
    return case(
        (appointment.to_day.is_(None), closed),
        (closed.is_(None), appointment.to_day),
        (closed < appointment.to_day, closed),
        else_=appointment.to_day,
    )
