"""The pages of line managers: who can do what, and the record of one person."""

from http import HTTPStatus

from flask import Response, abort, request, url_for
from werkzeug.datastructures import MultiDict

from lms.content import catalogue
from lms.core import clock
from lms.core.pages import page, wants_fragment
from lms.learning.as_of import as_of_form, fault_of, typed_day
from lms.learning.listing import listed
from lms.learning.qualifications import waiting_of
from lms.learning.record import known_on
from lms.people.access import demand, requires, viewer
from lms.people.models import Duty
from lms.people.readings import note_overview, note_reading
from lms.people.subjects import person_subject
from lms.teams.blueprint import blueprint
from lms.teams.choice import read_choice
from lms.teams.choice_form import choice_form
from lms.teams.decide import decide_of
from lms.teams.overview import overview_of
from lms.teams.person import name_of, person_record
from lms.teams.staffing_forms import staffing_form

READING = "team.person"
OVERVIEW = "team.matrix"


@blueprint.get("")
@requires("team")
def matrix() -> Response:
    """Show who can do what in the teams of the one who asks; 404 for a team that is not theirs.

    400 for a day of which cover cannot be counted, 422 where HTMX asks, which shows only that.
    """
    who, today, typed = viewer(), clock.today(), request.args.get("on")
    framework = catalogue.current().framework
    choice = read_choice(request.args, framework, today)
    try:
        found = overview_of(who.person_id, who.held(Duty.MANAGER), choice, framework, today)
    except LookupError:
        abort(404)

    def address(number: int) -> str:
        return url_for(".matrix", **choice.address(number), _anchor="everyone")

    note_overview([each.row.person_id for each in found.rows], who.person_id, OVERVIEW)
    form = choice_form(choice, found.teams, framework, typed, today)
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY if wants_fragment() else HTTPStatus.BAD_REQUEST
    status = wrong if form.on.errors else HTTPStatus.OK
    return page(
        "teams/matrix.html",
        status,
        overview=found,
        form=form,
        ready=staffing_form(MultiDict(), framework, today),
        page_address=address,
    )


@blueprint.get("/<int:person_id>")
@requires("team")
def person(person_id: int) -> Response:
    """Show another person's record as of a day, and keep that it was opened; 400 for a day without one."""
    demand("team.person", person_subject(person_id))
    note_reading(person_id, viewer().person_id, READING)
    today, typed = clock.today(), request.args.get("as_of")
    asked, known_no = typed_day(typed, today), None
    form = as_of_form(typed, today)
    if asked != today:
        joined, known_no = known_on(person_id, asked or today)
        if fault := fault_of(asked, joined, today, own=False):
            form.as_of.errors = [fault]
    if asked is None or form.errors:
        name = name_of(person_id)
        return page("teams/person.html", status=400, form=form, name=name, person_id=person_id, about=None)
    about = person_record(person_id, asked, known_no)

    def address(number: int, anchor: str) -> str:
        return url_for(".person", person_id=person_id, as_of=typed, page=number, _anchor=anchor)

    return page(
        "teams/person.html",
        form=form,
        name=about.name,
        person_id=person_id,
        about=about,
        today=today,
        waiting=waiting_of(person_id) if asked == today else [],
        decide=decide_of(person_id, about.facts, today) if asked == today else None,
        listed=listed(about.record, request.args.get("page", 1, type=int), address),
    )
