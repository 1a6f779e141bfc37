"""When a standstill ends. Sources: Procurement Act 2023, sections 51, 76 and 123."""

from dataclasses import dataclass
from datetime import date

from lms.learning.calculators.working_days import DAY, CountedDay, count_working_days


@dataclass(frozen=True, slots=True)
class Standstill:
    """A standstill day by day, from the day of publication to its last one."""

    days: tuple[CountedDay, ...]

    @property
    def last(self) -> date:
        """The last day of the standstill."""
        return self.days[-1].day

    @property
    def free_from(self) -> date:
        """The first day on which it is over: the day after, whether that is a working day or not."""
        return self.last + DAY

    @property
    def starts_late(self) -> bool:
        """Whether the notice is published on a day that does not count itself."""
        return self.days[0].number is None

    @property
    def left_out(self) -> tuple[CountedDay, ...]:
        """The days that do not count."""
        return tuple(each for each in self.days if each.number is None)


def standstill(published: date, working_days: int) -> Standstill:
    """The standstill of a notice: so many working days, beginning with the day of publication."""
    return Standstill(tuple(count_working_days(published, working_days)))
