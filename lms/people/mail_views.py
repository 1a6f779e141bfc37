"""Whether a person gets the weekly mail: by the link in each mail, and on a page of their own."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.core.pages import page
from lms.core.security import csrf
from lms.people.access import public, requires, viewer
from lms.people.digests import choose_mail, stopped_by, wants_mail
from lms.people.views import blueprint


@blueprint.get("/mail/stop/<string:token>")
@public
def stop_mail(token: str) -> Response:
    """Ask whether the mail should stop; nothing changes by opening the link, as scanners of mail do."""
    person_id = stopped_by(token)
    if person_id is None:
        abort(404)
    return page("people/stop_mail.html", token=token, stopped=not wants_mail(person_id))


@blueprint.post("/mail/stop/<string:token>")
@csrf.exempt  # RFC 8058: mail programs post here with one click; the signed token is the proof
@public
def stop_mail_now(token: str) -> Response:
    """Stop the mail of the person whose link it is, or begin it again; twice is as once.

    Whatever a mail program sends along, it stops.
    """
    person_id = stopped_by(token)
    if person_id is None:
        abort(404)
    wanted = request.form.get("weekly_mail") == "on"
    choose_mail(person_id, wanted=wanted)
    if wanted:
        flash(_("You will get the weekly mail."))
        return redirect(url_for(".stop_mail", token=token), 303)
    return page("people/stop_mail.html", token=token, stopped=True)


@blueprint.route("/record/mail", methods=["GET", "POST"])
@requires("home")
def weekly_mail() -> Response:
    """Show whether the one who asks gets the weekly mail, and change it."""
    person_id = viewer().person_id
    if request.method != "POST":
        return page("people/weekly_mail.html", wanted=wants_mail(person_id))
    wanted = request.form.get("weekly_mail") == "on"
    choose_mail(person_id, wanted=wanted)
    flash(_("You will get the weekly mail.") if wanted else _("You will get no weekly mail."))
    return redirect(url_for(".weekly_mail"), 303)
