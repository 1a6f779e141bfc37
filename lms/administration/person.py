"""What an administrator sees of a person: where they stand and what they may do, never their record."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from lms.administration.scope import Ground, Lines, Post, lines_of, person_subject, posts_of, reach_subject
from lms.administration.words import over_words
from lms.core.database import db
from lms.people.access import Subject
from lms.people.grants import Reach
from lms.people.models import Account, Act, Duty, Grant, Organisation, Person, Region, Scope, Team
from lms.people.structure import latest_placement


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A grant with who gave it and why, who ended it and why; `subject` is what it is over."""

    id: int
    duty: Duty
    reach: Reach
    over: str
    from_day: date
    to_day: date | None
    given_by: str | None
    reason: str
    ended_by: str | None
    end_reason: str | None
    subject: Subject

    def is_over(self, day: date) -> bool:
        """Whether it no longer holds on a day, nor later."""
        return self.to_day is not None and (self.to_day <= day or self.to_day <= self.from_day)


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person with their posts and grants, in order; `has_password` is False until they were here."""

    id: int
    name: str
    email: str
    has_password: bool
    posts: tuple[Post, ...]
    grants: tuple[GrantRow, ...]
    subject: Subject

    def grant(self, grant_id: int) -> GrantRow | None:
        """One of the grants."""
        return next((each for each in self.grants if each.id == grant_id), None)


def person_view(person_id: int, day: date) -> PersonView | None:
    """The person with this id, or None; four statements."""
    found = db.session.execute(
        select(Person.name, Person.email, Account.password_hash.is_not(None))
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Person.id == person_id)
    ).first()
    if found is None:
        return None
    name, email, has_password = found
    posts = tuple(posts_of([person_id], day).get(person_id, ()))
    rows = _grants(person_id)
    teams = {post.team_id for post in posts} | {row.Grant.team_id for row in rows if row.Grant.team_id}
    lines = lines_of(teams)
    subject = person_subject(person_id, posts, lines)
    grants = tuple(_row(row, subject, lines) for row in rows)
    return PersonView(person_id, name, email, has_password, posts, grants, subject)


def _grants(person_id: int) -> list[Row[Any]]:
    given, ended = aliased(Act), aliased(Act)
    giver, ender = aliased(Person), aliased(Person)
    placed = latest_placement().subquery()
    query = (
        select(
            Grant,
            func.coalesce(Team.name, Organisation.name, Region.name).label("over"),
            func.coalesce(placed.c.organisation_id, Organisation.id).label("organisation_id"),
            func.coalesce(placed.c.region_id, Organisation.region_id, Region.id).label("region_id"),
            giver.name.label("given_by"),
            given.reason.label("reason"),
            ender.name.label("ended_by"),
            ended.reason.label("end_reason"),
        )
        .join(given, given.id == Grant.act_id)
        .outerjoin(giver, giver.id == given.by_id)
        .outerjoin(ended, ended.id == Grant.end_act_id)
        .outerjoin(ender, ender.id == ended.by_id)
        .outerjoin(Team, Team.id == Grant.team_id)
        .outerjoin(placed, placed.c.team_id == Grant.team_id)
        .outerjoin(Organisation, Organisation.id == Grant.organisation_id)
        .outerjoin(Region, Region.id == Grant.region_id)
        .where(Grant.person_id == person_id)
        .order_by(Grant.from_day, Grant.id)
    )
    return list(db.session.execute(query))


def _row(row: Row[Any], person: Subject, lines: Lines) -> GrantRow:
    grant: Grant = row.Grant
    reach = Reach(
        Scope(grant.scope), grant.team_id, grant.organisation_id, grant.region_id, grant.highest_level
    )
    return GrantRow(
        id=grant.id,
        duty=Duty(grant.duty),
        reach=reach,
        over=over_words(reach.scope, row.over),
        from_day=grant.from_day,
        to_day=grant.to_day,
        given_by=row.given_by,
        reason=row.reason or "",
        ended_by=row.ended_by,
        end_reason=row.end_reason,
        subject=reach_subject(reach, Ground(row.organisation_id, row.region_id), person, lines),
    )
