"""Log-in, log-out and invitations."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from lms.core import clock
from lms.core.pages import page
from lms.people.access import identity, public
from lms.people.accounts import TooManyAttempts, authenticate, invited, set_password
from lms.people.forms import LogInForm, PasswordForm
from lms.people.identity import load

blueprint = Blueprint("people", __name__)
HOME = "/"


@blueprint.route("/login", methods=["GET", "POST"])
@public
def log_in() -> AnyResponse:
    """Ask for address and password; lead back to where the person was."""
    if request.method != "POST" and identity() is not None:
        return redirect(safe_next())
    form = LogInForm()
    if request.method != "POST":
        return page("people/login.html", form=form)
    if not form.validate_on_submit():
        return page("people/login.html", status=422, form=form)
    try:
        person = authenticate(form.email.data or "", form.password.data or "", request.remote_addr or "")
    except TooManyAttempts:
        form.password.errors = [_("Too many attempts. Wait 15 minutes, then sign in again.")]
        return page("people/login.html", status=429, form=form)
    if person is None:
        form.password.errors = [_("The email address or the password is not right")]
        return page("people/login.html", status=422, form=form)
    enter(person.id)
    return redirect(safe_next())


@blueprint.post("/logout")
@public
def log_out() -> AnyResponse:
    """End the session."""
    logout_user()
    return redirect(url_for("people.log_in"))


@blueprint.route("/invitation/<string:token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> AnyResponse:
    """Let an invited person set a password, once."""
    account = invited(token)
    if account is None:
        return page("people/invitation_over.html", status=404)
    form = PasswordForm()
    if request.method != "POST":
        return page("people/invitation.html", form=form, name=account.person.name)
    if not form.validate_on_submit():
        return page("people/invitation.html", status=422, form=form, name=account.person.name)
    person_id = account.person_id
    set_password(account.id, form.password.data or "")
    enter(person_id)
    return redirect(HOME)


def enter(person_id: int) -> None:
    """Begin a session for a person."""
    found = load(person_id, clock.today())
    if found is None:
        abort(404)
    login_user(found)


def safe_next() -> str:
    """Where to go after the log-in: a path of this site, else the first page."""
    target = request.args.get("next", "")
    parts = urlsplit(target)
    if target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc:
        return target
    return HOME
