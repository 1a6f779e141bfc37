"""The pages of saved views: save a choice of the gap report, open, rename and remove it."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from lms.content import catalogue
from lms.core import clock
from lms.core.pages import page
from lms.people.access import requires, viewer
from lms.reports.choice import UnknownChoiceError, choose
from lms.reports.filters import FilterError, Filters
from lms.reports.reach import reach
from lms.reports.saved import SavedViewError, View, remove, rename, save, views_of
from lms.reports.saved_forms import NameForm, SaveForm
from lms.reports.saved_words import Words
from lms.reports.views import blueprint

FOUND, SEE_OTHER, NOT_FOUND, UNPROCESSABLE = 302, 303, 404, 422


@blueprint.route("/views", methods=["GET", "POST"])
@requires("reports")
def saved_views() -> Response:
    """List the own views, and save the choice that the address names, if it names one."""
    form = SaveForm()
    if not request.args and not form.is_submitted():
        return _list_page()
    filters = _asked(request.args)
    if not form.is_submitted():
        form.follows.data = True
        return _list_page(form, filters)
    if not form.validate():
        return _list_page(form, filters, UNPROCESSABLE)
    choice = filters.address()
    if form.follows.data:
        choice.pop("as_of")
    try:
        save(viewer().person_id, form.name.data or "", choice)
    except SavedViewError as error:
        form.refuse(error.fault)
        return _list_page(form, filters, UNPROCESSABLE)
    flash(_("“%(name)s” is saved. It stands on the page of skills gaps, for you alone.", name=form.name.data))
    return redirect(url_for(".saved_views"), SEE_OTHER)


@blueprint.get("/views/<int:number>")
@requires("reports")
def open_view(number: int) -> Response:
    """Go to the choice of a view, or say that it can be opened no more."""
    view = _own(number)
    try:
        choose(view.arguments, reach(), catalogue.current().framework, clock.today())
    except UnknownChoiceError:
        return _list_page(lost=view, status=NOT_FOUND)
    except FilterError:
        pass  # the page says what is wrong with the choice, and what would do
    return redirect(f"{url_for('.gaps')}?{urlencode(view.choice)}", FOUND)


@blueprint.route("/views/<int:number>/rename", methods=["GET", "POST"])
@requires("reports")
def rename_view(number: int) -> Response:
    """Give an own view another name."""
    view = _own(number)
    form = NameForm(data={"name": view.name})
    if not form.is_submitted():
        return page("reports/view_rename.html", form=form, view=view)
    if form.validate():
        try:
            rename(viewer().person_id, number, form.name.data or "")
        except SavedViewError as error:
            form.refuse(error.fault)
        else:
            flash(_("The view is called “%(name)s” now.", name=form.name.data))
            return redirect(url_for(".saved_views"), SEE_OTHER)
    return page("reports/view_rename.html", UNPROCESSABLE, form=form, view=view)


@blueprint.route("/views/<int:number>/remove", methods=["GET", "POST"])
@requires("reports")
def remove_view(number: int) -> Response:
    """Ask, and remove an own view."""
    view, form = _own(number), FlaskForm()
    if not form.validate_on_submit():
        return page("reports/view_remove.html", form=form, view=view, what=_words().view(view))
    remove(viewer().person_id, number)
    flash(
        _(
            "“%(name)s” is removed. No figure is lost: the page of skills gaps still shows them.",
            name=view.name,
        )
    )
    return redirect(url_for(".saved_views"), SEE_OTHER)


def _own(number: int) -> View:
    """A view of the one who asks; 404 for any other."""
    found = next((each for each in views_of(viewer().person_id) if each.id == number), None)
    if found is None:
        abort(404)
    return found


def _asked(given: Mapping[str, str]) -> Filters:
    """The choice of an address that is to be saved; 404 without one, or where it does not hold."""
    if not given:
        abort(404)
    try:
        return choose(given, reach(), catalogue.current().framework, clock.today())
    except (UnknownChoiceError, FilterError):
        abort(404)


def _list_page(
    form: SaveForm | None = None, filters: Filters | None = None, status: int = 200, lost: View | None = None
) -> Response:
    words_of, views = _words(), views_of(viewer().person_id)
    return page(
        "reports/views.html",
        status,
        form=form,
        asked=words_of.choice(filters, fixed=True) if filters else "",
        choice=filters.address() if filters else {},
        views=[(each, words_of.view(each)) for each in views],
        lost=lost,
    )


def _words() -> Words:
    return Words(reach(), catalogue.current().framework)
