from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from flask_babel import LazyString

from lms.competencies.models import Basis
from lms.content.catalogue import EarlierUntil
from lms.content.documents import Change
from lms.core import clock
from lms.core.database import db
from lms.core.shell import NavigationEntry, register_navigation
from lms.people import appointments
from lms.people.models import Duty, Person, Team
from tests.support import build
from tests.support.application import sign_in
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import assigned, noon, opened, passed
from tests.support.pages import CheckedClient, Page
from tests.support.statements import statements

TODAY = date(2026, 11, 30)
LAW = competency("law", {1: ("law-one",), 2: ("law-two",)})
RISK = competency("risk", {1: ("risk-one",), 2: ("risk-two-a", "risk-two-b")})
TENDERING = competency("tendering", {1: ("tenders",)}, {2: ("criteria",)})
MODULES = (
    module("law-one", 20),
    module("law-two", 26),
    module("risk-one", 14),
    module("risk-two-a", 20),
    module("risk-two-b", 20),
    module("tenders", 17),
    module("criteria", 20),
    module("extra", 20),
)


@dataclass
class World:
    """One team with a manager, and a buyer whose role asks for three competencies."""

    app: Flask
    client: CheckedClient
    team_id: int
    manager_id: int
    buyer_id: int

    @property
    def team(self) -> Team:
        return db.session.get_one(Team, self.team_id)

    @property
    def manager(self) -> Person:
        return db.session.get_one(Person, self.manager_id)

    @property
    def buyer(self) -> Person:
        return db.session.get_one(Person, self.buyer_id)

    def home(self, of: int | None = None, address: str = "/") -> Page:
        sign_in(self.client, of or self.buyer_id)
        return self.client.page(address)


@pytest.fixture
def world(app: Flask, client: CheckedClient) -> Iterator[World]:
    with clock.at(noon(TODAY)):
        with app.app_context():
            roles = (
                role("buyer", {"law": 2, "risk": 2, "tendering": 2}),
                role("contract-manager", {"law": 1, "risk": 3}),
            )
            publish((LAW, RISK, TENDERING), roles, MODULES)
            team = build.team(build.organisation())
            manager = build.person("Morgan Example")
            build.grant(manager, Duty.MANAGER, team)
            buyer = build.person("Rowan Sample")
            build.appointed(buyer, team, from_day=date(2026, 9, 1))
            world = World(app, client, team.id, manager.id, buyer.id)
        yield world


def show(world: World, key: str, level: int, until: date | None = None) -> None:
    build.evidence(world.buyer, key, level, date(2026, 1, 1), until=until)


def show_all(world: World, until: date | None = None) -> None:
    for key in ("law", "risk", "tendering"):
        show(world, key, 2, until)


def test_the_assignment_due_soonest_is_the_next_step_with_who_asked_why_and_by_when(world: World) -> None:
    with world.app.app_context():
        show(world, "law", 1)
        assigned(world.buyer, "extra", world.manager, date(2026, 12, 20))
        assigned(world.buyer, "law-two", world.manager, date(2026, 12, 9), "You evaluate in January")
    page = world.home()
    assert page.h1 == "Your next step, Rowan"
    assert page.select(".next-step h2") == ["Law two"]
    panel = page.select(".next-step")[0]
    assert "It closes Law from level 1 Awareness to level 2 Working, as your role asks." in panel
    assert "26 minutes with the check" in panel
    assert "Due Wednesday 9 December 2026, in 9 days" in panel
    assert "Asked by Morgan Example" in panel
    assert "“You evaluate in January” Morgan Example, 30 November 2026" in panel
    assert "Today: level 1, your role asks 2" in panel
    assert "After a pass: level 2, as your role asks" in panel
    assert page.select(".next-step .govuk-button") == ["Start “Law two”"]


def test_the_button_returns_to_the_exact_part(world: World) -> None:
    with world.app.app_context():
        assigned(world.buyer, "law-two", world.manager)
        opened(world.buyer, "law-two", "one", "two")
    page = world.home()
    assert page.select(".next-step .govuk-button") == ["Continue at “Part two”"]
    button = page.tree.cssselect(".next-step .govuk-button")[0]
    assert button.get("href") == "/courses/one-course/law-two/two"
    assert "Started: 6 of 26 minutes done" in page.text
    assert "About 20 minutes left" in page.text


def test_after_the_last_part_the_button_leads_to_the_check(world: World) -> None:
    with world.app.app_context():
        assigned(world.buyer, "law-two", world.manager)
        opened(world.buyer, "law-two", "one", "two", "three")
    button = world.home().tree.cssselect(".next-step .govuk-button")[0]
    assert button.get("href") == "/courses/one-course/law-two/check"


