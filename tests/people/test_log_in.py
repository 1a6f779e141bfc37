"""The door: who comes in, how often it may be tried, when a session ends, and where it leads."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask

from lms import create_app
from lms.core import clock
from lms.core.database import db
from lms.people.accounts import TooManyAttempts, authenticate, ensure_account, set_password
from lms.people.models import Account, Duty, Person
from tests.support import build
from tests.support.application import settings_for
from tests.support.pages import CheckedClient, Page, submit

MakeApp = Callable[..., Flask]
EMAIL = "rowan.sample@example.org"
PASSWORD = "three unlikely words"
NOT_RIGHT = "The email address or the password is not right"
SHUT = "Too many attempts. Wait 15 minutes, then sign in again."


def with_password(app: Flask, email: str = EMAIL, password: str | None = PASSWORD) -> int:
    """A person who has an account, and a password unless it is None."""
    with app.app_context():
        somebody = build.person(email=email)
        person_id, account_id = somebody.id, ensure_account(somebody.id).id
        if password is not None:
            set_password(account_id, password)
    return person_id


def log_in(client: CheckedClient, password: str = PASSWORD, email: str = EMAIL, at: str = "/login") -> Page:
    return submit(client.page(at), email=email, password=password, follow=False)


def is_in(client: CheckedClient) -> bool:
    return client.get("/record").status_code == 200


def test_address_and_password_open_the_door(app: Flask, client: CheckedClient) -> None:
    with_password(app)
    page = log_in(client, email=" Rowan.Sample@Example.org ")
    assert (page.status, page.response.headers["Location"]) == (302, "/")
    assert is_in(client)


@pytest.mark.parametrize(
    ("email", "password"), [(EMAIL, "another password"), ("nobody@example.org", PASSWORD)]
)
def test_a_wrong_password_and_an_unknown_address_are_answered_alike(
    app: Flask, client: CheckedClient, email: str, password: str
) -> None:
    with_password(app)
    page = log_in(client, password, email)
    assert (page.status, page.title[:6]) == (422, "Error:")
    assert page.select(".govuk-error-summary li") == [NOT_RIGHT]
    assert page.tree.cssselect("#email")[0].get("value") == email
    assert page.tree.cssselect("#password")[0].get("value") is None
    assert not is_in(client)


def test_an_account_without_a_password_opens_nothing(app: Flask, client: CheckedClient) -> None:
    with_password(app, password=None)
    assert log_in(client, "nobody has this password").status == 422


def test_what_is_left_empty_is_named(client: CheckedClient) -> None:
    for headers in (None, {"HX-Request": "true"}):
        page = submit(client.page("/login"), headers=headers)
        assert page.status == 422
        assert page.select(".govuk-error-summary li") == ["Enter your email address", "Enter your password"]


def test_who_is_in_needs_no_door(app: Flask, client: CheckedClient) -> None:
    with_password(app)
    log_in(client)
    assert client.page("/login?next=/record").path == "/record"


def test_a_session_ends_when_the_person_signs_out(app: Flask, client: CheckedClient) -> None:
    with_password(app)
    log_in(client)
    form = client.page("/record").tree.cssselect("header form")[0]
    token = form.cssselect("input")[0].get("value")
    assert client.post(form.get("action"), data={"csrf_token": token}).headers["Location"] == "/login"
    assert not is_in(client)


def test_a_session_ends_when_the_password_changes(app: Flask, client: CheckedClient) -> None:
    person_id = with_password(app)
    log_in(client)
    assert is_in(client)
    with app.app_context():
        set_password(ensure_account(person_id).id, "another three words")
    assert not is_in(client)
    assert log_in(client, "another three words").status == 302


def test_a_session_that_somebody_made_up_is_none(app: Flask, client: CheckedClient) -> None:
    person_id = with_password(app)
    for kept in (f"{person_id}.", f"{person_id}.0000000000000000", "x.y", "999.0000000000000000", ""):
        with client.session_transaction() as session:
            session["_user_id"] = kept
        assert not is_in(client)


def test_a_page_that_was_asked_for_is_shown_after_the_log_in(app: Flask, client: CheckedClient) -> None:
    with_password(app)
    door = client.get("/record?as_of=30/11/2025").headers["Location"]
    page = log_in(client, "wrong", at=door)
    page = submit(page, password=PASSWORD, follow=False)
    assert page.response.headers["Location"] == "/record?as_of=30/11/2025"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/\t/evil.example/",
        "javascript:alert(1)",
        "record",
        "",
    ],
)
def test_the_way_on_never_leads_to_another_site(app: Flask, client: CheckedClient, target: str) -> None:
    with_password(app)
    answer = client.get("/login", query_string={"next": target})
    page = submit(Page.of(client, answer), email=EMAIL, password=PASSWORD, follow=False)
    assert page.response.headers["Location"] == "/"


def test_htmx_without_a_session_is_sent_to_the_door(client: CheckedClient) -> None:
    answer = client.get("/record?as_of=1", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/login?next=/record?as_of%3D1"
    assert answer.text == ""


def test_a_change_without_a_session_does_not_come_back_as_one(app: Flask, client: CheckedClient) -> None:
    token = client.page("/login").tree.cssselect("main input[name=csrf_token]")[0].get("value")
    answer = client.post("/administration/people/1/invitation", data={"csrf_token": token})
    assert answer.headers["Location"] == "/login?next=/"


@pytest.mark.parametrize("token", [None, "", "made up"])
def test_a_form_that_has_expired_is_a_page_that_says_so(
    app: Flask, client: CheckedClient, token: str | None
) -> None:
    with_password(app)
    data = {"email": EMAIL, "password": PASSWORD} | ({} if token is None else {"csrf_token": token})
    page = Page.of(client, client.post("/login", data=data))
    assert (page.status, page.h1) == (400, "This page has expired")
    assert not is_in(client)


def test_ten_failures_shut_the_account_and_the_address(app: Flask, client: CheckedClient) -> None:
    with_password(app)
    with_password(app, "bryn@example.org")
    for _ in range(10):
        assert log_in(client, "wrong").status == 422
    for email in (EMAIL, "bryn@example.org"):
        page = log_in(client, email=email)
        assert page.status == 429
        assert page.select(".govuk-error-summary li") == [SHUT]
    assert not is_in(client)
    with app.app_context():
        with pytest.raises(TooManyAttempts):
            authenticate(EMAIL, PASSWORD, "198.51.100.7")
        assert authenticate("bryn@example.org", PASSWORD, "198.51.100.7") is not None


def test_the_door_opens_again_after_fifteen_minutes(app: Flask, client: CheckedClient) -> None:
    with_password(app)
    moment = datetime(2026, 11, 30, 9, 1, tzinfo=UTC)
    with clock.at(moment):
        for _ in range(10):
            log_in(client, "wrong")
        assert log_in(client).status == 429
    with clock.at(moment + timedelta(minutes=15)):
        assert log_in(client).status == 302


def test_all_processes_count_together(app: Flask, client: CheckedClient) -> None:
    with_password(app)
    with app.app_context():
        address = db.engine.url.render_as_string(hide_password=False)
    other = create_app(settings_for(address))
    other.test_client_class = CheckedClient
    second = other.test_client()
    assert isinstance(second, CheckedClient)
    for _ in range(5):
        assert log_in(client, "wrong").status == 422
        assert log_in(second, "wrong").status == 422
    assert log_in(client).status == 429
    assert log_in(second).status == 429
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


def test_a_password_is_hashed_anew_when_it_became_too_cheap(
    app: Flask, client: CheckedClient, make_app: MakeApp
) -> None:
    person_id = with_password(app)
    with app.app_context():
        before = ensure_account(person_id).password_hash
    app.config["PASSWORD_COST"] = 2
    assert log_in(client).status == 302
    with app.app_context():
        after = db.session.get_one(Account, ensure_account(person_id).id).password_hash
    assert before is not None
    assert after is not None
    assert "t=1" in before
    assert "t=2" in after
    assert is_in(client)


def test_an_unknown_address_costs_as_much_work_as_a_known_one(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_password(app)
    asked: list[str] = []
    verify = PasswordHasher.verify

    def note(hasher: PasswordHasher, hashed: str, password: str) -> bool:
        asked.append(hashed)
        return verify(hasher, hashed, password)

    monkeypatch.setattr(PasswordHasher, "verify", note)
    with app.app_context():
        authenticate("nobody@example.org", "wrong", "127.0.0.1")
        authenticate(EMAIL, "wrong", "127.0.0.1")
    assert len(asked) == 2


def test_a_grant_decides_what_the_session_opens(app: Flask, client: CheckedClient) -> None:
    person_id = with_password(app)
    log_in(client)
    assert client.get("/administration", fragment=False).status_code == 403
    with app.app_context():
        build.grant(db.session.get_one(Person, person_id), Duty.ADMINISTRATOR)
    assert client.get("/administration").status_code == 200
