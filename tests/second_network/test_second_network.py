"""Another network on the same code: its own name, words, colours, framework, courses and regions."""

from csv import DictReader
from io import StringIO

import pytest
from flask import Flask
from lxml import html

from lms import create_app
from lms.core.settings import SettingsError
from tests.support.application import settings_for
from tests.support.crawl import crawl
from tests.support.databases import Databases
from tests.support.markup import SPOKEN, words_of
from tests.support.pages import CheckedClient, submit
from tests.support.second_network import (
    ADMINISTRATOR,
    AUTHOR,
    COURSES,
    FIRST_NETWORK,
    LEARNER,
    MANAGER,
    NATIONAL_LEAD,
    REGION_LEAD,
    client_of,
    command,
    id_of,
    pass_check,
)

EVERYBODY = (ADMINISTRATOR, MANAGER, LEARNER, NATIONAL_LEAD, REGION_LEAD, AUTHOR)


def rows(client: CheckedClient, by: str) -> dict[str, dict[str, str]]:
    """The gap report of the code and the law, as a file, by what a row is about."""
    text = client.get(f"/reports/gaps.csv?by={by}").text
    return {row["group"]: row for row in DictReader(StringIO(text)) if row["competency"] == "code-and-law"}


def test_what_one_person_learns_reaches_the_gap_report_of_the_networks_own_regions(app: Flask) -> None:
    lead, learner = client_of(app, NATIONAL_LEAD), client_of(app, LEARNER)
    before = rows(lead, "region")
    assert {key: (row["appointments"], row["below"]) for key, row in before.items()} == {
        "uplands": ("14", "14"),
        "lowlands": ("10", "10"),
    }
    assert "Who publishes it" in learner.page("/courses/the-code/what-the-code-is").text
    result = pass_check(learner, "what-the-code-is")
    assert "The code and the law behind it" in result.text
    assert "level 1" in learner.page("/record").text
    after = rows(lead, "region")
    assert (after["uplands"]["below"], after["lowlands"]["below"]) == ("13", "10")


def test_a_small_organisation_of_it_is_hidden_and_another_with_it(app: Flask) -> None:
    lead, learner = client_of(app, NATIONAL_LEAD), client_of(app, LEARNER)
    pass_check(learner, "what-the-code-is")
    hidden = {key for key, row in rows(lead, "organisation").items() if row["suppressed"] == "yes"}
    assert {"alder-laboratory", "birch-laboratory"} <= hidden
    page = lead.page("/reports/gaps?by=organisation&competency=code-and-law")
    assert page.select("#map") == ["Code and law, by laboratory"]
    assert {"Alder Laboratory", "Uplands", "Lowlands"} <= set(page.select("option"))


def test_a_manager_of_it_sees_the_team_and_assesses(app: Flask) -> None:
    manager, person = client_of(app, MANAGER), id_of(app, LEARNER)
    assert "Alder Person1" in manager.page("/team").text
    page = manager.page(f"/team/{person}/assess/methods")
    assert "Case reference or link" in page.text
    assert "Name no suspect, victim or witness, no other person" in page.text
    done = submit(
        page,
        {"level": "2"},
        words="CR-2026-0147. Worked within the limits of the method and stopped when the case lay outside.",
        seen_from="2/3/2026",
        seen_to="30/10/2026",
        action=page.response.request.path,
    )
    assert "Level 2 of Methods that are shown to work is recorded for Alder Person1" in done.text
    assert "level 2" in client_of(app, LEARNER).page("/record").text


@pytest.mark.parametrize("email", EVERYBODY)
def test_no_page_speaks_of_the_first_network(app: Flask, email: str) -> None:
    client = client_of(app, email)
    visits = crawl(client, most=120, of_a_kind=4, checked_of_a_kind=1)
    assert {each.address: each.status for each in visits if each.status >= 500} == {}
    found = {
        each.address: said for each in visits if (said := FIRST_NETWORK.findall(words_of_page(each.text)))
    }
    assert found == {}
    assert all("Forensic Learning" in each.text for each in visits if each.text and each.status == 200)


def words_of_page(page: str) -> str:
    """What a page says, and what its attributes say to those who do not see it."""
    if not page:
        return ""
    tree = html.document_fromstring(page)
    spoken = [element.get(name, "") for element in tree.iter() for name in SPOKEN]
    return " ".join([words_of(tree), *spoken])


def test_calculators_that_it_does_not_offer_have_no_page_and_no_link(app: Flask) -> None:
    client = client_of(app, LEARNER)
    assert client.get("/tools/").status_code == 404
    assert client.get("/tools/standstill").status_code == 404
    assert "Calculators" not in client.page("/courses/").links()


def test_the_demonstration_is_refused_with_another_network(databases: Databases) -> None:
    with pytest.raises(SettingsError, match="LMS_DEMONSTRATION"):
        create_app(settings_for("sqlite://", courses=COURSES, demonstration=True))


def test_organisations_that_joined_are_added_and_none_twice(app: Flask) -> None:
    assert command(app, "people", "add-organisations") == "New regions and organisations: 0\n"
