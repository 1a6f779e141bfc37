"""The address that a Git host tells when somebody merges."""

from http import HTTPStatus

from flask import Blueprint, Flask, abort, current_app, request

from lms.authoring.hooks import PUBLISH, Taken, believed, publish_branch, take
from lms.core.jobs import register_job
from lms.core.security import csrf
from lms.core.shell import public

blueprint = Blueprint("hooks", __name__, url_prefix="/hooks")
MOST_BYTES = 1_000_000
ANSWERS = {
    Taken.ACCEPTED: HTTPStatus.ACCEPTED,
    Taken.AGAIN: HTTPStatus.CONFLICT,
    Taken.OTHER: HTTPStatus.NO_CONTENT,
    Taken.BROKEN: HTTPStatus.BAD_REQUEST,
}


def setup_hooks(app: Flask) -> None:
    """Register the address, and what is run for the job of a delivery."""
    app.register_blueprint(blueprint)
    register_job(app, PUBLISH, publish_branch)


@blueprint.post("/publish")
@csrf.exempt
@public
def publish() -> tuple[str, int]:
    """Take a signed delivery, and answer before anything is published; without a secret it is not there."""
    secret = current_app.config["PUBLISH_SECRET"]
    if not secret:
        abort(HTTPStatus.NOT_FOUND)
    request.max_content_length = MOST_BYTES
    body = request.get_data(cache=False)
    if not believed(request.headers, body, secret):
        abort(HTTPStatus.FORBIDDEN)
    taken = take(request.headers, body, current_app.config["PUBLISH_BRANCH"])
    return str(taken), ANSWERS[taken]
