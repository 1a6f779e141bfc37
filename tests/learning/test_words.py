from datetime import date

import pytest
from flask import Flask
from lxml import html

from lms.competencies.evidence import enter_in_error, withdraw
from lms.competencies.models import Basis
from lms.content.catalogue import EarlierUntil
from lms.content.documents import Change
from lms.core import clock
from lms.people.models import Duty
from lms.people.readings import note_reading
from tests.support import build
from tests.support.application import sign_in
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import assigned, noon, opened, passed
from tests.support.pages import CheckedClient
from tests.support.pseudo import pseudo_language, untranslated

TODAY = date(2026, 11, 30)


@pytest.fixture
def learner(app: Flask) -> dict[str, int]:
    """A learner with one of everything that the pages tell, and one without a role."""
    changed = module(
        "risk-one",
        edition=2,
        changes=(Change(part="two", asks="questions", why="The rule changed"),),
        earlier_until=(EarlierUntil(edition=2, day=date(2026, 12, 31)),),
    )
    with clock.at(noon(TODAY)), app.app_context():
        competencies = (
            competency("law", {1: ("law-one",), 2: ("law-two", "law-three")}),
            competency("risk", {1: ("risk-one",), 2: ("risk-two",)}),
            competency("value", {2: ("value-two",)}, {3: ("value-three",)}),
            competency("tendering"),
        )
        names = ("law-one", "law-two", "law-three", "risk-two", "value-two", "value-three")
        roles = (role("buyer", {"law": 2, "risk": 2, "value": 3, "tendering": 1}), role("clerk", {"law": 1}))
        publish(competencies, roles, (*(module(name) for name in names), changed))
        team = build.team(build.organisation())
        manager, buyer, new = (
            build.person(name) for name in ("Morgan Example", "Rowan Sample", "Sky Testford")
        )
        build.grant(manager, Duty.MANAGER, team)
        build.appointed(buyer, team)
        build.appointed(manager, team, "clerk")
        for key, basis in (("law", Basis.LEARNING), ("risk", Basis.QUALIFICATION), ("value", Basis.IMPORT)):
            build.evidence(buyer, key, 1, basis=basis)
        build.evidence(buyer, "value", 2, until=date(2026, 12, 20))
        build.evidence(buyer, "tendering", 1, basis=Basis.ASSESSMENT, by=manager, until=date(2027, 1, 17))
        wrong = build.evidence(buyer, "law", 3, basis=Basis.ASSESSMENT, by=manager)
        enter_in_error(wrong.id, by=manager.id, reason="entered for the wrong person")
        over = build.evidence(buyer, "law", 2, basis=Basis.ASSESSMENT, by=manager)
        withdraw(over.id, date(2026, 11, 1), by=manager.id, reason="it was not seen")
        passed(buyer, "risk-one", date(2026, 1, 2))
        assigned(buyer, "law-two", manager, date(2026, 11, 20))
        assigned(buyer, "value-three", manager)
        opened(buyer, "law-two", "one", "two")
        note_reading(buyer.id, manager.id, "team.person")
        return {"buyer": buyer.id, "manager": manager.id, "new": new.id}


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("buyer", "/?all=1", 200),
        ("manager", "/", 200),
        ("new", "/", 200),
        ("buyer", "/record", 200),
        ("new", "/record", 200),
        ("buyer", "/record?as_of=1/11/2026", 200),
        ("buyer", "/record?as_of=none", 400),
        ("buyer", "/record/seen", 200),
        ("new", "/record/seen", 200),
        ("buyer", "/levels", 200),
        ("buyer", "/paths/", 200),
        ("buyer", "/paths/buyer", 200),
        ("new", "/paths/buyer", 200),
        ("buyer", "/paths/clerk", 200),
    ],
)
def test_every_word_of_these_pages_can_be_translated(
    client: CheckedClient, learner: dict[str, int], who: str, address: str, status: int
) -> None:
    sign_in(client, learner[who])
    with clock.at(noon(TODAY)), pseudo_language():
        page = client.page(address, status, checked=False)
    main = page.tree.cssselect("main")[0]
    assert untranslated(html.tostring(main, encoding="utf-8").decode()) == []
