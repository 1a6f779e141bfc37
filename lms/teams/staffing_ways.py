"""Ways to cover a piece of work to its end, each of which the rule of readiness confirms."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lms.competencies.models import Basis
from lms.competencies.standing import Piece
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
    """One assessment at a level, or the modules that show it; minutes of staff time."""

    competency: str
    level: int
    minutes: int
    by_learning: bool = False
    until: date | None = None
    """When what it shows lapses, if it is shown today."""


@dataclass(frozen=True)
class Way:
    """One way, with who is asked, what is to be done, and the last day on which it may be."""

    kind: Kind
    people: tuple[Candidate, ...]
    steps: tuple[Step, ...] = ()
    day: date | None = None
    """The first day on which a level would be missing; of an absence the day of the return."""

    @property
    def minutes(self) -> int:
        """How long all steps take."""
        return sum(each.minutes for each in self.steps)


Steps = Mapping[tuple[str, int], Step]
"""How each level of each competency is shown soonest."""


def ways_of(found: Sequence[Candidate], assess: Steps, grow: Steps, today: date) -> list[Way]:
    """At most three ways, the surest and quickest first.

    `assess` has the assessments and `grow` the shorter of learning and assessment.
    """
    ways: list[Way] = []
    together = smallest(found)
    renewals = [way for each in found if (way := renewal(each, assess, today))]
    ways += sorted(renewals, key=lambda way: way.minutes)[:1]
    if len(together) > 1:
        ways.append(Way(Kind.TOGETHER, together))
    ways += sorted(_returns(found), key=lambda way: way.day or date.max)[:1]
    asked = {each.ahead.row.person_id for way in renewals for each in way.people}
    grown = [
        way for each in found if each.ahead.row.person_id not in asked and (way := growth(each, grow, today))
    ]
    return (ways + sorted(grown, key=lambda way: way.minutes))[:MOST_WAYS]


def renewal(each: Candidate, assess: Steps, today: date) -> Way | None:
    """Assess again what somebody holds on the first day and lapses before the end; None if that fails."""
    if each.ready or not each.starts:
        return None
    steps = [assess.get((key, each.period.needs[key])) for key in each.short]
    return _proved(Kind.RENEW, each, steps, today)


def growth(each: Candidate, grow: Steps, today: date) -> Way | None:
    """Show what somebody is short of before the work begins; None if that fails or is no longer possible."""
    if each.starts or each.period.first <= today:
        return None
    steps = [grow.get((key, each.period.needs[key])) for key in each.short]
    return _proved(Kind.GROW, each, steps, today)


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


def _proved(kind: Kind, each: Candidate, steps: Sequence[Step | None], today: date) -> Way | None:
    """The way, if every step is known and the person is then ready on every day."""
    known = tuple(step for step in steps if step)
    if len(known) < len(steps) or not done(each, known, today).ready:
        return None
    return Way(kind, (each,), known, each.until)


def _returns(found: Iterable[Candidate]) -> Iterator[Way]:
    """Whoever is away at first and ready from the return to the end."""
    for each in found:
        if not each.ready and (back := each.back_on()):
            yield Way(Kind.RETURN, (each,), (), back)
