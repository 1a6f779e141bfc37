"""What is assigned to the people of the own tree today, and who has done what of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from lms.content.catalogue import Catalogue
from lms.core.database import db
from lms.learning.assignments import Aim
from lms.learning.models import Assignment, Completion, Enrolment, Target
from lms.people.models import Act, Person


@dataclass(frozen=True, slots=True)
class Line:
    """One module of one person: until when, done on which day, and why it was changed or excused."""

    person_id: int
    module: str
    due_day: date | None
    done_on: date | None
    excused: bool
    words: str | None
    late: bool

    @property
    def open(self) -> bool:
        """Whether somebody waits for it."""
        return self.done_on is None and not self.excused


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person with what one assignment asks of them."""

    person_id: int
    name: str
    lines: tuple[Line, ...]

    @property
    def open(self) -> bool:
        """Whether anything is to be done."""
        return any(line.open for line in self.lines)

    @property
    def late(self) -> bool:
        """Whether a due day has passed."""
        return any(line.late for line in self.lines)

    @property
    def excused(self) -> bool:
        """Whether all of it was excused."""
        return all(line.excused for line in self.lines)


@dataclass(frozen=True, slots=True)
class Assigned:
    """An assignment with the people of the own tree."""

    number: int
    title: str
    reason: str
    by_name: str
    due_day: date | None
    joins: bool
    ended: bool
    people: tuple[Somebody, ...]

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
    names: dict[int, str], published: Catalogue, today: date, number: int | None = None
) -> list[Assigned]:
    """The assignments, or one, that ask something of these people, the newest first; one statement."""
    asker, changing, excusing = aliased(Person), aliased(Act), aliased(Act)
    query = (
        select(Assignment, asker.name, Enrolment, Completion.passed_on, changing.reason, excusing.reason)
        .join(Enrolment, Enrolment.assignment_id == Assignment.id)
        .join(asker, asker.id == Assignment.by_id)
        .outerjoin(Completion, Completion.id == Enrolment.done_completion_id)
        .outerjoin(changing, changing.id == Enrolment.changed_act_id)
        .outerjoin(excusing, excusing.id == Enrolment.excused_act_id)
        .where(Enrolment.person_id.in_(sorted(names)))
        .order_by(Assignment.id.desc(), Enrolment.person_id, Enrolment.id)
        .execution_options(populate_existing=True)
    )
    if number is not None:
        query = query.where(Assignment.id == number)
    found: dict[int, tuple[Assignment, str, dict[int, list[Line]]]] = {}
    for assignment, by_name, asked, passed_on, changed, excused in db.session.execute(query):
        _, _, people = found.setdefault(assignment.id, (assignment, by_name, {}))
        module = published.module(published.resolve(asked.module_id))
        free = asked.excused_act_id is not None
        waits = passed_on is None and not free
        people.setdefault(asked.person_id, []).append(
            Line(
                asked.person_id,
                module.title if module else asked.module_id,
                asked.due_day,
                passed_on,
                free,
                excused or changed,
                waits and asked.due_day is not None and asked.due_day < today,
            )
        )
    return [
        _assigned(assignment, by_name, _people(people, names), published)
        for assignment, by_name, people in found.values()
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


def _people(lines: dict[int, list[Line]], names: dict[int, str]) -> Iterable[Somebody]:
    people = (Somebody(person, names[person], tuple(own)) for person, own in lines.items())
    return sorted(people, key=lambda each: (not each.late, not each.open, each.name.casefold()))


def _assigned(
    assignment: Assignment, by_name: str, people: Iterable[Somebody], published: Catalogue
) -> Assigned:
    return Assigned(
        assignment.id,
        title_of(Aim(Target(assignment.target), assignment.target_id), published),
        assignment.reason,
        by_name,
        assignment.due_day,
        assignment.team_id is not None,
        assignment.ended_act_id is not None,
        tuple(people),
    )
