"""What a lead asks of “What would close it”: a place, a competency or all, a day, and perhaps hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from lms.competencies.suppression import Group
from lms.content.framework import Framework
from lms.core.dates import add_months, parse_day
from lms.core.languages import day as in_words
from lms.reports.choice import choose
from lms.reports.filters import By, FilterError, Filters
from lms.reports.reach import Reach

USUAL_MONTHS, MOST_MONTHS = 3, 24
MOST_HOURS = 100_000
CHOSEN = ("region", "competency")


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """The filters of today, the day by which people should be ready, and the staff hours that there are."""

    filters: Filters
    day: date
    hours: int | None

    @property
    def group(self) -> Group:
        """The region, or all of them: who needs what would tell of people in anything smaller."""
        return Group(region=self.filters.region or None)

    def address(self, **changes: str) -> dict[str, str]:
        """The arguments of an address that asks for this choice, with some of it changed."""
        found = {
            "region": self.filters.region,
            "competency": self.filters.competency,
            "ready_by": self.day.isoformat(),
            "hours": str(self.hours or ""),
            **changes,
        }
        return {key: value for key, value in found.items() if value}


def choose_plan(given: Mapping[str, str], within: Reach, framework: Framework, today: date) -> PlanChoice:
    """Read a choice. Raises UnknownChoiceError and FilterError as the gap report does."""
    wanted = {key: given.get(key, "") for key in CHOSEN}
    filters = choose({**wanted, "by": By.REGION}, within, framework, today)
    return PlanChoice(filters, _ready_by(given.get("ready_by", ""), today), _hours(given.get("hours", "")))


def _ready_by(text: str, today: date) -> date:
    if not text.strip():
        return add_months(today, USUAL_MONTHS)
    try:
        day = parse_day(text)
    except ValueError as error:
        raise FilterError(field="ready_by", words=_("Enter a date like 30/11/2026")) from error
    last = add_months(today, MOST_MONTHS)
    if not today < day <= last:
        words = _("Enter a date after today, up to %(day)s", day=in_words(last))
        raise FilterError(
            field="ready_by", words=words, instead={"ready_by": add_months(today, USUAL_MONTHS)}
        )
    return day


def _hours(text: str) -> int | None:
    plain = text.strip().replace(",", "")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit() and 0 < int(plain) <= MOST_HOURS):
        raise FilterError(
            field="hours", words=_("Enter whole hours from 1 to 100,000, or leave it empty for all")
        )
    return int(plain)
