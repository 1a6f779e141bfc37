"""How long an accreditation counts, by its own rule: pure functions over plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lms.content.framework import Accreditation
from lms.core.dates import add_months

YEAR = 12
HOUR = 60


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the first day on which an accreditation counts to the first on which it does not; None: no end."""

    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Hours:
    """The CPD of a year of an accreditation, on which the next depends: minutes so far, of those asked."""

    title: str
    minutes: int
    asked: int
    start: date
    end: date
    """The first day that does not belong to the year."""

    @property
    def last(self) -> date:
        """The last day of the year."""
        return self.end - timedelta(days=1)

    @property
    def reached(self) -> bool:
        """Whether the next year counts."""
        return self.minutes >= self.asked


def stretches(
    accreditation: Accreditation, awarded_on: date, minutes: Iterable[tuple[date, int]], today: date
) -> list[Stretch]:
    """The stretches that are certain by today, the first from the award; no two of them meet.

    One that is renewed ends after its months: a renewal is an award of its own. One that asks for CPD
    counts for the year from the award, and for each later year once the hours of the year before it
    are reached, by `minutes` of CPD on their days. A year that is reached late counts from its first day
    while that year runs, and the next is not certain before the hours are there.
    """
    if accreditation.renew_every_months:
        return [Stretch(awarded_on, add_months(awarded_on, accreditation.renew_every_months))]
    if not accreditation.cpd_hours_a_year:
        return [Stretch(awarded_on, None)]
    spent = [(day, each) for day, each in minutes if day <= today]
    found = [Stretch(awarded_on, add_months(awarded_on, YEAR))]
    while (last := found[-1]).end is not None and _enough(accreditation, spent, last):
        after = add_months(awarded_on, YEAR * (len(found) + 1))
        found.append(Stretch(last.end, after))
    return found


def hours_of(
    accreditation: Accreditation, awarded_on: date, minutes: Iterable[tuple[date, int]], today: date
) -> Hours | None:
    """The CPD of the year that runs, or of the last that counted; None for one that asks for none."""
    if not accreditation.cpd_hours_a_year:
        return None
    spent = [(day, each) for day, each in minutes if day <= today]
    years = stretches(accreditation, awarded_on, spent, today)
    year = next((each for each in years if each.end and today < each.end), years[-1])
    end = year.end or date.max
    asked = accreditation.cpd_hours_a_year * HOUR
    return Hours(accreditation.title, minutes_in(spent, year), asked, year.start, end)


def minutes_in(minutes: Iterable[tuple[date, int]], stretch: Stretch) -> int:
    """The minutes of CPD that fall into a stretch."""
    return sum(
        each for day, each in minutes if stretch.start <= day and (stretch.end is None or day < stretch.end)
    )


def _enough(accreditation: Accreditation, spent: Iterable[tuple[date, int]], year: Stretch) -> bool:
    return minutes_in(spent, year) >= (accreditation.cpd_hours_a_year or 0) * HOUR
