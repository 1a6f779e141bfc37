"""Who is ready to run a piece of work."""

from http import HTTPStatus

from flask import Response, request

from lms.content import catalogue
from lms.core import clock
from lms.core.pages import page, wants_fragment
from lms.people.access import requires, viewer
from lms.people.models import Duty
from lms.people.readings import note_overview
from lms.people.reports import reports_of
from lms.teams.blueprint import blueprint
from lms.teams.staffing_forms import choices_of, chosen, period_of, staffing_form
from lms.teams.staffing_page import answer_of
from lms.teams.works import works_of

READING = "team.staffing"


@blueprint.get("/staffing")
@requires("team")
def staffing() -> Response:
    """Show who is ready to run a piece of work on every day of a period; 400 for what cannot be counted."""
    who, today = viewer(), clock.today()
    framework = catalogue.current().framework
    reports = reports_of(who.person_id, who.held(Duty.MANAGER), today)
    own = works_of([each.id for each in reports.teams])
    form = staffing_form(request.args, framework, today, own)
    if not (request.args.keys() - {"work"}):
        return page("teams/staffing.html", form=form, answer=None, work=None)
    work = chosen(form, choices_of(framework, own))
    period = period_of(form, work, framework, today)
    if work is None or period is None:
        wrong = HTTPStatus.UNPROCESSABLE_ENTITY if wants_fragment() else HTTPStatus.BAD_REQUEST
        return page("teams/staffing.html", wrong, form=form, answer=None, work=work)
    answer = answer_of(reports, period, today)
    note_overview([each.ahead.row.person_id for each in answer.found], who.person_id, READING)
    return page("teams/staffing.html", form=form, answer=answer, work=work)
