"""The page and the file that say what comes of each course, by region; figures, and no names."""

from http import HTTPStatus

from flask import abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField

from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.core.pages import page
from lms.people.access import requires
from lms.reports.answers import download
from lms.reports.choice import UnknownChoiceError
from lms.reports.evaluation import Choice, EvaluationReport, evaluation_report
from lms.reports.evaluation_files import evaluation_csv
from lms.reports.filters import By
from lms.reports.forms import any_of_them, filled, in_own_words
from lms.reports.reach import Reach, reach
from lms.reports.views import blueprint


class EvaluationForm(FlaskForm):
    """Of which place and course the page speaks."""

    class Meta:
        """No token: nothing is written."""

        csrf = False

    region = SelectField(_l("Region"))
    course = SelectField(_l("Course"))


@blueprint.get("/evaluation")
@requires("reports")
def evaluation() -> Response:
    """Show of each course, or of one by region, who will use it, passed, was assessed and used it at work."""
    try:
        report, within, published = _asked()
    except UnknownChoiceError:
        abort(HTTPStatus.NOT_FOUND)
    return page("reports/evaluation.html", report=report, form=_form(report.choice, within, published))


@blueprint.get("/evaluation.csv")
@requires("reports")
def evaluation_file() -> Response:
    """Give the same as CSV."""

    def make() -> tuple[str, str]:
        report, _within, _published = _asked()
        return "evaluation-of-learning.csv", evaluation_csv(report)

    return download(make)


def _asked() -> tuple[EvaluationReport, Reach, Catalogue]:
    """The report of the address; raises UnknownChoiceError for a place or course that may not be chosen."""
    within, published = reach(), catalogue.current()
    region, course = request.args.get("region", ""), request.args.get("course", "")
    if (region and within.region(region) is None) or (course and published.course(course) is None):
        raise UnknownChoiceError
    choice = Choice(region or within.implied_region(By.REGION), course)
    return evaluation_report(choice, within, published), within, published


def _form(choice: Choice, within: Reach, published: Catalogue) -> EvaluationForm:
    form = EvaluationForm(formdata=None)
    everywhere = [any_of_them(_("All regions"))] if within.compares else []
    form.region.choices = [*everywhere, *in_own_words((each.id, each.name) for each in within.regions)]
    courses = in_own_words((each.id, each.title) for each in published.courses)
    form.course.choices = [any_of_them(_("All courses")), *courses]
    return filled(form, choice._asdict())
