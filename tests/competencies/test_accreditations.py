"""An accreditation counts by its own rule: until its renewal, or year by year while CPD is reached."""

from datetime import date
from itertools import pairwise

import pytest

from lms.competencies.accreditations import Hours, Stretch, hours_of, stretches
from lms.content.framework import Accreditation

AWARD = date(2024, 2, 29)
TODAY = date(2026, 11, 30)
RENEWED = Accreditation(id="a", title="A", shows={"law": 2}, renew_every_months=24)
BY_CPD = Accreditation(id="b", title="B", shows={"law": 3}, cpd_hours_a_year=30)
FIRST = Stretch(AWARD, date(2025, 3, 1))
SECOND = Stretch(date(2025, 3, 1), date(2026, 3, 1))


def test_one_that_is_renewed_counts_its_months_whatever_cpd_there_is() -> None:
    assert stretches(RENEWED, AWARD, [(AWARD, 6_000)], TODAY) == [Stretch(AWARD, date(2026, 3, 1))]


def test_one_without_a_rule_has_no_end() -> None:
    free = Accreditation(id="c", title="C", shows={"law": 2})
    assert stretches(free, AWARD, [], TODAY) == [Stretch(AWARD, None)]


@pytest.mark.parametrize(
    ("minutes", "found"),
    [
        ([], [FIRST]),
        ([(date(2024, 6, 1), 1_799)], [FIRST]),
        ([(date(2024, 6, 1), 1_799), (date(2025, 2, 28), 1)], [FIRST, SECOND]),
        ([(date(2024, 6, 1), 1_799), (date(2025, 3, 1), 1)], [FIRST]),
        ([(date(2024, 2, 28), 1_800)], [FIRST]),
        ([(date(2026, 12, 1), 1_800), (date(2024, 3, 1), 1_799)], [FIRST]),
        ([(date(2025, 6, 1), 1_800)], [FIRST]),
    ],
)
def test_a_later_year_counts_once_the_hours_fell_in_the_year_before(
    minutes: list[tuple[date, int]], found: list[Stretch]
) -> None:
    assert stretches(BY_CPD, AWARD, minutes, TODAY) == found


def test_years_follow_each_other_without_a_gap_and_no_further_than_the_hours_reach() -> None:
    years = [date(2024, 5, 1), date(2025, 5, 1), date(2026, 5, 1)]
    found = stretches(BY_CPD, AWARD, [(day, 1_800) for day in years], TODAY)
    assert [each.start for each in found] == [
        AWARD,
        date(2025, 3, 1),
        date(2026, 3, 1),
        date(2027, 3, 1),
    ]
    assert all(before.end == after.start for before, after in pairwise(found))


@pytest.mark.parametrize(
    ("minutes", "today", "found"),
    [
        ([(date(2024, 6, 1), 1_135)], date(2024, 9, 1), (1_135, FIRST, False)),
        ([(date(2024, 6, 1), 1_800)], date(2024, 9, 1), (1_800, FIRST, True)),
        ([(date(2024, 6, 1), 1_800), (date(2025, 4, 1), 60)], date(2025, 6, 1), (60, SECOND, False)),
        ([(date(2024, 6, 1), 60), (date(2025, 6, 1), 60)], date(2026, 6, 1), (60, FIRST, False)),
    ],
    ids=["running", "reached", "the-next-year", "lapsed"],
)
def test_the_hours_are_those_of_the_year_that_runs_or_of_the_last_that_counted(
    minutes: list[tuple[date, int]], today: date, found: tuple[int, Stretch, bool]
) -> None:
    hours = hours_of(BY_CPD, AWARD, minutes, today)
    assert hours is not None
    assert (hours.minutes, Stretch(hours.start, hours.end), hours.reached) == found
    assert hours.asked == 1_800


def test_one_that_asks_for_no_cpd_has_no_hours() -> None:
    found: Hours | None = hours_of(RENEWED, AWARD, [], TODAY)
    assert found is None
