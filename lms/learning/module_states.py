"""What a person has with each module: where they stopped, what is asked, what they passed; one statement."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, Integer, Select, String, case, func, literal, null, select, union_all
from sqlalchemy.orm import aliased

from lms.core import clock
from lms.core.database import Moment, db
from lms.learning.models import Completion, Enrolment, ReadingPlace
from lms.people.models import Act, Person


@dataclass(frozen=True, slots=True)
class Stop:
    """The part at which a person stopped reading, with all parts that they have opened."""

    part: str
    seen: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """An enrolment that is not done yet: by whom, when (UTC), until when, and why.

    `changed` is why it has another due day, or why nobody waits for it any more.
    """

    by_id: int
    by_name: str
    at: datetime
    due_day: date | None
    reason: str | None
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class Pass:
    """A pass of one edition; `until` is the first day that no longer counts."""

    edition: int
    passed_on: date
    until: date | None


@dataclass(slots=True)
class ModuleState:
    """All that a person has with one module; of what is excused nobody waits for it."""

    stop: Stop | None = None
    asked: list[Asked] = field(default_factory=list)
    excused: list[Asked] = field(default_factory=list)
    passes: list[Pass] = field(default_factory=list)

    @property
    def latest(self) -> Pass | None:
        """The pass of the highest edition, of several the newest."""
        return max(self.passes, key=lambda each: (each.edition, each.passed_on), default=None)

    @property
    def is_open(self) -> bool:
        """Whether the person has read in it since they last passed it."""
        latest = self.latest
        return self.stop is not None and (latest is None or clock.london_day(self.stop.at) > latest.passed_on)


def states_of(person_id: int, resolve: Callable[[str], str] = str) -> dict[str, ModuleState]:
    """What a person has with each module that they have opened, are asked for or have passed.

    `resolve` gives the id that a module has now, when it was renamed.
    """
    return states_of_all([person_id], resolve)[person_id]


def states_of_all(
    people: Iterable[int], resolve: Callable[[str], str] = str
) -> dict[int, dict[str, ModuleState]]:
    """The same of each of these people; one statement."""
    chosen = sorted(set(people))
    all_states: dict[int, dict[str, ModuleState]] = {person: {} for person in chosen}
    query = union_all(_stops(chosen), _asked(chosen), _passes(chosen))
    for row in db.session.execute(query.order_by("kind", "id")):
        state = all_states[row.person_id].setdefault(resolve(row.module_id), ModuleState())
        match row.kind:
            case "stop":
                state.stop = Stop(row.words, tuple(row.seen), row.at)
            case "asked":
                state.asked.append(Asked(row.number, row.name, row.at, row.day, row.words, row.changed))
            case "excused":
                state.excused.append(Asked(row.number, row.name, row.at, row.day, row.words, row.changed))
            case _:
                state.passes.append(Pass(row.number, row.first, row.day))
    return all_states


def _stops(people: list[int]) -> Select[*tuple[Any, ...]]:
    return select(
        literal("stop").label("kind"),
        literal(0).label("id"),
        ReadingPlace.person_id.label("person_id"),
        ReadingPlace.module_id.label("module_id"),
        null().cast(Integer).label("number"),
        null().cast(String).label("name"),
        ReadingPlace.part.label("words"),
        ReadingPlace.seen.label("seen"),
        ReadingPlace.at.label("at"),
        null().cast(Date).label("first"),
        null().cast(Date).label("day"),
        null().cast(String).label("changed"),
    ).where(ReadingPlace.person_id.in_(people))


def _asked(people: list[int]) -> Select[*tuple[Any, ...]]:
    asking, changing, excusing = aliased(Act), aliased(Act), aliased(Act)
    return (
        select(
            case((Enrolment.excused_act_id.is_(None), "asked"), else_="excused").label("kind"),
            Enrolment.id.label("id"),
            Enrolment.person_id.label("person_id"),
            Enrolment.module_id.label("module_id"),
            Enrolment.by_id.label("number"),
            Person.name.label("name"),
            Enrolment.reason.label("words"),
            null().cast(JSON).label("seen"),
            func.coalesce(excusing.at, asking.at).label("at"),
            null().cast(Date).label("first"),
            Enrolment.due_day.label("day"),
            func.coalesce(excusing.reason, changing.reason).label("changed"),
        )
        .join(Person, Person.id == Enrolment.by_id)
        .join(asking, asking.id == Enrolment.act_id)
        .outerjoin(changing, changing.id == Enrolment.changed_act_id)
        .outerjoin(excusing, excusing.id == Enrolment.excused_act_id)
        .where(Enrolment.person_id.in_(people), Enrolment.done_completion_id.is_(None))
    )


def _passes(people: list[int]) -> Select[*tuple[Any, ...]]:
    return select(
        literal("pass").label("kind"),
        Completion.id.label("id"),
        Completion.person_id.label("person_id"),
        Completion.module_id.label("module_id"),
        Completion.edition.label("number"),
        null().cast(String).label("name"),
        null().cast(String).label("words"),
        null().cast(JSON).label("seen"),
        null().cast(Moment()).label("at"),
        Completion.passed_on.label("first"),
        Completion.until_day.label("day"),
        null().cast(String).label("changed"),
    ).where(Completion.person_id.in_(people), Completion.void_act_id.is_(None))
