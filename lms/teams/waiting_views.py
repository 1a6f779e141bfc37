"""What waits for a manager or an assessor: certificates, disputes, levels; and finding somebody to assess."""

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import ValidationError

from lms.competencies.assessing import Fault
from lms.competencies.assessments import AssessmentError, confirm, refuse, settler_of
from lms.competencies.facts import requirements
from lms.competencies.replies import Dispute, ReplyError, decide, decider_of, disputes_for
from lms.competencies.standing import State
from lms.content import catalogue
from lms.content.framework import Competency
from lms.core import clock
from lms.core.forms import reason_field
from lms.core.pages import page
from lms.learning.standpoints import standpoint_of, state_in
from lms.people.access import can, demand, requires, viewer
from lms.people.readings import note_reading
from lms.people.subjects import person_subject
from lms.teams.blueprint import blueprint
from lms.teams.person import name_of
from lms.teams.waiting import Second, papers_for, people_found, seconds_for, uses_for

SEE_OTHER, UNPROCESSABLE = 303, 422
YES, NO = "yes", "no"
READING = "teams.assess"


class FindForm(FlaskForm):
    """Whom to assess; sent by GET, so it needs no token."""

    class Meta:
        """Nothing is changed by it."""

        csrf = False

    q = StringField(_l("Name or email address"))


class SettleForm(FlaskForm):
    """A decision with its reason."""

    what = RadioField(_l("What do you decide?"), validate_choice=False, choices=[])
    reason = reason_field()

    def validate_what(self, field: RadioField) -> None:
        """One of the two is chosen."""
        if field.data not in {YES, NO}:
            raise ValidationError(_("Choose what you decide"))


@blueprint.get("/assessments")
@requires("assessing")
def assessments() -> Response:
    """Show what waits for the one who asks, and whom they may assess; 404 for a person whom they may not."""
    who, person_id = viewer(), request.args.get("person", type=int)
    words = " ".join(request.args.get("q", "").split())[:200]
    if person_id is not None:
        demand("assessing.person", person_subject(person_id))
    return page(
        "teams/assessments.html",
        form=FindForm(formdata=None, q=words),
        words=words,
        found=people_found(who, words, clock.today()) if words else (),
        person_id=person_id,
        name=name_of(person_id) if person_id is not None else None,
        standing=_standing(person_id) if person_id is not None else (),
        titles=_titles(),
        disputes=disputes_for(who.person_id),
        seconds=seconds_for(who.person_id),
        papers=papers_for(who, clock.today()) if can("team") else None,
        accreditations=_accreditations(),
        uses=uses_for(who, clock.today()) if can("team") else None,
    )


@blueprint.route("/assessments/disputes/<int:reply_id>", methods=["GET", "POST"])
@requires("assessing")
def dispute(reply_id: int) -> AnyResponse:
    """Show a dispute and keep the decision; 404 for whoever is not to decide it."""
    by = viewer().person_id
    found = next((each for each in disputes_for(by) if each.id == reply_id), None)
    if found is None:
        return _gone(decider_of(reply_id))
    form = _form(_("The assessment stands"), _("It was not right: enter it in error"))
    if form.validate_on_submit():
        try:
            decide(reply_id, stands=form.what.data == YES, by=by, reason=form.reason.data or "")
        except ReplyError:
            form.form_errors.append(_("This is not yours to decide any more, or was decided meanwhile"))
        else:
            flash(_("Your decision of the dispute is recorded, and both can read it."))
            return redirect(url_for(".assessments"), SEE_OTHER)
    if request.method == "GET":
        note_reading(found.person_id, by, READING)
    return _show("teams/dispute.html", found, form)


@blueprint.route("/assessments/<int:assessment_id>", methods=["GET", "POST"])
@requires("assessing")
def second(assessment_id: int) -> AnyResponse:
    """Show a level that waits for a second assessor, and keep what they decide; 404 for others."""
    by = viewer().person_id
    found = next((each for each in seconds_for(by) if each.id == assessment_id), None)
    if found is None:
        return _gone(settler_of(assessment_id))
    form = _form(_("I confirm the level"), _("I do not confirm it"))
    if form.validate_on_submit():
        try:
            if form.what.data == YES:
                confirm(assessment_id, by=by)
            else:
                refuse(assessment_id, by=by, reason=form.reason.data or "")
        except AssessmentError as error:
            form.form_errors.append(_not_settled(error.fault))
        else:
            flash(_("Your decision about the level is recorded."))
            return redirect(url_for(".assessments"), SEE_OTHER)
    if request.method == "GET":
        note_reading(found.person_id, by, READING)
    return _show("teams/second.html", found, form)


def _gone(settled_by: int | None) -> AnyResponse:
    """Answer a button that was pressed twice; 404 where somebody else has decided, or may."""
    if request.method != "POST" or settled_by != viewer().person_id:
        abort(404)
    flash(_("Your decision was recorded already, so nothing new is written."))
    return redirect(url_for(".assessments"), SEE_OTHER)


def _show(template: str, found: Dispute | Second, form: SettleForm) -> Response:
    competency = catalogue.current().framework.competency(found.competency)
    return page(
        template, UNPROCESSABLE if form.errors else 200, found=found, form=form, competency=competency
    )


def _not_settled(fault: Fault) -> str:
    if fault is Fault.NO_POST:
        return _(
            "You hold no post today, so you cannot confirm it: ask your administrator to record your post"
        )
    return _("This is not yours to decide any more, or was decided meanwhile")


def _form(yes: str, no: str) -> SettleForm:
    form = SettleForm()
    form.what.choices = [SelectChoice(value=YES, label=yes), SelectChoice(value=NO, label=no)]
    return form


def _standing(person_id: int) -> list[tuple[Competency, State]]:
    """Where a person stands in every competency, those that their role asks for first."""
    published = catalogue.current()
    stand = standpoint_of(person_id, clock.today(), published, requirements())
    found = [(each, state_in(stand, each.id)) for each in published.framework.competencies]
    return sorted(found, key=lambda pair: not pair[1].required)


def _accreditations() -> dict[str, str]:
    return {each.id: each.title for each in catalogue.current().framework.accreditations}


def _titles() -> dict[str, str]:
    return {each.id: each.title for each in catalogue.current().framework.competencies}
