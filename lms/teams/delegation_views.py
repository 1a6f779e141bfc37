"""Handing a manager’s duty over a team to somebody else for a while, and taking it back."""

from flask import Response, abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired

from lms.core import clock
from lms.core.forms import DayField, reason_field
from lms.core.pages import page
from lms.people.access import requires, viewer
from lms.people.reports import TeamNode
from lms.teams.blueprint import blueprint
from lms.teams.delegation import (
    Delegation,
    DelegationError,
    Fault,
    delegate,
    delegations_of,
    take_back,
    teams_to_delegate,
)

SEE_OTHER, UNPROCESSABLE = 303, 422
WORDS = {
    Fault.NOT_ALLOWED: _l("You cannot hand on this team: your own grant over it has an end, or is over"),
    Fault.NOBODY: _l("Enter the address of somebody with a log-in and a post in the same organisation"),
    Fault.ONESELF: _l("Enter the address of somebody else"),
    Fault.PAST: _l("Enter today’s date or a later one"),
    Fault.WRONG_ORDER: _l("Enter a date after the first day"),
    Fault.TOO_LONG: _l("Enter a date at most 12 months after the first day"),
    Fault.HELD: _l("They hold this already on some of these days"),
    Fault.ENDED: _l("This has ended already"),
}


class DelegationForm(FlaskForm):
    """Which team goes to whom, between which days, and why."""

    team = SelectField(_l("Team"))
    email = StringField(_l("Email address"), validators=[DataRequired(_l("Enter an email address"))])
    from_day = DayField(_l("From"), missing=_l("Enter the first day"))
    to_day = DayField(_l("To, the first day on which it no longer holds"), missing=_l("Enter the end"))
    reason = reason_field()


class EndForm(FlaskForm):
    """Why it ends early."""

    reason = reason_field()


@blueprint.route("/delegation", methods=["GET", "POST"])
@requires("team")
def delegation() -> AnyResponse:
    """Show what the one who asks has handed over, and hand over a team."""
    teams, form = teams_to_delegate(viewer().person_id), DelegationForm()
    form.team.choices = [
        SelectChoice(value=str(each.id), label=each.name, render_kw={"translate": "no"}) for each in teams
    ]
    begins, ends = form.from_day.day, form.to_day.day
    if not form.validate_on_submit() or begins is None or ends is None:
        return _show(form, teams)
    try:
        delegate(
            int(form.team.data),
            form.email.data or "",
            begins,
            ends,
            by=viewer().person_id,
            reason=form.reason.data or "",
        )
    except DelegationError as error:
        _refuse(form, error.fault)
        return _show(form, teams)
    flash(_("The team is handed over."))
    return redirect(url_for(".delegation"), SEE_OTHER)


@blueprint.route("/delegation/<int:grant_id>", methods=["GET", "POST"])
@requires("team")
def end_delegation(grant_id: int) -> AnyResponse:
    """Ask why, and end today what was handed over."""
    found = next((each for each in delegations_of(viewer().person_id) if each.id == grant_id), None)
    if found is None or found.is_over(clock.today()):
        abort(404)
    form = EndForm()
    if not form.validate_on_submit():
        return _ask(form, found)
    try:
        take_back(grant_id, by=viewer().person_id, reason=form.reason.data or "")
    except DelegationError as error:
        form.form_errors.append(str(WORDS[error.fault]))
        return _ask(form, found)
    flash(_("It has ended: the team is with you alone."))
    return redirect(url_for(".delegation"), SEE_OTHER)


def _refuse(form: DelegationForm, fault: Fault) -> None:
    at = {
        Fault.NOT_ALLOWED: form.team,
        Fault.PAST: form.from_day,
        Fault.WRONG_ORDER: form.to_day,
        Fault.TOO_LONG: form.to_day,
    }.get(fault, form.email)
    at.errors = [str(WORDS[fault])]


def _show(form: DelegationForm, teams: list[TeamNode]) -> Response:
    return page(
        "teams/delegation.html",
        status=UNPROCESSABLE if form.is_submitted() else 200,
        form=form,
        teams=teams,
        delegations=delegations_of(viewer().person_id),
        today=clock.today(),
    )


def _ask(form: EndForm, found: Delegation) -> Response:
    status = UNPROCESSABLE if form.is_submitted() else 200
    return page("teams/delegation_end.html", status=status, form=form, delegation=found)
