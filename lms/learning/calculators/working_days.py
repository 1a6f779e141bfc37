"""Working days of the United Kingdom, as the Procurement Act 2023 counts them.

A day does not count on a weekend and on a bank holiday of any part of the United Kingdom (section 123).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from holidays import country_holidays

SATURDAY = 5
DAY = timedelta(days=1)


class Nation(StrEnum):
    """A part of the United Kingdom, by the code of its bank holidays."""

    ENGLAND = "ENG"
    WALES = "WLS"
    SCOTLAND = "SCT"
    NORTHERN_IRELAND = "NIR"


@dataclass(frozen=True, slots=True)
class BankHoliday:
    """A bank holiday and the nations that have it; the name is in English."""

    name: str
    nations: tuple[Nation, ...]


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day of a count: its number from 1, or None where it does not count."""

    day: date
    number: int | None
    holidays: tuple[BankHoliday, ...] = ()


def is_working_day(day: date) -> bool:
    """Whether a day counts."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def count_working_days(first: date, days: int) -> Iterator[CountedDay]:
    """The days from the first one on, up to the last of so many working days.

    A first day that is a working day is number 1.
    """
    number, day = 0, first
    while number < days:
        counts = is_working_day(day)
        number += counts
        yield CountedDay(day, number if counts else None, bank_holidays(day.year).get(day, ()))
        day += DAY


@cache
def bank_holidays(year: int) -> Mapping[date, tuple[BankHoliday, ...]]:
    """The bank holidays of a year; worked out when somebody first asks for the year."""
    found: dict[date, dict[str, list[Nation]]] = {}
    for nation in Nation:
        for day, names in country_holidays("GB", subdiv=nation, years=year, language="en_GB").items():
            for name in names.split("; "):
                found.setdefault(day, {}).setdefault(_as_printed(name), []).append(nation)
    return {
        day: tuple(BankHoliday(name, tuple(nations)) for name, nations in names.items())
        for day, names in found.items()
    }


def _as_printed(name: str) -> str:
    name = name.replace("(observed)", "(substitute day)").replace("Saint ", "St ")
    return name.replace("'", "’")
