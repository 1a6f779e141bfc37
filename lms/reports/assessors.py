"""Who assesses in the service; naming and ending assessors is the work of the national lead."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from lms.core import clock
from lms.core.database import db
from lms.people import grants
from lms.people.access import EXPERT, allowed
from lms.people.acts import act
from lms.people.grants import GrantError, Reach
from lms.people.identity import Identity, load
from lms.people.models import Account, Act, Duty, Grant, Organisation, Person, Region, Scope, Team
from lms.people.structure import holding, latest_placement


@dataclass(frozen=True, slots=True)
class Assessor:
    """A grant of an assessor with its ground; `to_day` is the first day on which it no longer holds.

    `organisations` are those in which they stand today; `over` is the name of a team, an organisation or
    a region, None for the nation.
    """

    grant_id: int
    person_id: int
    name: str
    organisations: tuple[str, ...]
    scope: Scope
    over: str | None
    highest_level: int
    from_day: date
    to_day: date | None
    named_by: str | None
    ground: str
    ended_by: str | None
    end_reason: str | None

    def is_over(self, day: date) -> bool:
        """Whether it no longer holds on a day, nor later."""
        return self.to_day is not None and (self.to_day <= day or self.to_day <= self.from_day)


@dataclass(frozen=True, slots=True)
class Naming:
    """What somebody is named for as an assessor, when, and on what ground."""

    reach: Reach
    from_day: date
    to_day: date | None
    ground: str


def assessors(grant_id: int | None = None) -> list[Assessor]:
    """All assessors there are and were, or the one of a grant, in order of their names; two statements."""
    rows = _grants(grant_id)
    places = _organisations({row.Grant.person_id for row in rows})
    return [_assessor(row, places) for row in rows]


def person_of(email: str) -> int | None:
    """Who has an account under an e-mail address; None when nobody has."""
    found = Person.email == email.strip().lower()
    return db.session.scalar(select(Person.id).join(Account, Account.person_id == Person.id).where(found))


def name(lead: Identity, person_id: int, naming: Naming) -> None:
    """Name somebody as an assessor.

    Raises GrantError, with a sentence for the person, when they may not name anybody by now, or the one
    named assesses over the same already.
    """
    with act("grant", lead.person_id, reason=naming.ground, people=[lead.person_id, person_id]):
        _demand_lead(lead)
        if grants.held_already(person_id, Duty.ASSESSOR, naming.reach, naming.from_day, naming.to_day):
            raise GrantError(_("They are an assessor over this already on some of these days"))
        grants.give_grant(
            person_id,
            Duty.ASSESSOR,
            naming.reach,
            from_day=naming.from_day,
            to_day=naming.to_day,
            by=lead.person_id,
            reason=naming.ground,
        )


def end(lead: Identity, assessor: Assessor, reason: str) -> None:
    """End what an assessor may do today.

    Raises GrantError, with a sentence for the person, when they may not end it by now, or it is over.
    """
    people = [lead.person_id, assessor.person_id]
    with act("grant-end", lead.person_id, reason=reason, people=people):
        _demand_lead(lead)
        present = assessors(assessor.grant_id)
        if not present or not may_end(lead, present[0]):
            raise GrantError(_("They are no longer an assessor over this"))
        grants.end_grant(assessor.grant_id, clock.today(), by=lead.person_id, reason=reason)


def may_end(lead: Identity, assessor: Assessor) -> bool:
    """Whether it is not over, and not a lead's own: nobody changes their own grants."""
    return assessor.person_id != lead.person_id and not assessor.is_over(clock.today())


def _demand_lead(lead: Identity) -> None:
    """Ask the policy again, now that the rows are locked."""
    if not allowed(load(lead.person_id, clock.today()), "assessors"):
        raise GrantError(_("You are no longer a lead of the nation"))


def _grants(grant_id: int | None) -> list[Row[Any]]:
    given, ended = aliased(Act), aliased(Act)
    giver, ender = aliased(Person), aliased(Person)
    query = (
        select(
            Grant,
            Person.name.label("name"),
            func.coalesce(Team.name, Organisation.name, Region.name).label("over"),
            giver.name.label("named_by"),
            given.reason.label("ground"),
            ender.name.label("ended_by"),
            ended.reason.label("end_reason"),
        )
        .join(Person, Person.id == Grant.person_id)
        .join(given, given.id == Grant.act_id)
        .outerjoin(giver, giver.id == given.by_id)
        .outerjoin(ended, ended.id == Grant.end_act_id)
        .outerjoin(ender, ender.id == ended.by_id)
        .outerjoin(Team, Team.id == Grant.team_id)
        .outerjoin(Organisation, Organisation.id == Grant.organisation_id)
        .outerjoin(Region, Region.id == Grant.region_id)
        .where(Grant.duty == Duty.ASSESSOR)
        .order_by(Person.name, Grant.from_day, Grant.id)
    )
    return list(db.session.execute(query if grant_id is None else query.where(Grant.id == grant_id)))


def _organisations(people: set[int]) -> dict[int, tuple[str, ...]]:
    """The names of the organisations in which people stand today."""
    held = holding(clock.today()).subquery()
    placed = latest_placement(clock.today()).subquery()
    rows = db.session.execute(
        select(held.c.person_id, Organisation.name)
        .join(placed, placed.c.team_id == held.c.team_id)
        .join(Organisation, Organisation.id == placed.c.organisation_id)
        .where(held.c.person_id.in_(people))
        .distinct()
        .order_by(Organisation.name)
    )
    found: dict[int, tuple[str, ...]] = {}
    for person, organisation in rows:
        found[person] = (*found.get(person, ()), organisation)
    return found


def _assessor(row: Row[Any], places: dict[int, tuple[str, ...]]) -> Assessor:
    grant: Grant = row.Grant
    return Assessor(
        grant_id=grant.id,
        person_id=grant.person_id,
        name=row.name,
        organisations=places.get(grant.person_id, ()),
        scope=Scope(grant.scope),
        over=row.over,
        highest_level=grant.highest_level or EXPERT,
        from_day=grant.from_day,
        to_day=grant.to_day,
        named_by=row.named_by,
        ground=row.ground or "",
        ended_by=row.ended_by,
        end_reason=row.end_reason,
    )
