"""A path as somebody who holds the role sees it: what is behind them, what they owe, what is next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lms.competencies.standing import Span, Standing, State
from lms.content.framework import Competency
from lms.learning.closing import closure_of
from lms.learning.course_list import Progress, progress_of
from lms.learning.module_states import ModuleState
from lms.learning.paths import Path, Serves, Step
from lms.learning.record import standing_in
from lms.learning.tasks import Standpoint, update_minutes


class Footing(StrEnum):
    """How a person stands with one step of a path."""

    PASSED = "passed"
    """A pass counts, and nothing is owed."""
    HELD = "held"
    """Every level that it is there for is held by other evidence."""
    UPDATE = "update"
    """An earlier edition was passed, and the present one asks something more."""
    AGAIN = "again"
    """A pass counts, and an assessment has shown a lower level since."""
    LAPSED = "lapsed"
    """A pass counted once."""
    STARTED = "started"
    OPEN = "open"


BEHIND = (Footing.PASSED, Footing.HELD)
_BY_PROGRESS = {Progress.LAPSED: Footing.LAPSED, Progress.IN_PROGRESS: Footing.STARTED}


@dataclass(frozen=True, slots=True)
class Held:
    """A level that is held, and the first day on which it no longer is, if one is known."""

    competency: Competency
    level: int
    until: date | None


@dataclass(frozen=True, slots=True)
class Walked:
    """A step with the person's footing; `until` is the first day on which their pass no longer counts.

    `held` says what makes the module needless, `left` the minutes that remain.
    """

    step: Step
    footing: Footing
    until: date | None
    held: tuple[Held, ...]
    left: int

    @property
    def behind(self) -> bool:
        """Whether nothing is to be done in it."""
        return self.footing in BEHIND


@dataclass(frozen=True, slots=True)
class Walk:
    """All steps of a path with the person's footing, and what they hold in each competency asked."""

    path: Path
    steps: tuple[Walked, ...]
    standings: Mapping[str, Standing]
    away: Span | None

    @property
    def next(self) -> Walked | None:
        """The first step in which something is to be done."""
        return next((each for each in self.steps if not each.behind), None)

    @property
    def left(self) -> int:
        """The minutes that remain on the whole path."""
        return sum(each.left for each in self.steps)

    def count(self, footing: Footing) -> int:
        """How many steps have this footing."""
        return sum(1 for each in self.steps if each.footing == footing)

    @property
    def met(self) -> int:
        """How many of the levels asked are held."""
        return sum(1 for key, level in self.path.required.items() if self.standings[key].level >= level)


def walk_of(path: Path, stand: Standpoint) -> Walk:
    """A path from where a person stands today."""
    standings = {key: standing_in(stand.facts, key, stand.today) for key in path.required}
    to_do = _to_do(path, stand, standings)
    return Walk(
        path,
        tuple(_walked(step, stand, standings, needed=step.module.id in to_do) for step in path.steps),
        standings,
        next((span for span in stand.facts.absences if stand.today in span), None),
    )


def _to_do(path: Path, stand: Standpoint, standings: Mapping[str, Standing]) -> set[str]:
    """The modules of every gap that learning closes, and what these build on and was not passed."""
    passed, resolve = stand.passed, stand.published.resolve
    found = {
        resolve(module)
        for competency in stand.published.framework.competencies
        if competency.id in path.required
        for module in closure_of(
            competency, State(path.required[competency.id], standings[competency.id]), passed
        ).modules
    }
    for step in reversed(path.steps):
        if not step.serves and step.module.id not in passed and found.intersection(step.before):
            found.add(step.module.id)
    return found


def _walked(step: Step, stand: Standpoint, standings: Mapping[str, Standing], *, needed: bool) -> Walked:
    module = step.module
    progress, until = progress_of(
        module, stand.modules.get(module.id) or ModuleState(), stand.facts.absences, stand.today
    )
    if progress is Progress.UPDATE:
        return Walked(step, Footing.UPDATE, until, (), update_minutes(module))
    if progress is Progress.DONE:
        if not needed:
            return Walked(step, Footing.PASSED, until, (), 0)
        return Walked(step, Footing.AGAIN, until, (), stand.left(module.id))
    if not needed:
        return Walked(step, Footing.HELD, until, tuple(_held(step.serves, standings)), 0)
    return Walked(step, _BY_PROGRESS.get(progress, Footing.OPEN), until, (), stand.left(module.id))


def _held(serves: Sequence[Serves], standings: Mapping[str, Standing]) -> Iterable[Held]:
    for each in {one.competency.id: one.competency for one in serves}.values():
        standing = standings[each.id]
        yield Held(each, standing.level, standing.until)
