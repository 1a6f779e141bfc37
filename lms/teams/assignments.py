"""What is assigned to the people of the own tree today, and who has done what of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.orm import aliased

from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning.assignments import Aim, is_offered
from lms.learning.models import Assignment, Completion, Enrolment, Target
from lms.people.models import Act, Person, Team
from lms.people.reports import Reports
from lms.teams.absences import away_on


@dataclass(frozen=True, slots=True)
class Line:
    """One module of one person: until when, done on which day, and why it was changed or excused.

    Nobody waits for what is `retired`, nor is it late.
    """

    module: str
    due_day: date | None
    done_on: date | None
    excused: bool
    words: str | None
    late: bool
    retired: bool = False

    @property
    def open(self) -> bool:
        """Whether somebody waits for it."""
        return self.done_on is None and not self.excused and not self.retired


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person with what one assignment asks of them."""

    person_id: int
    name: str
    away: bool
    lines: tuple[Line, ...]

    @property
    def left(self) -> list[Line]:
        """What is to be done, the first to be due first."""
        found = [line for line in self.lines if line.open]
        return sorted(found, key=lambda line: line.due_day or date.max)

    @property
    def open(self) -> bool:
        """Whether anything is to be done."""
        return any(line.open for line in self.lines)

    @property
    def late(self) -> bool:
        """Whether a due day has passed; of whoever is away nothing is asked."""
        return not self.away and any(line.late for line in self.lines)

    @property
    def done(self) -> int:
        """How many modules are done."""
        return sum(1 for line in self.lines if line.done_on is not None)

    @property
    def excused(self) -> bool:
        """Whether nothing is left because it was excused; what was done counts before that."""
        return not self.open and not self.done and any(line.excused for line in self.lines)

    @property
    def words(self) -> list[str]:
        """Why due days were changed or modules excused, each reason once."""
        return list(dict.fromkeys(line.words for line in self.lines if line.words))


@dataclass(frozen=True, slots=True)
class Assigned:
    """An assignment with the people of the own tree; `team` is where it also asks those who join.

    `own_team` says whether that team is one of the own tree, `offered` whether what it asks for is
    still published.
    """

    number: int
    aim: Aim
    title: str
    reason: str
    by_name: str
    asked_on: date
    due_day: date | None
    team: str | None
    team_id: int | None
    role_id: str | None
    role: str | None
    own_team: bool
    ended: bool
    offered: bool
    people: tuple[Somebody, ...]

    @property
    def joins(self) -> bool:
        """Whether it asks those who join."""
        return self.team_id is not None and not self.ended

    @property
    def may_end(self) -> bool:
        """Whether the own grant reaches far enough to end it."""
        return self.joins and self.own_team

    @property
    def asked(self) -> list[Somebody]:
        """Those who are not excused from all of it."""
        return [each for each in self.people if not each.excused]

    @property
    def done(self) -> int:
        """How many of them have nothing left to do."""
        return sum(1 for each in self.asked if not each.open)

    @property
    def late(self) -> int:
        """How many of them are overdue."""
        return sum(1 for each in self.asked if each.late)


def assigned_to(
    reports: Reports, published: Catalogue, today: date, number: int | None = None
) -> list[Assigned]:
    """The assignments, or one, that ask something of the own people or teams, the newest first.

    Two statements, however many they are.
    """
    rows = _rows(reports, number)
    away = away_on(reports.names, today) if rows else frozenset()
    found: dict[int, tuple[Row[Any], dict[int, list[Line]]]] = {}
    for row in rows:
        _, people = found.setdefault(row.Assignment.id, (row, {}))
        if row.Enrolment is not None:
            people.setdefault(row.Enrolment.person_id, []).append(_line(row, published, today))
    return [
        _assigned(row, _people(lines, reports.names, away), reports, published)
        for row, lines in found.values()
    ]


def title_of(aim: Aim, published: Catalogue) -> str:
    """What an aim is called; its id where it is not published any more."""
    framework = published.framework
    match aim.target:
        case Target.MODULE:
            module = published.module(published.resolve(aim.id))
            return module.title if module else aim.id
        case Target.COURSE:
            course = published.course(aim.id)
            return course.title if course else aim.id
        case Target.PATH:
            role = framework.role(aim.id)
            return role.title if role else aim.id
        case Target.LEVEL:
            key, level = aim.level
            competency = framework.competency(key)
            return f"{competency.title if competency else key} {level}"


def _rows(reports: Reports, number: int | None) -> list[Row[Any]]:
    asker, changing, excusing = aliased(Person), aliased(Act), aliased(Act)
    teams = [each.id for each in reports.teams]
    own = and_(Enrolment.assignment_id == Assignment.id, Enrolment.person_id.in_(sorted(reports.names)))
    query = (
        select(
            Assignment,
            Enrolment,
            asker.name.label("by_name"),
            Act.at,
            Team.name.label("team"),
            Completion.passed_on,
            changing.reason.label("changed"),
            excusing.reason.label("why_excused"),
        )
        .join(asker, asker.id == Assignment.by_id)
        .join(Act, Act.id == Assignment.act_id)
        .outerjoin(Team, Team.id == Assignment.team_id)
        .outerjoin(Enrolment, own)
        .outerjoin(Completion, Completion.id == Enrolment.done_completion_id)
        .outerjoin(changing, changing.id == Enrolment.changed_act_id)
        .outerjoin(excusing, excusing.id == Enrolment.excused_act_id)
        .where(
            or_(
                Enrolment.id.is_not(None),
                and_(Assignment.team_id.in_(teams), Assignment.ended_act_id.is_(None)),
            )
        )
        .order_by(Assignment.id.desc(), Enrolment.person_id, Enrolment.id)
        .execution_options(populate_existing=True)
    )
    return list(db.session.execute(query if number is None else query.where(Assignment.id == number)))


def _line(row: Row[Any], published: Catalogue, today: date) -> Line:
    asked: Enrolment = row.Enrolment
    module = published.module(published.resolve(asked.module_id))
    excused = asked.excused_act_id is not None and row.passed_on is None
    waits = row.passed_on is None and not excused and module is not None
    return Line(
        module.title if module else asked.module_id,
        asked.due_day,
        row.passed_on,
        excused,
        row.why_excused if excused else row.changed,
        late=waits and asked.due_day is not None and asked.due_day < today,
        retired=module is None,
    )


def _people(
    lines: Mapping[int, list[Line]], names: Mapping[int, str], away: Iterable[int]
) -> tuple[Somebody, ...]:
    people = (Somebody(person, names[person], person in away, tuple(own)) for person, own in lines.items())
    return tuple(sorted(people, key=lambda each: (not each.late, not each.open, each.name.casefold())))


def _assigned(
    row: Row[Any], people: tuple[Somebody, ...], reports: Reports, published: Catalogue
) -> Assigned:
    assignment: Assignment = row.Assignment
    aim = Aim(Target(assignment.target), assignment.target_id)
    role = published.framework.role(assignment.role_profile_id) if assignment.role_profile_id else None
    return Assigned(
        assignment.id,
        aim,
        title_of(aim, published),
        assignment.reason,
        row.by_name,
        clock.london_day(row.at),
        assignment.due_day,
        row.team,
        assignment.team_id,
        assignment.role_profile_id,
        role.title if role else assignment.role_profile_id,
        assignment.team_id is not None and reports.team(assignment.team_id) is not None,
        assignment.ended_act_id is not None,
        is_offered(aim, published),
        people,
    )