def test_reading_before_the_last_pass_is_not_progress(world: World) -> None:
    with world.app.app_context():
        opened(world.buyer, "law-two", "one", "two", on=date(2024, 1, 1))
        passed(world.buyer, "law-two", date(2024, 1, 2), until=date(2026, 1, 2))
        assigned(world.buyer, "law-two", world.manager)
    assert world.home().select(".next-step .govuk-button") == ["Start “Law two”"]


def test_without_an_assignment_the_update_comes_first(world: World) -> None:
    why = Change(part="two", asks="questions", why="The bank holidays of Scotland count")
    until = EarlierUntil(edition=2, day=date(2026, 12, 31))
    with world.app.app_context():
        show_all(world, date(2027, 1, 17))
        passed(world.buyer, "law-two", date(2026, 1, 2))
        changed = module("law-two", 26, edition=2, changes=(why,), earlier_until=(until,))
        publish((LAW, RISK, TENDERING), (role("buyer", {"law": 2}),), (changed,))
    page = world.home()
    assert page.select(".next-step h2") == ["Law two"]
    assert "The bank holidays of Scotland count" in page.text
    assert "Your earlier pass counts until 31 December 2026, in 31 days" in page.text
    assert page.select(".next-step .govuk-button") == ["Read what changed"]


def test_an_edition_that_asks_nothing_of_those_who_passed_owes_no_update(world: World) -> None:
    with world.app.app_context():
        show_all(world)
        passed(world.buyer, "law-two", date(2026, 1, 2))
        publish((LAW, RISK, TENDERING), (role("buyer", {"law": 2}),), (module("law-two", 26, edition=2),))
    assert world.home().h1 == "Nothing is due, Rowan"


def test_what_lapses_within_90_days_is_kept_by_the_check_alone(world: World) -> None:
    with world.app.app_context():
        show_all(world)
        show(world, "law", 3, date(2027, 1, 1))
        build.evidence(world.buyer, "risk", 1)
        other = build.person("Lee Sample")
        build.appointed(other, world.team)
        build.evidence(other, "law", 2, until=date(2027, 1, 17), basis=Basis.LEARNING)
        build.evidence(other, "risk", 2)
        build.evidence(other, "tendering", 2)
        passed(other, "law-two", date(2025, 1, 17), until=date(2027, 1, 17))
        other_id = other.id
    assert world.home().h1 == "Nothing is due, Rowan"
    page = world.home(other_id)
    assert page.select(".next-step h2") == ["Law two"]
    assert "It keeps Law at level 2 Working." in page.text
    assert "8 minutes, the check alone" in page.text
    assert "Lapses on Sunday 17 January 2027, in 48 days" in page.text
    assert page.select(".next-step .govuk-button") == ["Take the check"]


def test_the_largest_gap_that_learning_closes_comes_before_a_quicker_one(world: World) -> None:
    with world.app.app_context():
        show(world, "law", 1)
    page = world.home()
    assert page.select(".next-step h2") == ["Risk one"]
    assert "It takes Risk from no level today to level 1 Awareness. Your role asks level 2." in page.text
    assert page.select(".row__title") == ["Tenders", "Law two"]


def test_one_of_several_modules_that_show_a_level_says_how_many_are_left(world: World) -> None:
    with world.app.app_context():
        show(world, "law", 2)
        show(world, "tendering", 2)
        show(world, "risk", 1)
    page = world.home()
    assert (
        "one of the modules that show Risk at level 2 Working. After it one more is to be passed."
        in page.text
    )


def test_what_lapses_and_only_an_assessment_keeps_is_told_where_the_person_stands(world: World) -> None:
    with world.app.app_context():
        show(world, "law", 2)
        show(world, "risk", 2)
        show(world, "tendering", 2, date(2027, 1, 17))
    page = world.home()
    assert page.h1 == "Nothing is due, Rowan"
    told = "Tendering lapses on 17 January 2027, and learning does not keep it. An assessment by Morgan does."
    assert told in page.text


def test_nothing_due_names_the_next_lapse(world: World) -> None:
    with world.app.app_context():
        show_all(world)
        show(world, "law", 1)
        other = build.person("Lee Sample")
        build.appointed(other, world.team)
        for key in ("risk", "tendering"):
            build.evidence(other, key, 2)
        build.evidence(other, "law", 2, until=date(2028, 3, 4))
        other_id = other.id
    assert "Nothing that you hold lapses." in world.home().text
    assert "Your next lapse is on 4 March 2028: Law." in world.home(other_id).text


def test_where_the_person_stands_counts_met_and_says_what_closes_each_gap(world: World) -> None:
    with world.app.app_context():
        show(world, "law", 2)
        build.evidence(world.buyer, "risk", 2, date(2024, 1, 1), until=date(2025, 1, 1))
        show(world, "tendering", 1)
    page = world.home()
    assert page.select(".standing .big") == ["1 of 3"]
    standing = page.select(".standing__figure")[0]
    assert "competencies of your role, Buyer, are met." in standing
    assert "1 has lapsed, 1 is short." in standing
    assert "1 closes by learning, 1 needs an assessment by Morgan Example." in standing
    rows = page.select(".standing tbody tr")
    assert rows == [
        "Risk no level, your role asks 2 Risk one, then Risk two a, Risk two b",
        "Tendering level 1, your role asks 2 An assessment by Morgan",
    ]


