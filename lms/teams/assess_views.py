"""Assessing a person in one competency, and taking one’s own assessment back."""

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from lms.competencies.assessing import Fault
from lms.competencies.assessments import (
    AssessmentError,
    Settled,
    assess,
    latest_mark,
    may_take_back,
    settler_of,
    take_back,
    waiting_by,
    was_taken_back,
    withdraw_waiting,
)
from lms.competencies.models import Assessment, Evidence
from lms.content import catalogue
from lms.content.framework import Competency
from lms.core import clock
from lms.core.database import db
from lms.core.languages import day as in_words
from lms.core.pages import page
from lms.people.access import demand, highest_level, requires, viewer
from lms.people.readings import note_reading
from lms.people.subjects import person_subject
from lms.teams.assess_forms import (
    NEVER,
    AssessForm,
    TakeBackForm,
    WithdrawForm,
    assess_form,
    fault_words,
    refuse,
)
from lms.teams.assess_page import AssessPage, assess_page
from lms.teams.blueprint import blueprint
from lms.teams.person import name_of

READING = "teams.assess"
SEE_OTHER, UNPROCESSABLE = 303, 422


@blueprint.get("/<int:person_id>/assess/<string:competency>", endpoint="assess")
@requires("assessing")
def assess_level(person_id: int, competency: str) -> Response:
    """Show a person’s evidence for one competency beside the words of its levels."""
    found = _page(person_id, competency)
    note_reading(person_id, viewer().person_id, READING)
    return _show(found, assess_form(found))


@blueprint.post("/<int:person_id>/assess/<string:competency>")
@requires("assessing")
def record_level(person_id: int, competency: str) -> AnyResponse:
    """Record the level that somebody chose; 422 with what was typed where it cannot be."""
    found = _page(person_id, competency)
    form = assess_form(found)
    judged = form.judged(competency) if form.validate() else None
    if judged is None:
        return _show(found, form, UNPROCESSABLE)
    typed = form.mark.data or ""
    mark = int(typed) if typed.isdecimal() else 0
    try:
        settled = assess(person_id, judged, catalogue.current().framework, by=viewer().person_id, mark=mark)
    except AssessmentError as error:
        refuse(form, error.fault, found)
        if error.fault is Fault.MEANWHILE:
            form.mark.data = str(latest_mark(person_id, competency))
        return _show(_page(person_id, competency), form, UNPROCESSABLE)
    flash(_said(found, judged.level, settled))
    return redirect(url_for(".assess", person_id=person_id, competency=competency), SEE_OTHER)


@blueprint.route("/<int:person_id>/assessments/<int:evidence_id>/back", methods=["GET", "POST"])
@requires("assessing")
def take_back_level(person_id: int, evidence_id: int) -> AnyResponse:
    """Ask what is the matter with one’s own assessment and why, and take it back."""
    demand("assessing.person", person_subject(person_id))
    evidence = db.session.get(Evidence, evidence_id)
    if evidence is None or evidence.person_id != person_id:
        abort(404)
    competency, level = _competency(evidence.competency_id), evidence.level
    if not may_take_back(evidence_id, viewer().person_id):
        return _gone(evidence, again=was_taken_back(evidence_id, viewer().person_id))
    form, name = TakeBackForm(), name_of(person_id)
    if form.validate_on_submit():
        try:
            take_back(
                evidence_id,
                by=viewer().person_id,
                reason=form.reason.data or "",
                never_true=form.what.data == NEVER,
            )
        except AssessmentError as error:
            form.form_errors.append(fault_words(error.fault, name))
        else:
            flash(_("Level %(level)s of %(title)s is taken back.", level=level, title=competency.title))
            back = url_for(".assess", person_id=person_id, competency=competency.id)
            return redirect(back, SEE_OTHER)
    return page(
        "teams/take_back.html",
        UNPROCESSABLE if form.is_submitted() else 200,
        person_id=person_id,
        name=name,
        competency=competency,
        evidence=evidence,
        form=form,
    )


@blueprint.route("/<int:person_id>/assessments/waiting/<int:assessment_id>/back", methods=["GET", "POST"])
@requires("assessing")
def take_back_waiting(person_id: int, assessment_id: int) -> AnyResponse:
    """Ask why one’s own level 4 is withdrawn that nobody has confirmed yet, and withdraw it."""
    demand("assessing.person", person_subject(person_id))
    judged, by = db.session.get(Assessment, assessment_id), viewer().person_id
    if judged is None or judged.person_id != person_id:
        abort(404)
    if assessment_id not in waiting_by(by, person_id):
        return _gone(judged, again=settler_of(assessment_id) == by == judged.by_id)
    form, competency = WithdrawForm(), _competency(judged.competency_id)
    if form.validate_on_submit():
        try:
            withdraw_waiting(assessment_id, by=by, reason=form.reason.data or "")
        except AssessmentError as error:
            form.form_errors.append(fault_words(error.fault, name_of(person_id)))
        else:
            words = {"level": judged.level, "title": competency.title}
            flash(_("Level %(level)s of %(title)s is withdrawn before it counted.", **words))
            return redirect(url_for(".assess", person_id=person_id, competency=competency.id), SEE_OTHER)
    return page(
        "teams/take_back_waiting.html",
        UNPROCESSABLE if form.is_submitted() else 200,
        judged=judged,
        name=name_of(person_id),
        competency=competency,
        form=form,
    )


def _gone(about: Evidence | Assessment, *, again: bool) -> AnyResponse:
    """Answer a button that was pressed twice; 404 where it is another’s assessment, or counts no longer."""
    if request.method != "POST" or not again:
        abort(404)
    flash(_("You had taken it back already, so nothing new is written."))
    back = url_for(".assess", person_id=about.person_id, competency=about.competency_id)
    return redirect(back, SEE_OTHER)


def _page(person_id: int, competency: str) -> AssessPage:
    """The page, for somebody who may assess the person up to some level; else 404."""
    who, subject = viewer(), person_subject(person_id)
    demand("assessing.person", subject)
    highest = highest_level(who, subject)
    return assess_page(person_id, _competency(competency), who.person_id, highest, clock.today())


def _competency(competency: str) -> Competency:
    return catalogue.current().framework.competency(competency) or abort(404)


def _show(found: AssessPage, form: AssessForm, status: int = 200) -> Response:
    return page("teams/assess.html", status, found=found, form=form)


def _said(found: AssessPage, level: int, settled: Settled) -> str:
    """What was done, for the banner of the next page."""
    words: dict[str, object] = {"level": level, "title": found.competency.title, "name": found.name}
    if settled.before:
        return _("You had recorded level %(level)s of %(title)s already, so nothing new is written.", **words)
    if settled.counts:
        words["until"] = in_words(settled.until)
        return _("Level %(level)s of %(title)s is recorded for %(name)s, until %(until)s.", **words)
    return _("Level %(level)s of %(title)s waits for an assessor of another organisation.", **words)
