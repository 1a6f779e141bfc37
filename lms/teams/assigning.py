"""Assigning learning as a manager: sending, extending, excusing and ending, each within the own tree."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select, update

from lms.content import catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning.assignments import Aim, Ask, Plan, plan_for, write_asks
from lms.learning.models import Assignment, Enrolment, Target
from lms.people.acts import act
from lms.people.identity import Held, load
from lms.people.models import Appointment, Duty
from lms.people.reports import Reports, reports_of
from lms.people.structure import holding
from lms.teams.assignments import Assigned


class Fault(StrEnum):
    """Why something is not assigned or changed."""

    NOT_ALLOWED = "not-allowed"
    CHANGED = "changed"
    NOBODY = "nobody"
    NOBODY_LEFT = "nobody-left"
    ENDED = "ended"


class AssignError(ValueError):
    """It is not written, for the reason `fault`."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of whom: of people, or of a team with those below it, perhaps of one role in it."""

    aim: Aim
    people: tuple[int, ...]
    team_id: int | None
    role: str | None
    due_day: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What an order would do today; `team` is asked with those who join, if any.

    `gone` are people who are not in the own tree any more.
    """

    plan: Plan
    names: dict[int, str]
    gone: tuple[int, ...]
    team: str | None = None

    @property
    def asks(self) -> list[Ask]:
        """Whom it asks, by name."""
        return sorted(self.plan.asks, key=lambda ask: self.names[ask.person_id].casefold())


@dataclass(frozen=True, slots=True)
class Sent:
    """What was written: the assignment, how many people were asked, and who has left the tree."""

    number: int
    asked: int
    gone: tuple[int, ...]


def preview(order: Order, manager_id: int, grants: Iterable[Held]) -> Preview:
    """What an order would do; nothing is written. Raises AssignError."""
    reports = reports_of(manager_id, grants, clock.today())
    people, gone = _chosen(order, reports)
    plan = plan_for(order.aim, people, order.due_day, catalogue.current())
    team = reports.team(order.team_id) if order.team_id else None
    names = {person: reports.names[person] for person in people}
    return Preview(plan, names, gone, team.name if team else None)


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Who of a team an assignment does not ask: by what they hold, or have been asked for elsewhere.

    `others` hold it no more, or were excused elsewhere: nobody asks them today.
    """

    holding: tuple[str, ...]
    elsewhere: tuple[str, ...]
    others: dict[int, str]


def not_asked(found: Assigned, reports: Reports) -> NotAsked | None:
    """Who of the own team is not asked by an assignment, and why; None where it asks no team of the own."""
    if not found.own_team or not found.offered or found.team_id is None:
        return None
    asked = {each.person_id for each in found.people}
    names = reports.names
    rest = [person for person in members(found.team_id, found.role_id, reports) if person not in asked]
    plan = plan_for(found.aim, rest, None, catalogue.current())
    return NotAsked(
        tuple(sorted(names[person] for person in plan.holding)),
        tuple(sorted(names[each.person_id] for each in plan.asked)),
        {ask.person_id: names[ask.person_id] for ask in plan.asks},
    )


def send(order: Order, previewed: Iterable[str], *, by: int) -> Sent:
    """Assign what was previewed, with these modules, to whoever is left to be asked. Raises AssignError."""
    before = _reports(by)
    people, _gone = _chosen(order, before)
    teams = {each.id for each in before.teams if order.team_id in each.line}
    with act("assignment", by, reason=order.reason, people=people, teams=teams) as current:
        reports = _reports(by)
        people, gone = _chosen(order, reports)
        plan = plan_for(order.aim, people, order.due_day, catalogue.current())
        if [module.id for module in plan.modules] != list(previewed):
            raise AssignError(Fault.CHANGED)
        if not plan.asks:
            raise AssignError(Fault.NOBODY_LEFT if people else Fault.NOBODY)
        assignment = Assignment(
            target=order.aim.target,
            target_id=order.aim.id,
            team_id=order.team_id,
            role_profile_id=order.role,
            due_day=order.due_day,
            reason=order.reason,
            by_id=by,
            act_id=current.id,
        )
        db.session.add(assignment)
        db.session.flush()
        write_asks(assignment, plan.asks, current.id)
        return Sent(assignment.id, len(plan.asks), gone)


