"""The pages of learning paths: from the beginning, and from where somebody stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from lms.competencies.models import Basis
from lms.content.catalogue import EarlierUntil, ModuleEntry
from lms.content.documents import Change
from lms.content.framework import Competency
from lms.core import clock
from lms.core.database import db
from lms.people import appointments
from lms.people.models import Person, Team
from tests.support import build
from tests.support.application import sign_in
from tests.support.browser import Visitor, demand_accessible, demand_no_sideways_scrolling
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import noon, opened, passed
from tests.support.pages import CheckedClient, Page
from tests.support.statements import statements

TODAY = date(2026, 11, 30)
LAW = competency("law", {1: ("law-one",), 2: ("law-two", "law-three")}, {3: ("law-three", "extra")})
RISK = competency("risk", {1: ("risk-one",)})
COMPETENCIES = (LAW, RISK)
ROLES = (
    role("buyer", {"law": 3, "risk": 1}),
    role("contract-manager", {"risk": 2}),
    role("observer", {}),
)
MODULES = tuple(module(key) for key in ("law-one", "law-two", "law-three", "risk-one", "extra"))
ASKED = Change(part="two", asks="questions", why="The limit moved")


@pytest.fixture
def world(app: Flask, client: CheckedClient) -> Iterator["World"]:
    with clock.at(noon(TODAY)), app.app_context():
        publish(COMPETENCIES, ROLES, MODULES)
        team = build.team(build.organisation())
        buyer = build.person("Rowan Sample")
        build.appointed(buyer, team, from_day=date(2026, 9, 1))
        world = World(app, client, buyer.id, team.id)
    with clock.at(noon(TODAY)):
        yield world


class World:
    """A buyer before a path of four modules."""

    def __init__(self, app: Flask, client: CheckedClient, buyer_id: int, team_id: int) -> None:
        self.app, self.client, self.buyer_id, self.team_id = app, client, buyer_id, team_id

    @contextmanager
    def buyer(self) -> Iterator[Person]:
        """The buyer, with the application at hand for services."""
        with self.app.app_context():
            yield db.session.get_one(Person, self.buyer_id)

    def passes(self, key: str, on: date = date(2026, 10, 1), until: date | None = None) -> None:
        with self.buyer() as buyer:
            passed(buyer, key, on, until=until)

    def shows(self, key: str, level: int, basis: Basis, until: date | None = None) -> None:
        with self.buyer() as buyer:
            build.evidence(buyer, key, level, date(2026, 10, 1), until=until, basis=basis)

    def publishes(self, *modules: ModuleEntry, competencies: tuple[Competency, ...] = COMPETENCIES) -> None:
        with self.app.app_context():
            publish(competencies, ROLES, modules)

    def page(self, address: str = "/paths/buyer", status: int = 200, *, of: int | None = None) -> Page:
        sign_in(self.client, of or self.buyer_id)
        return self.client.page(address, status)

    def step(self, page: Page, number: int) -> str:
        (found,) = (row for row in page.select("ol.rows > li") if row.startswith(f"{number}. "))
        return found


def test_what_is_behind_somebody_is_folded_and_what_is_to_do_stands_open(world: World) -> None:
    world.shows("law", 2, Basis.ASSESSMENT, date(2029, 1, 1))
    page = world.page()
    folded = [row.split(". ")[0] for row in page.select("details ol.rows > li")]
    assert folded == ["1", "3", "4"]
    assert page.select("details summary")[-2:] == [
        "1 module, passed or not needed now",
        "2 modules, passed or not needed now",
    ]


def test_every_role_has_a_line_with_modules_and_hours_and_the_own_role_comes_first(world: World) -> None:
    page = world.page("/paths/")
    assert page.h1 == "Learning paths"
    assert page.select("main h2") == ["The path of your role", "Other roles"]
    assert page.select("main .row") == [
        "Buyer 4 modules 1 hour 20 minutes then 1 assessment",
        "Contract manager 1 module 20 minutes then 1 assessment",
        "Observer Asks for no level",
    ]


def test_a_path_says_of_each_step_what_it_shows_in_the_order_of_the_rule(world: World) -> None:
    page = world.page()
    assert page.h1 == "Learning path: Buyer"
    assert page.select("ol.rows h3") == ["1. Law one", "2. Risk one", "3. Law two", "4. Law three"]
    assert page.select("main h3")[0] == "Level 1 Awareness"
    assert "Shows Law, level 1 Awareness." in world.step(page, 1)
    assert "One of 2 modules for Law, level 2 Working." in world.step(page, 3)
    assert "The last of 2 modules that show Law, level 2 Working." in world.step(page, 4)
    assert "Prepares for an assessment of Law, level 3 Practitioner." in world.step(page, 4)


def test_what_only_an_assessment_shows_is_said_with_what_prepares_for_it(world: World) -> None:
    page = world.page()
    (row,) = page.select("#assessed ~ ul.rows > li")
    assert "The role asks for level 3 Practitioner. Learning leads to level 2 Working." in row
    assert "Prepared by: Law three (step 4), Extra (20 minutes, not counted above)." in row
    assert "1 needs an assessment." in page.select(".sentence")[0]


def test_who_does_not_hold_the_role_sees_the_path_without_anybodys_standing(world: World) -> None:
    world.passes("risk-one")
    page = world.page("/paths/contract-manager")
    assert "This is the path from its beginning, nobody’s standing." in page.select(".sentence")[0]
    assert page.select("main .tag") == []
    assert "You hold another role: the path of Buyer." in page.text
    assert page.select("main .govuk-button") == []


def test_a_passed_module_is_ticked_with_the_day_until_which_it_counts(world: World) -> None:
    world.passes("law-one", until=date(2028, 10, 1))
    world.shows("law", 1, Basis.LEARNING, date(2028, 10, 1))
    page = world.page()
    assert "Passed Counts until 1 October 2028" in world.step(page, 1)
    assert len(page.tree.cssselect("ol.rows h3 .icon")) == 1
    assert (
        "Still to go on the path: 1 hour of 1 hour 20 minutes. 1 module is passed, 3 are to do." in page.text
    )
    assert page.select("#next") == ["Next, step 2: Risk one"]
    assert page.select("main .govuk-button") == ["Start “Risk one”"]


def test_a_level_that_is_held_by_other_evidence_needs_no_module(world: World) -> None:
    world.shows("law", 2, Basis.ASSESSMENT, date(2029, 1, 1))
    page = world.page()
    for number in (1, 3, 4):
        assert "Not needed now" in world.step(page, number)
        words = "Held by other evidence: Law, level 2 Working, until 1 January 2029."
        assert words in world.step(page, number)
    words = "20 minutes of 1 hour 20 minutes. 0 modules are passed, 3 are not needed, 1 is to do."
    assert words in page.text
    (row,) = page.select("#assessed ~ ul.rows > li")
    assert "You hold level 2 Working" in row


def test_an_owed_update_is_marked_with_the_days_of_grace_and_is_the_next_step(world: World) -> None:
    risen = replace(
        module("law-one", edition=2, changes=(ASKED,)),
        earlier_until=(EarlierUntil(edition=2, day=date(2027, 2, 1)),),
    )
    world.passes("law-one")
    world.publishes(risen, *MODULES[1:])
    page = world.page()
    assert "Update owed Your pass counts until 1 February 2027" in world.step(page, 1)
    assert "12 minutes left of 20 minutes" in world.step(page, 1)
    button = page.tree.cssselect("main .govuk-button")[0]
    assert (button.text_content().strip(), button.get("href")) == (
        "Read what changed",
        "/courses/one-course/law-one/update",
    )


def test_a_pass_that_no_longer_counts_is_said_with_its_day(world: World) -> None:
    world.passes("law-one", date(2024, 10, 1), date(2026, 10, 1))
    page = world.page()
    assert "Lapsed Your pass counted until 1 October 2026" in world.step(page, 1)


def test_what_was_begun_goes_on_and_its_minutes_are_fewer(world: World) -> None:
    with world.buyer() as buyer:
        opened(buyer, "law-one", "one", "two")
    page = world.page()
    assert "In progress" in world.step(page, 1)
    assert "16 minutes left of 20 minutes" in world.step(page, 1)
    assert page.select("main .govuk-button") == ["Go on with “Law one”"]


def test_a_level_that_an_assessment_took_back_asks_for_its_modules_again(world: World) -> None:
    world.passes("risk-one")
    page = world.page()
    assert "To pass again An assessment has shown a lower level since" in world.step(page, 2)


def test_who_holds_two_roles_is_led_from_one_path_to_the_other(world: World) -> None:
    with world.buyer() as buyer:
        build.appointed(buyer, db.session.get_one(Team, world.team_id), "contract-manager", date(2026, 10, 1))
    page = world.page()
    assert "You hold a second role: the path of Contract manager." in page.text
    assert page.follow("the path of Contract manager").h1 == "Learning path: Contract manager"
    assert world.page("/paths/").select("main h2") == ["The paths of your roles", "Other roles"]


def test_nothing_is_asked_of_who_is_away(world: World) -> None:
    with world.buyer() as buyer:
        appointments.record_absence(buyer.id, TODAY, None, by=None)
    page = world.page()
    assert "You are recorded as away, so nothing is asked of you now." in page.text
    assert page.select("main .govuk-button") == []


def test_when_all_is_behind_the_path_says_so(world: World) -> None:
    world.shows("law", 3, Basis.IMPORT)
    world.shows("risk", 1, Basis.IMPORT)
    page = world.page()
    assert "All of the path is behind you." in page.text
    assert page.select("main .govuk-button") == []
    assert "Held Counts without end" in page.select("#assessed ~ ul.rows > li")[0]


def test_a_module_that_is_not_published_is_left_out_and_said(world: World) -> None:
    world.publishes(*(each for each in MODULES if each.id != "law-two"))
    page = world.page()
    assert "Left out, because it is not published now: law-two." in page.text
    assert page.select("ol.rows h3") == ["1. Law one", "2. Risk one", "3. Law three"]
    assert "Learning would show more, but the module law-two is not published now." in page.text


def test_a_role_that_asks_for_nothing_says_so(world: World) -> None:
    page = world.page("/paths/observer")
    assert page.select(".empty") == ["This role asks for no level today, so nothing is to be learned for it."]


def test_a_role_of_which_no_module_shows_anything_says_so(world: World) -> None:
    world.publishes(*MODULES, competencies=(competency("law"), competency("risk")))
    page = world.page()
    assert page.select(".empty") == ["No module shows a level that this role asks for yet."]
    assert "Learning alone reaches none of the levels asked." in page.text
    assert "No module prepares for it yet: work at this level does." in page.text


def test_the_page_of_the_levels_says_what_an_assessor_asks_to_see(world: World) -> None:
    sights: dict[int, tuple[str, ...]] = {
        3: ("The plan, dated before the meeting", "The record of the meeting")
    }
    world.publishes(*MODULES, competencies=(replace(LAW, look_for=sights), RISK))
    page = world.page("/levels")
    assert page.select("[aria-labelledby=law] li") == [*sights[3]]
    assert page.select("[aria-labelledby=risk] li") == []
    assert page.text.count("What an assessor asks to see:") == 1


def test_a_role_that_is_not_there_is_not_found(world: World) -> None:
    world.page("/paths/nothing", 404)


def test_modules_are_named_without_a_link_to_those_who_may_not_open_them(world: World) -> None:
    with world.app.app_context():
        lead = build.person("Idris Draftwell", learner=False).id
    page = world.page(of=lead)
    assert page.select("ol.rows h3") == ["1. Law one", "2. Risk one", "3. Law two", "4. Law three"]
    assert page.select("ol.rows h3 a") == []


def test_home_record_courses_and_footer_lead_to_the_paths(world: World) -> None:
    assert world.page("/").follow("See my learning path").h1 == "Learning path: Buyer"
    assert world.page("/record").follow("My learning path: Buyer").h1 == "Learning path: Buyer"
    assert world.page("/courses/").follow("The learning paths of all roles").h1 == "Learning paths"
    assert "Learning paths" in world.page("/levels").select(".footer__links a")


def test_the_statements_of_the_pages_do_not_grow_with_what_was_done(world: World) -> None:
    counts = {address: [0, 0] for address in ("/paths/", "/paths/buyer")}
    for turn in (0, 1):
        for address, found in counts.items():
            world.page(address)
            with statements() as sent:
                world.page(address)
            found[turn] = len(sent)
        for key in ("law-one", "law-two", "law-three", "risk-one"):
            world.passes(key)
            world.shows("law", 1, Basis.IMPORT)
    assert all(first == second for first, second in counts.values())
    assert max(max(pair) for pair in counts.values()) <= 8


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_paths_are_accessible_at_every_width(visitor: Visitor, world: World, width: int) -> None:
    world.passes("law-one", until=date(2028, 10, 1))
    world.shows("risk", 1, Basis.ASSESSMENT)
    page = visitor.page_at(width, person_id=world.buyer_id)
    for address in ("/paths/", "/paths/buyer", "/paths/contract-manager"):
        page.goto(address)
        demand_accessible(page)
        demand_no_sideways_scrolling(page)