def test_the_manager_of_the_nearest_team_upwards_is_named_and_never_the_person(world: World) -> None:
    with world.app.app_context():
        lead = build.person("Ash Lead")
        top = build.team(build.organisation("other"), "Top")
        below = build.team(build.organisation("third"), "Below", parent=top)
        build.grant(lead, Duty.MANAGER, below)
        chief = build.person("Sam Chief")
        build.grant(chief, Duty.MANAGER, top)
        build.appointed(lead, below)
        lead_id = lead.id
    assert "by Sam Chief" in world.home(lead_id).text


def test_of_two_appointments_the_higher_level_counts_and_both_roles_are_named(world: World) -> None:
    with world.app.app_context():
        show(world, "law", 2)
        build.appointed(world.buyer, world.team, "contract-manager", date(2026, 10, 1))
    page = world.home()
    assert "your roles are met: Buyer, Contract manager." in page.text
    assert page.select(".standing .big") == ["1 of 3"]
    assert "no level, your role asks 3" in page.text


def test_while_a_person_is_away_nothing_is_asked(world: World) -> None:
    with world.app.app_context():
        assigned(world.buyer, "law-two", world.manager, date(2026, 12, 9))
        appointments.record_absence(world.buyer.id, date(2026, 11, 1), date(2027, 2, 1), by=None)
    page = world.home()
    assert page.h1 == "Nothing is asked of you now, Rowan"
    assert "away until 1 February 2027" in page.text
    assert page.select(".next-step, .rows, .standing") == []


def test_five_more_are_listed_then_all(world: World) -> None:
    with world.app.app_context():
        for key in ("law-two", "risk-two-a", "risk-two-b", "extra", "criteria"):
            assigned(world.buyer, key, world.manager, date(2026, 12, 9))
    page = world.home()
    assert len(page.select(".row")) == 5
    assert "All 7" in page.text
    assert len(world.home(address="/?all=1").select(".row")) == 7


def test_a_retired_module_is_not_asked_for(world: World) -> None:
    with world.app.app_context():
        show_all(world)
        assigned(world.buyer, "extra", world.manager, date(2026, 12, 9))
        publish((LAW, RISK, TENDERING), (role("buyer", {"law": 2}),), MODULES[:2])
    assert world.home().h1 == "Nothing is due, Rowan"


def test_without_an_appointment_the_page_of_another_duty_opens(world: World) -> None:
    register_navigation(world.app, NavigationEntry(LazyString(str, "Help"), "core.help_page", "authoring", 1))
    with world.app.app_context():
        author = build.person("Idris Author")
        build.grant(author, Duty.AUTHOR)
        author_id, new_id = author.id, build.person("Sky Testford").id
    sign_in(world.client, author_id)
    assert world.client.get("/").location == "/help"
    assert world.home(new_id).h1 == "Welcome, Sky"


def test_without_an_appointment_or_a_duty_it_says_whom_to_ask_and_where_to_begin(world: World) -> None:
    with world.app.app_context():
        admin = build.person("Alex Admin", "alex@example.org", learner=False)
        build.grant(admin, Duty.ADMINISTRATOR)
        new_id = build.person("Sky Testford").id
    page = world.home(new_id)
    assert page.h1 == "Welcome, Sky"
    assert "Ask Alex Admin, alex@example.org, to record your role." in page.text
    assert page.select(".card__title") == ["Risk one", "Law one", "Tenders"]
    assert "14 minutes. Risk, level 1 Awareness" in page.text


def test_an_appointment_that_begins_later_is_named_with_its_manager(world: World) -> None:
    with world.app.app_context():
        new = build.person("Sky Testford")
        build.appointed(new, world.team, from_day=date(2027, 1, 4))
        new_id = new.id
    page = world.home(new_id)
    assert "Your role begins on 4 January 2027" in page.text
    assert "Morgan Example" in page.text


def test_the_first_page_takes_at_most_ten_statements_however_much_there_is(world: World) -> None:
    sign_in(world.client, world.buyer_id)
    world.client.get("/")
    with statements() as few:
        world.client.get("/")
    with world.app.app_context():
        for number in range(20):
            assigned(world.buyer, MODULES[number % 8].id, world.manager, date(2026, 12, 30 - number))
            build.evidence(world.buyer, "law", 1, date(2026, 1, 1 + number), until=date(2026, 12, 1))
        for key in ("law-one", "risk-one"):
            passed(world.buyer, key, date(2026, 1, 2))
            opened(world.buyer, key, "one", "two")
    with statements() as many:
        world.client.get("/")
    assert len(few) == len(many) <= 10
