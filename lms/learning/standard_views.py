"""The operating standards with their clauses, and the glossary: where references in a text lead."""

from collections import defaultdict

from flask import Response, abort

from lms.content import catalogue
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.content.documents import StandardDocument
from lms.core.pages import page
from lms.learning.blueprint import blueprint
from lms.learning.links import linker
from lms.people.access import requires


@blueprint.get("/standards/")
@requires("home")
def standards() -> Response:
    """Show all standards with their clauses."""
    return page("learning/standards.html", standards=catalogue.current().standards)


@blueprint.get("/standards/<string:standard>")
@requires("home")
def standard(standard: str) -> Response:
    """Show one standard, each clause with the modules that explain it."""
    published = catalogue.current()
    found = published.standard(standard)
    if found is None:
        abort(404)
    return page(
        "learning/standard.html",
        standard=found,
        linked=linker(published),
        framework=published.framework,
        explained=explained_by(found, published),
    )


@blueprint.get("/glossary")
@requires("home")
def glossary() -> Response:
    """Show every term with its meaning and source."""
    framework = catalogue.current().framework
    terms = sorted(framework.terms.items(), key=lambda pair: (pair[1].term.casefold(), pair[0]))
    return page("learning/glossary.html", terms=terms, framework=framework)


def explained_by(standard: StandardDocument, published: Catalogue) -> dict[str, list[ModuleEntry]]:
    """The modules that name each clause of a standard in their first lines, in the order of courses."""
    found: defaultdict[str, list[ModuleEntry]] = defaultdict(list)
    for course in published.courses:
        for module in published.modules_of(course.id):
            for reference in module.clauses:
                name, _, number = reference.partition("/")
                if name == standard.id:
                    found[number].append(module)
    return found
