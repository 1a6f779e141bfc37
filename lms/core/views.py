"""What answers without a person: the health of the process, and the pages about the product."""

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from lms.core.database import db
from lms.core.pages import page
from lms.core.shell import public

blueprint = Blueprint("core", __name__)


@blueprint.get("/healthz")
@public
def health() -> tuple[Response, int]:
    """Say whether the process and its database answer; 503 while the database does not."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(process="ok", database="unreachable"), 503
    return jsonify(process="ok", database="ok"), 200


@blueprint.get("/help")
@public
def help_page() -> Response:
    """Show where to find what, and whom to ask."""
    return page("core/help.html")


@blueprint.get("/accessibility")
@public
def accessibility() -> Response:
    """Show the accessibility statement."""
    return page("core/accessibility.html")


@blueprint.get("/privacy")
@public
def privacy() -> Response:
    """Show the privacy notice."""
    return page("core/privacy.html")
