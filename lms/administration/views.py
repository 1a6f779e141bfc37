"""The first page of administrators, and what is set for an organisation."""

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from lms.administration import directory
from lms.administration.blueprint import SEE_OTHER, UNPROCESSABLE, blueprint
from lms.administration.forms import SearchForm, TermsForm, terms_form
from lms.administration.organisation import Terms, change_terms, terms_of
from lms.administration.words import duty_words, sharing_meaning, sharing_words
from lms.content import catalogue
from lms.core import clock
from lms.core.database import db
from lms.core.pages import page
from lms.people.access import demand, requires, viewer
from lms.people.grants import GrantError
from lms.people.models import Organisation, Sharing
from lms.people.subjects import organisation_subject


@blueprint.get("")
@requires("administration")
def overview() -> Response:
    """Show the people within scope, a page at a time, and the organisations."""
    form = SearchForm(formdata=request.args)
    words = (form.q.data or "").strip()
    number = request.args.get("page", 1, type=int)

    def address(wanted: int) -> str:
        return url_for(".overview", q=words or None, page=wanted, _anchor="people")

    return page(
        "administration/overview.html",
        form=form,
        words=words,
        people=directory.directory(viewer(), words, number, clock.today()),
        regions=directory.organisations(viewer()),
        framework=catalogue.current().framework,
        today=clock.today(),
        page_address=address,
        duty_words=duty_words,
        sharing_words=sharing_words,
    )


@blueprint.get("/organisations/<string:organisation_id>")
@requires("administration")
def organisation(organisation_id: str) -> Response:
    """Show what is set for an organisation, and let it be changed."""
    found = _organisation(organisation_id)
    terms = terms_of(found)
    return _organisation_page(found, terms, terms_form(terms.on_board, terms.sharing))


@blueprint.post("/organisations/<string:organisation_id>")
@requires("administration")
def set_terms(organisation_id: str) -> AnyResponse:
    """Set the day from which an organisation is counted, and how its figures leave it."""
    found = _organisation(organisation_id)
    terms = terms_of(found)
    form = terms_form(terms.on_board, terms.sharing)
    if not form.validate_on_submit():
        return _organisation_page(found, terms, form, UNPROCESSABLE)
    wished = Terms(form.on_board.day, Sharing(form.sharing.data))
    try:
        changed = change_terms(viewer(), organisation_id, wished, form.reason.data or "")
    except GrantError as error:
        form.form_errors.append(str(error))
        return _organisation_page(found, terms, form, UNPROCESSABLE)
    flash(_("Saved.") if changed else _("Nothing was changed: it is set like this already."))
    return redirect(url_for(".organisation", organisation_id=organisation_id), SEE_OTHER)


def _organisation(organisation_id: str) -> Organisation:
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        abort(404)
    demand("administration.within", organisation_subject(found))
    return found


def _organisation_page(found: Organisation, terms: Terms, form: TermsForm, status: int = 200) -> Response:
    return page(
        "administration/organisation.html",
        status=status,
        organisation=found,
        terms=terms,
        form=form,
        today=clock.today(),
        sharing_words=sharing_words,
        meanings={str(each): sharing_meaning(each) for each in Sharing},
    )
