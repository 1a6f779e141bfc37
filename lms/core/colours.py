"""The colours that a network has of its own, as a style sheet after ours and as the icon of its pages.

Inline styles are forbidden, so they are files; their addresses change with the colours.
"""

import hashlib

from flask import Blueprint, Flask, Response, abort, current_app, url_for

from lms.core.security import YEAR
from lms.core.settings import ROOT
from lms.core.shell import public
from lms.core.templates import static_url

ICON = "favicon.svg"
DRAWN = {"navy": "#0b1f3a", "bright": "#5cc8cf"}
"""The colours that the icon is drawn in."""

blueprint = Blueprint("colours", __name__)


def setup_colours(app: Flask) -> None:
    """Register both, and what the layout asks for their addresses."""
    app.config.setdefault("COLOURS", {})
    app.jinja_env.globals.update(colours_url=colours_url, icon_url=icon_url)
    app.register_blueprint(blueprint)


@blueprint.get("/colours.css")
@public
def style_sheet() -> Response:
    """Give the colours as custom properties; 404 where the network has none of its own."""
    values = "".join(f"--{name}:{colour};" for name, colour in _colours().items())
    return _lasting(f":root{{{values}}}", "text/css")


@blueprint.get("/icon.svg")
@public
def icon() -> Response:
    """Give the icon in the colours of the network; 404 where it has none of its own."""
    own = _colours()
    drawing = (ROOT / "static" / ICON).read_text()
    for name, colour in DRAWN.items():
        drawing = drawing.replace(colour, own.get(name, colour))
    return _lasting(drawing, "image/svg+xml")


def colours_url() -> str:
    """The address of the style sheet; empty where the network has no colours of its own."""
    return url_for("colours.style_sheet", v=_mark()) if current_app.config["COLOURS"] else ""


def icon_url() -> str:
    """The address of the icon."""
    return url_for("colours.icon", v=_mark()) if current_app.config["COLOURS"] else static_url(ICON)


def _colours() -> dict[str, str]:
    found: dict[str, str] = current_app.config["COLOURS"]
    return found or abort(404)


def _mark() -> str:
    return hashlib.sha256(repr(sorted(_colours().items())).encode()).hexdigest()[:10]


def _lasting(text: str, media_type: str) -> Response:
    response = Response(text, mimetype=media_type)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
