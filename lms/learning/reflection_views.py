"""A reflection of a module: what its reader writes about their own work, saved, kept or removed."""

from flask import Response, abort, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from lms.content import catalogue
from lms.content.catalogue import ModuleEntry
from lms.content.documents import Part, Reflection
from lms.core.pages import page
from lms.learning import reflections
from lms.learning.blueprint import blueprint
from lms.learning.course_views import module_in
from lms.learning.links import linker
from lms.learning.models import CpdEntry
from lms.learning.reflections import LONGEST, MOST_MINUTES, CpdKind
from lms.learning.words import cpd_kind_words
from lms.people.access import requires, viewer

SEE_OTHER = 303
_ADDRESS = "/courses/<string:course>/<string:module>/reflections/<string:reflection>"


class WordsForm(FlaskForm):
    """What somebody writes."""

    words = TextAreaField(
        _l("Your answer"),
        filters=[lambda text: (text or "").strip()],
        validators=[
            DataRequired(_l("Write your answer")),
            Length(max=LONGEST, message=_l("Write at most 4,000 characters")),
        ],
    )


class KeepForm(WordsForm):
    """What somebody writes, to be kept as development."""

    kind = RadioField(_l("How you learned it"), validate_choice=False, choices=[])
    minutes = StringField(_l("How many minutes it took you"))

    def validate_kind(self, field: Field) -> None:
        """Take one of the three."""
        if field.data not in set(CpdKind):
            raise ValidationError(_("Choose how you learned it"))

    def validate_minutes(self, field: Field) -> None:
        """A whole number, as long as a day's work at most."""
        if not minutes_in(field.data):
            raise ValidationError(_("Enter a number of minutes from 1 to %(most)s", most=MOST_MINUTES))


@blueprint.get(_ADDRESS)
@requires("learning")
def reflection(course: str, module: str, reflection: str) -> AnyResponse:
    """Show what is asked, with the draft."""
    found = module_in(catalogue.current(), module)
    _part, asked = _asked(found, reflection)
    if (found.course, found.id) != (course, module):
        return redirect(url_for(".reflection", course=found.course, module=found.id, reflection=asked.id))
    return _page(found, asked, _form_of(_draft(found, asked.id)))


@blueprint.post(_ADDRESS)
@requires("learning")
def write_reflection(course: str, module: str, reflection: str) -> AnyResponse:
    """Save what was written, or keep it as development; lead back to the part."""
    del course
    found = module_in(catalogue.current(), module)
    part, asked = _asked(found, reflection)
    keeps = request.form.get("do") == "keep"
    form = _form_of(None)
    if keeps:
        if form.validate():
            reflections.keep(
                viewer().person_id,
                found,
                asked.id,
                form.words.data or "",
                kind=CpdKind(form.kind.data),
                minutes=minutes_in(form.minutes.data),
            )
            return _to_part(found, part, asked)
        return _page(found, asked, form)
    words = WordsForm()
    if words.validate():
        reflections.save(viewer().person_id, found, asked.id, words.words.data or "")
        return _to_part(found, part, asked)
    form.words.errors = words.words.errors
    return _page(found, asked, form)


@blueprint.get(f"{_ADDRESS}/remove")
@requires("learning")
def removing_reflection(course: str, module: str, reflection: str) -> AnyResponse:
    """Ask whether the draft is to be removed."""
    del course
    found = module_in(catalogue.current(), module)
    _part, asked = _asked(found, reflection)
    draft = _draft(found, asked.id)
    if draft is None:
        return redirect(url_for(".reflection", course=found.course, module=found.id, reflection=asked.id))
    return page("learning/remove_reflection.html", module=found, reflection=asked, words=draft.words)


@blueprint.post(f"{_ADDRESS}/remove")
@requires("learning")
def remove_reflection(course: str, module: str, reflection: str) -> AnyResponse:
    """Remove the draft."""
    del course
    found = module_in(catalogue.current(), module)
    part, asked = _asked(found, reflection)
    reflections.remove(viewer().person_id, found, asked.id)
    return _to_part(found, part, asked)


def minutes_in(typed: object) -> int:
    """The minutes that somebody typed; 0 where they are none, or too many."""
    words = str(typed or "").strip()
    if not (words.isascii() and words.isdigit() and len(words) <= len(str(MOST_MINUTES))):
        return 0
    return int(words) if int(words) <= MOST_MINUTES else 0


def _form_of(draft: CpdEntry | None) -> KeepForm:
    form = KeepForm()
    form.kind.choices = [(str(kind), cpd_kind_words(kind)) for kind in CpdKind]
    if draft:
        form.words.data = draft.words
    return form


def _draft(module: ModuleEntry, reflection_id: str) -> CpdEntry | None:
    entry = reflections.written_in(viewer().person_id, module).get(reflection_id)
    return entry if entry and entry.kept_at is None else None


def _asked(module: ModuleEntry, reflection_id: str) -> tuple[Part, Reflection]:
    """The reflection in the present text, and its part; 404 when there is none."""
    found = catalogue.module_version(module.version_id).document.reflection(reflection_id)
    if found is None:
        abort(404)
    return found


def _page(module: ModuleEntry, asked: Reflection, form: KeepForm) -> Response:
    return page(
        "learning/reflection.html",
        422 if form.errors else 200,
        module=module,
        reflection=asked,
        prompt=linker(catalogue.current())(asked.html),
        form=form,
        draft=_draft(module, asked.id),
        longest=LONGEST,
    )


def _to_part(module: ModuleEntry, part: Part, asked: Reflection) -> AnyResponse:
    address = url_for(
        "learning.part",
        course=module.course,
        module=module.id,
        part=part.slug,
        _anchor=f"reflection-{asked.id}",
    )
    return redirect(address, SEE_OTHER)
