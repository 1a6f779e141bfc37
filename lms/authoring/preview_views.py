"""The preview: a module as learners see it, with every mistake where it happens."""

from typing import Any

from flask import Response, abort, request, url_for

from lms.authoring.drafts import NEW, draft_of, kept_draft, text_of
from lms.authoring.owing import people_owing
from lms.authoring.playing import play
from lms.authoring.previewing import Draft, preview
from lms.authoring.trying import TryForm
from lms.authoring.views import blueprint
from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.content.rendering import ASSET
from lms.core import clock
from lms.core.pages import page
from lms.learning.links import Linked, linker
from lms.learning.pictures import picture
from lms.people.access import requires

UNPROCESSABLE = 422


@blueprint.get("/<string:module>")
@requires("authoring")
def preview_module(module: str) -> Response:
    """Show the text that the last publish found, with what it said about it."""
    published = catalogue.current()
    draft = kept_draft(published.resolve(module), published, clock.today())
    if draft is None:
        abort(404)

    def address(question: str) -> str:
        return url_for(".play_question", module=draft.module_id, question=question)

    return page("authoring/preview.html", play=address, **_shown(draft, published))


@blueprint.get("/<string:module>/play/<string:question>")
@requires("authoring")
def play_question(module: str, question: str) -> Response:
    """Ask one question as learners meet it; the answer stands in the address and is kept nowhere."""
    published = catalogue.current()
    draft = kept_draft(published.resolve(module), published, clock.today())
    document = draft.document if draft else None
    asked = document.question(question) if document else None
    if document is None or asked is None:
        abort(404)
    played = play(asked, request.args, _linker(published))
    return page(
        "authoring/play.html",
        played=played,
        error=played.error,
        here=url_for(".play_question", module=module, question=question),
        preview_address=url_for(".preview_module", module=module),
        title=document.title,
    )


@blueprint.get("/pictures/<string:hash_>")
@requires("authoring")
def shown_picture(hash_: str) -> Response:
    """Give a picture of a module to authors, who may be no learners."""
    found = picture(hash_)
    if found is None:
        abort(404)
    media_type, data = found
    return Response(data, mimetype=media_type)


@blueprint.get("/try")
@requires("authoring")
def try_text() -> Response:
    """Ask for a text to look at."""
    return page("authoring/try.html", form=TryForm.of(catalogue.current()), preview=None)


@blueprint.post("/try")
@requires("authoring")
def try_given_text() -> Response:
    """Show a text that was pasted or sent, with what the check says of it; nothing is stored."""
    published = catalogue.current()
    form = TryForm.of(published)
    if not form.validate_on_submit():
        return page("authoring/try.html", UNPROCESSABLE, form=form, preview=None)
    module = form.module.data or NEW
    entry = published.module(module)
    path = f"courses/{entry.course if entry else 'your-course'}/{module}.md"
    draft = draft_of(form.source.data or "", module, path, published, clock.today())
    return page("authoring/try.html", form=form, **_shown(draft, published))


def _shown(draft: Draft, published: Catalogue) -> dict[str, Any]:
    """What the templates of a preview need."""
    before = published.module(draft.module_id)
    earlier = text_of(before) if before else None
    since = before.edition_on if before else None
    return {"preview": preview(draft, earlier, since, people_owing), "linked": _linker(published)}


def _linker(published: Catalogue) -> Linked:
    """As for learners, but modules lead to their previews, since an author may be no learner."""

    def module(target: str) -> str | None:
        name = published.resolve(target)
        return url_for("authoring.preview_module", module=name) if published.module(name) else None

    def asset(target: str) -> str:
        return url_for("authoring.shown_picture", hash_=target)

    return linker(published, {"module": module, ASSET: asset})
