"""Counts the people of courses by the place of their oldest post: one statement over indexes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import (
    CompoundSelect,
    Date,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.elements import ColumnElement

from lms.competencies.models import Basis, Evidence
from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.database import db
from lms.core.dates import add_months
from lms.learning.models import (
    Application,
    ApplicationModule,
    Attempt,
    Completion,
    Reaction,
    ReadingPlace,
)
from lms.learning.reactions import WILL_USE
from lms.learning.retention import KEPT_MONTHS
from lms.people.models import Appointment, Onboarding, Organisation, Sharing
from lms.people.structure import holding, latest_placement

Row = tuple[int, ...]
"""How many began, tried, passed at the first go, passed, answered, will use it, were assessed, applied it."""


class Place(NamedTuple):
    """Where people hold their oldest post."""

    region: str
    organisation: str
    sharing: Sharing
    """How the organisation’s figures may leave it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The courses to count: each module with its course, under every id that it had, and what they teach."""

    courses: tuple[str, ...]
    modules: Mapping[str, str]
    teaches: frozenset[tuple[str, str, int]]
    """Course, competency, and the lowest level of it that the course shows or prepares for."""

    @classmethod
    def of(cls, courses: Iterable[str], published: Catalogue) -> "Asked":
        """These courses as they are published."""
        asked = tuple(courses)
        within = {
            module.id: course
            for course in asked
            if (found := published.course(course))
            for each in found.modules
            if (module := published.module(each))
        }
        names = {name: course for module, course in within.items() for name in published.ids_of(module)}
        lowest: dict[tuple[str, str], int] = {}
        for competency in published.framework.competencies:
            for listed in (competency.shown_by, competency.prepared_by):
                for level, modules in listed.items():
                    for course in {within[each] for each in modules if each in within}:
                        key = (course, competency.id)
                        lowest[key] = min(level, lowest.get(key, level))
        return cls(asked, {**names, **within}, frozenset((*key, level) for key, level in lowest.items()))


def counted(asked: Asked, today: date) -> dict[str, dict[Place, Row]]:
    """The people of each course by place, of those who hold a post today in an organisation on board.

    Somebody with two posts is counted where the one is that was recorded first. One statement.
    """
    if not asked.modules:
        return {course: {} for course in asked.courses}
    people, home = _people(asked, today), _home(today)
    columns = (
        func.count(),
        func.sum(people.c.tried),
        func.sum(people.c.tried * func.coalesce(people.c.first, 0)),
        func.sum(people.c.passed),
        func.sum(people.c.passed * people.c.answered),
        func.sum(people.c.passed * people.c.answered * func.coalesce(people.c.will_use, 0)),
        func.sum(people.c.passed * people.c.assessed),
        func.sum(people.c.passed * people.c.applied),
    )
    query = (
        select(people.c.course, home.c.region_id, home.c.organisation_id, home.c.sharing, *columns)
        .join(home, home.c.person_id == people.c.person_id)
        .group_by(people.c.course, home.c.region_id, home.c.organisation_id, home.c.sharing)
        .order_by(people.c.course, home.c.region_id, home.c.organisation_id)
    )
    found: dict[str, dict[Place, Row]] = {course: {} for course in asked.courses}
    for course, region, organisation, sharing, *numbers in db.session.execute(query):
        place = Place(region, organisation, Sharing(sharing))
        found[course][place] = tuple(int(each) for each in numbers)
    return found


def _home(today: date) -> Subquery:
    """Each person who holds a post, with the organisation and region of the first."""
    held = holding(today).add_columns(Appointment.id.label("post")).subquery()
    oldest = select(held.c.person_id, func.min(held.c.post).label("post"))
    first = oldest.group_by(held.c.person_id).subquery()
    placed = latest_placement(today).subquery()
    aboard = exists().where(
        Onboarding.organisation_id == placed.c.organisation_id,
        Onboarding.from_day <= today,
        Onboarding.void_act_id.is_(None),
    )
    return (
        select(first.c.person_id, placed.c.organisation_id, placed.c.region_id, Organisation.sharing)
        .join(Appointment, Appointment.id == first.c.post)
        .join(placed, placed.c.team_id == Appointment.team_id)
        .join(Organisation, Organisation.id == placed.c.organisation_id)
        .where(aboard)
        .subquery()
    )


def _people(asked: Asked, today: date) -> Subquery:
    """Each person of a course with what they did of it, as 0 and 1."""
    lines = _lines(asked, today).subquery()

    def some(kind: str) -> ColumnElement[int]:
        return func.max(case((lines.c.kind == kind, 1), else_=0)).label(kind)

    person = (
        select(
            lines.c.person_id,
            lines.c.course,
            *(some(kind) for kind in ("tried", "passed", "answered", "applied")),
            func.min(case((lines.c.kind == "tried", lines.c.flag))).label("first"),
            func.max(case((lines.c.kind == "answered", lines.c.flag))).label("will_use"),
            func.min(case((lines.c.kind == "passed", lines.c.day))).label("passed_on"),
        )
        .group_by(lines.c.person_id, lines.c.course)
        .subquery()
    )
    taught = [
        and_(person.c.course == course, Evidence.competency_id == competency, Evidence.level >= level)
        for course, competency, level in sorted(asked.teaches)
    ]
    after = exists().where(
        Evidence.person_id == person.c.person_id,
        Evidence.basis == Basis.ASSESSMENT,
        Evidence.void_act_id.is_(None),
        Evidence.from_day >= person.c.passed_on,
        or_(false(), *taught),
    )
    return select(person, case((after, 1), else_=0).label("assessed")).subquery()


def _lines(asked: Asked, today: date) -> CompoundSelect[*tuple[Any, ...]]:
    """All that was done in these courses: who, of which course, what, on which day, and whether it was so."""

    def lines(
        table: type[ReadingPlace | Attempt | Completion | Reaction | Application],
        module: InstrumentedAttribute[str],
        kind: str,
        day: InstrumentedAttribute[date] | None = None,
        flag: ColumnElement[bool] | None = None,
    ) -> Select[*tuple[Any, ...]]:
        return select(
            table.person_id.label("person_id"),
            case(dict(asked.modules), value=module).label("course"),
            literal(kind).label("kind"),
            (null().cast(Date) if day is None else day).label("day"),
            (null().cast(Integer) if flag is None else case((flag, 1), else_=0)).label("flag"),
        ).where(module.in_(asked.modules))

    passes = lines(Completion, Completion.module_id, "passed", day=Completion.passed_on)
    applied = lines(Application, ApplicationModule.module_id, "applied")
    return union_all(
        lines(ReadingPlace, ReadingPlace.module_id, "began"),
        lines(Attempt, Attempt.module_id, "began"),
        lines(Attempt, Attempt.module_id, "tried", flag=Attempt.passed.is_(True)).where(*_first_goes(today)),
        passes.where(Completion.void_act_id.is_(None)),
        lines(Reaction, Reaction.module_id, "answered", flag=Reaction.answer.in_(WILL_USE)),
        applied.where(
            ApplicationModule.application_id == Application.id,
            Application.confirmed.is_(True),
            Application.void_act_id.is_(None),
        ),
    )


def _first_goes(today: date) -> tuple[ColumnElement[bool], ...]:
    """That an attempt is the first of its person and module, and was finished in the last twelve months.

    Earlier ones that did not pass are erased, so that only passes would be left.
    """
    earlier = aliased(Attempt)
    since = datetime.combine(add_months(today, -KEPT_MONTHS), time(), tzinfo=clock.LONDON)
    return (
        Attempt.finished_at >= since,
        ~exists().where(
            earlier.person_id == Attempt.person_id,
            earlier.module_id == Attempt.module_id,
            earlier.id < Attempt.id,
        ),
    )
