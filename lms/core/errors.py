"""Error pages: a sentence, what to do next, and a reference that the log has too."""

import logging
import secrets
from datetime import date
from http import HTTPStatus

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError
from werkzeug.exceptions import Forbidden, HTTPException

from lms.core.database import db

log = logging.getLogger(__name__)
PAGES = {400, 403, 404, 405, 413, 429}
WRITTEN = ("words", "reference", "reason")
"""How the fields begin in which people write whole sentences."""


class AccessEnded(Forbidden):
    """What the person asks for was theirs until a day, the first on which it no longer was."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day


class BadRequest(HTTPException):
    """Something in the address is not what it should be; the description is shown to the person."""

    code = HTTPStatus.BAD_REQUEST


def setup_errors(app: Flask) -> None:
    """Answer every error with a page; one that the database causes never ends the process."""
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(Exception, _unexpected)


def _expired(error: Exception) -> Response:
    del error
    return _page(400, expired=True)


def _http(error: Exception) -> Response | HTTPException:
    code = getattr(error, "code", None) or 500
    if not isinstance(error, HTTPException) or code < HTTPStatus.BAD_REQUEST:
        return error  # type: ignore[return-value]
    said = error.description if isinstance(error, BadRequest) else None
    ended = error.day if isinstance(error, AccessEnded) else None
    response = _page(code, said=said, ended=ended)
    for name, value in error.get_headers():
        if name != "Content-Type":
            response.headers[name] = value
    return response


def _database(error: Exception) -> Response:
    if isinstance(error, DBAPIError) and not (error.connection_invalidated or _unreachable(error)):
        return _unexpected(error)
    return _failure(error, 503)


def _unreachable(error: DBAPIError) -> bool:
    if type(error) not in {DatabaseError, InterfaceError, OperationalError}:
        return False
    text = str(error.orig).lower()
    signs = ("unable to open", "connect", "refused", "locked", "terminat", "closed", "not a database")
    return any(sign in text for sign in signs)


def _unexpected(error: Exception) -> Response:
    return _failure(error, 500)


def _failure(error: Exception, code: int) -> Response:
    reference = secrets.token_hex(4)
    log.error(
        "answered %s to %s %s, reference %s", code, request.method, request.path, reference, exc_info=error
    )
    db.session.rollback()
    return make_response(render_template(f"errors/{code}.html", reference=reference), code)


def _page(code: int, **context: object) -> Response:
    name = code if code in {400, 403, 404} else 400
    reference = secrets.token_hex(4)
    log.warning("answered %s to %s %s, reference %s", code, request.method, request.path, reference)
    # What is too long to be read is not read for the page that says so.
    written = [] if code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else _written()
    context |= {"code": code, "reference": reference, "written": written}
    return make_response(render_template(f"errors/{name}.html", **context), code)


def _written() -> list[str]:
    """What the person wrote in the form that is refused, so that a grant that ended loses nobody's words."""
    if request.method != "POST":
        return []
    fields = request.form.items(multi=True)
    return [value for name, value in fields if name.startswith(WRITTEN) and value.strip()]
