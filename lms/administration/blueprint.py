"""The pages of administrators stand under one address."""

from flask import Blueprint

blueprint = Blueprint("administration", __name__, url_prefix="/administration")
SEE_OTHER = 303
UNPROCESSABLE = 422
