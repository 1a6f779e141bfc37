"""A manager hands the duty over one of the own teams to somebody else for a while.

Only what was given without an end may be handed on, so that nobody passes on what was handed to them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from lms.core import clock
from lms.core.database import db
from lms.core.dates import add_months
from lms.people.access import allowed
from lms.people.acts import act
from lms.people.appointments import find_person
from lms.people.grants import DELEGATION, Reach, end_grant, give_grant, held_already
from lms.people.identity import load
from lms.people.models import Act, Duty, Grant, Person, Scope, Team
from lms.people.reports import TeamNode, reports_of
from lms.people.subjects import person_subject, team_subjects

LONGEST = 12


class Fault(StrEnum):
    """Why a duty is not handed over, or not taken back."""

    NOT_ALLOWED = "not-allowed"
    NOBODY = "nobody"
    ONESELF = "oneself"
    PAST = "past"
    WRONG_ORDER = "wrong-order"
    TOO_LONG = "too-long"
    HELD = "held"
    ENDED = "ended"


class DelegationError(ValueError):
    """It is not done, for the reason `fault`."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Delegation:
    """A duty that was handed over; `to_day` is the first day on which it no longer holds."""

    id: int
    name: str
    team: str
    from_day: date
    to_day: date
    reason: str

    def is_over(self, day: date) -> bool:
        """Whether it holds no more."""
        return self.to_day <= day


def fault_of_days(from_day: date, to_day: date, today: date) -> Fault | None:
    """Why a duty cannot be handed over from a day to the first day on which it no longer holds."""
    if from_day < today:
        return Fault.PAST
    if to_day <= from_day:
        return Fault.WRONG_ORDER
    return Fault.TOO_LONG if to_day > add_months(from_day, LONGEST) else None


def teams_to_delegate(manager_id: int) -> list[TeamNode]:
    """The teams over which a manager holds what may be handed on today."""
    today = clock.today()
    present = load(manager_id, today)
    if present is None:
        return []
    teams = reports_of(manager_id, present.held(Duty.MANAGER), today).teams
    subjects = team_subjects([each.id for each in teams])
    return [each for each in teams if allowed(present, "team.delegation", subjects[each.id])]


def delegations_of(manager_id: int) -> list[Delegation]:
    """What a manager has handed over, the last to end first; one statement."""
    rows = db.session.execute(
        select(Grant.id, Person.name, Team.name, Grant.from_day, Grant.to_day, Act.reason)
        .join(Act, Act.id == Grant.act_id)
        .join(Person, Person.id == Grant.person_id)
        .join(Team, Team.id == Grant.team_id)
        .where(Act.kind == DELEGATION, Act.by_id == manager_id)
        .order_by(Grant.to_day.desc(), Grant.id.desc())
    )
    return [
        Delegation(key, name, team, begins, ends, reason or "")
        for key, name, team, begins, ends, reason in rows
        if ends is not None
    ]


def delegate(team_id: int, email: str, from_day: date, to_day: date, *, by: int, reason: str) -> None:
    """Hand over the duty over a team until a day, the first on which it no longer holds.

    Raises DelegationError.
    """
    person = find_person(email)
    people = [by] if person is None else [by, person.id]
    found = None if person is None else person.id
    with act(DELEGATION, by, reason=reason, people=people, teams=[team_id]):
        if team_id not in {each.id for each in teams_to_delegate(by)}:
            raise DelegationError(Fault.NOT_ALLOWED)
        if found == by:
            raise DelegationError(Fault.ONESELF)
        if found is None or not _may_take(found, team_id):
            raise DelegationError(Fault.NOBODY)
        reach = Reach(Scope.TEAM, team_id=team_id)
        fault = fault_of_days(from_day, to_day, clock.today())
        if fault is None and held_already(found, Duty.MANAGER, reach, from_day, to_day):
            fault = Fault.HELD
        if fault:
            raise DelegationError(fault)
        give_grant(found, Duty.MANAGER, reach, from_day=from_day, to_day=to_day, by=by, reason=reason)


def take_back(grant_id: int, *, by: int, reason: str) -> None:
    """End today what the manager handed over. Raises DelegationError."""
    today = clock.today()
    with act("delegation-end", by, reason=reason, people=[by]):
        mine = next((each for each in delegations_of(by) if each.id == grant_id), None)
        if mine is None or mine.is_over(today):
            raise DelegationError(Fault.ENDED)
        end_grant(grant_id, today, by=by, reason=reason)


def _may_take(person_id: int, team_id: int) -> bool:
    """Whether somebody has an account, and a post in the organisation of the team."""
    there = team_subjects([team_id])[team_id].organisations
    return load(person_id, clock.today()) is not None and bool(
        person_subject(person_id).organisations & there
    )
