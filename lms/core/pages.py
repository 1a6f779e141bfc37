"""One template for a page and for its part: HTMX gets the `main` block of the same file."""

from flask import Flask, Response, make_response, render_template
from htmx_flask import Htmx, request
from jinja2_fragments.flask import render_block

htmx = Htmx()


def setup_pages(app: Flask) -> None:
    """Let requests tell whether HTMX sent them."""
    htmx.init_app(app)


def wants_fragment() -> bool:
    """Whether HTMX asks for the changed part of a page, and not for its history."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def page(template: str, status: int = 200, **context: object) -> Response:
    """Render a page, or its `main` block alone when HTMX asks."""
    if wants_fragment():
        body = render_block(template, "main", **context)
    else:
        body = render_template(template, **context)
    response = make_response(body, status)
    response.headers.add("Vary", "HX-Request")
    response.headers.add("Vary", "HX-History-Restore-Request")
    return response
