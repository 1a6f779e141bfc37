"""Giving and ending grants, and inviting: each asks the policy again under the lock, and keeps the reason."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from lms.administration import joining
from lms.administration.person import GrantRow, PersonView, person_view
from lms.administration.scope import Ground, lines_of, reach_subject
from lms.core import clock
from lms.core.database import db
from lms.people import grants
from lms.people.access import allowed
from lms.people.acts import act
from lms.people.grants import GrantError, Reach
from lms.people.identity import Identity, load
from lms.people.models import Duty, Organisation, Scope
from lms.people.structure import latest_placement

SCOPES: dict[Duty, tuple[Scope, ...]] = {
    Duty.LEARNER: (Scope.SELF,),
    Duty.MANAGER: (Scope.TEAM,),
    Duty.ASSESSOR: (Scope.TEAM, Scope.ORGANISATION, Scope.REGION, Scope.NATION),
    Duty.AUTHOR: (Scope.NATION,),
    Duty.ORGANISATION_LEAD: (Scope.ORGANISATION,),
    Duty.REGION_LEAD: (Scope.REGION,),
    Duty.NATIONAL_LEAD: (Scope.NATION,),
    Duty.ADMINISTRATOR: (Scope.ORGANISATION, Scope.REGION, Scope.NATION),
}
"""Over what each duty is given. Courses are everybody's, so that an author's grant is over everything."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A grant that somebody wants to give; `to_day` is the first day on which it no longer holds."""

    person_id: int
    duty: Duty
    reach: Reach
    from_day: date
    to_day: date | None
    reason: str


def give(giver: Identity, wish: Wish) -> None:
    """Give a grant.

    Raises GrantError, with a sentence for the person, when the giver may not give it by now, when it
    is over what the duty is not given over, or when the person holds it already.
    """
    with act("grant", giver.person_id, reason=wish.reason, people=[giver.person_id, wish.person_id]):
        present, person = _both(giver, wish.person_id)
        subject = reach_subject(wish.reach, _ground(wish.reach), person.subject, _lines(wish.reach))
        fitting = wish.reach.scope in SCOPES[wish.duty]
        if not (
            fitting and _may_change(present, person) and allowed(present, "administration.within", subject)
        ):
            raise GrantError(_("Your own grants do not reach as far as this one"))
        if grants.held_already(person.id, wish.duty, wish.reach, wish.from_day, wish.to_day):
            raise GrantError(_("%(name)s holds this grant already on some of these days", name=person.name))
        grants.give_grant(
            wish.person_id,
            wish.duty,
            wish.reach,
            from_day=wish.from_day,
            to_day=wish.to_day,
            by=giver.person_id,
            reason=wish.reason,
        )


def end(ender: Identity, person_id: int, grant_id: int, reason: str) -> None:
    """End a grant today: it no longer holds from now on.

    Raises GrantError, with a sentence for the person, when they may not end it by now, or it is over.
    """
    with act("grant-end", ender.person_id, reason=reason, people=[ender.person_id, person_id]):
        present, person = _both(ender, person_id)
        row = person.grant(grant_id)
        if row is None or not may_end(present, person, row):
            raise GrantError(_("This grant has ended already, or your own grants do not reach as far"))
        grants.end_grant(grant_id, clock.today(), by=ender.person_id, reason=reason)


def invite(inviter: Identity, person_id: int) -> str:
    """The token of a link that sets the person's password.

    Raises GrantError, with a sentence for the person, when they may not make it.
    """
    with act("invitation", inviter.person_id, people=[inviter.person_id, person_id]):
        present, person = _both(inviter, person_id)
        if not may_invite(present, person):
            raise GrantError(_("Your own grants do not reach as far as those of this person"))
        return joining.invite(person_id, by=inviter.person_id)


def may_end(identity: Identity | None, person: PersonView, row: GrantRow) -> bool:
    """Whether a grant has not ended, and lies within the scope of the one who asks."""
    return (
        not row.is_over(clock.today())
        and allowed(identity, "administration.grants", person.subject)
        and allowed(identity, "administration.within", row.subject)
    )


def may_invite(identity: Identity | None, person: PersonView) -> bool:
    """Whether every grant of the person lies within the scope of the one who asks.

    Whoever sets the password of an account could act as its owner, and so would hold more than given.
    """
    today = clock.today()
    return allowed(identity, "administration.grants", person.subject) and all(
        allowed(identity, "administration.within", row.subject)
        for row in person.grants
        if not row.is_over(today)
    )


def _both(asking: Identity, person_id: int) -> tuple[Identity | None, PersonView]:
    """Who asks and whom it is about, as they are now that the rows are locked."""
    today = clock.today()
    person = person_view(person_id, today)
    if person is None:
        raise GrantError(_("This person is not in the records"))
    return load(asking.person_id, today), person


def _may_change(identity: Identity | None, person: PersonView) -> bool:
    return allowed(identity, "administration.grants", person.subject)


def _ground(reach: Reach) -> Ground:
    """Where the team or the organisation lies that a grant is to be over."""
    if reach.scope is Scope.TEAM:
        placed = latest_placement().subquery()
        row = db.session.execute(
            select(placed.c.organisation_id, placed.c.region_id).where(placed.c.team_id == reach.team_id)
        ).first()
        return Ground(*row) if row else Ground()
    if reach.scope is Scope.ORGANISATION:
        organisation = db.session.get(Organisation, reach.organisation_id)
        return Ground(organisation.id, organisation.region_id) if organisation else Ground()
    return Ground(region_id=reach.region_id)


def _lines(reach: Reach) -> dict[int, frozenset[int]]:
    return dict(lines_of([reach.team_id])) if reach.team_id else {}
