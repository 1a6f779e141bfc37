"""The operating standards with their clauses, and the glossary: where references in a text lead."""

from flask import Response, abort

from lms.content import catalogue
from lms.core import clock
from lms.core.pages import page
from lms.learning.blueprint import blueprint
from lms.learning.clauses import explained_by
from lms.learning.links import linker
from lms.learning.taught import taught_of
from lms.people.access import can, requires, viewer
from lms.people.models import Duty
from lms.people.readings import note_overview
from lms.people.reports import reports_of

READING = "learning.standard"


@blueprint.get("/standards/")
@requires("home")
def standards() -> Response:
    """Show all standards with their clauses."""
    return page("learning/standards.html", standards=catalogue.current().standards)


@blueprint.get("/standards/<string:standard>")
@requires("home")
def standard(standard: str) -> Response:
    """Show one standard, each clause with the modules that teach it, and who is current on it.

    That is the one who asks and, to a manager, those who report to them; that these were looked at is kept.
    """
    published, who, today = catalogue.current(), viewer(), clock.today()
    found = published.standard(standard)
    if found is None:
        abort(404)
    explained = explained_by(found, published)
    people = reports_of(who.person_id, who.held(Duty.MANAGER), today).names if can("team") else {}
    taught = taught_of(explained, people, who.person_id, published, today)
    if people:
        note_overview(people, who.person_id, READING)
    return page(
        "learning/standard.html",
        standard=found,
        linked=linker(published),
        framework=published.framework,
        explained=explained,
        taught=taught,
        today=today,
    )


@blueprint.get("/glossary")
@requires("home")
def glossary() -> Response:
    """Show every term with its meaning and source."""
    framework = catalogue.current().framework
    terms = sorted(framework.terms.items(), key=lambda pair: (pair[1].term.casefold(), pair[0]))
    return page("learning/glossary.html", terms=terms, framework=framework)
