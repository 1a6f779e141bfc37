"""The standstill, on counts that were made by hand with a calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.learning.calculators.standstill import standstill
from lms.learning.calculators.working_days import Nation, bank_holidays, is_working_day

DECEMBER, JANUARY = (2026, 12), (2027, 1)
DAYS = st.dates(date(2025, 2, 24), date(2035, 12, 31))


def days(month: tuple[int, int], *numbers: int) -> list[date]:
    return [date(*month, number) for number in numbers]


@pytest.mark.parametrize(
    ("published", "counted", "free_from"),
    [
        (date(2026, 12, 7), days(DECEMBER, 7, 8, 9, 10, 11, 14, 15, 16), date(2026, 12, 17)),
        (date(2026, 12, 18), days(DECEMBER, 18, 21, 22, 23, 24, 29, 30, 31), date(2027, 1, 1)),
        (
            date(2026, 11, 26),
            [*days((2026, 11), 26, 27), *days(DECEMBER, 1, 2, 3, 4, 7, 8)],
            date(2026, 12, 9),
        ),
        (
            date(2026, 12, 31),
            [*days(DECEMBER, 31), *days(JANUARY, 5, 6, 7, 8, 11, 12, 13)],
            date(2027, 1, 14),
        ),
        (date(2026, 7, 10), [*days((2026, 7), 10, 14, 15, 16, 17, 20, 21, 22)], date(2026, 7, 23)),
        (date(2026, 6, 12), [*days((2026, 6), 12, 16, 17, 18, 19, 22, 23, 24)], date(2026, 6, 25)),
    ],
    ids=["no holiday", "Christmas", "St Andrew’s Day", "2 January in Scotland", "Boyne", "once, in Scotland"],
)
def test_eight_working_days_begin_with_the_day_of_publication(
    published: date, counted: list[date], free_from: date
) -> None:
    found = standstill(published, 8)
    assert [each.day for each in found.days if each.number] == counted
    assert [each.number for each in found.days if each.number] == list(range(1, 9))
    assert (found.last, found.free_from) == (counted[-1], free_from)


def test_a_day_left_out_says_which_holiday_and_whose() -> None:
    left_out = {each.day: each.holidays for each in standstill(date(2026, 11, 26), 8).left_out}
    (andrew,) = left_out[date(2026, 11, 30)]
    assert (andrew.name, andrew.nations) == ("St Andrew’s Day", (Nation.SCOTLAND,))
    assert left_out[date(2026, 11, 28)] == ()
    (boxing,) = bank_holidays(2026)[date(2026, 12, 28)]
    assert (boxing.name, boxing.nations) == ("Boxing Day (substitute day)", tuple(Nation))
    (monday,) = bank_holidays(2026)[date(2026, 4, 6)]
    assert monday.nations == (Nation.ENGLAND, Nation.WALES, Nation.NORTHERN_IRELAND)


def test_a_notice_of_a_weekend_has_its_first_day_on_the_next_working_day() -> None:
    saturday, monday = standstill(date(2026, 12, 5), 8), standstill(date(2026, 12, 7), 8)
    assert (saturday.starts_late, monday.starts_late) == (True, False)
    assert saturday.free_from == monday.free_from


@given(DAYS, st.integers(1, 40))
def test_a_later_notice_or_a_longer_standstill_never_ends_earlier(published: date, working_days: int) -> None:
    found = standstill(published, working_days)
    assert sum(is_working_day(each.day) for each in found.days) == working_days
    assert is_working_day(found.last)
    assert standstill(published + timedelta(days=1), working_days).last >= found.last
    assert standstill(published, working_days + 1).last > found.last
    assert [each.day - published for each in found.days] == [
        timedelta(days=n) for n in range(len(found.days))
    ]
