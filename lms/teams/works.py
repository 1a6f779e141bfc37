"""Pieces of work of a team that the framework does not name: added, changed and ended, never deleted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import aliased

from lms.competencies.models import TeamWork
from lms.content import catalogue
from lms.content.framework import Framework
from lms.core import clock
from lms.core.database import db
from lms.people.acts import act
from lms.people.identity import load
from lms.people.models import Act, Duty, Person, Team
from lms.people.reports import reports_of

Needs = Mapping[str, int]


class Fault(StrEnum):
    """Why a piece of work is not written."""

    NOT_ALLOWED = "not-allowed"
    TAKEN = "taken"
    """The framework, or the same team, has one of that name."""
    UNKNOWN = "unknown"
    """The framework has a competency or a level no more, or it is no level at all."""
    ENDED = "ended"


class WorkError(ValueError):
    """It is not written, for the reason `fault`."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Own:
    """A team’s own piece of work, with who added it and, once it is ended, who ended it and when."""

    id: int
    title: str
    needs: Needs
    team_id: int
    team: str
    by_name: str | None
    at: datetime
    ended_by: str | None
    ended_at: datetime | None

    @property
    def key(self) -> str:
        """How an address names it; no piece of work of the framework has a colon."""
        return f"team:{self.id}"


def gone(needs: Needs, framework: Framework) -> list[tuple[str, int]]:
    """The competencies, with their levels, that the framework describes no more."""
    levels = {each.id: each.levels for each in framework.competencies}
    return [(key, level) for key, level in needs.items() if level not in levels.get(key, {})]


def titles_of(framework: Framework) -> dict[str, str]:
    """What each competency is called."""
    return {each.id: each.title for each in framework.competencies}


def works_of(teams: Collection[int]) -> list[Own]:
    """The pieces of work of these teams by name, those that have ended last; one statement."""
    added, ended, adder, ender = aliased(Act), aliased(Act), aliased(Person), aliased(Person)
    rows = db.session.execute(
        select(TeamWork, Team.name, adder.name, added.at, ender.name, ended.at)
        .join(Team, Team.id == TeamWork.team_id)
        .join(added, added.id == TeamWork.act_id)
        .outerjoin(adder, adder.id == added.by_id)
        .outerjoin(ended, ended.id == TeamWork.ended_act_id)
        .outerjoin(ender, ender.id == ended.by_id)
        .where(TeamWork.team_id.in_(sorted(teams)))
        .execution_options(populate_existing=True)
    )
    found = [
        Own(work.id, work.title, work.needs, work.team_id, team, by_name, at, ended_by, ended_at)
        for work, team, by_name, at, ended_by, ended_at in rows
    ]
    return sorted(found, key=lambda each: (each.ended_at is not None, each.title.casefold(), each.id))


def add(team_id: int, title: str, needs: Needs, *, by: int) -> int:
    """Add a piece of work to a team; gives its number. Raises WorkError."""
    with act("team-work", by, people=[by], teams=[team_id]) as current:
        _demand_team(team_id, by)
        framework = catalogue.current().framework
        if not needs or gone(needs, framework):
            raise WorkError(Fault.UNKNOWN)
        taken = {each.title for each in framework.works} | set(
            db.session.scalars(
                select(TeamWork.title).where(TeamWork.team_id == team_id, TeamWork.ended_act_id.is_(None))
            )
        )
        if title.casefold() in {each.casefold() for each in taken}:
            raise WorkError(Fault.TAKEN)
        work = TeamWork(team_id=team_id, title=title, needs=dict(needs), act_id=current.id)
        db.session.add(work)
        db.session.flush()
        return work.id


def change(number: int, title: str, needs: Needs, *, by: int) -> int:
    """End a piece of work and add another in its place; gives the number of that. Raises WorkError."""
    team_id = _team_of(number)
    with act("team-work", by, people=[by], teams=[team_id]):
        end(number, by=by)
        return add(team_id, title, needs, by=by)


def end(number: int, *, by: int) -> None:
    """End a piece of work: nobody staffs it from now on. Raises WorkError."""
    team_id = _team_of(number)
    with act("team-work-end", by, people=[by], teams=[team_id]) as current:
        _demand_team(team_id, by)
        work = db.session.get_one(TeamWork, number, populate_existing=True)
        if work.ended_act_id is not None:
            raise WorkError(Fault.ENDED)
        work.ended_act_id = current.id
        db.session.flush()


def _team_of(number: int) -> int:
    return db.session.scalars(select(TeamWork.team_id).where(TeamWork.id == number)).one()


def _demand_team(team_id: int, manager_id: int) -> None:
    """Raise WorkError unless somebody manages the team now."""
    today = clock.today()
    present = load(manager_id, today)
    if present is None or reports_of(manager_id, present.held(Duty.MANAGER), today).team(team_id) is None:
        raise WorkError(Fault.NOT_ALLOWED)
