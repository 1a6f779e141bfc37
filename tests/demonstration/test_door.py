from collections.abc import Callable

import pytest
from flask import Flask

from lms.core import clock
from lms.demonstration.views import ADDRESSES
from lms.people.accounts import ensure_account, set_password
from lms.people.appointments import find_person
from tests.demonstration.conftest import TODAY, Enter
from tests.support.learners import noon
from tests.support.pages import CheckedClient, submit

PASSWORD = "eight working days after the notice"


def test_the_door_offers_six_people_each_by_a_button_of_its_own_words(open_door: Flask) -> None:
    client = open_door.test_client()
    assert isinstance(client, CheckedClient)
    buttons = client.page("/login").select("main form button")
    assert len(buttons) == len(set(buttons)) == len(ADDRESSES) == 6


@pytest.mark.parametrize(
    ("persona", "lands", "entry"),
    [
        ("learner", "/", "My record"),
        ("manager", "/", "Team"),
        ("author", "/authoring", "Authoring"),
        ("region-lead", "/reports/gaps", "Reports"),
        ("national-lead", "/reports/gaps", "Reports"),
        ("administrator", "/", "Administration"),
    ],
)
def test_one_click_leads_to_the_first_page_of_each(
    enter: Enter, persona: str, lands: str, entry: str
) -> None:
    page = enter(persona)
    assert page.path == lands
    assert entry in page.select("nav a")
    assert "People and figures are invented." in page.select(".demonstration p")[0]


def test_nobody_else_can_be_entered_as(open_door: Flask) -> None:
    client = open_door.test_client()
    assert isinstance(client, CheckedClient)
    token = client.page("/login").tree.cssselect("input[name=csrf_token]")[0].get("value")
    for persona in ("", "chief", ADDRESSES["learner"]):
        client.post("/demo/enter", data={"persona": persona, "csrf_token": token})
        assert client.get("/").status_code == 302


def test_without_the_demonstration_there_is_no_door_and_people_log_in(
    make_app: Callable[..., Flask], told: str
) -> None:
    app = make_app(told, demonstration=False)
    with app.app_context():
        rowan = find_person(ADDRESSES["learner"])
        assert rowan
        set_password(ensure_account(rowan.id).id, PASSWORD)
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    with clock.at(noon(TODAY)):
        page = client.page("/login")
        token = page.tree.cssselect("input[name=csrf_token]")[0].get("value")
        assert page.select("main form button") == ["Sign in"]
        assert "Rowan" not in page.text
        assert "invented" not in page.response.text
        posted = client.post("/demo/enter", data={"persona": "learner", "csrf_token": token})
        assert posted.status_code == 404
        assert client.post("/demo/enter", data={"persona": "learner"}).status_code in {400, 404}
        home = submit(page, email=ADDRESSES["learner"], password=PASSWORD)
        assert home.path == "/"
        assert "Rowan" in home.h1
        assert home.select(".demonstration") == []


def test_the_command_is_there_in_demonstration_mode_alone(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["demo", "load"])
    assert done.exit_code == 2
    assert "No such command" in done.output
