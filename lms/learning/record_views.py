"""A person's own record: where they stand, who has looked at it, and all of it as a file."""

from flask import Response, jsonify, request, url_for

from lms.competencies.accreditations import Hours
from lms.competencies.self_assessments import latest_said
from lms.core import clock
from lms.core.pages import page
from lms.learning.applications import applications_of, confirmed_by
from lms.learning.as_of import as_of_form, fault_of, typed_day
from lms.learning.blueprint import blueprint
from lms.learning.held import held_about
from lms.learning.listing import Listed, listed
from lms.learning.qualifications import cpd_of
from lms.learning.record import Record, known_on, record_of
from lms.learning.reflections import Development, development_of
from lms.learning.words import cpd_kind_words
from lms.people.access import requires, viewer
from lms.people.readings import readings_of


@blueprint.get("/record")
@requires("home")
def record() -> Response:
    """Show the record as of a day; 400 with a sentence when there is no record of that day."""
    person_id, today, typed = viewer().person_id, clock.today(), request.args.get("as_of")
    asked = typed_day(typed, today)
    joined, known_no = known_on(person_id, asked or today)
    form = as_of_form(typed, today)
    fault = fault_of(asked, joined, today)
    if asked is None or fault:
        form.as_of.errors = [fault or ""]
        return page("learning/record.html", status=400, form=form, record=None)
    found = record_of(person_id, asked, known_no if asked < today else None)
    development = development_of(person_id, asked)
    return page(
        "learning/record.html",
        form=form,
        record=found,
        today=today,
        listed=_listed(found, typed),
        said=latest_said(person_id, clock.end_of_london_day(asked)),
        development=development,
        used=confirmed_by(applications_of(person_id), asked),
        cpd=_cpd(person_id, development) if asked == today else (),
        cpd_kind_words=cpd_kind_words,
    )


@blueprint.get("/record/seen")
@requires("home")
def seen() -> Response:
    """Show who opened the record, when, and on which page."""
    return page("learning/seen.html", readings=readings_of(viewer().person_id))


@blueprint.get("/record.json")
@requires("home")
def record_file() -> Response:
    """Give all that is held about the one who asks."""
    response = jsonify(held_about(viewer().person_id))
    response.headers["Content-Disposition"] = 'attachment; filename="record.json"'
    return response


def _cpd(person_id: int, development: Development) -> tuple[Hours, ...]:
    """How far the CPD is that accreditations ask for; read only for those who keep some."""
    kept = [(each.day, each.minutes) for each in development.entries]
    return tuple(cpd_of(person_id, clock.today(), kept).values()) if kept else ()


def _listed(found: Record, typed: str | None) -> Listed:
    def address(page: int, anchor: str) -> str:
        return url_for(".record", as_of=typed, page=page, _anchor=anchor)

    return listed(found, request.args.get("page", 1, type=int), address)
