"""The courses as a person sees them: what each module shows, and how far they are with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lms.competencies.standing import Span
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.content.documents import CourseDocument
from lms.content.framework import Competency
from lms.learning.module_states import ModuleState
from lms.learning.passes import counts_until, longest
from lms.learning.reading import minutes_done


class Progress(StrEnum):
    """How far a person is with a module."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    """A pass counts."""
    UPDATE = "update"
    """An earlier edition was passed, and the present one asks something more."""
    LAPSED = "lapsed"
    """A pass counted once."""


@dataclass(frozen=True, slots=True)
class Shows:
    """A level that a module shows, alone or with `others`, or that it prepares for an assessment of."""

    competency: Competency
    level: int
    others: tuple[str, ...] = ()
    prepares: bool = False


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """A module in a list. `until` is the first day on which a pass no longer counts, if one is known."""

    module: ModuleEntry
    shows: tuple[Shows, ...]
    progress: Progress
    until: date | None
    minutes_done: int
    due: date | None

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do in it today."""
        return self.progress is Progress.DONE

    @property
    def passed_once(self) -> bool:
        """Whether a pass counts or counted."""
        return self.progress in {Progress.DONE, Progress.UPDATE, Progress.LAPSED}


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course with its modules in order."""

    course: CourseDocument
    modules: tuple[ModuleRow, ...]

    @property
    def minutes(self) -> int:
        """The minutes of all its modules."""
        return sum(row.module.minutes for row in self.modules)

    @property
    def next(self) -> ModuleRow | None:
        """The first module in which something is left to do."""
        return next((row for row in self.modules if not row.finished), None)


def course_rows(
    published: Catalogue, states: Mapping[str, ModuleState], absences: Sequence[Span], today: date
) -> list[CourseRow]:
    """All published courses in their order, as somebody with these states sees them."""
    return [course_row(course, published, states, absences, today) for course in published.courses]


def course_row(
    course: CourseDocument,
    published: Catalogue,
    states: Mapping[str, ModuleState],
    absences: Sequence[Span],
    today: date,
) -> CourseRow:
    """One course; modules that are not published are left out."""
    modules = [module for each in course.modules if (module := published.module(each))]
    rows = [
        module_row(module, published, states.get(module.id) or ModuleState(), absences, today)
        for module in modules
    ]
    return CourseRow(course, tuple(rows))


def module_row(
    module: ModuleEntry, published: Catalogue, state: ModuleState, absences: Sequence[Span], today: date
) -> ModuleRow:
    """One module."""
    progress, until = progress_of(module, state, absences, today)
    return ModuleRow(
        module,
        shows=tuple(shows_of(module.id, published)),
        progress=progress,
        until=until,
        minutes_done=minutes_done(module.parts, state.stop.seen, state.stop.part) if state.stop else 0,
        due=due_of(state),
    )


def progress_of(
    module: ModuleEntry, state: ModuleState, absences: Sequence[Span], today: date
) -> tuple[Progress, date | None]:
    """How far a person is with a module, and the day on which a pass stops counting, or stopped."""
    counting = longest(state.passes, module, today, absences)
    latest = counting or state.latest
    if latest is None:
        return (Progress.IN_PROGRESS if state.stop else Progress.NOT_STARTED), None
    until = counts_until(latest, module)
    if any(latest.edition < each.edition for each in module.earlier_until):
        return Progress.UPDATE, until
    return (Progress.DONE if counting else Progress.LAPSED), until


def due_of(state: ModuleState) -> date | None:
    """The day by which a module is asked for, the soonest of several."""
    return min((each.due_day for each in state.asked if each.due_day), default=None)


def shows_of(module_id: str, published: Catalogue) -> Iterator[Shows]:
    """What a module shows, then what it prepares for, both in the order of the framework."""
    competencies = published.framework.competencies
    for competency in competencies:
        for level, modules in sorted(competency.shown_by.items()):
            if module_id in modules:
                others = tuple(title_of(each, published) for each in modules if each != module_id)
                yield Shows(competency, level, others)
    for competency in competencies:
        for level, modules in sorted(competency.prepared_by.items()):
            if module_id in modules:
                yield Shows(competency, level, prepares=True)


def title_of(module_id: str, published: Catalogue) -> str:
    """The title of a module; its id when it is not published."""
    module = published.module(module_id)
    return module.title if module else module_id
