"""What decides a conversation with one person today: gaps and what closes each, lapses, open work."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lms.competencies.facts import requirements
from lms.competencies.models import SelfAssessment
from lms.competencies.self_assessments import latest_said
from lms.competencies.standing import PersonFacts, standing_on
from lms.content import catalogue
from lms.content.framework import Competency
from lms.core.dates import add_months
from lms.learning.standpoints import standpoint_of
from lms.learning.tasks import Standpoint
from lms.teams.choice import WINDOWS
from lms.teams.gaps import Gap, gaps_of
from lms.teams.matrix import ends_on


@dataclass(frozen=True, slots=True)
class Lapse:
    """A level that is held today and no longer will be from a day on, whether the role asks for it or not."""

    competency: Competency
    level: int
    day: date


@dataclass(frozen=True, slots=True)
class Work:
    """A module that somebody assigned and that is not done; `late` says that its day has come."""

    title: str
    by: str
    due_day: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Done:
    """A module that was passed in the last twelve months."""

    title: str
    edition: int
    day: date


@dataclass(frozen=True, slots=True)
class Decide:
    """All of it. `said` is what the person says of themselves, by competency."""

    gaps: tuple[Gap, ...]
    minutes: int
    """How long the learning takes that closes gaps alone; a module that closes two is counted once."""
    lapses: tuple[Lapse, ...]
    open_work: tuple[Work, ...]
    done: tuple[Done, ...]
    said: Mapping[str, SelfAssessment]

    @property
    def learnt(self) -> list[Gap]:
        """The gaps that learning alone closes."""
        return [gap for gap in self.gaps if gap.by_learning]

    @property
    def assessed(self) -> list[Gap]:
        """The gaps that an assessment has to close, after learning or without."""
        return [gap for gap in self.gaps if not gap.by_learning]


def decide_of(person_id: int, facts: PersonFacts, today: date) -> Decide:
    """Gather it from the person's facts; three statements, however much there is.

    Attempts that did not pass are no part of it.
    """
    stand = standpoint_of(person_id, today, catalogue.current(), requirements(), facts)
    gaps = () if facts.away(today) else gaps_of(stand)
    learnt = {module for gap in gaps if gap.by_learning for module in gap.closure.modules}
    return Decide(
        gaps=gaps,
        minutes=sum(stand.left(module) for module in learnt),
        lapses=tuple(sorted(_lapses(stand), key=lambda each: (each.day, each.competency.id))),
        open_work=tuple(sorted(_open_work(stand), key=lambda each: (each.due_day or date.max, each.title))),
        done=tuple(sorted(_done(stand), key=lambda each: (-each.day.toordinal(), each.title))),
        said=latest_said(person_id),
    )


def _lapses(stand: Standpoint) -> Iterator[Lapse]:
    """The levels that end within the window that the team's page opens with."""
    until = stand.today + timedelta(days=WINDOWS[0])
    for competency in stand.published.framework.competencies:
        pieces = stand.facts.pieces.get(competency.id, ())
        level = standing_on(pieces, stand.facts.absences, stand.today).level
        if level and (day := ends_on(level, pieces, stand.facts.absences, stand.today, until)):
            yield Lapse(competency, level, day)


def _open_work(stand: Standpoint) -> Iterator[Work]:
    for module_id, state in stand.modules.items():
        module = stand.published.module(module_id)
        if module is None:
            continue  # it was retired: nobody waits for it
        for asked in state.asked:
            if asked.by_id != stand.person_id:
                late = asked.due_day is not None and asked.due_day < stand.today
                yield Work(module.title, asked.by_name, asked.due_day, late)


def _done(stand: Standpoint) -> Iterator[Done]:
    since = add_months(stand.today, -12)
    for module_id, state in stand.modules.items():
        module = stand.published.module(module_id)
        for each in state.passes:
            if since < each.passed_on <= stand.today:
                yield Done(module.title if module else module_id, each.edition, each.passed_on)
