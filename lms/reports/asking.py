"""The report that an address asks for, or what is wrong with the address."""

from flask import request

from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.reports.choice import UnknownChoiceError, choose, demand_recorded
from lms.reports.filters import By
from lms.reports.gaps import GapReport, gap_report
from lms.reports.reach import Reach


def report_asked_for(within: Reach, published: Catalogue) -> GapReport:
    """The report of the address. Raises UnknownChoiceError, and FilterError for what can be mended."""
    filters = choose(request.args, within, published.framework, clock.today())
    report = gap_report(filters, within, published)
    demand_recorded("as_of", filters.as_of, report.first)
    if filters.by is By.TEAM and not report.rows:
        raise UnknownChoiceError
    return report
