"""The baseline of a person, recorded by their manager in one conversation."""

from flask import Response, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from lms.competencies.baselines import MONTHS, BaselineError, Fault, record_baseline
from lms.competencies.self_assessments import latest_said
from lms.content import catalogue
from lms.core import clock
from lms.core.dates import add_months
from lms.core.languages import day as in_words
from lms.core.pages import page
from lms.people.access import demand, requires, viewer
from lms.people.readings import note_reading
from lms.people.subjects import person_subject
from lms.teams.baseline import BaselinePage, baseline_page
from lms.teams.baseline_forms import BaselineForm, Question, baseline_form, read_said
from lms.teams.blueprint import blueprint

READING = "teams.baseline"
SEE_OTHER, UNPROCESSABLE = 303, 422


@blueprint.route("/<int:person_id>/baseline", methods=["GET", "POST"])
@requires("team")
def baseline(person_id: int) -> AnyResponse:
    """Ask for the level of every competency of the role, and record those that are chosen."""
    demand("team.person", person_subject(person_id))
    found = baseline_page(person_id, clock.today())
    form, questions = baseline_form(found.record.asked)
    if not form.is_submitted():
        note_reading(person_id, viewer().person_id, READING)
        return _show(found, form, questions)
    said = read_said(form, questions)
    if said is None:
        return _show(found, form, questions, UNPROCESSABLE)
    try:
        written = record_baseline(person_id, said, catalogue.current().framework, by=viewer().person_id)
    except BaselineError as error:
        if error.fault is not Fault.NOTHING_NEW:
            form.form_errors.append(_fault_words(error.fault))
            return _show(found, form, questions, UNPROCESSABLE)
        flash(_("All of it was recorded already, so nothing new is written."))
    else:
        flash(_said(found.name, len(written), len(said) - len(written)))
    return redirect(url_for(".baseline", person_id=person_id), SEE_OTHER)


def _show(
    found: BaselinePage, form: BaselineForm, questions: dict[str, Question], status: int = 200
) -> Response:
    said = latest_said(found.record.person_id)
    until = add_months(clock.today(), MONTHS)
    return page(
        "teams/baseline.html", status, found=found, form=form, questions=questions, said=said, until=until
    )


def _said(name: str, written: int, left: int) -> str:
    """What was done, for the banner of the next page."""
    until = in_words(add_months(clock.today(), MONTHS))
    words = ngettext(
        "The baseline of %(name)s is recorded: %(num)d level, until %(until)s.",
        "The baseline of %(name)s is recorded: %(num)d levels, until %(until)s.",
        written,
        name=name,
        until=until,
    )
    if left:
        held = ngettext("%(num)d was held already.", "%(num)d were held already.", left)
        words = f"{words} {held}"
    return words


def _fault_words(fault: Fault) -> str:
    if fault is Fault.NOT_ALLOWED:
        return _("You may not record this any more: your grant ended, or they moved")
    return _("The framework has changed since you opened this page: open it again")
