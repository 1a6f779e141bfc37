"""What a person is short of, and what closes each gap."""

from dataclasses import dataclass

from lms.content.framework import Competency
from lms.learning.closing import Closure
from lms.learning.tasks import Standpoint, closures_of


@dataclass(frozen=True, slots=True)
class Gap:
    """A competency that is short, and what closes it: minutes of learning, or an assessment (`level`)."""

    closure: Closure
    minutes: int

    @property
    def competency(self) -> Competency:
        """The one that is short."""
        return self.closure.competency

    @property
    def by_learning(self) -> bool:
        """Whether learning alone closes it."""
        return self.closure.assess is None


def gaps_of(stand: Standpoint) -> tuple[Gap, ...]:
    """Every gap of a person, the quickest to close first."""
    assessment = stand.published.framework.assessments.minutes
    found = []
    for closure in closures_of(stand):
        left = {module: stand.left(module) for module in closure.modules}
        found.append(Gap(closure, closure.minutes(left, assessment)))
    return tuple(found)
