"""The pages on which authors read what learners told them, and answer it."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length

from lms.authoring.comments import (
    Told,
    answer_comment,
    clauses_untaught,
    comment_told,
    comments_page,
    publications_since,
)
from lms.authoring.views import blueprint
from lms.content import catalogue
from lms.core.languages import moment
from lms.core.pages import page
from lms.learning.comments import LONGEST
from lms.people.access import requires, viewer

OPEN, CLOSED = "open", "closed"


class AnswerForm(FlaskForm):
    """The answer, and whether the comment is closed by it."""

    answer = TextAreaField(
        _l("Your answer"),
        [
            DataRequired(_l("Write an answer")),
            Length(max=LONGEST, message=_l("Answer in 1,000 characters or fewer")),
        ],
        filters=[lambda text: text.strip() if text else text],
    )
    mended = SelectField(_l("What mended it"))


@blueprint.get("/comments")
@requires("authoring")
def comments() -> Response:
    """Show all comments, open ones first."""
    told, number, pages = comments_page(max(1, request.args.get("page", 1, type=int)), catalogue.current())

    def address(page: int) -> str:
        return url_for(".comments", page=page if page > 1 else None)

    return page("authoring/comments.html", comments=told, number=number, pages=pages, page_address=address)


@blueprint.route("/comments/<int:number>", methods=["GET", "POST"])
@requires("authoring")
def comment(number: int) -> Response:
    """Show one comment, and take its answer."""
    told = comment_told(number, catalogue.current())
    if told is None:
        abort(404)
    form = _form(told)
    if form.validate_on_submit():
        chosen = form.mended.data
        answer_comment(
            number,
            form.answer.data or "",
            by=viewer().person_id,
            closes=chosen != OPEN,
            publication=int(chosen) if chosen not in {OPEN, CLOSED} else None,
        )
        flash(_("Your answer is with whoever wrote the comment."))
        return redirect(url_for(".comments"))
    return page("authoring/comment.html", 422 if form.errors else 200, told=told, form=form, longest=LONGEST)


@blueprint.get("/standards")
@requires("authoring")
def coverage() -> Response:
    """Show which clauses of the standards no module teaches."""
    return page("authoring/coverage.html", standards=list(clauses_untaught(catalogue.current())))


def _form(told: Told) -> AnswerForm:
    form = AnswerForm()
    form.mended.choices = [
        SelectChoice(value=OPEN, label=_("Nothing yet: it stays open")),
        SelectChoice(value=CLOSED, label=_("Nothing needs to change")),
    ]
    form.mended.choices += [
        SelectChoice(value=str(key), label=_("The publication of %(moment)s", moment=moment(at)))
        for key, at in publications_since(told.comment).items()
    ]
    if not form.is_submitted():
        form.answer.data = told.comment.answer
        kept = told.comment.publication_id or (OPEN if told.is_open else CLOSED)
        form.mended.data = str(kept)
    return form
