"""Who asks: the person behind a session, with the grants that hold today, in one statement."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache

from flask import Flask
from flask_login import LoginManager, UserMixin
from sqlalchemy import Date, Integer, Select, and_, bindparam, or_, select

from lms.core import clock
from lms.core.database import db
from lms.people.models import Account, Appointment, Duty, Grant, Organisation, Person, Scope
from lms.people.structure import holding, latest_placement

manager = LoginManager()


@dataclass(frozen=True, slots=True)
class Held:
    """A grant that holds today."""

    duty: Duty
    scope: Scope
    team_id: int | None
    organisation_id: str | None
    region_id: str | None
    highest_level: int | None
    to_day: date | None = None
    """The first day on which it no longer holds; None: no end is set."""


@dataclass(frozen=True)
class Identity(UserMixin):
    """A person who is logged in, and what they may do."""

    person_id: int
    name: str
    email: str
    organisation_name: str | None
    grants: tuple[Held, ...]
    stamp: str

    def held(self, *duties: Duty) -> tuple[Held, ...]:
        """The grants of these duties."""
        return tuple(each for each in self.grants if each.duty in duties)

    @property
    def first_name(self) -> str:
        """The name to greet them by."""
        return self.name.partition(" ")[0]

    def get_id(self) -> str:
        """What the session keeps; a new password makes older sessions end."""
        return f"{self.person_id}.{self.stamp}"


def stamp_of(password_hash: str | None) -> str:
    """A short mark of the present password, which says nothing about it."""
    return hashlib.sha256((password_hash or "").encode()).hexdigest()[:16]


def load(person_id: int, day: date) -> Identity | None:
    """The identity of a person who has an account, on a day; one statement."""
    rows = db.session.execute(_query(), {"person_id": person_id, "day": day}).all()
    if not rows:
        return None
    name, email, password_hash, organisation_name, _ = rows[0]
    grants = tuple(_held(row[4]) for row in rows if row[4] is not None)
    return Identity(person_id, name, email, organisation_name, grants, stamp_of(password_hash))


@cache
def _query() -> Select[str, str, str | None, str, Grant]:
    """The statement, built once: building it takes ten times as long as sending it."""
    person_id, day = bindparam("person_id", type_=Integer), bindparam("day", type_=Date)
    held_now = holding(day).where(Appointment.person_id == person_id).limit(1).subquery()
    placed = latest_placement().subquery()
    organisation = (
        select(Organisation.name)
        .join(placed, placed.c.organisation_id == Organisation.id)
        .join(held_now, held_now.c.team_id == placed.c.team_id)
        .limit(1)
        .scalar_subquery()
    )
    holds_today = and_(
        Grant.person_id == Person.id,
        Grant.from_day <= day,
        or_(Grant.to_day.is_(None), Grant.to_day > day),
    )
    return (
        select(Person.name, Person.email, Account.password_hash, organisation, Grant)
        .join(Account, Account.person_id == Person.id)
        .outerjoin(Grant, holds_today)
        .where(Person.id == person_id)
        .order_by(Grant.id)
    )


def setup_identity(app: Flask) -> None:
    """Let Flask-Login find the person behind a session."""
    # Its own context processor would ask the database again on the page that says that it does not answer.
    manager.init_app(app, add_context_processor=False)


@manager.user_loader
def _from_session(kept: str) -> Identity | None:
    number, _, stamp = kept.partition(".")
    found = load(int(number), clock.today()) if number.isdigit() else None
    return found if found is not None and found.stamp == stamp else None


def _held(grant: Grant) -> Held:
    return Held(
        Duty(grant.duty),
        Scope(grant.scope),
        grant.team_id,
        grant.organisation_id,
        grant.region_id,
        grant.highest_level,
        grant.to_day,
    )
