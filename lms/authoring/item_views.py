"""The pages of what people did with a module: its parts, its questions, and one question."""

from flask import Response, abort

from lms.authoring import item_page, item_words
from lms.authoring.items import items_of
from lms.authoring.reading import parts_read
from lms.authoring.texts import path_of
from lms.authoring.views import blueprint
from lms.content import catalogue
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.core.pages import page
from lms.people.access import requires


@blueprint.get("/<string:module>/questions")
@requires("authoring")
def questions(module: str) -> Response:
    """Show what the answers say about each question of a module, and how far people read."""
    published = catalogue.current()
    entry = _module(published, module)
    return page(
        "authoring/questions.html",
        entry=entry,
        path=path_of(entry),
        items=items_of([entry], published)[entry.id],
        parts=parts_read(entry, published),
        words=item_words,
    )


@blueprint.get("/<string:module>/questions/<string:question>")
@requires("authoring")
def question(module: str, question: str) -> Response:
    """Show what the answers say about one question, and what its author could do."""
    published = catalogue.current()
    entry = _module(published, module)
    items = items_of([entry], published)[entry.id]
    item = next((each for each in items if each.id == question), None)
    if item is None:
        abort(404)
    return page(
        "authoring/question.html",
        entry=entry,
        item=item,
        options=item_page.chosen_of(item),
        whole=item_page.whole_of(items),
        source=item_page.source_of(item),
        words=item_words,
    )


def _module(published: Catalogue, module: str) -> ModuleEntry:
    """The published module with this id or an earlier one; 404 when there is none."""
    found = published.module(published.resolve(module))
    if found is None:
        abort(404)
    return found