def extend(number: int, people: Iterable[int], day: date, *, by: int, reason: str) -> int:
    """Give these people another due day for what is open; how many were. Raises AssignError."""
    return _change(number, people, by=by, reason=reason, day=day)


def excuse(number: int, people: Iterable[int], *, by: int, reason: str) -> int:
    """Let nobody wait any more for what is open of these people; how many were. Raises AssignError."""
    return _change(number, people, by=by, reason=reason, day=None)


def end(number: int, *, by: int, reason: str, excusing: bool) -> None:
    """Ask nobody new; what is open in the own tree stays, or is excused. Raises AssignError."""
    with act("assignment-end", by, reason=reason) as current:
        reports = _reports(by)
        query = select(Assignment).where(Assignment.id == number).with_for_update()
        assignment = db.session.scalars(query.execution_options(populate_existing=True)).one()
        if assignment.team_id is None or reports.team(assignment.team_id) is None:
            raise AssignError(Fault.NOT_ALLOWED)
        if assignment.ended_act_id is not None:
            raise AssignError(Fault.ENDED)
        assignment.ended_act_id = current.id
        if excusing:
            with suppress(AssignError):  # where all is done already, nothing is left to excuse
                excuse(number, _own(number, by), by=by, reason=reason)


def _change(number: int, people: Iterable[int], *, by: int, reason: str, day: date | None) -> int:
    chosen = set(people)
    kind = "assignment-excused" if day is None else "assignment-extended"
    with act(kind, by, reason=reason, people=chosen) as current:
        some = sorted(chosen & set(_own(number, by)))
        values = (
            {"excused_act_id": current.id} if day is None else {"due_day": day, "changed_act_id": current.id}
        )
        open_ones = (
            Enrolment.assignment_id == number,
            Enrolment.person_id.in_(some),
            Enrolment.done_completion_id.is_(None),
            Enrolment.excused_act_id.is_(None),
        )
        left = set(db.session.scalars(select(Enrolment.person_id).where(*open_ones)))
        if not left:
            raise AssignError(Fault.NOBODY)
        db.session.execute(update(Enrolment).where(*open_ones).values(values))
    return len(left)


def _own(number: int, by: int) -> list[int]:
    """The people of an assignment in the own tree as it is now. Raises AssignError when there are none."""
    asked = select(Enrolment.person_id).where(Enrolment.assignment_id == number).distinct()
    names = _reports(by).names
    own = [person for person in db.session.scalars(asked) if person in names]
    if not own:
        raise AssignError(Fault.NOT_ALLOWED)
    return own


def _reports(by: int) -> Reports:
    """Who reports to somebody, by the grants that hold now."""
    identity = load(by, clock.today())
    return reports_of(by, identity.held(Duty.MANAGER) if identity else (), clock.today())


def _chosen(order: Order, reports: Reports) -> tuple[list[int], tuple[int, ...]]:
    """Whom an order asks of those in the own tree, and who of the chosen is not in it any more."""
    if order.team_id is None:
        gone = tuple(person for person in order.people if person not in reports.names)
        return [person for person in order.people if person in reports.names], gone
    if reports.team(order.team_id) is None:
        raise AssignError(Fault.NOT_ALLOWED)
    return members(order.team_id, order.role, reports), ()


def members(team_id: int, role: str | None, reports: Reports) -> list[int]:
    """The people of an own team and those below it today, perhaps those of one role in it."""
    inside = reports.within(team_id)
    if role is None:
        return list(inside)
    teams = [each.id for each in reports.teams if team_id in each.line]
    held = (
        holding(clock.today())
        .where(Appointment.team_id.in_(teams), Appointment.role_profile_id == role)
        .subquery()
    )
    people = db.session.scalars(select(held.c.person_id).distinct().order_by(held.c.person_id))
    return [person for person in people if person in inside]


def aim_of(value: str) -> Aim | None:
    """The aim that a form names, such as `level:negotiation/2`."""
    kind, _, key = value.partition(":")
    target = next((each for each in Target if each == kind), None)
    return Aim(target, key) if target and key else None
