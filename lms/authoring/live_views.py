"""The pages of `flask courses preview`: they follow the files, and need neither a database nor a log-in."""

import time
from collections.abc import Iterator
from datetime import datetime

from flask import Blueprint, Response, abort, current_app, redirect, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from lms.authoring.live import LiveFolder
from lms.authoring.playing import play
from lms.authoring.previewing import Preview
from lms.content.rendering import ASSET, linked
from lms.core import clock
from lms.core.pages import page
from lms.core.security import POLICY
from lms.learning.links import Linked
from lms.people.access import public

SECONDS_BETWEEN_LOOKS = 0.3
FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'; frame-src 'self'")
"""The page at the width of a phone shows another page of the preview in a frame."""


blueprint = Blueprint("live", __name__, url_prefix="/preview")


def live_folder() -> LiveFolder:
    """The folder that the running preview shows."""
    found: LiveFolder = current_app.extensions["live"]
    return found


@blueprint.get("/")
@public
def modules() -> Response:
    """List the modules with what was found in each."""
    live = live_folder()
    return page("authoring/live_modules.html", modules=live.listed(), folder=live.folder.name)


@blueprint.get("/<string:course>/<string:module>")
@public
def module(course: str, module: str) -> Response:
    """Show a module as its file has it now."""

    def address(question: str) -> str:
        return url_for(".question", course=course, module=module, question=question)

    return page(
        "authoring/live.html",
        preview=_found(course, module),
        linked=_linker(course),
        saved=_saved(course, module),
        course=course,
        play=address,
    )


@blueprint.get("/<string:course>/<string:module>/phone")
@public
def phone(course: str, module: str) -> Response:
    """Show it in a frame as wide as a phone."""
    return page("authoring/live_phone.html", preview=_found(course, module), course=course)


@blueprint.get("/<string:course>/<string:module>/questions/<string:question>")
@public
def question(course: str, module: str, question: str) -> Response:
    """Ask one of its questions as learners meet it."""
    document = _found(course, module).draft.document
    asked = document.question(question) if document else None
    if document is None or asked is None:
        abort(404)
    played = play(asked, request.args, _linker(course))
    return page(
        "authoring/play.html",
        played=played,
        error=played.error,
        here=url_for(".question", course=course, module=module, question=question),
        preview_address=url_for(".module", course=course, module=module),
        title=document.title,
    )


@blueprint.get("/<string:course>/pictures/<string:hash_>")
@public
def picture(course: str, hash_: str) -> Response:
    """Give a picture that lies in the folder of a course."""
    files = live_folder().pictures(course).values()
    found = next((file.picture for file in files if file.picture.hash == hash_ and not file.flaws), None)
    if found is None:
        abort(404)
    return Response(found.data, mimetype=found.media_type)


@blueprint.get("/events")
@public
def events() -> Response:
    """Tell the page each time that a file is saved."""
    return Response(_changes(live_folder()), mimetype="text/event-stream")


@blueprint.after_request
def allow_frames(response: Response) -> Response:
    """Let a page of the preview show another one in a frame."""
    response.headers["Content-Security-Policy"] = FRAMED
    return response


def nothing_else() -> AnyResponse | None:
    """Lead from every page that would need a database to the list of modules; before all other questions."""
    if request.blueprint in {"live", "core"} or request.endpoint in {None, "static"}:
        return None
    return redirect(url_for("live.modules"))


def _found(course: str, module: str) -> Preview:
    found = live_folder().preview(course, module)
    if found is None:
        abort(404)
    return found


def _saved(course: str, module: str) -> str:
    """When the file was saved, in words."""
    at = datetime.fromtimestamp(
        (live_folder().folder / course / f"{module}.md").stat().st_mtime, clock.LONDON
    )
    return _("saved at %(time)s", time=f"{at:%H:%M}")


def _linker(course: str) -> Linked:
    """Links lead to previews, to laws and to pictures; other references keep their words alone."""
    live = live_folder()
    where, laws = live.courses_of, live.framework

    def address(scheme: str, target: str) -> str | None:
        match scheme:
            case "module" if target in where:
                return url_for("live.module", course=where[target], module=target)
            case "law":
                return laws.law_address(target)
            case _ if scheme == ASSET:
                return url_for("live.picture", course=course, hash_=target)
            case _:
                return None

    return lambda html: Markup(linked(html, address))  # noqa: S704 the content room has cleaned it


def _changes(live: LiveFolder) -> Iterator[str]:
    """An event each time that a file was saved, and a sign of life now and then."""
    before = live.stamp()
    yield "retry: 1000\n\n"
    quiet = 0
    while True:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        now = live.stamp()
        quiet += 1
        if now != before:
            before, quiet = now, 0
            yield "event: saved\ndata: saved\n\n"
        elif quiet > 50:  # noqa: PLR2004 about every fifteen seconds; a browser that left is noticed then
            quiet = 0
            yield ": still here\n\n"
