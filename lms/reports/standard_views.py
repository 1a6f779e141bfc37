"""The pages and files that say who is current on the operating standards; figures, and no names."""

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField

from lms.content import catalogue
from lms.people.access import requires
from lms.reports.answers import download, shown
from lms.reports.choice import UnknownChoiceError
from lms.reports.filters import By
from lms.reports.forms import any_of_them, filled, in_own_words
from lms.reports.reach import Reach, reach
from lms.reports.standard_files import standard_csv, standards_csv
from lms.reports.standards import StandardReport, StandardsReport, band, standard_report, standards_report
from lms.reports.views import blueprint


class PlaceForm(FlaskForm):
    """The place of which a page speaks."""

    class Meta:
        """No token: nothing is written."""

        csrf = False

    region = SelectField(_l("Region"))


@blueprint.get("/standards")
@requires("reports")
def standards() -> Response:
    """Show for each standard who is current on it of those whose role needs it."""

    def context() -> dict[str, object]:
        report = _standards()
        return {"report": report, "form": _form(report.whole.region, report.whole.reach), "band": band}

    return shown("reports/standards.html", context, PlaceForm)


@blueprint.get("/standards.csv")
@requires("reports")
def standards_file() -> Response:
    """Give the same as CSV."""

    def make() -> tuple[str, str]:
        report = _standards()
        return f"current-on-standards-{report.whole.today}.csv", standards_csv(report)

    return download(make)


@blueprint.get("/standards/<string:standard>")
@requires("reports")
def standard(standard: str) -> Response:
    """Show one standard by region or organisation, and by clause."""

    def context() -> dict[str, object]:
        report = _standard(standard)
        return {"report": report, "form": _form(report.whole.region, report.whole.reach), "band": band}

    return shown("reports/standard.html", context, PlaceForm)


@blueprint.get("/standards/<string:standard>.csv")
@requires("reports")
def standard_file(standard: str) -> Response:
    """Give the same as CSV."""

    def make() -> tuple[str, str]:
        report = _standard(standard)
        return f"current-on-{standard}-{report.whole.today}.csv", standard_csv(report)

    return download(make)


def _standards() -> StandardsReport:
    within = reach()
    return standards_report(_region(within), within, catalogue.current())


def _standard(standard: str) -> StandardReport:
    """Raises UnknownChoiceError for a standard that is not published."""
    within, published = reach(), catalogue.current()
    found = published.standard(standard)
    if found is None:
        raise UnknownChoiceError
    return standard_report(found, _region(within), within, published)


def _region(within: Reach) -> str:
    """The region of the address, or the own one where it names none; empty for all."""
    asked = request.args.get("region")
    if asked is None:
        return within.implied_region(By.ORGANISATION)
    if asked and within.region(asked) is None:
        raise UnknownChoiceError
    return asked or within.implied_region(By.REGION)


def _form(region: str, within: Reach) -> PlaceForm:
    form = PlaceForm(formdata=None)
    everywhere = [any_of_them(_("All regions"))] if within.compares else []
    form.region.choices = [*everywhere, *in_own_words((each.id, each.name) for each in within.regions)]
    return filled(form, {"region": region})
