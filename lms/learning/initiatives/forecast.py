"""How many will be ready by a day, at the pace of past weeks: a pure rule, and how sure it is.

In each past week a share of those who were not ready became ready. As rates that add up over weeks (so
that two halves make three quarters, not one), these have a mean and a variance. Those who are not ready
today are taken to become ready at the mean rate, each week anew. Whoever will have lapsed by the day is
taken off and not expected back. The range holds the outcome in about eight of ten cases: it has how much
weeks differ from each other, and how little so few of them say of the mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import fmean, variance

LEAST_WEEKS = 8
"""Fewer weeks in which somebody was not ready are too few to say anything."""
EIGHT_OF_TEN = 1.2816
"""So many standard deviations to each side hold eight of ten cases."""
MOST_A_WEEK = 0.99
"""A week in which all became ready counts as this share: its rate would have no end."""


@dataclass(frozen=True, slots=True)
class Week:
    """How many were not ready as it began, and how many of them were ready as it ended."""

    waiting: int
    became: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """Of the people on the day, how many are ready then: expected, and the ends of the range."""

    people: int
    expected: int
    low: int
    high: int

    def percent(self, number: int) -> int:
        """A number of them in whole percent, half up."""
        return (200 * number + self.people) // (2 * self.people)


def forecast(
    weeks: Sequence[Week], *, people: int, ready: int, waiting: int, weeks_left: float
) -> Forecast | None:
    """What to expect of the people on the day; None when there are too few weeks, or nobody on the day.

    `ready` of the people are so if nothing more is done, `waiting` are not ready today.
    """
    told = [week for week in weeks if week.waiting]
    if not people or (waiting and len(told) < LEAST_WEEKS):
        return None
    if not waiting:
        return Forecast(people, ready, ready, ready)
    rates = [-log(1 - min(week.became / week.waiting, MOST_A_WEEK)) for week in told]
    mean = fmean(rates) * weeks_left
    spread = sqrt(variance(rates) * (weeks_left + weeks_left**2 / len(rates))) * EIGHT_OF_TEN
    expected, low, high = (
        ready + round(waiting * (1 - exp(-max(0.0, rate)))) for rate in (mean, mean - spread, mean + spread)
    )
    return Forecast(people, expected, low, high)
