"""Learners say what is wrong with a part, a question or a clause, and read what its owner answers."""

from dataclasses import dataclass

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, TextAreaField
from wtforms.validators import DataRequired, Length

from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.core.pages import page
from lms.learning.blueprint import blueprint
from lms.learning.comments import LONGEST, Kind, TooManyError, comments_of, write_comment
from lms.people.access import can, requires, viewer

TOO_MANY = 429


class CommentForm(FlaskForm):
    """What is wrong, and whether the author may know who says so."""

    words = TextAreaField(
        _l("What is wrong, or out of date?"),
        [
            DataRequired(_l("Say what is wrong")),
            Length(max=LONGEST, message=_l("Say it in 1,000 characters or fewer")),
        ],
        filters=[lambda text: text.strip() if text else text],
    )
    named = BooleanField(_l("Add my name"))


@dataclass(frozen=True, slots=True)
class About:
    """What a comment is about: the title of a module or standard, and of the place in it."""

    title: str
    place: str
    address: str
    edition: int | None


@blueprint.route("/comments/<string:kind>/<string:source>/<string:place>", methods=["GET", "POST"])
@requires("home")
def comment(kind: str, source: str, place: str) -> Response:
    """Take a comment on a part, a question or a clause."""
    found = _about(kind, source, place, catalogue.current())
    if found is None:
        abort(404)
    form = CommentForm()
    status = 200
    if form.validate_on_submit():
        try:
            write_comment(
                viewer().person_id,
                Kind(kind),
                source,
                place,
                form.words.data or "",
                edition=found.edition,
                named=bool(form.named.data),
            )
        except TooManyError:
            form.form_errors.append(
                _("That is five comments in a short time. Try again in a quarter of an hour.")
            )
            status = TOO_MANY
        else:
            flash(_("Your comment is with the author. The answer will stand here."))
            return redirect(url_for(".comments"))
    elif form.errors:
        status = 422
    return page("learning/comment.html", status, form=form, about=found, longest=LONGEST)


@blueprint.get("/comments")
@requires("home")
def comments() -> Response:
    """Show what the person has told authors, with the answers."""
    published = catalogue.current()
    mine = [
        (each, _about(each.kind, each.source, each.place, published))
        for each in comments_of(viewer().person_id)
    ]
    return page("learning/comments.html", comments=mine)


def _about(kind: str, source: str, place: str, published: Catalogue) -> About | None:
    """What a comment is about, if the one who asks may read it."""
    if kind == Kind.CLAUSE:
        return _clause(source, place, published)
    module = published.module(published.resolve(source)) if can("learning") else None
    if module is None or kind not in {Kind.PART, Kind.QUESTION}:
        return None
    address = url_for(".module", course=module.course, module=module.id)
    if kind == Kind.PART:
        part = next((each for each in module.parts if each.slug == place), None)
        return About(module.title, part.title, address, module.edition) if part else None
    document = catalogue.module_version(module.version_id).document
    question = document.question(place)
    return About(module.title, _("a question of the check"), address, module.edition) if question else None


def _clause(source: str, number: str, published: Catalogue) -> About | None:
    standard = published.standard(source)
    clause = standard.clause(number) if standard else None
    if standard is None or clause is None:
        return None
    address = url_for(".standard", standard=standard.id)
    return About(standard.title, f"{clause.number} {clause.title}", address, None)
