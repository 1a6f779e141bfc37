"""One template for a page and for its part: HTMX gets the `main` block of the same file."""

from collections.abc import Callable, Hashable, Mapping

from flask import Flask, Response, current_app, make_response, render_template
from flask_babel import get_locale
from htmx_flask import Htmx, request
from jinja2_fragments.flask import render_block
from markupsafe import Markup

htmx = Htmx()
KEPT_PAGES = 64
"""Pages that a process keeps; one of a report is about 140 kB."""
PARTS = ("title", "page_class", "back", "main")


def setup_pages(app: Flask) -> None:
    """Let requests tell whether HTMX sent them."""
    htmx.init_app(app)


def wants_fragment() -> bool:
    """Whether HTMX asks for the changed part of a page, and not for its history."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def kept_page(key: Hashable, template: str, context: Callable[[], Mapping[str, object]]) -> Response:
    """Render a page whose title and main part stay the same under a key, and keep these in the process.

    The key names everything that they depend on, besides the language. What is about the person who
    asks (the name, the way out) is rendered each time. What `context` raises is kept nowhere.
    """
    kept: dict[Hashable, Mapping[str, Markup]] = current_app.extensions.setdefault("pages", {})
    full = (template, str(get_locale()), key)
    parts = kept.pop(full, None)
    if parts is None:
        values, blocks = context(), current_app.jinja_env.get_template(template).blocks
        parts = {part: Markup(render_block(template, part, **values)) for part in PARTS if part in blocks}  # noqa: S704 rendered here
        parts["footer"] = Markup(render_block("layouts/base.html", "footer"))  # noqa: S704 the same
    for oldest in list(kept)[: len(kept) - KEPT_PAGES + 1]:
        kept.pop(oldest, None)
    kept[full] = parts
    return page("layouts/kept.html", parts=parts)


def page(template: str, status: int = 200, **context: object) -> Response:
    """Render a page, or its `main` block and its way back when HTMX asks."""
    if wants_fragment():
        body = render_block(template, "main", **context) + _way_back(template, context)
    else:
        body = render_template(template, **context)
    response = make_response(body, status)
    response.headers.add("Vary", "HX-Request")
    response.headers.add("Vary", "HX-History-Restore-Request")
    return response


def _way_back(template: str, context: Mapping[str, object]) -> str:
    """The way back, which stands outside of `main`, as HTMX puts it in the place of the old one."""
    blocks = current_app.jinja_env.get_template(template).blocks
    link = render_block(template, "back", **context) if "back" in blocks else ""
    return f'<div class="way-back" id="way-back" hx-swap-oob="true">{link}</div>' if link.strip() else ""
