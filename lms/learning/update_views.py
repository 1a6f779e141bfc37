"""The page of an update: what changed since the edition that was passed, and the way to what is new in it."""

from flask import redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from lms.competencies.facts import requirements
from lms.content import catalogue
from lms.core import clock
from lms.core.pages import page
from lms.learning import attempts
from lms.learning.blueprint import blueprint
from lms.learning.course_list import shows_of
from lms.learning.course_views import module_in
from lms.learning.links import linker
from lms.learning.standpoints import standpoint_of, state_in
from lms.learning.updates import counts_to, update_of
from lms.people.access import requires, viewer


@blueprint.get("/courses/<string:course>/<string:module>/update")
@requires("learning")
def update(course: str, module: str) -> AnyResponse:
    """Show what changed since a person passed; without an update owed it leads to the check."""
    del course
    published, person_id, today = catalogue.current(), viewer().person_id, clock.today()
    found = module_in(published, module)
    owed = update_of(person_id, found, published)
    if owed is None:
        return redirect(url_for(".check", course=found.course, module=found.id))
    made = attempts.attempts_of(person_id, found)
    stand = standpoint_of(person_id, today, published, requirements())
    return page(
        "learning/update.html",
        module=found,
        update=owed,
        until=counts_to(owed, found),
        today=today,
        under_way=attempts.open_attempt(made),
        opens=attempts.opening_day(made),
        stands=[(shows, state_in(stand, shows.competency.id)) for shows in shows_of(found.id, published)],
        linked=linker(published),
    )
