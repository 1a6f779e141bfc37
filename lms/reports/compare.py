"""Two days of one place, or two places on one day, for all competencies."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _

from lms.competencies.disclosure import Figure, disclose
from lms.content.catalogue import Catalogue
from lms.content.framework import Competency, Framework
from lms.core.languages import day as in_words
from lms.people.acts import no_known_on
from lms.reports.choice import UnknownChoiceError
from lms.reports.covered import Covered, covered
from lms.reports.filters import MOST_COMBINED, FilterError, Filters
from lms.reports.history import quarter_before
from lms.reports.reach import Reach
from lms.reports.rows import Asked
from lms.reports.why_choice import (
    boarded_as_known,
    choose_group,
    demand_recorded,
    group_of,
    place_of,
    read_day,
)

WITH_DAY, WITH_REGION, WITH_ORGANISATION = "with_day", "with_region", "with_organisation"
WITH = (WITH_DAY, WITH_REGION, WITH_ORGANISATION)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared: the choice, its name beside the other, and who is counted in it.

    `in_text` is the name in the middle of a sentence.
    """

    filters: Filters
    title: str
    in_text: str
    covered: Covered


@dataclass(frozen=True, slots=True)
class Pair:
    """The figures of a competency on both sides."""

    competency: Competency
    first: Figure
    second: Figure

    @property
    def points(self) -> int | None:
        """Percentage points by which the second is higher, as printed; None without two shares."""
        first, second = self.first.percent, self.second.percent
        return None if first is None or second is None else second - first

    @property
    def people(self) -> int:
        """By how many more people are below on the second side; 0 when hidden."""
        if self.first.tally is None or self.second.tally is None:
            return 0
        return self.second.tally.below - self.first.tally.below


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the page says: the choice that it began from, both sides, and a pair for each competency."""

    base: Filters
    sides: tuple[Side, Side]
    pairs: tuple[Pair, ...]
    smallest: int

    @property
    def is_of_days(self) -> bool:
        """Whether the sides are two days of one place."""
        first, second = (side.filters for side in self.sides)
        return group_of(first) == group_of(second)

    @property
    def widest(self) -> Pair | None:
        """The pair that differs most in share; None when none has two shares that differ."""
        found = [each for each in self.pairs if each.points]
        return max(found, key=lambda each: (abs(each.points or 0), abs(each.people)), default=None)

    @property
    def hidden(self) -> int:
        """How many figures are not shown."""
        return sum(each.first.hidden + each.second.hidden for each in self.pairs)


def choose_sides(
    given: Mapping[str, str], within: Reach, framework: Framework, today: date
) -> tuple[Filters, tuple[Filters, Filters]]:
    """The choice of an address, and the two that it compares: two days in their order, or two places.

    Without anything to compare with it is the quarter before. Raises UnknownChoiceError and FilterError
    as the gap report does.
    """
    day = read_day(given, "as_of", today) or today
    base = choose_group(given, day, within, framework, today)
    wanted = [field for field in WITH if given.get(field, "").strip()]
    if len(wanted) > 1:
        raise FilterError(wanted[-1], _("Choose one to compare with: a day, a region or an organisation"))
    field = wanted[0] if wanted else WITH_DAY
    first = min(boarded_as_known(base.known_at).values(), default=None)
    demand_recorded("as_of", day, first)
    if field == WITH_DAY:
        usual = max(quarter_before(day), first or date.min)
        other = replace(base, as_of=read_day(given, field, today) or usual)
        demand_recorded(field, other.as_of, first)
    else:
        other = _other_place(base, field, given[field], within)
    if other == base and wanted:
        raise FilterError(field, _("Choose another one: this is compared with itself"))
    days_backwards = field == WITH_DAY and other.as_of < base.as_of
    return base, ((other, base) if days_backwards else (base, other))


def compare(
    base: Filters, chosen: tuple[Filters, Filters], within: Reach, published: Catalogue
) -> Comparison:
    """Count and disclose both sides."""
    no = None if base.known_at is None else no_known_on(base.known_at)
    boarded = boarded_as_known(base.known_at)
    asked = [
        Asked(each, within, published, disclose(each.as_of, no, within.viewpoint), boarded, no)
        for each in chosen
    ]
    first, second = (each.figures(group_of(each.filters)) for each in asked)
    of_days = group_of(chosen[0]) == group_of(chosen[1])
    sides = [_side(each, of_days=of_days) for each in asked]
    return Comparison(
        base=base,
        sides=(sides[0], sides[1]),
        pairs=tuple(Pair(each, first[each.id], second[each.id]) for each in published.framework.competencies),
        smallest=asked[0].disclosure.smallest,
    )


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


def _side(asked: Asked, *, of_days: bool) -> Side:
    filters = asked.filters
    name = in_words(filters.as_of) if of_days else place_of(filters, asked.reach)
    everywhere = not (of_days or filters.region or filters.organisation)
    return Side(filters, _("All regions") if everywhere else name, name, covered(asked))
