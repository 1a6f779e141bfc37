"""Ways to cover a piece of work to its end, each of which the rule of readiness confirms."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

from lms.competencies.models import Basis
from lms.competencies.standing import Piece
from lms.learning.calculators.working_days import SATURDAY, Nation, bank_holidays
from lms.teams.staffing import Candidate, smallest

MOST_WAYS = 3


class Kind(StrEnum):
    """What a way asks for; the surest and quickest first."""

    RENEW = "renew"
    TOGETHER = "together"
    RETURN = "return"
    GROW = "grow"


@dataclass(frozen=True)
class Step:
    """Assessments at a level, or the modules that show it: how many, and minutes of staff time for all."""

    competency: str
    level: int
    minutes: int
    parts: int = 1
    by_learning: bool = False
    until: date | None = None
    """When what it shows lapses, if it is shown today."""


@dataclass(frozen=True)
class Way:
    """One way, with who is asked, what is to be done, and the day before which it must be."""

    kind: Kind
    people: tuple[Candidate, ...]
    steps: tuple[Step, ...] = ()
    day: date | None = None
    """The first day on which a level would be missing; of an absence the day of the return."""
    left: int = 0
    """The working days before it on which the person is there."""

    @property
    def minutes(self) -> int:
        """How long all steps take."""
        return sum(each.minutes for each in self.steps)

    @property
    def takes(self) -> int:
        """How many working days it takes: one for each assessment and each module."""
        return sum(each.parts for each in self.steps)


Steps = Mapping[tuple[str, int], Step]
"""How each level of each competency is shown soonest."""


def ways_of(found: Sequence[Candidate], assess: Steps, grow: Steps, today: date) -> list[Way]:
    """At most three ways, the surest and quickest first.

    `assess` has the assessments and `grow` the shorter of learning and assessment.
    """
    started = [each for each in found if each.starts and not each.ready]
    others = [each for each in found if not each.starts]
    together = smallest(found)
    ways = [*islice(_shown(Kind.RENEW, started, assess, today), 1)]
    if len(together) > 1:
        ways.append(Way(Kind.TOGETHER, together))
    ways += sorted(_returns(found), key=lambda way: way.day or date.max)[:1]
    return [*ways, *islice(_shown(Kind.GROW, others, grow, today), MOST_WAYS - len(ways))]


def done(each: Candidate, steps: Iterable[Step], today: date) -> Candidate:
    """The person as they would be, had they shown all steps today."""
    pieces = [
        Piece(
            -place,
            step.competency,
            step.level,
            Basis.LEARNING if step.by_learning else Basis.ASSESSMENT,
            today,
            step.until,
        )
        for place, step in enumerate(steps, 1)
    ]
    return each.with_pieces(pieces)


def carried(group: Sequence[Candidate]) -> dict[str, list[Candidate]]:
    """Of each need, who of a group holds it to the end; nobody where they do so in turns."""
    needs = group[0].period.needs
    return {key: [each for each in group if key not in each.missing] for key in needs}


def _shown(kind: Kind, found: Iterable[Candidate], steps: Steps, today: date) -> Iterator[Way]:
    """Ways in which one person shows all that is missing in time, the quickest first, proved one by one."""
    planned = [
        (each, [steps.get((key, each.period.needs[key])) for key in each.missing])
        for each in found
        if each.there == each.period.every
    ]
    known = [(each, tuple(step for step in own if step)) for each, own in planned if all(own)]
    for each, own in sorted(known, key=lambda plan: sum(step.minutes for step in plan[1])):
        way = Way(kind, (each,), own, each.until, _working_days(each, today))
        if way.takes <= way.left and done(each, own, today).ready:
            yield way


def _working_days(each: Candidate, today: date) -> int:
    """The working days from today to before the first one with a level missing, those away left out."""
    days = ((each.until or today) - today).days
    ahead = (today + timedelta(days=number) for number in range(days))
    return sum(1 for day in ahead if works_on(day) and each.ahead.counts(day))


def works_on(day: date) -> bool:
    """Whether people are at work: no weekend, and no bank holiday of England and Wales."""
    holidays = bank_holidays(day.year).get(day, ())
    return day.weekday() < SATURDAY and not any(Nation.ENGLAND in each.nations for each in holidays)


def _returns(found: Iterable[Candidate]) -> Iterator[Way]:
    """Whoever is away at first and ready from the return to the end."""
    for each in found:
        if not each.ready and (back := each.back_on()):
            yield Way(Kind.RETURN, (each,), (), back)
