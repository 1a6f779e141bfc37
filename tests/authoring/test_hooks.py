"""A Git host that is believed publishes by a job; whoever is not, and whatever comes twice, does nothing."""

import hmac
import json
from collections.abc import Callable
from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from lms.content.models import Publication
from lms.core.database import db
from lms.core.jobs import Job, run_next
from tests.authoring.conftest import MISSPELT, NOTICES, STANDSTILL, Room
from tests.authoring.repositories import committed, repository
from tests.support.pages import CheckedClient
from tests.support.samples import entry

SECRET = "what the host signs with"
PUSH = {"ref": "refs/heads/main", "after": "1" * 40}


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app(publish_secret=SECRET)


@pytest.fixture
def hook(room: Room) -> Room:
    """The room in a repository of one commit, before a host that tells of pushes."""
    repository(room.folder.parent)
    return room


def body_of(values: object) -> bytes:
    return values if isinstance(values, bytes) else json.dumps(values).encode()


def github(room: Room, values: object = PUSH, *, secret: str = SECRET, event: str = "push") -> TestResponse:
    body = body_of(values)
    signature = hmac.new(secret.encode(), body, sha256).hexdigest()
    headers = {"X-Hub-Signature-256": f"sha256={signature}", "X-GitHub-Event": event}
    return send(room, body, headers)


def gitlab(
    room: Room, values: object = PUSH, *, token: str = SECRET, event: str = "Push Hook"
) -> TestResponse:
    return send(room, body_of(values), {"X-Gitlab-Token": token, "X-Gitlab-Event": event})


def send(room: Room, body: bytes, headers: dict[str, str]) -> TestResponse:
    return room.client.post("/hooks/publish", data=body, headers=headers, checked=False)


def count(room: Room, table: type[Job] | type[Publication]) -> int:
    with room.on():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def run_jobs(room: Room) -> list[str]:
    errors = []
    with room.on():
        while done := run_next():
            errors.append(done.error)
    return errors


@pytest.mark.parametrize("host", [github, gitlab])
def test_a_push_is_answered_at_once_and_published_as_a_job(
    hook: Room, host: Callable[[Room], TestResponse]
) -> None:
    assert host(hook).status_code == 202
    assert count(hook, Publication) == 0
    assert run_jobs(hook) == [""]
    with hook.on():
        assert entry("standstill").title == "Waiting after an award"
        assert db.session.scalars(select(Publication)).one().commit


def test_the_job_publishes_what_the_branch_holds_when_it_runs(hook: Room) -> None:
    github(hook)
    hook.change(STANDSTILL, ("title: Waiting after an award", "title: Merged"))
    newest = committed(hook.folder.parent, "Merged")
    hook.change(STANDSTILL, ("title: Merged", "title: Not committed"))
    assert run_jobs(hook) == [""]
    with hook.on():
        assert entry("standstill").title == "Merged"
        assert db.session.scalars(select(Publication)).one().commit == newest


def test_what_does_not_pass_holds_back_nothing_else_and_is_named_in_the_log(
    hook: Room, caplog: pytest.LogCaptureFixture
) -> None:
    hook.change(NOTICES, MISSPELT)
    committed(hook.folder.parent, "Misspelt")
    github(hook)
    assert run_jobs(hook) == [""]
    assert "not published: courses/first-steps/notices.md" in caplog.text


def test_the_same_delivery_is_taken_once(hook: Room) -> None:
    assert [github(hook).status_code for _ in range(2)] == [202, 409]
    run_jobs(hook)
    assert github(hook).status_code == 409
    assert github(hook, {**PUSH, "after": "2" * 40}).status_code == 202
    assert count(hook, Job) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Hub-Signature-256": ""},
        {"X-Hub-Signature-256": "sha256="},
        {"X-Hub-Signature-256": "sha1=abc"},
        {"X-Hub-Signature-256": "sha256=é", "X-Gitlab-Token": SECRET},
        {"X-Gitlab-Token": ""},
        {"X-Gitlab-Token": SECRET + "x"},
        {"X-Gitlab-Token": SECRET[:-1]},
        {"X-Gitlab-Token": "é"},
    ],
)
def test_a_wrong_signature_is_refused(hook: Room, headers: dict[str, str]) -> None:
    answer = send(hook, body_of(PUSH), {"X-GitHub-Event": "push", "X-Gitlab-Event": "Push Hook", **headers})
    assert answer.status_code == 403
    assert count(hook, Job) == 0


def test_a_signature_holds_for_its_own_body_alone(hook: Room) -> None:
    assert github(hook, secret="another secret that is long").status_code == 403
    body = body_of(PUSH)
    right = hmac.new(SECRET.encode(), body, sha256).hexdigest()
    changed = send(hook, body + b" ", {"X-Hub-Signature-256": f"sha256={right}", "X-GitHub-Event": "push"})
    assert (changed.status_code, count(hook, Job)) == (403, 0)


@pytest.mark.parametrize(
    ("values", "event", "status"),
    [
        ({"zen": "Keep it simple"}, "ping", 204),
        ({**PUSH, "ref": "refs/heads/draft"}, "push", 204),
        ({**PUSH, "ref": "refs/tags/main"}, "push", 204),
        ({"after": "1"}, "push", 400),
        ([], "push", 400),
        (b"payload=%7B%7D", "push", 400),
        (b"\xff\xfe", "push", 400),
        (b"[" * 100_000, "push", 400),
    ],
)
def test_what_is_no_push_to_the_branch_does_nothing(
    hook: Room, values: object, event: str, status: int
) -> None:
    assert github(hook, values, event=event).status_code == status
    assert count(hook, Job) == 0


def test_too_long_a_body_is_refused(hook: Room) -> None:
    assert github(hook, b" " * 1_000_001).status_code == 413


def test_a_branch_that_is_gone_is_kept_as_a_failure(hook: Room) -> None:
    hook.app.config["PUBLISH_BRANCH"] = "gone"
    github(hook, {**PUSH, "ref": "refs/heads/gone"})
    assert run_jobs(hook)[0].startswith("RevisionError: There is no revision")
    assert count(hook, Publication) == 0


def test_without_a_secret_there_is_no_such_address(make_app: Callable[..., Flask]) -> None:
    client = make_app().test_client()
    assert isinstance(client, CheckedClient)
    answer = client.post("/hooks/publish", data=b"{}", headers={"X-Gitlab-Token": ""}, checked=False)
    assert answer.status_code == 404
