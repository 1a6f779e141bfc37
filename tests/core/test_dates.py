"""Days are typed as people in the United Kingdom write them; months are counted so that nothing is lost."""

from datetime import date

import pytest

from lms.core.dates import add_months, parse_day


@pytest.mark.parametrize(
    "text",
    [
        "30/11/2026",
        "30/11/26",
        "30.11.2026",
        "30-11-2026",
        "30 11 2026",
        "2026-11-30",
        "30 November 2026",
        "30 november 26",
        "30 Nov 2026",
        "  30  November  2026 ",
    ],
)
def test_a_day_as_it_is_typed(text: str) -> None:
    assert parse_day(text) == date(2026, 11, 30)


def test_a_day_comes_before_its_month() -> None:
    assert parse_day("1/2/2026") == date(2026, 2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "tomorrow",
        "31/02/2026",
        "29/02/2026",
        "11/30/2026",
        "0/1/2026",
        "1/1/202",
        "1/1/0000",
        "2026-13-01",
        "2026-1-1",
        "30 Novembre 2026",
        "30 Ma 2026",
        "30/11/2026 12:00",
        "30/11",
    ],
)
def test_what_names_no_day(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_day(text)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 3, 1)),
        (date(2026, 11, 30), 36, date(2029, 11, 30)),
        (date(2026, 3, 31), -1, date(2026, 3, 1)),
        (date(2026, 1, 1), 0, date(2026, 1, 1)),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later
