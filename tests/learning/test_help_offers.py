"""People who hold level 3 say about what they may be asked; those who may see them by name are told."""

from datetime import date

from flask import Flask

from lms.competencies.offers import Helper, helpers, offer, offered_by
from lms.people.acts import latest_no
from tests.support import build
from tests.support.application import sign_in
from tests.support.catalogue import competency, module, publish, role
from tests.support.pages import CheckedClient, submit

DAY = date(2026, 6, 1)


def _adept(name: str = "Rowan Skilled") -> tuple[int, int]:
    """Somebody who holds level 3 of risk and level 2 of law, and their team."""
    publish(
        (competency("risk"), competency("law")),
        (role("buyer", {"risk": 2, "law": 2}),),
        (module("standstill"),),
    )
    team = build.team(build.organisation())
    somebody = build.person(name)
    build.appointed(somebody, team, "buyer")
    build.evidence(somebody, "risk", 3)
    build.evidence(somebody, "law", 2)
    return somebody.id, team.id


def test_a_person_agrees_to_be_asked_and_takes_it_back(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        person_id, team_id = _adept()
    sign_in(client, person_id)
    page = client.page("/record/help")
    assert page.select("input[type=checkbox]") != []
    after = submit(page, {"competencies": ["risk"]}, button="Save about what I may be asked")
    assert "is saved" in after.text
    with app.app_context():
        assert offered_by(person_id) == {"risk"}
        assert helpers([team_id], "risk", DAY) == [Helper("Rowan Skilled", 3)]
        before = latest_no()
        offer(person_id, [])
        assert helpers([team_id], "risk", DAY) == []
        assert latest_no() == before + 1


def test_only_what_is_held_at_level_three_can_be_offered(app: Flask) -> None:
    with app.app_context():
        person_id, team_id = _adept()
        offer(person_id, ["risk", "law"])
        assert offered_by(person_id) == {"risk"}
        assert helpers([team_id], "law", DAY) == []


def test_who_no_longer_holds_it_or_works_elsewhere_is_not_named(app: Flask) -> None:
    with app.app_context():
        person_id, team_id = _adept()
        offer(person_id, ["risk"])
        assert helpers([team_id], "risk", date(2023, 1, 1)) == []
        assert helpers([team_id + 1], "risk", DAY) == []


def test_who_holds_less_is_told_when_they_can_offer(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        person_id = build.person("New Starter").id
    sign_in(client, person_id)
    assert "once you hold level 3" in client.page("/record/help").text
