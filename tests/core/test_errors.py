"""An error is answered by a page that says what to do; the process outlives whatever goes wrong."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from lms import create_app
from lms.core.database import db
from lms.core.shell import public
from tests.support import build
from tests.support.application import settings_for, sign_in
from tests.support.databases import SQLiteDatabases
from tests.support.pages import CheckedClient

HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}
NOBODY_LISTENS = "postgresql://nobody@127.0.0.1:1/nothing"


@public
def fail() -> str:
    message = "the secret of the table"
    raise RuntimeError(message)


@public
def too_large() -> str:
    abort(413)


def decided_by_nobody() -> str:
    return "open"


@pytest.fixture
def app(app: Flask) -> Flask:
    """The application with a view that fails, one that refuses, and one without a permission."""
    for view in (fail, too_large, decided_by_nobody):
        app.add_url_rule(f"/{view.__name__}", view_func=view)
    return app


def test_nothing_is_there(client: CheckedClient) -> None:
    page = client.page("/nowhere", 404)
    assert page.h1 == "Page not found"
    assert "Sign in" in page.links()
    assert len(page.select("code")[0]) == 8


def test_a_view_without_a_permission_is_not_there(client: CheckedClient) -> None:
    assert client.page("/decided_by_nobody", 404).h1 == "Page not found"


def test_another_method_is_refused_with_a_page(client: CheckedClient) -> None:
    answer = client.post("/healthz")
    assert answer.status_code in {400, 405}
    assert "We cannot use what was sent" in answer.text or "This page has expired" in answer.text


def test_a_file_that_is_too_large(client: CheckedClient) -> None:
    assert client.page("/too_large", 413).h1 == "The file is too large"


def test_a_fault_of_ours_is_told_and_not_explained(client: CheckedClient) -> None:
    page = client.page("/fail", 500)
    assert page.h1 == "Something went wrong"
    assert "secret of the table" not in page.response.text
    assert client.page("/login").h1 == "Sign in"


def test_a_person_learns_what_they_may_not_open(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        rowan = build.person().id
    sign_in(client, rowan)
    page = client.page("/administration", 403)
    assert page.h1 == "You may not open this page"
    assert "My record" in page.links()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/login", 200),
        ("/record", 302),
        ("/nowhere", 404),
        ("/too_large", 413),
        ("/fail", 500),
        ("/healthz", 200),
        ("/static/favicon.svg", 200),
        ("/static/nowhere.css", 404),
    ],
)
def test_every_answer_has_the_headers_of_security(client: CheckedClient, path: str, status: int) -> None:
    for scheme in ("http", "https"):
        answer = client.get(path, base_url=f"{scheme}://localhost", fragment=False)
        assert answer.status_code == status
        for name, value in HEADERS.items():
            assert answer.headers[name].startswith(value)
        assert ("Strict-Transport-Security" in answer.headers) is (scheme == "https")
        answer.close()
        assert ("no-store" in answer.headers.get("Cache-Control", "")) is not path.startswith("/static/")


def test_a_built_file_is_kept_for_ever_by_its_address_alone(client: CheckedClient) -> None:
    kept = "public, max-age=31536000, immutable"
    for address, expected in (
        ("/static/favicon.svg?v=1", kept),
        ("/static/favicon.svg", "no-cache"),
        ("/static/nowhere.css?v=1", None),
    ):
        answer = client.get(address, fragment=False)
        assert answer.headers.get("Cache-Control") == expected
        answer.close()


def test_the_policy_lets_nothing_run_in_a_page(client: CheckedClient) -> None:
    policy = client.get("/login").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_the_process_is_healthy(client: CheckedClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"process": "ok", "database": "ok"})


def session_of(client: FlaskClient) -> None:
    """A session as a person has it, whether or not the database can say whose it is."""
    with client.session_transaction() as session:
        session["_user_id"] = "1.0123456789abcdef"


@pytest.fixture
def lost() -> Iterator[Flask]:
    """An application whose database server does not answer."""
    app = create_app(settings_for(NOBODY_LISTENS))
    app.test_client_class = CheckedClient
    yield app
    with app.app_context():
        db.engine.dispose()


def test_without_its_database_the_process_says_so_and_lives(lost: Flask) -> None:
    client = lost.test_client()
    for _ in range(3):
        answer = client.get("/healthz")
        assert (answer.status_code, answer.json) == (503, {"process": "ok", "database": "unreachable"})
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/help").status_code == 200


@pytest.mark.parametrize("path", ["/record", "/login", "/help", "/nowhere"])
def test_without_its_database_every_page_is_an_answer(lost: Flask, path: str) -> None:
    client = lost.test_client()
    session_of(client)
    answer = client.get(path, fragment=False)
    assert answer.status_code in {200, 404, 503}
    assert "Something went wrong" not in answer.text
    if path == "/record":
        assert answer.status_code == 503
        assert "Not available just now" in answer.text


def test_a_database_that_comes_back_is_used_again(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    good = SQLiteDatabases(tmp_path_factory.mktemp("good")).fresh().removeprefix("sqlite:///")
    place = tmp_path / "lms.db"
    place.mkdir()
    app = create_app(settings_for(f"sqlite:///{place}"))
    client = app.test_client()
    assert client.get("/healthz").status_code == 503
    place.rmdir()
    shutil.copyfile(good, place)
    assert client.get("/healthz").status_code == 200
    with app.app_context():
        db.engine.dispose()


def test_a_database_that_is_none_is_told_apart_from_a_fault(tmp_path: Path) -> None:
    place = tmp_path / "lms.db"
    place.write_bytes(b"this is no database " * 500)
    app = create_app(settings_for(f"sqlite:///{place}"))
    client = app.test_client()
    assert client.get("/healthz").status_code == 503
    session_of(client)
    assert client.get("/record").status_code == 503
    with app.app_context():
        db.engine.dispose()
