"""What a Git host tells us when somebody merges: whether we may believe it, and the job that follows."""

import hmac
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from hashlib import sha256
from typing import Any

from flask import current_app
from werkzeug.datastructures import Headers

from lms.authoring.publishing import publish_from
from lms.authoring.revisions import Snapshot, newest_of_branch, revision
from lms.core.database import writing
from lms.core.jobs import enqueue

PUBLISH = "publish"
SIGNATURE, TOKEN = "X-Hub-Signature-256", "X-Gitlab-Token"  # names of headers, no secrets
PUSHES = {"X-GitHub-Event": "push", "X-Gitlab-Event": "Push Hook"}


class Taken(StrEnum):
    """What became of a delivery."""

    ACCEPTED = "accepted"
    """A job publishes the branch."""
    AGAIN = "again"
    """The very same delivery was taken before."""
    OTHER = "other"
    """It tells of something else than a push to the branch."""
    BROKEN = "broken"
    """It is no JSON that a Git host sends."""


def believed(headers: Headers, body: bytes, secret: str) -> bool:
    """Whether a delivery is signed with the secret, as GitHub does, or carries it, as GitLab does."""
    if signature := headers.get(SIGNATURE):
        right = f"sha256={hmac.new(secret.encode(), body, sha256).hexdigest()}"
        return hmac.compare_digest(signature.encode(), right.encode())
    return hmac.compare_digest(headers.get(TOKEN, "").encode(), secret.encode())


def take(headers: Headers, body: bytes, branch: str) -> Taken:
    """Write the job that a push to the branch asks for; one delivery asks once, however often it comes."""
    if not any(headers.get(name) == event for name, event in PUSHES.items()):
        return Taken.OTHER
    try:
        told = json.loads(body)
        pushed = told["ref"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return Taken.BROKEN
    if pushed != f"refs/heads/{branch}":
        return Taken.OTHER
    with writing():
        new = enqueue(PUBLISH, {"branch": branch}, key=f"{PUBLISH} {sha256(body).hexdigest()}")
    return Taken.ACCEPTED if new else Taken.AGAIN


def publish_branch(payload: Mapping[str, Any]) -> None:
    """Publish what the branch holds at this moment; what does not pass is named in the log.

    Raises RevisionError when the branch cannot be fetched.
    """
    folder = current_app.config["COURSES"].resolve()

    @contextmanager
    def source() -> Iterator[Snapshot]:
        with revision(folder, newest_of_branch(folder, payload["branch"])) as snapshot:
            yield snapshot

    published = publish_from(source, by=None)
    for problem in published.problems:
        current_app.logger.warning("not published: %s", problem.path)
