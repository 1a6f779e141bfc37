"""The most gaps that can be closed in so many staff minutes: a plan, and how far it is from the best."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

import highspy

from lms.learning.to_do import Need, Task
from lms.reports.planning import Bundle

CLOSE_ENOUGH = 0.005
"""The search ends when no plan can close half a percent more."""


@dataclass(frozen=True, slots=True)
class Best:
    """A plan, and the number of gaps that no plan of the same minutes can exceed."""

    closed: dict[tuple[Bundle, Need], int]
    bound: int

    @property
    def gaps(self) -> int:
        """How many gaps it closes."""
        return sum(self.closed.values())


class _Quiet(highspy.Highs):
    """The solver without the lines that it prints."""

    def enableCallbacks(self) -> None:  # noqa: N802 its name there, called before anything is printed
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def most_closed(bundles: Mapping[Bundle, int], minutes: int) -> Best:
    """Close as many gaps as these staff minutes allow, to half a percent.

    A task that serves several needs of a person is done once, and a need is closed when all its tasks
    are done: for each bundle it is counted how many people do each task, the same people first.
    """
    model = _Quiet()  # type: ignore[no-untyped-call]
    model.setOptionValue("mip_rel_gap", CLOSE_ENOUGH)
    model.setOptionValue("threads", 1)
    order = sorted(bundles, key=sorted)
    closes, spent = {}, []
    for bundle in order:
        doing = {task: model.addIntegral(ub=bundles[bundle]) for task in _tasks(bundle)}
        spent += [task.minutes * people for task, people in doing.items()]
        for need in sorted(bundle):
            closes[bundle, need] = model.addVariable(ub=bundles[bundle])
            for task in need.tasks:
                model.addConstr(closes[bundle, need] <= doing[task])
    model.addConstr(model.qsum(spent) <= minutes)
    model.maximize(model.qsum(closes.values()))
    closed = {key: round(model.val(people)) for key, people in closes.items()}
    return Best(closed, floor(model.getInfo().mip_dual_bound + 1e-6))


def _tasks(bundle: Bundle) -> list[Task]:
    return sorted({task for need in bundle for task in need.tasks})
