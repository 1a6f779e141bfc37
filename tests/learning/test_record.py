from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask

from lms.competencies.evidence import enter_in_error, record_evidence, withdraw
from lms.competencies.models import Basis
from lms.core import clock
from lms.core.database import db
from lms.learning.record import record_of
from lms.people import appointments
from lms.people.models import Duty, Person, Team
from lms.people.readings import note_reading
from tests.support import build
from tests.support.application import sign_in
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import assigned, noon, opened, passed
from tests.support.pages import CheckedClient, Page
from tests.support.statements import statements

TODAY = date(2026, 11, 30)
JOINED = date(2026, 2, 2)


@dataclass
class World:
    """A buyer who joined on 2 February 2026, recorded on that day, and a manager who assesses."""

    app: Flask
    client: CheckedClient
    team_id: int
    manager_id: int
    buyer_id: int

    @property
    def buyer(self) -> Person:
        return db.session.get_one(Person, self.buyer_id)

    @property
    def manager(self) -> Person:
        return db.session.get_one(Person, self.manager_id)

    @property
    def team(self) -> Team:
        return db.session.get_one(Team, self.team_id)

    def page(self, address: str = "/record", status: int = 200) -> Page:
        sign_in(self.client, self.buyer_id)
        return self.client.page(address, status)

    def assessed(self, key: str, level: int, on: date, *, until: date | None = None) -> int:
        with clock.at(noon(on)), self.app.app_context():
            written = record_evidence(
                self.buyer_id,
                key,
                level,
                Basis.ASSESSMENT,
                from_day=on,
                until_day=until,
                words="Ran the tender for custody healthcare",
                by=self.manager_id,
            )
            return written.id


@pytest.fixture
def world(app: Flask, client: CheckedClient) -> Iterator[World]:
    with clock.at(noon(JOINED)), app.app_context():
        competencies = (
            competency("law", {1: ("law-one",), 2: ("law-two",)}),
            competency("risk", {1: ("risk-one",)}),
            competency("tendering"),
            competency("other"),
        )
        roles = (
            role("buyer", {"law": 2, "risk": 1, "tendering": 2}),
            role("contract-manager", {"law": 1, "risk": 3}),
        )
        modules = (module("law-one"), module("law-two"), module("risk-one", 15))
        publish(competencies, roles, modules)
        team = build.team(build.organisation())
        manager = build.person("Morgan Example")
        build.grant(manager, Duty.MANAGER, team)
        buyer = build.person("Rowan Sample")
        build.appointed(buyer, team, from_day=JOINED)
        world = World(app, client, team.id, manager.id, buyer.id)
    with clock.at(noon(TODAY)):
        yield world


def rows(page: Page) -> list[str]:
    return page.select("table:nth-of-type(1) tbody tr:not(.table__area)")


def entries(page: Page) -> list[str]:
    return page.select("#entries ~ table tbody tr")


def test_an_empty_record_says_where_to_begin(world: World) -> None:
    page = world.page()
    assert page.h1 == "My record"
    assert "Buyer, Aldermoor Police, since 2 February 2026" in page.text
    assert "On 30 November 2026 you meet 0 of the 3 competencies that your role asks for." in page.text
    assert "3 have nothing recorded yet." in page.text
    assert "Nothing shown yet. Begin with Risk one. 15 minutes." in page.text


def test_a_row_has_level_words_evidence_and_until_when(world: World) -> None:
    world.assessed("tendering", 2, date(2026, 9, 9), until=date(2029, 9, 9))
    with world.app.app_context():
        build.evidence(world.buyer, "law", 1, date(2026, 3, 1), until=date(2027, 1, 17))
        build.evidence(world.buyer, "other", 1, date(2026, 3, 1))
    page = world.page()
    assert rows(page) == [
        "Law level 1, your role asks 2 Import: Seen at level 1 17 January 2027 48 days",
        "Risk no level, your role asks 1 Nothing recorded yet",
        "Tendering level 2 Working Assessed by Morgan Example, 9 September 2026 9 September 2029",
        "Other level 1 Awareness Import: Seen at level 1 No end",
    ]
    assert "1 has nothing recorded yet, 1 is short." in page.text
    assert "Law lapses on 17 January 2027." in page.text


def test_until_is_the_first_day_that_no_longer_counts(world: World) -> None:
    with world.app.app_context():
        build.evidence(world.buyer, "law", 2, date(2026, 3, 1), until=date(2026, 11, 30))
    page = world.page()
    assert rows(page)[0] == "Law no level, your role asks 2 Lapsed: nothing counts now"
    assert "1 has lapsed" in page.text
    assert rows(world.page("/record?as_of=29/11/2026"))[0].startswith("Law no level")


