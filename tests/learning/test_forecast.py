"""What to expect by a day: the rule, and how often a slow simulation of people ends in its range."""

from random import Random

import pytest

from lms.learning.initiatives.forecast import LEAST_WEEKS, Forecast, Week, forecast

STEADY = [Week(100, 5)] * 12


def test_those_who_wait_become_ready_at_the_mean_rate_each_week_anew() -> None:
    found = forecast(STEADY, people=300, ready=40, waiting=200, weeks_left=10)
    assert found == Forecast(300, 40 + round(200 * (1 - 0.95**10)), *[40 + round(200 * (1 - 0.95**10))] * 2)


def test_weeks_that_differ_make_the_range_wider_and_leave_its_middle() -> None:
    uneven = [Week(100, 0), Week(100, 10)] * 6
    found = forecast(uneven, people=200, ready=0, waiting=200, weeks_left=10)
    assert found is not None
    assert found.low < found.expected < found.high
    assert abs(found.expected - 200 * (1 - 0.9**5)) < 1


def test_who_will_have_lapsed_is_not_expected_back() -> None:
    found = forecast(STEADY, people=100, ready=60, waiting=0, weeks_left=10)
    assert found == Forecast(100, 60, 60, 60)


def test_too_few_weeks_say_nothing_nor_does_a_day_on_which_nobody_is_counted() -> None:
    few = [Week(0, 0)] * 5 + [Week(100, 5)] * (LEAST_WEEKS - 1)
    assert forecast(few, people=100, ready=0, waiting=100, weeks_left=4) is None
    assert forecast([*few, Week(100, 5)], people=100, ready=0, waiting=100, weeks_left=4) is not None
    assert forecast(STEADY, people=0, ready=0, waiting=0, weeks_left=4) is None


def test_weeks_without_a_pass_expect_none_and_a_week_in_which_all_pass_has_an_end() -> None:
    assert forecast([Week(50, 0)] * 12, people=50, ready=0, waiting=50, weeks_left=9) == Forecast(50, 0, 0, 0)
    found = forecast([Week(50, 50)] * 12, people=50, ready=0, waiting=50, weeks_left=1)
    assert found is not None
    assert found.expected == 50


def test_percents_are_rounded_half_up() -> None:
    found = Forecast(people=8, expected=1, low=0, high=3)
    assert [found.percent(each) for each in (found.low, found.expected, found.high)] == [0, 13, 38]


@pytest.mark.parametrize(
    ("people", "rate", "uneven", "weeks_left"), [(400, 0.03, 0.02, 13), (150, 0.05, 0.0, 20)]
)
def test_a_slow_simulation_ends_in_the_range_in_about_eight_of_ten_cases(
    people: int, rate: float, uneven: float, weeks_left: int
) -> None:
    random = Random(9)  # noqa: S311 an invented nation keeps no secret
    inside, over = 0, 0
    for _ in range(400):
        waiting, weeks = people, []
        for _ in range(12):
            became = passing(random, waiting, rate, uneven)
            weeks.append(Week(waiting, became))
            waiting -= became
        found = forecast(weeks, people=people, ready=people - waiting, waiting=waiting, weeks_left=weeks_left)
        assert found is not None
        for _ in range(weeks_left):
            waiting -= passing(random, waiting, rate, uneven)
        inside += found.low <= people - waiting <= found.high
        over += people - waiting > found.expected
    assert 0.72 < inside / 400 < 0.88, inside
    assert 0.4 < over / 400 < 0.6, over


def passing(random: Random, waiting: int, rate: float, uneven: float) -> int:
    """One week, a person after the other; weeks differ by as much as this to each side."""
    chance = rate + random.choice((-uneven, uneven))
    return sum(random.random() < chance for _ in range(waiting))
