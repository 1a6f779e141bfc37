"""Search: the sections of all that is published that have the words that were typed."""

from flask import Response, request, url_for

from lms.content.documents import clause_anchor
from lms.content.searching.finding import Found, Hit, search
from lms.content.searching.models import Kind
from lms.content.searching.words import Asked
from lms.core.pages import page
from lms.learning.blueprint import blueprint
from lms.learning.links import module_address
from lms.people.access import requires

MOST_LETTERS = 200


@blueprint.get("/search")
@requires("learning")
def find() -> Response:
    """Show what was found, the best first; with nothing typed, where else to look."""
    typed = cleaned(request.args.get("q", ""))
    too_long = len(typed) > MOST_LETTERS
    number = request.args.get("page", 1, type=int)
    found = Found(Asked()) if too_long else search(typed, number)
    return page(
        "learning/search.html",
        422 if too_long else 200,
        typed=typed,
        most=MOST_LETTERS,
        error=too_long,
        found=found,
        address=address,
        page_address=lambda each: url_for(".find", q=typed, page=each if each > 1 else None),
    )


def cleaned(typed: str) -> str:
    """What was typed, without what cannot be shown and with single blanks."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in typed).split())


def address(hit: Hit) -> str:
    """Where a section stands."""
    match hit.kind:
        case Kind.COURSE:
            return url_for(".course", course=hit.item)
        case Kind.MODULE:
            return module_address(hit.parent, hit.item)
        case Kind.PART:
            return url_for(".part", course=hit.parent, module=hit.item, part=hit.place)
        case Kind.STANDARD:
            return url_for(".standard", standard=hit.item)
        case Kind.CLAUSE:
            return url_for(".standard", standard=hit.item, _anchor=clause_anchor(hit.place))
        case Kind.TERM:
            return url_for(".glossary", _anchor=hit.item)
