"""What closes gaps: steps and minutes without counting twice, and the solver beside a full search."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from lms.learning.to_do import Need, Task, TaskKind
from lms.reports.planning import Bundle, all_closed, bundles_of, likely, minutes_of, steps_of
from lms.reports.solver import most_closed

FIRST = Task(TaskKind.MODULE, "first", 15)
SECOND = Task(TaskKind.MODULE, "second", 25)
CHECK = Task(TaskKind.CHECK, "first", 5)
OTHER = Task(TaskKind.MODULE, "other", 20)
ASSESSED = Task(TaskKind.ASSESSMENT, "risk", 90, 3)
AWARE = Need("risk", 0, 1, (FIRST,))
ABLE = Need("risk", 0, 2, (FIRST, SECOND))
NEGOTIATES = Need("negotiation", 1, 2, (SECOND,))
BENEFITS = Need("benefits", 0, 1, (OTHER,))
LEADS = Need("risk", 2, 3, (ASSESSED,))


def test_needs_that_share_a_task_make_a_bundle_and_others_stand_alone() -> None:
    assert bundles_of([[ABLE, NEGOTIATES, BENEFITS], [BENEFITS], []]) == {
        frozenset({ABLE, NEGOTIATES}): 1,
        frozenset({BENEFITS}): 2,
    }


def test_a_need_that_joins_two_bundles_makes_them_one() -> None:
    joined = Need("law", 0, 2, (FIRST, OTHER))
    assert bundles_of([[AWARE, BENEFITS, joined]]) == {frozenset({AWARE, BENEFITS, joined}): 1}


def test_what_nothing_closes_yet_is_in_no_bundle() -> None:
    assert not bundles_of([[Need("law", 0, 1, ())]])


def test_a_module_that_serves_two_needs_of_a_person_is_counted_once() -> None:
    everything = all_closed(bundles_of([[ABLE, NEGOTIATES]] * 3))
    assert minutes_of(everything) == 3 * (15 + 25)
    assert sum(step.minutes for step in steps_of(everything)) == 3 * (15 + 25)


def test_the_step_that_closes_most_for_each_hour_comes_first_and_later_ones_take_only_what_is_left() -> None:
    steps = steps_of(all_closed(bundles_of([[ABLE, NEGOTIATES]] * 2 + [[AWARE]] * 4)))
    assert [(step.need, step.people, step.minutes) for step in steps] == [
        (AWARE, 4, 60),
        (NEGOTIATES, 2, 50),
        (ABLE, 2, 30),
    ]
    assert [step.each_hour for step in steps] == [4, Fraction(12, 5), 4]


def test_minutes_of_assessments_stand_apart() -> None:
    everything = all_closed(bundles_of([[LEADS], [AWARE]]))
    assert minutes_of(everything) == 105
    assert minutes_of(everything, {TaskKind.ASSESSMENT}) == 90


def test_what_to_expect_multiplies_the_rates_of_all_modules_and_takes_assessments_as_confirmed() -> None:
    plan = all_closed(bundles_of([[ABLE]] * 8 + [[LEADS]] * 3 + [[BENEFITS]] * 4))
    rates = {"first": Fraction(1, 2), "second": Fraction(3, 4)}
    assert likely(plan, rates, usual=Fraction(1, 4)) == 8 * Fraction(3, 8) + 3 + 4 * Fraction(1, 4)


def test_a_check_alone_has_the_rate_of_its_module() -> None:
    plan = all_closed(bundles_of([[Need("risk", 0, 1, (CHECK,))]]))
    assert likely(plan, {"first": Fraction(1, 3)}, usual=Fraction(1)) == Fraction(1, 3)


@pytest.mark.parametrize("seed", range(25))
def test_no_plan_found_by_a_full_search_closes_more_than_the_solver_and_its_bound_holds(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 invented people keep no secret
    bundles = bundles_of(_people(chance))
    most = minutes_of(all_closed(bundles))
    budget = chance.randint(0, most)
    best = most_closed(bundles, budget)
    assert minutes_of(best.closed) <= budget
    assert best.gaps == best.bound == _full_search(bundles, budget)
    for (bundle, _), people in best.closed.items():
        assert 0 <= people <= bundles[bundle]


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    most_closed(bundles_of([[AWARE], [ABLE, NEGOTIATES]]), 40)
    assert capfd.readouterr() == ("", "")


def _people(chance: Random) -> Iterator[list[Need]]:
    tasks = [Task(TaskKind.MODULE, f"module-{each}", chance.choice((15, 20, 25))) for each in range(6)]
    kinds = [
        Need(f"competency-{each}", 0, 2, tuple(sorted(chance.sample(tasks, chance.randint(1, 3)))))
        for each in range(5)
    ]
    for _ in range(8):
        yield chance.sample(kinds, chance.randint(0, 3))


def _full_search(bundles: Mapping[Bundle, int], budget: int) -> int:
    """The most gaps by trying for each person every set of needs, within every number of minutes."""
    most = [0] * (budget + 1)
    for bundle, people in bundles.items():
        ways = [(_minutes(chosen), len(chosen)) for chosen in _subsets(bundle)]
        for _ in range(people):
            most = [
                max(most[spent - minutes] + gaps for minutes, gaps in ways if minutes <= spent)
                for spent in range(budget + 1)
            ]
    return most[budget]


def _subsets(bundle: Bundle) -> Iterator[tuple[Need, ...]]:
    for size in range(len(bundle) + 1):
        yield from combinations(sorted(bundle), size)


def _minutes(needs: tuple[Need, ...]) -> int:
    return sum(task.minutes for task in {task for need in needs for task in need.tasks})
