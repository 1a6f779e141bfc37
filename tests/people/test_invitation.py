"""An invitation lets a person set a password, once, within seven days."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from lms.core.database import db
from lms.people.accounts import ensure_account, invitation, invited, set_password
from lms.people.models import Person
from tests.support import build
from tests.support.pages import CheckedClient, Page, submit

PASSWORD = "three unlikely words"
OVER = "This link no longer works"


@pytest.fixture
def path(app: Flask) -> str:
    """The link of a person who has no password yet."""
    with app.app_context():
        return link_for(build.person("Rowan Sample", "rowan@example.org").id)


def link_for(person_id: int) -> str:
    return f"/invitation/{invitation(ensure_account(person_id))}"


def take_up(client: CheckedClient, path: str, password: str = PASSWORD, again: str | None = None) -> Page:
    page = client.page(path)
    return submit(page, password=password, again=password if again is None else again, follow=False)


def test_the_page_greets_and_says_what_to_do(client: CheckedClient, path: str) -> None:
    page = client.page(path)
    assert page.h1 == "Set your password"
    assert "Welcome, Rowan Sample." in page.text
    assert "At least 12 characters." in page.text


def test_the_password_is_set_and_the_person_is_in(client: CheckedClient, path: str) -> None:
    page = take_up(client, path)
    assert page.response.headers["Location"] == "/"
    assert client.get("/record").status_code == 200
    other = client.application.test_client()
    assert isinstance(other, CheckedClient)
    door = submit(other.page("/login"), email="rowan@example.org", password=PASSWORD, follow=False)
    assert door.status == 302


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("", "", ["Enter a new password"]),
        ("too short", "too short", ["Enter a password of at least 12 characters"]),
        (PASSWORD, "three other words", ["Enter the same password twice"]),
    ],
)
def test_a_mistake_is_named_and_the_link_still_works(
    client: CheckedClient, path: str, password: str, again: str, said: list[str]
) -> None:
    page = take_up(client, path, password, again)
    assert (page.status, page.title[:6]) == (422, "Error:")
    assert page.select(".govuk-error-summary li") == said
    assert submit(page, password=PASSWORD, again=PASSWORD, follow=False).status == 302


def test_a_link_works_once(client: CheckedClient, path: str) -> None:
    take_up(client, path)
    page = client.page(path, 404)
    assert page.h1 == OVER
    assert "It was used already, or it is older than 7 days." in page.text
    assert client.post(path, data={}).status_code in {400, 404}


def test_every_link_ends_with_the_first_that_is_used(app: Flask, client: CheckedClient, path: str) -> None:
    with app.app_context():
        person_id = db.session.query(Person).one().id
        second = link_for(person_id)
    take_up(client, second)
    assert client.page(path, 404).h1 == OVER


@pytest.mark.parametrize(("days", "status"), [(6.9, 200), (7.1, 404)])
def test_a_link_is_good_for_seven_days(
    client: CheckedClient, path: str, monkeypatch: pytest.MonkeyPatch, days: float, status: int
) -> None:
    later = time.time() + timedelta(days=days).total_seconds()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    assert client.get(path).status_code == status


@pytest.mark.parametrize(
    "change", [lambda token: token[:-1], lambda token: f"x{token}", lambda _: "x", str.upper]
)
def test_a_link_that_was_changed_is_none(
    client: CheckedClient, path: str, change: Callable[[str], str]
) -> None:
    token = path.removeprefix("/invitation/")
    assert client.page(f"/invitation/{change(token)}", 404).h1 == OVER


def test_a_link_that_another_key_signed_is_none(
    make_app: Callable[..., Flask], app: Flask, path: str
) -> None:
    other = make_app(secret_key="another secret of at least 32 characters")
    with other.app_context():
        build.person("Rowan Sample", "rowan@example.org")
        assert invited(path.removeprefix("/invitation/")) is None


def test_a_new_password_ends_a_link_that_was_out(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        person_id = build.person().id
        set_password(ensure_account(person_id).id, PASSWORD)
        path = link_for(person_id)
        set_password(ensure_account(person_id).id, "another three words")
    assert client.page(path, 404).h1 == OVER


def test_a_password_is_kept_as_a_hash_alone(app: Flask, client: CheckedClient, path: str) -> None:
    take_up(client, path)
    with app.app_context():
        kept = ensure_account(1).password_hash
    assert kept is not None
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept
