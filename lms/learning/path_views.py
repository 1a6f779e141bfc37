"""The pages of learning paths: one line a role, and the path of one role from where its holder stands."""

from flask import Response, abort

from lms.competencies.facts import facts_of, requirements
from lms.content import catalogue
from lms.core import clock
from lms.core.pages import page
from lms.learning.blueprint import blueprint
from lms.learning.path_walks import walk_of
from lms.learning.paths import path_of
from lms.learning.record import appointments_on
from lms.learning.standpoints import standpoint_of
from lms.people.access import requires, viewer


@blueprint.get("/paths/")
@requires("home")
def paths() -> Response:
    """Show the path of every role profile in a line, those of the one who asks first."""
    published, asked, today = catalogue.current(), requirements(), clock.today()
    person_id = viewer().person_id
    held = {each.role_profile for each in appointments_on(facts_of([person_id])[person_id], today)}
    lines = [(role, path_of(asked.on(role.id, today), published)) for role in published.framework.roles]
    return page(
        "learning/paths.html",
        own=[line for line in lines if line[0].id in held],
        others=[line for line in lines if line[0].id not in held],
        today=today,
    )


@blueprint.get("/paths/<string:role>")
@requires("home")
def path(role: str) -> Response:
    """Show the path of one role profile, with the footing of the one who asks if they hold it today."""
    published, asked, today = catalogue.current(), requirements(), clock.today()
    found = published.framework.role(role)
    if found is None:
        abort(404)
    person_id = viewer().person_id
    facts = facts_of([person_id])[person_id]
    held = {each.role_profile for each in appointments_on(facts, today)}
    whole = path_of(asked.on(found.id, today), published)
    stand = standpoint_of(person_id, today, published, asked, facts) if found.id in held else None
    return page(
        "learning/path.html",
        role=found,
        path=whole,
        walk=walk_of(whole, stand) if stand else None,
        others=[each for each in published.framework.roles if each.id in held and each.id != found.id],
        today=today,
    )
