"""The report that an address asks for, or what is wrong with the address."""

from datetime import date

from flask import abort, request
from flask_babel import gettext as _
from sqlalchemy import func, select

from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.database import db
from lms.core.languages import day as in_words
from lms.people.models import Act
from lms.reports.choice import UnknownChoiceError, choose
from lms.reports.filters import By, FilterError
from lms.reports.gaps import GapReport, gap_report
from lms.reports.reach import Reach


def report_asked_for(within: Reach, published: Catalogue) -> GapReport:
    """The report of the address; what does not exist for the one who asks answers 404.

    Raises FilterError for what they can mend.
    """
    try:
        filters = choose(request.args, within, published.framework, clock.today())
    except UnknownChoiceError:
        abort(404)
    if filters.known_at is not None:
        _demand_recorded("known_at", filters.known_at, _first_act())
    report = gap_report(filters, within, published)
    _demand_recorded("as_of", filters.as_of, report.first)
    if filters.by is By.TEAM and not report.rows:
        abort(404)
    return report


def _demand_recorded(field: str, day: date, first: date | None) -> None:
    if first is not None and day < first:
        words = _("Enter %(day)s or a later date: nothing is recorded before", day=in_words(first))
        raise FilterError(field, words, instead=first)


def _first_act() -> date | None:
    """The day on which the first act was written."""
    moment = db.session.scalar(select(func.min(Act.at)))
    return clock.london_day(moment) if moment else None
