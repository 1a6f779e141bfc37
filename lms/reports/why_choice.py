"""What a lead asks of “Why it moved”: two days, a competency, and the group that the gap report is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from lms.competencies.suppression import Group
from lms.content.framework import Framework
from lms.core.languages import day as in_words
from lms.reports.choice import demand_recorded
from lms.reports.filters import FilterError, Filters
from lms.reports.groups import CHOSEN, boarded_as_known, choose_group, group_of, read_day
from lms.reports.history import quarter_before
from lms.reports.reach import Reach

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WhyChoice:
    """Two days, the second of which is the day of the filters, and the group that they name.

    `boarded` has the first day on which each organisation is counted, as known; `by` are the rows of
    the gap report that leads here.
    """

    start: date
    filters: Filters
    boarded: Mapping[str, date]
    by: str = ""

    @property
    def end(self) -> date:
        """The second day."""
        return self.filters.as_of

    @property
    def group(self) -> Group:
        """The group whose figures moved."""
        return group_of(self.filters)

    def address(self, **changes: str) -> dict[str, str]:
        """The arguments of an address that asks for this choice, with some of it changed."""
        kept = {key: value for key, value in self.filters.address().items() if key in CHOSEN}
        days = {"from": self.start.isoformat(), "to": self.end.isoformat()}
        return {key: value for key, value in {**kept, "by": self.by, **days, **changes}.items() if value}


def choose_days(given: Mapping[str, str], within: Reach, framework: Framework, today: date) -> WhyChoice:
    """Read a choice. Raises UnknownChoiceError and FilterError as the gap report does."""
    end = read_day(given, "to", today) or read_day(given, "as_of", today) or today
    start = read_day(given, "from", today)
    filters = choose_group(given, end, within, framework, today)
    boarded = boarded_as_known(filters.known_at)
    first = min(boarded.values(), default=None)
    if start is None:
        start = max(quarter_before(end), first or date.min)
        start = start if start < end else end - DAY
    _demand_order(start, end)
    demand_recorded("to", end, first)
    demand_recorded("from", start, first and min(first, end - DAY))
    return WhyChoice(start, filters, boarded, given.get("by", ""))


def _demand_order(start: date, end: date) -> None:
    if start == end:
        raise FilterError(
            field="to", words=_("Enter a later date than the first: nothing moves within one day")
        )
    if start > end:
        words = _("Enter a date after %(day)s, or swap the two dates", day=in_words(start))
        raise FilterError(field="to", words=words, instead={"from": end, "to": start})
