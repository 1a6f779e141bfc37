"""The choice of an address, as far as it exists for the one who asks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import func, select

from lms.competencies.suppression import NO_PILLAR
from lms.content.framework import Framework
from lms.core import clock
from lms.core.database import db
from lms.core.languages import day as in_words
from lms.people.models import Act
from lms.reports.filters import By, FilterError, Filters, read_filters
from lms.reports.reach import Reach


class UnknownChoiceError(LookupError):
    """The address names what does not exist, or not for the one who asks."""


def choose(given: Mapping[str, str], within: Reach, framework: Framework, today: date) -> Filters:
    """Read a choice, with the region that it means where it names none.

    Raises UnknownChoiceError for what does not exist for the one who asks, and FilterError for what
    they can mend.
    """
    filters = read_filters(given, today, _usual_rows(given, within))
    _demand_known(filters, within, framework)
    if filters.known_at is not None:
        demand_recorded("known_at", filters.known_at, _first_act())
    organisation = within.organisation(filters.organisation)
    if organisation is None:
        if filters.by is By.TEAM:
            raise FilterError(field="organisation", words=_("Choose one organisation to see its teams"))
        return replace(filters, region=filters.region or within.implied_region(filters.by))
    if filters.region not in {"", organisation.region_id}:
        raise FilterError(
            field="organisation", words=_("Choose an organisation of this region, or all regions")
        )
    return replace(filters, region=organisation.region_id)


def demand_recorded(field: str, day: date, first: date | None) -> None:
    """Raise FilterError for a day before the first on which anything is recorded."""
    if first is not None and day < first:
        words = _("Enter %(day)s or a later date: nothing is recorded before", day=in_words(first))
        raise FilterError(field, words, instead={field: first})


def _usual_rows(given: Mapping[str, str], within: Reach) -> By:
    """By region; who leads one region alone begins with the organisations there, as who leads these does."""
    chosen = any(given.get(key) for key in ("region", "organisation", "role", "pillar"))
    lands_there = within.implied_region(By.ORGANISATION) and not chosen
    return By.ORGANISATION if lands_there or not within.compares else By.REGION


def _first_act() -> date | None:
    """The day on which the first act was written."""
    moment = db.session.scalar(select(func.min(Act.at)))
    return clock.london_day(moment) if moment else None


def _demand_known(filters: Filters, within: Reach, framework: Framework) -> None:
    known = (
        not filters.region or within.region(filters.region),
        not filters.organisation or within.organisation(filters.organisation),
        not filters.role or framework.role(filters.role),
        filters.pillar in {"", NO_PILLAR} or framework.pillar(filters.pillar),
        not filters.competency or framework.competency(filters.competency),
        filters.area in {"", *(each.id for each in framework.areas)},
        filters.by is not By.TEAM or within.names_teams,
        filters.by is not By.ORGANISATION or not filters.region or within.may_look_into(filters.region),
    )
    if not all(known):
        raise UnknownChoiceError
