"""The first page, and what the levels mean."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from lms.content import catalogue
from lms.core import clock
from lms.core.pages import page
from lms.core.shell import navigation
from lms.learning.applications import given_back_to
from lms.learning.blueprint import blueprint
from lms.learning.home import Arrival, home_of
from lms.learning.told import told_of
from lms.people.access import can, public, requires, viewer

MOST_ASKED = 5
"""How many more items the first page lists before it offers the rest."""


@blueprint.get("/")
@requires("home")
def home() -> AnyResponse:
    """Show the next step, what else is asked and where the person stands.

    Without an appointment it leads to the first page of another duty, or says what is missing.
    """
    found = home_of(viewer().person_id, clock.today())
    if not can("learning"):
        found = found.without_modules()
    if not isinstance(found, Arrival):
        shown = len(found.others) if "all" in request.args else MOST_ASKED
        return page(
            "learning/home.html",
            home=found,
            shown=shown,
            given_back=given_back_to(viewer().person_id),
            told=told_of(viewer().person_id, clock.today()),
            titles={each.id: each.title for each in catalogue.current().framework.competencies},
        )
    for entry in navigation():
        if not entry.endpoint.startswith(f"{blueprint.name}.") and can(entry.permission):
            return redirect(url_for(entry.endpoint))
    return page("learning/no_role.html", arrival=found)


@blueprint.get("/levels")
@public
def levels() -> AnyResponse:
    """Show the words of every level of every competency."""
    published = catalogue.current()
    return page(
        "learning/levels.html",
        framework=published.framework,
        titles={module.id: module.title for module in published.modules},
    )
