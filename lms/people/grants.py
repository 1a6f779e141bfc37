"""Giving and ending duties; each is an act with a reason, and nobody gives one to themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select, true

from lms.core.database import db
from lms.people.acts import act
from lms.people.models import Act, Duty, Grant, Scope
from lms.people.structure import team_tree

DELEGATION = "delegation"
"""The kind of act by which a manager hands a grant on for a while."""


class GrantError(ValueError):
    """The grant cannot be given or ended; the message says why."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A scope with the team, organisation or region that it names, and an assessor's highest level."""

    scope: Scope
    team_id: int | None = None
    organisation_id: str | None = None
    region_id: str | None = None
    highest_level: int | None = None


SELF = Reach(Scope.SELF)
NATION = Reach(Scope.NATION)


def give_grant(
    person_id: int,
    duty: Duty,
    reach: Reach,
    *,
    from_day: date,
    by: int | None,
    reason: str,
    to_day: date | None = None,
) -> Grant:
    """Give a duty over a scope from a day, perhaps to a day (the first that no longer counts).

    Raises GrantError when somebody gives a duty to themselves.
    """
    if by == person_id:
        message = "nobody gives a grant to themselves"
        raise GrantError(message)
    with act("grant", by, reason=reason, people=[person_id]) as current:
        grant = Grant(
            person_id=person_id,
            duty=duty,
            scope=reach.scope,
            team_id=reach.team_id,
            organisation_id=reach.organisation_id,
            region_id=reach.region_id,
            highest_level=reach.highest_level,
            from_day=from_day,
            to_day=to_day,
            act_id=current.id,
        )
        db.session.add(grant)
    return grant


def held_already(person_id: int, duty: Duty, reach: Reach, from_day: date, to_day: date | None) -> bool:
    """Whether somebody holds a duty over the same, up to whatever level, on a day of a period.

    `to_day` is the first day after it, None for a period without an end.
    """
    query = select(Grant.id).where(
        Grant.person_id == person_id,
        Grant.duty == duty,
        Grant.scope == reach.scope,
        Grant.team_id.is_not_distinct_from(reach.team_id),
        Grant.organisation_id.is_not_distinct_from(reach.organisation_id),
        Grant.region_id.is_not_distinct_from(reach.region_id),
        or_(Grant.to_day.is_(None), Grant.to_day > from_day),
        true() if to_day is None else Grant.from_day < to_day,
    )
    return db.session.scalars(query).first() is not None


def last_end(person_id: int, duties: Iterable[Duty], day: date) -> date | None:
    """The day on which the last of these duties of a person had ended by a day; None when none had."""
    ended = Grant.duty.in_(tuple(duties)), Grant.to_day <= day, Grant.to_day > Grant.from_day
    return db.session.scalar(select(func.max(Grant.to_day)).where(Grant.person_id == person_id, *ended))


def end_grant(grant_id: int, day: date, *, by: int | None, reason: str) -> None:
    """End a grant on a day, the first that no longer counts.

    Raises GrantError when there is no such grant or it has ended already.
    """
    with act("grant-end", by, reason=reason) as current:
        grant = db.session.get(Grant, grant_id, with_for_update=True)
        if grant is None or grant.end_act_id is not None:
            message = "this grant has ended already"
            raise GrantError(message)
        grant.to_day = max(day, grant.from_day)
        grant.end_act_id = current.id
        for handed_on in _handed_on(grant):
            end_grant(handed_on, day, by=by, reason=reason)


def _handed_on(grant: Grant) -> list[int]:
    """What the holder of a manager’s grant handed on of it: none of that outlives it."""
    if grant.duty != Duty.MANAGER or grant.team_id is None:
        return []
    query = (
        select(Grant.id)
        .join(Act, Act.id == Grant.act_id)
        .where(
            Act.kind == DELEGATION,
            Act.by_id == grant.person_id,
            Grant.team_id.in_(team_tree([grant.team_id])),
            Grant.end_act_id.is_(None),
        )
    )
    return list(db.session.scalars(query))
