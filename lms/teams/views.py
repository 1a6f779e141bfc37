"""The pages of line managers: who can do what, and the record of one person."""

from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Response, abort, request, url_for
from werkzeug.datastructures import MultiDict

from lms.content import catalogue
from lms.content.framework import Framework
from lms.core import clock
from lms.core.dates import add_months
from lms.core.pages import page, wants_fragment
from lms.learning.applications import State, applications_of, confirmed_by
from lms.learning.as_of import as_of_form, fault_of, typed_day
from lms.learning.listing import listed
from lms.learning.qualifications import waiting_of
from lms.learning.record import known_on
from lms.learning.sent_plans import plans_waiting
from lms.people.access import demand, requires, viewer
from lms.people.models import Duty
from lms.people.readings import note_overview, note_reading
from lms.people.subjects import person_subject
from lms.teams.blueprint import blueprint
from lms.teams.choice import read_choice
from lms.teams.choice_form import choice_form
from lms.teams.decide import decide_of
from lms.teams.drawing import drawn_cells, drawn_items
from lms.teams.overview import Overview, overview_of
from lms.teams.person import name_of, person_record
from lms.teams.staffing_forms import StaffingForm, staffing_form
from lms.teams.works import works_of

READING = "team.person"
OVERVIEW = "team.matrix"
USUAL_MONTHS = 6
ANYBODY = 999_999_999_999
"""Stands in for a person in an address that is built once for all of them."""


@blueprint.get("")
@requires("team")
def matrix() -> Response:
    """Show who can do what in the teams of the one who asks; 404 for a team that is not theirs.

    400 for a day of which cover cannot be counted, 422 where HTMX asks, which shows only that.
    """
    who, today, typed = viewer(), clock.today(), request.args.get("on")
    published = catalogue.current()
    framework = published.framework
    choice = read_choice(request.args, framework, today)
    try:
        found = overview_of(who.person_id, who.held(Duty.MANAGER), choice, published, today)
    except LookupError:
        abort(404)

    back = urlencode(choice.address(found.page)) or None

    def address(number: int) -> str:
        return url_for(".matrix", **choice.address(number), _anchor="everyone")

    anybody = url_for(".person", person_id=ANYBODY, back=back)

    def person_address(person_id: int) -> str:
        return anybody.replace(str(ANYBODY), str(person_id), 1)

    note_overview([each.row.person_id for each in found.rows], who.person_id, OVERVIEW)
    shown = [row.person_id for row in (*found.matrix.rows, *found.matrix.away)]
    form = choice_form(choice, found.teams, framework, typed, today)
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY if wants_fragment() else HTTPStatus.BAD_REQUEST
    status = wrong if form.on.errors else HTTPStatus.OK
    return page(
        "teams/matrix.html",
        status,
        overview=found,
        form=form,
        ready=_ready(found, framework, today),
        plans=len(plans_waiting(published, shown)),
        page_address=address,
        person_address=person_address,
        drawn_cells=drawn_cells,
        drawn_items=drawn_items,
    )


@blueprint.get("/<int:person_id>")
@requires("team")
def person(person_id: int) -> Response:
    """Show another person's record as of a day, and keep that it was opened; 400 for a day without one."""
    demand("team.person", person_subject(person_id))
    note_reading(person_id, viewer().person_id, READING)
    today, typed, back = clock.today(), request.args.get("as_of"), request.args.get("back") or None
    asked, known_no = typed_day(typed, today), None
    form = as_of_form(typed, today)
    where: dict[str, Any] = {
        "person_id": person_id,
        "list_state": back,
        "back_address": _list_address(back, today),
    }
    if asked != today:
        joined, known_no = known_on(person_id, asked or today)
        if fault := fault_of(asked, joined, today, own=False):
            form.as_of.errors = [fault]
    if asked is None or form.errors:
        return page("teams/person.html", status=400, form=form, name=name_of(person_id), about=None, **where)
    about = person_record(person_id, asked, known_no)
    used = applications_of(person_id)

    def address(number: int, anchor: str) -> str:
        asked_for: dict[str, Any] = {"as_of": typed, "back": back, "page": number}
        return url_for(".person", person_id=person_id, **asked_for, _anchor=anchor)

    return page(
        "teams/person.html",
        form=form,
        name=about.name,
        about=about,
        today=today,
        waiting=waiting_of(person_id) if asked == today else [],
        uses=[each.id for each in used if each.state is State.WAITS] if asked == today else [],
        used=confirmed_by(used, asked),
        decide=decide_of(person_id, about.facts, today) if asked == today else None,
        listed=listed(about.record, request.args.get("page", 1, type=int), address),
        **where,
    )


def _ready(found: Overview, framework: Framework, today: date) -> StaffingForm:
    """Where to ask who is ready, for the next half year."""
    period = MultiDict({"until": add_months(today, USUAL_MONTHS).strftime("%d/%m/%Y")})
    return staffing_form(period, framework, today, works_of([each.id for each in found.teams]))


def _list_address(back: str | None, today: date) -> str:
    """The list from which a person was opened; `back` is the state of its page, as its address had it."""
    if back is None:
        return url_for(".matrix")
    choice = read_choice(MultiDict(parse_qsl(back)), catalogue.current().framework, today)
    return url_for(".matrix", **choice.address(choice.page), _anchor="everyone")
