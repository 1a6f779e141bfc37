"""What is compared: two days of one place, or two places on one day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _

from lms.content.framework import Framework
from lms.reports.choice import UnknownChoiceError, demand_recorded
from lms.reports.filters import MOST_COMBINED, FilterError, Filters
from lms.reports.groups import boarded_as_known, choose_group, read_day
from lms.reports.history import quarter_before
from lms.reports.reach import Reach

WITH_DAY, WITH_REGION, WITH_ORGANISATION = "with_day", "with_region", "with_organisation"
WITH = (WITH_DAY, WITH_REGION, WITH_ORGANISATION)


@dataclass(frozen=True, slots=True)
class CompareChoice:
    """The choice that a comparison began from, and its two sides: two days in their order, or two places.

    `field` is what of an address names the other one. `boarded` has the first day on which each
    organisation is counted, as known.
    """

    base: Filters
    other: Filters
    field: str
    boarded: Mapping[str, date]

    @property
    def is_of_days(self) -> bool:
        """Whether the sides are two days of one place."""
        return self.field == WITH_DAY

    @property
    def sides(self) -> tuple[Filters, Filters]:
        """The two choices as they stand on the page."""
        backwards = self.is_of_days and self.other.as_of < self.base.as_of
        return (self.other, self.base) if backwards else (self.base, self.other)

    def address(self, **changes: str) -> dict[str, str]:
        """The arguments of an address that asks for this comparison, with some of it changed."""
        named = {
            WITH_DAY: self.other.as_of.isoformat(),
            WITH_REGION: self.other.region,
            WITH_ORGANISATION: self.other.organisation,
        }
        values = {**self.base.address(), "by": "", self.field: named[self.field], **changes}
        return {key: value for key, value in values.items() if value}


def choose_sides(given: Mapping[str, str], within: Reach, framework: Framework, today: date) -> CompareChoice:
    """Read a choice; without anything to compare with it is the quarter before.

    Raises UnknownChoiceError and FilterError as the gap report does.
    """
    day = read_day(given, "as_of", today) or today
    base = choose_group(given, day, within, framework, today)
    wanted = [field for field in WITH if given.get(field, "").strip()]
    if len(wanted) > 1:
        raise FilterError(wanted[-1], _("Choose one to compare with: a day, a region or an organisation"))
    field = wanted[0] if wanted else WITH_DAY
    boarded = boarded_as_known(base.known_at)
    first = min(boarded.values(), default=None)
    demand_recorded("as_of", day, first)
    if field == WITH_DAY:
        usual = max(quarter_before(day), first or date.min)
        other = replace(base, as_of=read_day(given, field, today) or usual)
        demand_recorded(field, other.as_of, first)
    else:
        other = _other_place(base, field, given[field], within)
    if other == base and wanted:
        raise FilterError(field, _("Choose another one: this is compared with itself"))
    return CompareChoice(base, other, field, boarded)


def _other_place(base: Filters, field: str, place: str, within: Reach) -> Filters:
    if field == WITH_REGION:
        if within.region(place) is None:
            raise UnknownChoiceError
        return replace(base, region=place, organisation="")
    organisation = within.organisation(place)
    if organisation is None:
        raise UnknownChoiceError
    found = replace(base, region=organisation.region_id, organisation=place)
    if found.combined > MOST_COMBINED:
        raise FilterError(field, _("Choose at most two of organisation, role and pillar"))
    return found
