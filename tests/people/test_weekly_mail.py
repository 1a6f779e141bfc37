"""A person says whether they get the weekly mail, signed in or by the link in it."""

import pytest
from flask import Flask

from lms.core.database import db
from lms.people.accounts import ensure_account, invitation
from lms.people.digests import choose_mail, stop_token, stopped_by, wants_mail
from lms.people.models import Digest, Person
from tests.conftest import MakeApp
from tests.support import build
from tests.support.application import sign_in
from tests.support.pages import CheckedClient, submit
from tests.support.pseudo import pseudo_language, untranslated


@pytest.fixture
def rowan(app: Flask) -> int:
    with app.app_context():
        return build.person("Rowan Sample").id


def link(app: Flask, person_id: int) -> str:
    with app.app_context():
        return f"/mail/stop/{stop_token(person_id)}"


def wants(app: Flask, person_id: int) -> bool:
    with app.app_context():
        return wants_mail(person_id)


def test_it_is_sent_until_a_person_stops_it_and_again_when_they_want_it(
    app: Flask, client: CheckedClient, rowan: int
) -> None:
    sign_in(client, rowan)
    page = client.page("/record").follow("Weekly mail")
    assert "You get the weekly mail." in page.text
    page = submit(page, button="Stop the weekly mail")
    assert "You will get no weekly mail." in page.text
    assert not wants(app, rowan)
    (held,) = client.get("/record.json").get_json()["weekly_mail"]
    assert (held["sent_at"], held["stopped_at"] is not None) == (None, True)
    page = submit(page, button="Send me the weekly mail")
    assert "You will get the weekly mail." in page.text
    assert wants(app, rowan)


def test_the_link_stops_it_without_signing_in_and_only_when_the_button_is_pressed(
    app: Flask, client: CheckedClient, rowan: int
) -> None:
    page = client.page(link(app, rowan))
    assert (page.h1, wants(app, rowan)) == ("Stop the weekly mail", True)
    page = submit(page, button="Stop the weekly mail")
    assert (page.h1, wants(app, rowan)) == ("The weekly mail is stopped", False)
    assert client.page(link(app, rowan)).h1 == "The weekly mail is stopped"
    assert client.page("/record").path == "/login"


def test_the_link_begins_it_again_without_signing_in(app: Flask, client: CheckedClient, rowan: int) -> None:
    page = submit(client.page(link(app, rowan)), button="Stop the weekly mail")
    page = submit(page, button="Send me the weekly mail")
    assert (page.h1, wants(app, rowan)) == ("Stop the weekly mail", True)
    assert "You will get the weekly mail." in page.text
    assert client.page("/record").path == "/login"


def test_a_mail_program_stops_it_with_one_click_and_no_token_of_a_page(
    make_app: MakeApp,
) -> None:
    app = make_app()
    app.config["WTF_CSRF_ENABLED"] = True
    with app.app_context():
        person_id = build.person().id
    for _ in range(2):
        answer = app.test_client().post(link(app, person_id), data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert not wants(app, person_id)


def test_when_it_was_stopped_stays_as_it_was_first_said(app: Flask, rowan: int) -> None:
    with app.app_context():
        choose_mail(rowan, wanted=False)
        first = db.session.get_one(Digest, rowan).stopped_at
        choose_mail(rowan, wanted=False)
        assert db.session.get_one(Digest, rowan).stopped_at == first


def test_a_link_that_was_tampered_with_or_made_for_something_else_stops_nothing(
    app: Flask, client: CheckedClient, rowan: int
) -> None:
    with app.app_context():
        other = build.person("Asha Testwood").id
        token, others = stop_token(rowan), stop_token(other)
        invited = invitation(ensure_account(rowan))
        nobody = stop_token(10**6)
    mixed = f"{others.partition('.')[0]}.{token.partition('.')[2]}"
    for wrong in (token[:-1], f"{token}x", mixed, invited, nobody, "wrong"):
        assert client.get(f"/mail/stop/{wrong}").status_code == 404
        assert client.post(f"/mail/stop/{wrong}").status_code == 404
    with app.app_context():
        assert stopped_by(token) == rowan
        assert (wants_mail(rowan), wants_mail(other)) == (True, True)
        assert db.session.get_one(Person, rowan)


def test_every_word_of_the_pages_can_be_translated(app: Flask, client: CheckedClient, rowan: int) -> None:
    address = link(app, rowan)
    with pseudo_language():
        assert untranslated(client.get(address).text) == []
        assert untranslated(client.post(address).text) == []
        sign_in(client, rowan)
        for _ in range(2):
            assert untranslated(client.get("/record/mail").text) == []
            with app.app_context():
                choose_mail(rowan, wanted=not wants_mail(rowan))
