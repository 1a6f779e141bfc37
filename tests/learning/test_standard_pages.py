"""The pages of the standards and of the glossary, and the links in texts that lead there."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from lms.core.database import db
from lms.people import appointments
from lms.people.models import Duty, Organisation, Person, Region, Team
from tests.learning.conftest import FIRST_DAY, School
from tests.support import build
from tests.support.application import sign_in
from tests.support.browser import Visitor, demand_accessible, demand_no_sideways_scrolling
from tests.support.learners import passed
from tests.support.pages import CheckedClient
from tests.support.samples import changed_samples, publish_samples
from tests.support.statements import statements

READ = "/courses/first-steps/notices/before-you-publish"
STANDARD = "/standards/sample"
MOST_STATEMENTS = 9


def person(person_id: int) -> Person:
    return db.session.get_one(Person, person_id)


def joined(school: School, *names: str) -> dict[str, int]:
    """More people in the team of the buyer, by name."""
    with school.on(FIRST_DAY):
        team = db.session.scalars(select(Team)).one()
        people = {name: build.person(name) for name in names}
        for each in people.values():
            build.appointed(each, team)
        return {name: each.id for name, each in people.items()}


def test_every_standard_is_listed_with_its_clauses(school: School) -> None:
    page = school.page("/standards/")
    assert page.h1 == "Standards"
    assert page.select("main h2") == ["A sample of a standard"]
    assert page.select("main li a") == ["1.1 Publish, then wait"]


def test_a_clause_names_the_modules_that_explain_it(school: School) -> None:
    page = school.page("/standards/sample")
    assert page.h1 == "A sample of a standard"
    assert page.select(".clause h2") == ["1.1 Publish, then wait"]
    assert page.select(".clause__modules a") == ["Notices in order", "Waiting after an award"]
    assert page.follow("Notices in order").path == READ


def test_a_clause_that_no_module_explains_says_so(school: School, tmp_path: Path) -> None:
    with school.on(FIRST_DAY):
        copy = changed_samples(tmp_path, "first-steps/notices.md", ("clauses: [sample/1.1]\n", ""))
        changed_samples(tmp_path, "first-steps/standstill.md", ("clauses: [sample/1.1]\n", ""))
        publish_samples(copy)
    assert "No module teaches this clause yet." in school.page("/standards/sample").text


def test_modules_are_named_without_a_link_to_those_who_may_not_open_them(school: School) -> None:
    with school.on(FIRST_DAY):
        lead = build.person("Idris Draftwell", learner=False).id
    page = school.page("/standards/sample", of=lead)
    assert page.select(".clause__modules li") == [
        "Notices in order, 12 minutes.",
        "Waiting after an award, 8 minutes.",
    ]
    assert page.select(".clause__modules a") == []


def test_a_standard_that_is_not_there_is_not_found(school: School) -> None:
    school.page("/standards/nothing", 404)


def test_the_glossary_has_an_anchor_and_a_source_for_each_term(school: School) -> None:
    page = school.page("/glossary")
    assert page.select("#standstill dt") == ["standstill"]
    (source,) = page.tree.cssselect("#standstill a")
    assert source.text_content() == "Procurement Act 2023, section 51"
    assert source.get("href") == "https://www.legislation.gov.uk/ukpga/2023/54/section/51"


def test_references_in_a_text_lead_to_what_they_name(school: School, tmp_path: Path) -> None:
    words = "Keep [the clause](clause:sample/1.1), [the word](term:standstill) and [the law](law:pa23/50)"
    more = ", and what it [asks](competency:law)."
    with school.on(FIRST_DAY):
        change = ("Keep the text", f"{words}{more} Keep the text")
        publish_samples(changed_samples(tmp_path, "first-steps/notices.md", change))
    page = school.page(READ)
    addresses = {link.text_content(): link.get("href") for link in page.tree.cssselect(".prose a")}
    assert addresses["the clause"] == "/standards/sample#clause-1-1"
    assert addresses["the word"] == "/glossary#standstill"
    assert addresses["the law"] == "https://www.legislation.gov.uk/ukpga/2023/54/section/50"
    assert addresses["asks"] == "/levels#law"
    for name in ("the clause", "the word", "asks"):
        address, _, anchor = str(addresses[name]).partition("#")
        assert school.page(address).tree.cssselect(f"#{anchor}")


def test_pages_without_anything_published_say_so(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        somebody = build.person("Rowan Sample").id
    sign_in(client, somebody)
    assert client.page("/standards/").select(".empty") == ["No standard is published yet."]
    assert client.page("/glossary").select(".empty") == ["No term is explained yet."]


def test_the_footer_leads_there_after_logging_in(school: School) -> None:
    page = school.page("/standards/")
    assert {"Learning paths", "Standards", "Glossary"} <= set(page.select(".footer__links a"))
    assert "Glossary" not in school.app.test_client().get("/login").text


def test_a_learner_sees_until_when_their_own_pass_of_each_module_counts(school: School) -> None:
    assert "You passed it" not in school.page(STANDARD).text
    with school.on(FIRST_DAY):
        passed(person(school.buyer_id), "notices", FIRST_DAY, until=date(2028, 11, 30))
    first, second = school.page(STANDARD).select(".clause__modules li")
    assert first.endswith("You passed it, which counts until 30 November 2028.")
    assert "passed" not in second


def test_a_pass_that_no_longer_counts_is_said_with_its_day_beside_the_clause(school: School) -> None:
    with school.on(FIRST_DAY):
        passed(person(school.buyer_id), "notices", date(2024, 1, 1), until=date(2026, 1, 1))
    assert "Your pass counted until 1 January 2026." in school.page(STANDARD).text


def test_a_manager_sees_how_many_of_their_people_are_current_on_a_clause_and_who_is_not(
    school: School,
) -> None:
    ids = joined(school, "Asha Testwood", "Bryn Mockford", "Carys Exemplar")
    with school.on(FIRST_DAY):
        passed(person(ids["Asha Testwood"]), "standstill", date(2026, 1, 5))
        passed(person(ids["Bryn Mockford"]), "notices", date(2024, 1, 5), until=date(2026, 1, 5))
    page = school.page(STANDARD, of=school.manager_id)
    assert page.select(".clause__share") == ["1 of 4 of your people is current."]
    assert page.select(".clause details li") == ["Bryn Mockford", "Carys Exemplar", "Rowan Sample"]
    words = "On 30 November 2026 1 of 4 of your people is current on every clause that a module teaches."
    assert page.select(".sentence p")[0] == words


def test_who_is_away_is_left_out_and_named(school: School) -> None:
    ids = joined(school, "Asha Testwood")
    with school.on(FIRST_DAY):
        appointments.record_absence(ids["Asha Testwood"], date(2026, 11, 1), None, by=None)
    page = school.page(STANDARD, of=school.manager_id)
    assert page.select(".clause__share") == ["0 of 1 of your people are current."]
    words = "Nobody is current on any of them. Left out, because they are away: Asha Testwood."
    assert words in page.select(".sentence p")[0]


def test_a_manager_whose_people_are_all_away_is_told_so(school: School) -> None:
    with school.on(FIRST_DAY):
        appointments.record_absence(school.buyer_id, date(2026, 11, 1), None, by=None)
    page = school.page(STANDARD, of=school.manager_id)
    assert page.select(".clause__share") == []
    assert "Everybody who reports to you is away today, so nobody is counted." in page.text


def test_what_lapsed_in_an_absence_counts_for_sixty_days_after_it(school: School) -> None:
    with school.on(FIRST_DAY):
        appointments.record_absence(school.buyer_id, date(2026, 1, 1), date(2026, 11, 1), by=None)
        passed(person(school.buyer_id), "notices", date(2024, 6, 1), until=date(2026, 6, 1))
    page = school.page(STANDARD, of=school.manager_id)
    assert page.select(".clause__share") == ["1 of 1 of your people is current."]


def test_nobody_but_their_manager_sees_how_many_people_are_current(school: School) -> None:
    with school.on(FIRST_DAY):
        leads = [build.person("Idris Draftwell"), build.person("Lena Figures"), build.person("Nia Nation")]
        organisation = db.session.get_one(Organisation, "aldermoor")
        build.grant(leads[0], Duty.ORGANISATION_LEAD, organisation)
        build.grant(leads[1], Duty.REGION_LEAD, db.session.get_one(Region, organisation.region_id))
        build.grant(leads[2], Duty.NATIONAL_LEAD)
        elsewhere = build.person("Other Manager")
        build.grant(elsewhere, Duty.MANAGER, build.team(organisation, "Another team"))
        others = [each.id for each in (*leads, elsewhere)]
    for somebody in (*others, school.buyer_id):
        page = school.page(STANDARD, of=somebody)
        assert page.select(".clause__share") == []
        assert "Rowan Sample" not in page.text


def test_that_a_manager_looked_is_kept_once_a_day_and_the_person_sees_it(school: School) -> None:
    for _ in range(2):
        school.page(STANDARD, of=school.manager_id)
    school.page(STANDARD)
    (row,) = school.page("/record/seen").select("tbody tr")
    assert "Morgan Example Whether your passes count, beside the clauses of a standard" in row


def test_a_standard_costs_as_many_statements_with_many_people_as_with_few(school: School) -> None:
    def cost() -> int:
        school.page(STANDARD, of=school.manager_id)
        with statements() as sent:
            school.page(STANDARD, of=school.manager_id)
        return len(sent)

    few = cost()
    ids = joined(school, *(f"Person Number{number}" for number in range(12)))
    with school.on(FIRST_DAY):
        for each in ids.values():
            passed(person(each), "notices", FIRST_DAY)
    assert cost() == few <= MOST_STATEMENTS


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_a_standard_is_accessible_at_every_width(visitor: Visitor, school: School, width: int) -> None:
    joined(school, "Asha Testwood")
    with school.on(FIRST_DAY):
        passed(person(school.buyer_id), "notices", FIRST_DAY)
    page = visitor.page_at(width, person_id=school.manager_id)
    for address in ("/standards/", STANDARD):
        page.goto(address)
        demand_accessible(page)
        demand_no_sideways_scrolling(page)
