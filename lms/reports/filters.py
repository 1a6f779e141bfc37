"""What a lead asks of the gap report; the whole state of the page is in its address."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from lms.core.dates import parse_day

MOST_COMBINED = 2


class By(StrEnum):
    """What a row of the report is."""

    REGION = "region"
    ORGANISATION = "organisation"
    TEAM = "team"
    ROLE = "role"
    PILLAR = "pillar"


class FilterError(ValueError):
    """A choice that the report cannot answer; the message says which and how to mend it."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


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
            "as_of": other.as_of.isoformat(),
            "known_at": other.known_at.isoformat() if other.known_at else "",
        }
        return {key: value for key, value in values.items() if value}


def read_filters(given: MultiDict[str, str], today: date, default: Filters) -> Filters:
    """The choice that an address makes; what it leaves out comes from `default`.

    Raises FilterError for a day that is none, lies in the future or is known before it was, for an
    unknown kind of row, and for more than two of organisation, role and pillar together.
    """
    try:
        by = By(given.get("by") or default.by)
    except ValueError as error:
        raise FilterError(
            field="by", words=_("Choose rows by region, organisation, team, role or pillar")
        ) from error
    found = Filters(
        by=by,
        as_of=_day(given, "as_of", today) or default.as_of,
        known_at=_day(given, "known_at", today),
        region=given.get("region", default.region),
        organisation=given.get("organisation", default.organisation),
        role=given.get("role", ""),
        pillar=given.get("pillar", ""),
        competency=given.get("competency", ""),
    )
    if combined(found) > MOST_COMBINED:
        raise FilterError(field="pillar", words=_("Choose at most two of organisation, role and pillar"))
    return found


def combined(filters: Filters) -> int:
    """How many of organisation, role and pillar a cell of this choice is about."""
    return sum(
        (
            bool(filters.organisation) or filters.by is By.ORGANISATION,
            bool(filters.role) or filters.by is By.ROLE,
            bool(filters.pillar) or filters.by is By.PILLAR,
        )
    )


def _day(given: MultiDict[str, str], key: str, today: date) -> date | None:
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
