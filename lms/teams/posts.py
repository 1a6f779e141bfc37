"""A person's posts as their manager changes them: a move, another role or pillar, or the end."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import or_, select

from lms.core import clock
from lms.core.database import db
from lms.people.access import allowed
from lms.people.acts import act
from lms.people.appointments import appoint, close_appointment
from lms.people.identity import Held, load
from lms.people.models import Appointment, Duty, Team
from lms.people.reports import TeamNode, reports_of
from lms.people.structure import closed_on
from lms.people.subjects import person_subject


class Fault(StrEnum):
    """Why a change of a post is not recorded."""

    NOT_ALLOWED = "not-allowed"
    ENDED = "ended"
    BEFORE_IT_BEGAN = "before-it-began"
    AFTER_ITS_END = "after-its-end"
    SAME = "same"
    HELD = "held"


class PostError(ValueError):
    """The change is not recorded, for the reason `fault`."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Kind:
    """Where and as what somebody works."""

    team_id: int
    role_profile_id: str
    pillar_id: str | None


@dataclass(frozen=True, slots=True)
class Post:
    """A post that holds today or later; `to_day` is the first day on which it no longer does."""

    id: int
    team: str
    kind: Kind
    from_day: date
    to_day: date | None

    def meets(self, from_day: date, to_day: date | None) -> bool:
        """Whether it holds on a day of a span."""
        return (to_day is None or self.from_day < to_day) and (self.to_day is None or from_day < self.to_day)


def fault_of_end(post: Post, day: date) -> Fault | None:
    """Why a post cannot end on a day, the first on which it would no longer hold."""
    if day < post.from_day:
        return Fault.BEFORE_IT_BEGAN
    if post.to_day is not None and day >= post.to_day:
        return Fault.AFTER_ITS_END
    return None


def fault_of_move(post: Post, kind: Kind, day: date, others: Iterable[Post]) -> Fault | None:
    """Why a post cannot become another one on a day; `others` are the person's other posts."""
    if fault := fault_of_end(post, day):
        return fault
    if kind == post.kind:
        return Fault.SAME
    if any(each.kind == kind and each.meets(day, post.to_day) for each in others):
        return Fault.HELD
    return None


def posts_of(person_id: int, teams: Collection[int], today: date) -> list[Post]:
    """A person's posts in these teams that hold today or later, the first to begin first; one statement."""
    closed = closed_on().subquery()
    rows = db.session.execute(
        select(Appointment, Team.name, closed.c.day)
        .join(Team, Team.id == Appointment.team_id)
        .outerjoin(closed, closed.c.appointment_id == Appointment.id)
        .where(
            Appointment.person_id == person_id,
            Appointment.team_id.in_(sorted(teams)),
            Appointment.void_act_id.is_(None),
            or_(Appointment.to_day.is_(None), Appointment.to_day > today),
            or_(closed.c.day.is_(None), closed.c.day > today),
        )
        .order_by(Appointment.from_day, Appointment.id)
    )
    found = [_post(row, team, closing) for row, team, closing in rows]
    return [each for each in found if each.to_day is None or each.to_day > each.from_day]


def teams_of(manager_id: int, grants: Iterable[Held], today: date) -> tuple[TeamNode, ...]:
    """The teams that a manager's grants cover on a day, in the order of their tree."""
    return reports_of(manager_id, grants, today).teams


def move(person_id: int, post_id: int, kind: Kind, day: date, *, by: int) -> None:
    """End a post on a day and begin the next one on it, in one act; an end that was set stays.

    Raises PostError.
    """
    roles = [kind.role_profile_id]
    with act("move", by, people=[person_id], roles=roles, teams=[kind.team_id]):
        teams = _teams(person_id, by)
        post, appointment = _found(person_id, post_id, teams)
        others = [each for each in posts_of(person_id, teams, clock.today()) if each.id != post_id]
        if kind.team_id not in teams:
            raise PostError(Fault.NOT_ALLOWED)
        if fault := fault_of_move(post, kind, day, others):
            raise PostError(fault)
        close_appointment(appointment, day, by=by)
        appoint(
            person_id,
            kind.team_id,
            kind.role_profile_id,
            day,
            by=by,
            pillar_id=kind.pillar_id,
            to_day=post.to_day,
        )


def leave(person_id: int, post_id: int, day: date, *, by: int) -> None:
    """End a post with no next one: `day` is the first on which it no longer holds. Raises PostError."""
    with act("appointment-end", by, people=[person_id]):
        post, appointment = _found(person_id, post_id, _teams(person_id, by))
        if fault := fault_of_end(post, day):
            raise PostError(fault)
        close_appointment(appointment, day, by=by)


def _teams(person_id: int, by: int) -> set[int]:
    """The teams of the one who asks; permission is asked as it is now that the rows are locked."""
    today = clock.today()
    present = load(by, today)
    if present is None or not allowed(present, "team.person", person_subject(person_id)):
        raise PostError(Fault.NOT_ALLOWED)
    return {each.id for each in teams_of(by, present.held(Duty.MANAGER), today)}


def _found(person_id: int, post_id: int, teams: Collection[int]) -> tuple[Post, Appointment]:
    post = next((each for each in posts_of(person_id, teams, clock.today()) if each.id == post_id), None)
    if post is None:
        raise PostError(Fault.ENDED)
    return post, db.session.get_one(Appointment, post_id)


def _post(row: Appointment, team: str, closing: date | None) -> Post:
    ends = [day for day in (row.to_day, closing) if day is not None]
    kind = Kind(row.team_id, row.role_profile_id, row.pillar_id)
    return Post(row.id, team, kind, row.from_day, min(ends, default=None))
