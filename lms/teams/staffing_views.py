"""Who is ready to run a piece of work."""

from http import HTTPStatus

from flask import Response, request

from lms.content import catalogue
from lms.core import clock
from lms.core.pages import page, wants_fragment
from lms.people.access import requires, viewer
from lms.people.models import Duty
from lms.people.readings import note_overview
from lms.teams.blueprint import blueprint
from lms.teams.staffing_forms import period_of, staffing_form
from lms.teams.staffing_page import answer_of

READING = "team.staffing"


@blueprint.get("/staffing")
@requires("team")
def staffing() -> Response:
    """Show who is ready to run a piece of work on every day of a period; 400 for what cannot be counted."""
    who, today = viewer(), clock.today()
    framework = catalogue.current().framework
    form = staffing_form(request.args, framework, today)
    if not request.args:
        return page("teams/staffing.html", form=form, answer=None)
    period = period_of(form, framework, today)
    if period is None:
        wrong = HTTPStatus.UNPROCESSABLE_ENTITY if wants_fragment() else HTTPStatus.BAD_REQUEST
        return page("teams/staffing.html", wrong, form=form, answer=None)
    answer = answer_of(who.person_id, who.held(Duty.MANAGER), period, today)
    note_overview([each.ahead.row.person_id for each in answer.found], who.person_id, READING)
    return page("teams/staffing.html", form=form, answer=answer)
