"""What a lead asks of the gap report; the whole state of the page is in its address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask_babel import gettext as _

from lms.core.dates import parse_day
from lms.reports.columns import Columns
from lms.reports.measures import Measure

MOST_COMBINED = 2
Kind = TypeVar("Kind", bound=StrEnum)


class By(StrEnum):
    """What a row of the report is."""

    REGION = "region"
    ORGANISATION = "organisation"
    TEAM = "team"
    ROLE = "role"
    PILLAR = "pillar"


class Order(StrEnum):
    """In which order rows stand; organisations are never ranked."""

    USUAL = ""
    NAME = "name"
    FIGURE = "figure"


class FilterError(ValueError):
    """A choice that the report cannot answer; the message says which and how to mend it.

    `instead` has the days of fields that it could answer, if only days are wrong.
    """

    def __init__(self, field: str, words: str, instead: Mapping[str, date] | None = None) -> None:
        super().__init__(words)
        self.field = field
        self.instead = instead or {}


@dataclass(frozen=True, slots=True)
class Filters:
    """One choice; ids are empty when everything is meant. `known_at` None: as known now."""

    by: By
    as_of: date
    known_at: date | None = None
    region: str = ""
    organisation: str = ""
    role: str = ""
    pillar: str = ""
    competency: str = ""
    area: str = ""
    measure: Measure = Measure.BELOW
    columns: Columns = Columns.COMPETENCY
    order: Order = Order.USUAL

    def address(self, **changes: object) -> dict[str, str]:
        """The arguments of an address that asks for this choice, with some of it changed."""
        other = replace(self, **changes)  # type: ignore[arg-type]
        values = {
            "by": str(other.by),
            "region": other.region,
            "organisation": other.organisation,
            "role": other.role,
            "pillar": other.pillar,
            "competency": other.competency,
            "area": other.area,
            "measure": "" if other.measure is Measure.BELOW else str(other.measure),
            "columns": "" if other.columns is Columns.COMPETENCY else str(other.columns),
            "order": str(other.order),
            "as_of": other.as_of.isoformat(),
            "known_at": other.known_at.isoformat() if other.known_at else "",
        }
        return {key: value for key, value in values.items() if value}

    @property
    def column(self) -> str:
        """The column that is asked for, empty when none is."""
        return self.area if self.columns is Columns.AREA else self.competency

    def about(self, column: str) -> dict[str, str]:
        """What of an address asks for a column."""
        return {"area" if self.columns is Columns.AREA else "competency": column}

    @property
    def combined(self) -> int:
        """How many of organisation, role and pillar a cell of this choice is about."""
        return sum(
            (
                bool(self.organisation) or self.by is By.ORGANISATION,
                bool(self.role) or self.by is By.ROLE,
                bool(self.pillar) or self.by is By.PILLAR,
            )
        )


def read_filters(given: Mapping[str, str], today: date, by: By) -> Filters:
    """The choice that an address makes; without a kind of row it is `by`, without a day today.

    Raises FilterError for a day that is none or lies in the future, for an unknown kind of row or column
    or an unknown measure, and for more than two of organisation, role and pillar together.
    """
    found = Filters(
        by=_one_of(By, given, "by", by, _("Choose rows by region, organisation, team, role or pillar")),
        as_of=_day(given, "as_of", today) or today,
        known_at=_day(given, "known_at", today),
        region=given.get("region", ""),
        organisation=given.get("organisation", ""),
        role=given.get("role", ""),
        pillar=given.get("pillar", ""),
        competency=given.get("competency", ""),
        area=given.get("area", ""),
        measure=_one_of(Measure, given, "measure", Measure.BELOW, _("Choose a measure of the list")),
        columns=_one_of(
            Columns, given, "columns", Columns.COMPETENCY, _("Choose columns by competency or area")
        ),
        order=next((each for each in Order if each == given.get("order")), Order.USUAL),
    )
    if found.combined > MOST_COMBINED:
        raise FilterError(field="pillar", words=_("Choose at most two of organisation, role and pillar"))
    return found


def _one_of(kind: type[Kind], given: Mapping[str, str], key: str, usual: Kind, words: str) -> Kind:
    try:
        return kind(given.get(key) or usual)
    except ValueError as error:
        raise FilterError(field=key, words=words) from error


def _day(given: Mapping[str, str], key: str, today: date) -> date | None:
    text = given.get(key, "").strip()
    if not text:
        return None
    try:
        day = parse_day(text)
    except ValueError as error:
        raise FilterError(key, _("Enter a date like 30/11/2026")) from error
    if day > today:
        raise FilterError(key, _("Enter today’s date or an earlier one"))
    return day
