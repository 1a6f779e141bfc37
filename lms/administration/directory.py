"""The people and the organisations within an administrator's scope."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from lms.administration.scope import Post, organisation_within, people_within, posts_of
from lms.core.database import db
from lms.people.identity import Identity
from lms.people.models import Duty, Grant, Onboarding, Organisation, Person, Region, Scope, Sharing

PEOPLE_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the list, where they stand, and their duties beyond their own record."""

    id: int
    name: str
    email: str
    posts: tuple[Post, ...]
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """One page of the people that a search finds, and how many there are in all."""

    rows: tuple[PersonRow, ...]
    number: int
    pages: int
    found: int
    people: int
    holders: int
    """How many of all hold a grant beyond their own record today."""


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation with the day from which it is counted, and what it shares."""

    id: str
    name: str
    on_board: date | None
    sharing: Sharing


def directory(identity: Identity, words: str, number: int, day: date) -> Directory:
    """A page of the people within scope whose name or address holds every word; four statements."""
    within, matching = people_within(identity, day), _matching(words)
    beyond = _beyond_own_record(day)
    people, found, holders = db.session.execute(
        select(
            func.count(),
            func.count().filter(matching),
            func.count().filter(exists().where(Grant.person_id == Person.id, beyond)),
        )
        .select_from(Person)
        .where(within)
    ).one()
    pages = max(1, -(-found // PEOPLE_A_PAGE))
    number = min(max(number, 1), pages)
    shown = db.session.execute(
        select(Person.id, Person.name, Person.email)
        .where(within, matching)
        .order_by(func.lower(Person.name), Person.id)
        .limit(PEOPLE_A_PAGE)
        .offset((number - 1) * PEOPLE_A_PAGE)
    ).all()
    ids = [row.id for row in shown]
    posts, duties = posts_of(ids, day), _duties_of(ids, beyond)
    rows = tuple(
        PersonRow(key, name, email, tuple(posts.get(key, ())), duties.get(key, ()))
        for key, name, email in shown
    )
    return Directory(rows, number, pages, found, people, holders)


@dataclass(frozen=True, slots=True)
class RegionRows:
    """The organisations of a region that lie within scope, by name."""

    name: str
    organisations: tuple[OrganisationRow, ...]

    @property
    def on_board(self) -> int:
        """How many of them have a day from which they are counted."""
        return sum(each.on_board is not None for each in self.organisations)


def organisations(identity: Identity) -> list[RegionRows]:
    """The organisations within scope, by region; one statement."""
    since = (
        select(Onboarding.organisation_id, func.min(Onboarding.from_day).label("day"))
        .where(Onboarding.void_act_id.is_(None))
        .group_by(Onboarding.organisation_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Region, Organisation.id, Organisation.name, since.c.day, Organisation.sharing)
        .join(Region, Region.id == Organisation.region_id)
        .outerjoin(since, since.c.organisation_id == Organisation.id)
        .where(organisation_within(identity))
        .order_by(Region.position, Region.id, Organisation.name, Organisation.id)
    )
    return [
        RegionRows(
            region.name,
            tuple(OrganisationRow(key, name, day, Sharing(sharing)) for _, key, name, day, sharing in found),
        )
        for region, found in groupby(rows, key=lambda row: row[0])
    ]


def _matching(words: str) -> ColumnElement[bool]:
    return and_(
        True,  # noqa: FBT003 SQLAlchemy's own way to say “no condition”
        *(
            or_(Person.name.icontains(word, autoescape=True), Person.email.icontains(word, autoescape=True))
            for word in words.split()
        ),
    )


def _beyond_own_record(day: date) -> ColumnElement[bool]:
    return and_(
        Grant.scope != Scope.SELF,
        Grant.from_day <= day,
        or_(Grant.to_day.is_(None), Grant.to_day > day),
    )


def _duties_of(people: list[int], beyond: ColumnElement[bool]) -> dict[int, tuple[Duty, ...]]:
    rows = db.session.execute(
        select(Grant.person_id, Grant.duty)
        .where(Grant.person_id.in_(people), beyond)
        .order_by(Grant.person_id, Grant.id)
    )
    found: dict[int, dict[Duty, None]] = {}
    for person_id, duty in rows:
        found.setdefault(person_id, {})[Duty(duty)] = None
    return {key: tuple(duties) for key, duties in found.items()}
