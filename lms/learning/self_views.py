"""A person says which level of each competency of their role they have, in their own view."""

from collections.abc import Iterable, Mapping

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Optional

from lms.competencies.models import SelfAssessment
from lms.competencies.self_assessments import latest_said, say
from lms.content.framework import Competency
from lms.core import clock
from lms.core.pages import page
from lms.learning.blueprint import blueprint
from lms.learning.record import record_of
from lms.people.access import requires, viewer

SEE_OTHER = 303


@blueprint.route("/record/self-assessment", methods=["GET", "POST"])
@requires("home")
def self_assessment() -> Response:
    """Ask for a level of each competency of the role, and keep what is answered."""
    person_id = viewer().person_id
    found = record_of(person_id, clock.today(), None)
    said = latest_said(person_id)
    form = _form((row.competency for row in found.asked), said)
    fields = {row.competency.id: form[row.competency.id] for row in found.asked}
    if form.validate_on_submit():
        new = say(person_id, {key: int(field.data) for key, field in fields.items() if field.data})
        flash(
            ngettext("%(num)d answer is saved.", "%(num)d answers are saved.", new)
            if new
            else _("Nothing was changed, so nothing new is saved.")
        )
        return redirect(url_for(".self_assessment"), SEE_OTHER)
    return page(
        "learning/self_assessment.html",
        422 if form.errors else 200,
        form=form,
        fields=fields,
        areas=found.areas,
        said=said,
    )


def _form(competencies: Iterable[Competency], said: Mapping[str, SelfAssessment]) -> FlaskForm:
    """One question for each competency; what was said before is chosen."""
    names = {0: _("Not yet"), 1: _("Awareness"), 2: _("Working"), 3: _("Practitioner"), 4: _("Expert")}

    class SelfForm(FlaskForm):
        """The questions of this person."""

    for each in competencies:
        choices = [
            SelectChoice(value=str(level), label=f"{level} {names[level]}")
            for level in (0, *sorted(each.levels))
        ]
        before = str(said[each.id].level) if each.id in said else None
        field = RadioField(each.title, choices=choices, default=before, validators=[Optional()])
        setattr(SelfForm, each.id, field)
    return SelfForm()
