"""The page of authors: the desk."""

from flask import Blueprint, Response, request, url_for

from lms.authoring import item_words
from lms.authoring.choice import choice_form, read_choice
from lms.authoring.desk import desk_of
from lms.core import clock
from lms.core.pages import page
from lms.people.access import requires, viewer

blueprint = Blueprint("authoring", __name__, url_prefix="/authoring")


@blueprint.get("")
@requires("authoring")
def desk() -> Response:
    """Show what needs the author, most urgent first, and all modules."""
    email, today = viewer().email, clock.today()
    found = desk_of(email, read_choice(request.args), today)

    def address(number: int) -> str:
        return url_for(".desk", **found.choice.address(number), _anchor="all-modules")

    form = choice_form(found.choice, found.owners)
    return page(
        "authoring/desk.html",
        desk=found,
        form=form,
        mine=email,
        today=today,
        page_address=address,
        words=item_words,
    )
