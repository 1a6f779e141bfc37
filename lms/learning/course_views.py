"""The pages of courses: the list, a course, and a module read part by part."""

from flask import Response, abort, current_app, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from lms.competencies.facts import facts_of
from lms.content import catalogue
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.core import clock
from lms.core.pages import page
from lms.learning.blueprint import blueprint
from lms.learning.course_list import course_row, course_rows
from lms.learning.evaluation import of_everybody
from lms.learning.links import linker, module_address
from lms.learning.module_states import states_of
from lms.learning.part_pieces import pieces_of
from lms.learning.pictures import picture
from lms.learning.reader import open_part
from lms.learning.reading import place_of
from lms.learning.reflections import written_in
from lms.learning.words import correction_words, stopped_words
from lms.people.access import requires, viewer

FOREVER = "public, max-age=31536000, immutable"


@blueprint.get("/courses/")
@requires("learning")
def courses() -> Response:
    """Show all courses with their modules, and how far the person is with each."""
    published, person_id = catalogue.current(), viewer().person_id
    rows = course_rows(
        published,
        states_of(person_id, published.resolve),
        facts_of([person_id])[person_id].absences,
        clock.today(),
    )
    return page("learning/courses.html", courses=rows, today=clock.today())


@blueprint.get("/courses/<string:course>/")
@requires("learning")
def course(course: str) -> Response:
    """Show one course with its modules in order."""
    published, person_id = catalogue.current(), viewer().person_id
    found = published.course(course)
    if found is None:
        abort(404)
    row = course_row(
        found,
        published,
        states_of(person_id, published.resolve),
        facts_of([person_id])[person_id].absences,
        clock.today(),
    )
    evaluation, counted_at = of_everybody(course, published)
    return page(
        "learning/course.html",
        row=row,
        description=linker(published)(found.html),
        today=clock.today(),
        evaluation=evaluation,
        counted_at=counted_at,
        smallest=current_app.config["SMALLEST_GROUP"],
    )


@blueprint.get("/courses/<string:course>/<string:module>")
@requires("learning")
def module(course: str, module: str) -> AnyResponse:
    """Lead to the part at which the person stopped, or to the first."""
    del course
    published = catalogue.current()
    found = module_in(published, module)
    place = place_of(viewer().person_id, found.id)
    known = [part.slug for part in found.parts]
    part = place.part if place and place.part in known else known[0]
    return redirect(url_for(".part", course=found.course, module=found.id, part=part))


@blueprint.get("/courses/<string:course>/<string:module>/<string:part>")
@requires("learning")
def part(course: str, module: str, part: str) -> AnyResponse:
    """Show one part of a module, and keep that the person is there."""
    published = catalogue.current()
    found = module_in(published, module)
    wanted = next((each for each in found.parts if each.slug == part), None)
    if (found.course, found.id) != (course, module) or wanted is None:
        return redirect(module_address(found.course, found.id))
    today = clock.today()
    reader = open_part(viewer().person_id, found, wanted.slug, published)
    written = written_in(viewer().person_id, found) if reader.part.reflections else {}
    return page(
        "learning/part.html",
        reader=reader,
        stopped=stopped_words(reader.stopped, today) if reader.stopped else None,
        corrected=correction_words(reader.correction, today) if reader.correction else None,
        course=published.course(found.course),
        pieces=list(pieces_of(reader.part, linker(published), written, published.framework)),
        framework=published.framework,
    )


@blueprint.get("/courses/assets/<string:hash_>")
@requires("learning")
def asset(hash_: str) -> Response:
    """Give a picture of a module; its address changes with its bytes, so caches may keep it."""
    found = picture(hash_)
    if found is None:
        abort(404)
    media_type, data = found
    return Response(data, mimetype=media_type, headers={"Cache-Control": FOREVER})


def module_in(published: Catalogue, module_id: str) -> ModuleEntry:
    """The published module with this id, also with one that it had before; 404 when there is none."""
    found = published.module(published.resolve(module_id))
    if found is None:
        abort(404)
    return found
