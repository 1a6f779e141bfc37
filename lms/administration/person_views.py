"""The pages about one person: their grants given and ended, and an invitation made."""

from flask import Response, abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from lms.administration import granting
from lms.administration.blueprint import SEE_OTHER, UNPROCESSABLE, blueprint
from lms.administration.choices import Choices, choices, offered_duties
from lms.administration.forms import GrantForm, ReasonForm, grant_form
from lms.administration.granting import Wish, may_end, may_invite
from lms.administration.person import GrantRow, PersonView, person_view
from lms.administration.words import duty_meaning, duty_words
from lms.content import catalogue
from lms.core import clock
from lms.core.pages import page
from lms.people.access import can, demand, requires, viewer
from lms.people.grants import GrantError, Reach
from lms.people.models import Duty


@blueprint.get("/people/<int:person_id>")
@requires("administration")
def person(person_id: int) -> Response:
    """Show where a person stands and what they may do; their record stays shut."""
    return _person_page(_person(person_id))


@blueprint.post("/people/<int:person_id>/invitation")
@requires("administration")
def make_invitation(person_id: int) -> Response:
    """Make a link that sets the person's password, and show it once."""
    found = _person_to_change(person_id)
    try:
        token = granting.invite(viewer(), person_id)
    except GrantError as error:
        return _person_page(found, UNPROCESSABLE, error=str(error))
    return _person_page(found, link=url_for("people.invitation", token=token, _external=True))


@blueprint.get("/people/<int:person_id>/grants")
@requires("administration")
def duties(person_id: int) -> Response:
    """Show which duties may be given to a person, each with what it lets them do."""
    found = _person_to_change(person_id)
    return page(
        "administration/duties.html",
        person=found,
        duties=[(each, duty_words(each), duty_meaning(each)) for each in offered_duties(viewer(), found)],
    )


@blueprint.route("/people/<int:person_id>/grants/<string:duty>", methods=["GET", "POST"])
@requires("administration")
def give_grant(person_id: int, duty: str) -> AnyResponse:
    """Give a person one duty over something within the scope of the one who gives it."""
    found = _person_to_change(person_id)
    wished = next((each for each in offered_duties(viewer(), found) if each == duty), None)
    if wished is None:
        abort(404)
    offered = choices(viewer(), found, wished)
    form = grant_form(wished, offered)
    if not form.is_submitted():
        return _grant_page(found, wished, form)
    if not form.validate():
        return _grant_page(found, wished, form, UNPROCESSABLE)
    try:
        granting.give(viewer(), _wish(person_id, wished, form, offered))
    except GrantError as error:
        form.form_errors.append(str(error))
        return _grant_page(found, wished, form, UNPROCESSABLE)
    flash(_("The grant is given: %(duty)s.", duty=duty_words(wished)))
    return redirect(url_for(".person", person_id=person_id), SEE_OTHER)


@blueprint.route("/people/<int:person_id>/grants/<int:grant_id>/end", methods=["GET", "POST"])
@requires("administration")
def end_grant(person_id: int, grant_id: int) -> AnyResponse:
    """Ask for the reason, and end a grant today."""
    found = _person_to_change(person_id)
    grant = found.grant(grant_id)
    if grant is None or not may_end(viewer(), found, grant):
        abort(404)
    form = ReasonForm()
    if not form.is_submitted():
        return _end_page(found, grant, form)
    if not form.validate():
        return _end_page(found, grant, form, UNPROCESSABLE)
    try:
        granting.end(viewer(), person_id, grant_id, form.reason.data or "")
    except GrantError as error:
        form.form_errors.append(str(error))
        return _end_page(found, grant, form, UNPROCESSABLE)
    flash(_("The grant has ended: %(duty)s.", duty=duty_words(grant.duty)))
    return redirect(url_for(".person", person_id=person_id), SEE_OTHER)


def _person(person_id: int) -> PersonView:
    found = person_view(person_id, clock.today())
    if found is None:
        abort(404)
    demand("administration.within", found.subject)
    return found


def _person_to_change(person_id: int) -> PersonView:
    found = _person(person_id)
    demand("administration.grants", found.subject)
    return found


def _wish(person_id: int, duty: Duty, form: GrantForm, offered: Choices) -> Wish:
    reach = offered[form.over.data][1]
    if duty is Duty.ASSESSOR:
        level = int(form.highest_level.data)
        reach = Reach(reach.scope, reach.team_id, reach.organisation_id, reach.region_id, level)
    begins = form.from_day.day or clock.today()
    return Wish(person_id, duty, reach, begins, form.to_day.day, form.reason.data or "")


def _person_page(found: PersonView, status: int = 200, link: str = "", error: str = "") -> Response:
    today = clock.today()
    return page(
        "administration/person.html",
        status=status,
        person=found,
        present=[each for each in found.grants if not each.is_over(today)],
        past=[each for each in found.grants if each.is_over(today)],
        may_change=can("administration.grants", found.subject),
        may_invite=may_invite(viewer(), found),
        may_end=lambda grant: may_end(viewer(), found, grant),
        framework=catalogue.current().framework,
        today=today,
        link=link,
        error=error,
        duty_words=duty_words,
    )


def _grant_page(found: PersonView, duty: Duty, form: GrantForm, status: int = 200) -> Response:
    return page(
        "administration/grant.html",
        status=status,
        person=found,
        duty=duty,
        duty_words=duty_words(duty),
        meaning=duty_meaning(duty),
        form=form,
    )


def _end_page(found: PersonView, grant: GrantRow, form: ReasonForm, status: int = 200) -> Response:
    return page(
        "administration/end_grant.html",
        status=status,
        person=found,
        grant=grant,
        duty_words=duty_words(grant.duty),
        meaning=duty_meaning(grant.duty),
        form=form,
    )
