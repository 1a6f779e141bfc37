"""The blueprint of the managers' pages, which several modules add their views to."""

from flask import Blueprint

blueprint = Blueprint("teams", __name__, url_prefix="/team")