def test_of_two_roles_the_higher_level_is_asked(world: World) -> None:
    with world.app.app_context():
        build.appointed(world.buyer, world.team, "contract-manager", date(2026, 10, 1))
    page = world.page()
    buyer, manager = page.select(".lead")[0].split("; ")
    assert buyer == "Buyer, Aldermoor Police, since 2 February 2026"
    assert manager == "Contract manager, Aldermoor Police, since 1 October 2026"
    assert rows(page)[1].startswith("Risk no level, your role asks 3")
    before = world.page("/record?as_of=30/09/2026")
    assert "Contract manager" not in before.text


def test_while_away_nothing_is_asked(world: World) -> None:
    with clock.at(noon(date(2026, 3, 1))), world.app.app_context():
        appointments.record_absence(world.buyer_id, date(2026, 11, 1), date(2027, 2, 1), by=None)
    assert "you are recorded as away: nothing is asked of you" in world.page().text
    assert "recorded as away" not in world.page("/record?as_of=31/10/2026").text


def test_a_past_date_shows_what_was_known_then_and_says_so(world: World) -> None:
    world.assessed("tendering", 2, date(2026, 6, 1))
    with world.app.app_context():
        build.evidence(world.buyer, "law", 2, date(2026, 3, 1))
    now = world.page()
    assert len(entries(now)) == 2
    then = world.page("/record?as_of=04/08/2026")
    assert "As of 4 August 2026, by what was known then." in then.text
    assert [entry for entry in entries(then) if "Law" in entry] == []
    assert rows(then)[0].startswith("Law no level")
    assert rows(then)[2].startswith("Tendering level 2 Working")
    assert "as a file" not in then.text


def test_what_was_entered_in_error_stays_struck_through_with_the_reason(world: World) -> None:
    evidence = world.assessed("law", 3, date(2026, 7, 28))
    with clock.at(noon(date(2026, 8, 4))), world.app.app_context():
        enter_in_error(evidence, by=world.manager_id, reason="entered for the wrong person")
    page = world.page()
    assert rows(page)[0].startswith("Law no level")
    assert entries(page) == [
        (
            "4 August 2026 The entry of 28 July 2026 for Law, level 3, was never true."
            " Reason: entered for the wrong person Morgan Example adds no level"
        ),
        (
            "28 July 2026 Law, level 3 Practitioner. Assessment. Entered in error"
            " Ran the tender for custody healthcare Morgan Example never counted"
        ),
    ]
    assert page.select("del") == ["Law, level 3 Practitioner. Assessment."]
    then = world.page("/record?as_of=03/08/2026")
    assert then.select("del") == []
    assert rows(then)[0].startswith("Law level 3 Practitioner")


def test_what_is_withdrawn_counts_until_its_day_and_says_why(world: World) -> None:
    evidence = world.assessed("law", 2, date(2026, 7, 28), until=date(2029, 7, 28))
    with clock.at(noon(date(2026, 9, 1))), world.app.app_context():
        withdraw(evidence, date(2026, 9, 1), by=world.manager_id, reason="the tender was another’s")
    page = world.page()
    assert "is withdrawn from 1 September 2026. Reason: the tender was another’s" in entries(page)[0]
    assert "to 1 September 2026, then withdrawn" in entries(page)[1]
    assert rows(page)[0] == "Law no level, your role asks 2 Nothing counts now"
    assert rows(world.page("/record?as_of=31/08/2026"))[0].startswith("Law level 2 Working")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/02/2026", "Enter a date that exists, for example 30/11/2026"),
        ("soon", "Enter a date that exists, for example 30/11/2026"),
        ("", "Enter a date that exists, for example 30/11/2026"),
        ("01/12/2026", "Enter today’s date or an earlier one: what comes after today is not known"),
        ("01/02/2026", "Enter a date from 2 February 2026 on: your record begins on that day"),
    ],
)
def test_a_date_of_which_there_is_no_record_answers_400_in_a_sentence(
    world: World, typed: str, said: str
) -> None:
    page = world.page(f"/record?as_of={typed}", status=400)
    assert page.title.startswith("Error: My record")
    assert page.select(".govuk-error-summary li") == [said]
    assert page.tree.cssselect("#as_of")[0].get("value") == typed


@pytest.mark.parametrize("typed", ["4 August 2026", "04/08/26", "2026-08-04"])
def test_a_date_is_taken_as_people_write_it(world: World, typed: str) -> None:
    assert "As of 4 August 2026" in world.page(f"/record?as_of={typed}").text


def test_entries_are_listed_newest_first_25_a_page_and_evidence_leads_to_its_own(world: World) -> None:
    with world.app.app_context():
        first = build.evidence(world.buyer, "tendering", 2, date(2026, 2, 3)).id
        for number in range(26):
            build.evidence(world.buyer, "law", 1, date(2026, 3, 1 + number))
    page = world.page()
    assert len(entries(page)) == 25
    link = next(each for each in page.tree.cssselect("table a") if each.get("href", "").startswith("/record"))
    assert link.get("href") == f"/record?page=2#entry-{first}"
    second = world.page("/record?page=2")
    assert [row.get("id") for row in second.tree.cssselect("#entries ~ table tbody tr")][
        -1
    ] == f"entry-{first}"
    assert len(entries(world.page("/record?page=99"))) == 2


