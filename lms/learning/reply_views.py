"""A person says something to an assessment of theirs, or disputes it."""

from flask import Response, abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length, ValidationError

from lms.competencies.facts import facts_of
from lms.competencies.replies import ReplyError, ReplyFault, reply
from lms.content import catalogue
from lms.content.serving import word
from lms.core.pages import page
from lms.learning.blueprint import blueprint
from lms.learning.entries import Entry, entries_of
from lms.people.access import requires, viewer

SEE_OTHER = 303
MOST_OF_WORDS = 2_000
COMMENT, DISPUTE = "comment", "dispute"


class ReplyForm(FlaskForm):
    """What is said to an assessment, and whether it is disputed."""

    what = RadioField(_l("What do you want to do?"), validate_choice=False, choices=[])
    words = TextAreaField(
        _l("What do you want to say?"),
        description=_l(
            "It stands beside the assessment, and nothing can be edited afterwards. Name no %(third)s, no "
            "other person and nothing about health. OFFICIAL only.",
            third=word("never_named"),
        ),
        filters=[lambda text: (text or "").strip()],
        validators=[
            DataRequired(_l("Enter what you want to say")),
            Length(max=MOST_OF_WORDS, message=_l("Enter at most 2,000 characters")),
        ],
    )

    def validate_what(self, field: RadioField) -> None:
        """One of those offered is chosen."""
        if field.data not in {value for value, *_ in field.iter_choices()}:
            raise ValidationError(_("Choose whether you comment or dispute"))


@blueprint.route("/record/assessments/<int:evidence_id>/reply", methods=["GET", "POST"])
@requires("home")
def reply_to(evidence_id: int) -> AnyResponse:
    """Show an assessment of the one who asks with what was said to it, and keep what they say."""
    person_id = viewer().person_id
    entry = _entry(person_id, evidence_id)
    form = _form(entry)
    if form.validate_on_submit():
        disputes = form.what.data == DISPUTE
        try:
            reply(evidence_id, form.words.data or "", disputes=disputes, by=person_id)
        except ReplyError as error:
            form.what.errors = [_fault_words(error.fault)]
        else:
            flash(
                _("The assessment is disputed. An assessor who is neither of you decides.")
                if disputes
                else _("Your comment stands beside the assessment.")
            )
            return redirect(url_for(".reply_to", evidence_id=evidence_id), SEE_OTHER)
    return _show(entry, form)


def _show(entry: Entry, form: ReplyForm) -> Response:
    competency = catalogue.current().framework.competency(entry.competency)
    return page(
        "learning/reply.html",
        422 if form.errors else 200,
        form=form,
        entry=entry,
        title=competency.title if competency else entry.competency,
    )


def _entry(person_id: int, evidence_id: int) -> Entry:
    """The person's own assessment; else 404."""
    facts = facts_of([person_id])[person_id]
    found = (each for each in entries_of(person_id, None, facts) if each.evidence_id == evidence_id)
    return next((each for each in found if each.may_be_answered), None) or abort(404)


def _form(entry: Entry) -> ReplyForm:
    """The form; what was disputed once is not offered to be disputed again."""
    form = ReplyForm()
    choices = [SelectChoice(value=COMMENT, label=_("Comment on it"))]
    if not any(each.disputes for each in entry.replies):
        choices.append(
            SelectChoice(
                value=DISPUTE,
                label=_(
                    "Dispute it: an assessor who is neither you nor %(name)s decides", name=entry.by or ""
                ),
            )
        )
    form.what.choices = choices
    return form


def _fault_words(fault: ReplyFault) -> str:
    if fault is ReplyFault.DISPUTED:
        return _("It was disputed before: you can still comment on it")
    return _("It was entered in error meanwhile, and counts no more")
