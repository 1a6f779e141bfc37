"""What came of an attempt: the score, what was missed, and what it changed in the record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from lms.competencies.models import Evidence
from lms.competencies.standing import Requirements, State
from lms.content import catalogue
from lms.content.catalogue import ModuleEntry
from lms.content.documents import ModuleDocument, PartEntry
from lms.core import clock
from lms.core.database import db
from lms.learning.attempts import question_at, score
from lms.learning.changes import Changes, PassedModule, compare
from lms.learning.closing import Effect, effect_of
from lms.learning.course_list import Shows, shows_of
from lms.learning.drawing import needed
from lms.learning.models import Attempt, Completion, Enrolment
from lms.learning.next_step import Item, in_order
from lms.learning.record import standing_in
from lms.learning.standpoints import met_after, state_in
from lms.learning.tasks import Standpoint, closures_of, items_of, lapses_of
from lms.people.models import Person


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that was not answered rightly; `part` is where the present text tells of it."""

    number: int
    about: str
    outcome: int
    outcome_words: str
    part: PartEntry | None


@dataclass(frozen=True, slots=True)
class ToRead:
    """A part to read again, with what was missed in it."""

    part: PartEntry
    missed: tuple[Missed, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How a finished attempt went."""

    title: str
    edition: int
    day: date
    right: int
    asked: int
    needed: int
    missed: tuple[Missed, ...]

    @property
    def to_read(self) -> list[ToRead]:
        """The parts that tell what was missed, in order."""
        parts = {each.part.slug: each.part for each in self.missed if each.part}
        return [
            ToRead(part, tuple(each for each in self.missed if each.part and each.part.slug == slug))
            for slug, part in parts.items()
        ]


@dataclass(frozen=True, slots=True)
class Assignment:
    """What somebody had asked for, done by this pass; `early` in days, negative when it was late."""

    by_name: str
    due_day: date | None
    early: int | None


@dataclass(frozen=True, slots=True)
class Gained:
    """What a pass changed: the record before and after, and the assignments that it finished."""

    changes: Changes
    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Next:
    """The module to do next, and why; `met` counts the competencies met now, `meets` those after a pass."""

    item: Item
    module: ModuleEntry
    effect: Effect | None
    met: int
    meets: int
    asked: int


def score_of(attempt: Attempt, module: ModuleEntry | None) -> Score:
    """How a finished attempt went; `module` is what is published now, None when that is nothing."""
    document = catalogue.module_version(attempt.version_id).document
    asked = len(attempt.questions)
    return Score(
        title=document.title,
        edition=document.edition,
        day=clock.london_day(attempt.finished_at or attempt.begun_at),
        right=score(attempt),
        asked=asked,
        needed=needed(asked, document.pass_mark),
        missed=tuple(_missed(attempt, document, module)),
    )


def gained_by(attempt: Attempt, stand: Standpoint, asked: Requirements) -> Gained:
    """What a pass changed in the record of its day, by what is known now; one statement."""
    rows = db.session.execute(
        select(Completion.passed_on, Evidence.id, Enrolment, Person.name)
        .outerjoin(Evidence, Evidence.act_id == Completion.act_id)
        .outerjoin(Enrolment, Enrolment.done_completion_id == Completion.id)
        .outerjoin(Person, Person.id == Enrolment.by_id)
        .where(Completion.attempt_id == attempt.id)
        .order_by(Evidence.id, Enrolment.due_day, Enrolment.id)
    ).all()
    day: date = rows[0].passed_on
    passed = PassedModule(
        stand.published.resolve(attempt.module_id),
        day,
        frozenset(row.id for row in rows if row.id is not None),
        frozenset(stand.passed_on(day)),
    )
    done = {row.Enrolment.id: (row.Enrolment, row.name) for row in rows if row.Enrolment is not None}
    return Gained(
        compare(passed, stand.facts, asked, stand.published.framework),
        tuple(
            _assignment(enrolment, name, day)
            for enrolment, name in done.values()
            if enrolment.by_id != attempt.person_id and enrolment.excused_act_id is None
        ),
    )


def stands_in(module_id: str, stand: Standpoint) -> list[tuple[Shows, State]]:
    """Where a person stands in what a module shows or prepares for."""
    return [(shows, state_in(stand, shows.competency.id)) for shows in shows_of(module_id, stand.published)]


def next_after(module_id: str, stand: Standpoint) -> Next | None:
    """What to do next besides a module; None when nothing else is asked."""
    items = in_order(items_of(stand, closures_of(stand), lapses_of(stand)))
    item = next((each for each in items if each.module != module_id), None)
    module = stand.published.module(item.module) if item else None
    if item is None or module is None:
        return None
    competencies = stand.published.framework.competencies
    effect = effect_of(
        module.id,
        competencies,
        {each.id: standing_in(stand.facts, each.id, stand.today).level for each in competencies},
        {competency: state.required for competency, state in stand.states.items()},
        stand.passed,
    )
    met = sum(1 for state in stand.states.values() if not state.missing)
    return Next(item, module, effect, met, met_after(stand, module.id), len(stand.states))


def _missed(attempt: Attempt, document: ModuleDocument, module: ModuleEntry | None) -> Iterator[Missed]:
    parts = {part.slug: part for part in module.parts} if module else {}
    for answer in attempt.answers:
        if not answer.right:
            question = question_at(attempt, document, answer.position)
            yield Missed(
                number=answer.position,
                about=question.about,
                outcome=question.outcome,
                outcome_words=document.outcomes[question.outcome - 1],
                part=parts.get(question.part),
            )


def _assignment(enrolment: Enrolment, name: str, day: date) -> Assignment:
    early = (enrolment.due_day - day).days if enrolment.due_day else None
    return Assignment(name, enrolment.due_day, early)