def test_the_record_takes_at_most_twelve_statements_however_much_there_is(world: World) -> None:
    sign_in(world.client, world.buyer_id)
    world.client.get("/record?as_of=01/11/2026")
    with statements() as few:
        world.client.get("/record?as_of=01/11/2026")
    for number in range(20):
        world.assessed("law", 1 + number % 3, date(2026, 3, 1 + number), until=date(2027, 1, 1))
    with statements() as many:
        world.client.get("/record?as_of=01/11/2026")
    assert len(few) == len(many) <= 12


def test_the_record_of_anybody_can_be_built_for_those_who_may_read_it(world: World) -> None:
    world.assessed("tendering", 2, date(2026, 9, 9))
    with world.app.app_context(), statements() as sent:
        record = record_of(world.buyer_id, TODAY, None)
    assert len(sent) <= 7
    assert (record.met, len(record.asked)) == (1, 3)
    assert record.posts[0].title == "Buyer"


def test_who_has_looked_is_shown_with_day_time_and_page(world: World) -> None:
    assert "Nobody else has opened your record." in world.page("/record/seen").text
    with world.app.app_context():
        note_reading(world.buyer_id, world.manager_id, "Assessment")
        note_reading(world.buyer_id, world.buyer_id, "Record")
    page = world.page("/record/seen")
    assert page.select("tbody tr") == ["30 November 2026, 12:00 Morgan Example Assessment"]


def test_the_file_holds_all_that_is_kept_about_the_one_who_asks_and_nobody_else(world: World) -> None:
    evidence = world.assessed("law", 3, date(2026, 7, 28))
    kept = world.assessed("law", 2, date(2026, 7, 29))
    with world.app.app_context():
        enter_in_error(evidence, by=world.manager_id, reason="entered for the wrong person")
        withdraw(kept, date(2026, 9, 1), by=world.manager_id, reason="not seen")
        appointments.record_absence(world.buyer_id, date(2026, 5, 1), date(2026, 6, 1), by=None)
        assigned(world.buyer, "law-two", world.manager, date(2026, 12, 9))
        opened(world.buyer, "law-two", "one", "two")
        passed(world.buyer, "law-one", date(2026, 6, 2))
        note_reading(world.buyer_id, world.manager_id, "Assessment")
        passed(world.manager, "law-two", date(2026, 6, 2))
    sign_in(world.client, world.buyer_id)
    answer = world.client.get("/record.json")
    held = answer.json
    assert answer.mimetype == "application/json"
    assert held is not None
    assert held["person"]["name"] == "Rowan Sample"
    assert [each["role_profile"] for each in held["appointments"]] == ["buyer"]
    assert held["appointments"][0]["organisation"] == "Aldermoor Police"
    assert [each["from_day"] for each in held["absences"]] == ["2026-05-01"]
    assert [each["duty"] for each in held["grants"]] == ["learner"]
    assert [(each["level"], each["entered_in_error_reason"]) for each in held["evidence"]] == [
        (3, "entered for the wrong person"),
        (2, None),
    ]
    assert held["evidence"][0]["written_by"] == "Morgan Example"
    assert held["evidence"][1]["endings"][0]["day"] == "2026-09-01"
    assert [each["module"] for each in held["completions"]] == ["law-one"]
    assert [(each["module"], each["passed"]) for each in held["attempts"]] == [("law-one", True)]
    assert [(each["module"], each["asked_by"]) for each in held["enrolments"]] == [
        ("law-two", "Morgan Example")
    ]
    assert held["reading_places"][0]["seen"] == ["one", "two"]
    assert held["readings_of_the_record"][0]["reader"] == "Morgan Example"
    assert "hash" not in answer.text.lower()


def test_the_file_takes_the_same_number_of_statements_however_much_there_is(world: World) -> None:
    sign_in(world.client, world.buyer_id)
    with statements() as few:
        world.client.get("/record.json")
    for number in range(10):
        world.assessed("law", 1, date(2026, 3, 1 + number))
    with statements() as many:
        world.client.get("/record.json")
    assert len(few) == len(many)


@pytest.mark.parametrize("address", ["/record", "/record/seen", "/record.json", "/"])
def test_a_stranger_is_led_to_the_log_in(world: World, address: str) -> None:
    answer = world.client.get(address)
    assert answer.status_code == 302
    assert answer.location.startswith("/login")


def test_anyone_can_read_what_the_levels_mean(world: World) -> None:
    page = world.client.page("/levels")
    assert page.h1 == "What the levels mean"
    assert "Does what level 3 of Law asks. Needs an assessment." in page.text
    assert "Does what level 1 of Law asks. Shown by passing: Law one." in page.text
