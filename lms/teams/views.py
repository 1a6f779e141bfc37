"""The pages of line managers: who can do what, and the record of one person."""

from flask import Response, abort, request, url_for

from lms.core import clock
from lms.core.pages import page
from lms.learning.as_of import as_of_form, fault_of, typed_day
from lms.learning.listing import listed
from lms.learning.record import known_on
from lms.people.access import demand, requires, viewer
from lms.people.models import Duty
from lms.people.readings import note_overview, note_reading
from lms.people.subjects import person_subject
from lms.teams.blueprint import blueprint
from lms.teams.choice import choice_form, read_choice
from lms.teams.overview import overview_of
from lms.teams.person import name_of, person_record

READING = "team.person"
OVERVIEW = "team.matrix"


@blueprint.get("")
@requires("team")
def matrix() -> Response:
    """Show who can do what in the teams of the one who asks; 404 for a team that is not theirs."""
    who, choice = viewer(), read_choice(request.args)
    try:
        found = overview_of(who.person_id, who.held(Duty.MANAGER), choice, clock.today())
    except LookupError:
        abort(404)

    def address(number: int) -> str:
        return url_for(".matrix", **choice.address(number), _anchor="everyone")

    note_overview([row.person_id for row in found.rows], who.person_id, OVERVIEW)
    form = choice_form(choice, found.teams)
    return page("teams/matrix.html", overview=found, form=form, page_address=address)


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
        listed=listed(about.record, request.args.get("page", 1, type=int), address),
    )
