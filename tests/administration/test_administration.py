"""The first page of administrators: who lies within their scope, and nobody else."""

from datetime import date

import pytest
from lxml import html

from lms.core.database import db
from lms.people.grants import end_grant
from lms.people.models import Duty, Team
from tests.administration.conftest import TODAY, Offices
from tests.support import build
from tests.support.pages import submit
from tests.support.pseudo import pseudo_language, untranslated
from tests.support.statements import statements

ALL = ["Ada Adminton", "Asha Testwood", "Bryn Mockford", "Kit Draftwood", "Rae Regionson", "Rowan Sample"]


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("Ada Adminton", ["Ada Adminton", "Rowan Sample"]),
        ("Rae Regionson", ["Ada Adminton", "Bryn Mockford", "Rae Regionson", "Rowan Sample"]),
        ("Kit Draftwood", ALL),
    ],
)
def test_an_administrator_sees_the_people_of_the_own_scope(
    offices: Offices, name: str, people: list[str]
) -> None:
    page = offices.page(name)
    assert page.h1 == "Administration"
    assert page.select("tbody th a")[: len(people)] == people
    seen = {each for each in ALL if each in page.text}
    assert seen == set(people)
    for each in ALL:
        offices.page(name, offices.about(each), 200 if each in people else 404)


def test_the_first_sentence_counts(offices: Offices) -> None:
    assert (
        "You look after 6 people in 3 organisations. 3 people hold a grant beyond their own record."
        in offices.page("Kit Draftwood").text
    )
    assert (
        "You look after 2 people in 1 organisation. 1 person holds a grant beyond their own record."
        in offices.page("Ada Adminton").text
    )


def test_a_row_says_where_somebody_works_and_what_they_may_do(offices: Offices) -> None:
    offices.give("Rowan Sample", Duty.MANAGER, "Buying of aldermoor")
    row = offices.page("Ada Adminton").select("tbody tr")[1]
    work = "Buyer, Buying of aldermoor, Aldermoor Police since 1 January 2024"
    assert row == f"Rowan Sample rowan.sample@example.org {work} Manager"


@pytest.mark.parametrize("path", ["", "/people/1", "/organisations/aldermoor"])
def test_it_is_for_administrators(offices: Offices, path: str) -> None:
    assert "Administration" not in offices.page("Rowan Sample", path, 403).select("nav a")
    assert offices.page("Ada Adminton").select("nav .wide-only a[aria-current]") == ["Administration"]


def test_a_grant_that_has_ended_opens_nothing(offices: Offices) -> None:
    with offices.app.app_context():
        held = offices.grants("Ada Adminton")[0]
        end_grant(held.id, TODAY, by=None, reason="another task")
    offices.page("Ada Adminton", status=403)


@pytest.mark.parametrize("words", ["rowan", "SAMPLE", "rowan.sample@", "sample rowan"])
def test_people_are_found_by_name_and_by_address(offices: Offices, words: str) -> None:
    page = submit(offices.page("Kit Draftwood"), q=words)
    assert page.select("tbody th a")[0] == "Rowan Sample"
    assert "1 person fits the search." in page.text
    assert page.tree.cssselect("#q")[0].get("value") == words


@pytest.mark.parametrize("words", ["%", "_", "rowan testwood", "Asha"])
def test_a_search_that_fits_nobody_of_the_scope_offers_to_show_all(offices: Offices, words: str) -> None:
    page = submit(offices.page("Ada Adminton"), q=words)
    assert "Nobody fits this search." in page.text
    assert page.follow("Show all").path == "/administration"


def test_twenty_five_people_a_page(offices: Offices) -> None:
    offices.crowd(30, "Buying of aldermoor")
    first = offices.page("Ada Adminton")
    assert len(first.select("tbody th")) == 25 + 1
    assert "Page 1 of 2, by name." in first.text
    second = offices.page("Ada Adminton", "?page=2")
    assert [each for each in second.select("tbody th a") if each.startswith("Rowan")] == ["Rowan Sample"]
    assert offices.page("Ada Adminton", "?page=99").select("tbody th") == second.select("tbody th")
    assert "page=2" in offices.page("Ada Adminton", "?q=person").links()["Next"]


def test_the_page_costs_the_same_with_few_and_with_many(offices: Offices) -> None:
    def cost() -> int:
        client = offices.enter("Rae Regionson")
        with statements() as seen:
            client.page("/administration", fragment=False)
        return len(seen)

    offices.page("Rae Regionson")  # the content that is published is read once in a process
    before = cost()
    offices.crowd(60, "Buying of aldermoor")
    offices.give("Rowan Sample", Duty.MANAGER, "Buying of aldermoor")
    assert cost() == before
    assert before <= 8


def test_the_organisations_of_the_scope_stand_by_region(offices: Offices) -> None:
    assert (
        offices.page("Ada Adminton").select("tbody tr")[-1]
        == "Aldermoor Police 1 January 2024 Under its name"
    )
    page = offices.page("Kit Draftwood")
    assert len(page.select("main summary")) == 2
    assert "2 of 2 on board" in page.text
    assert list(page.links())[-3:] == ["Aldermoor Police", "Brackenshire Police", "Cranmoor Police"]


def test_who_is_to_come_and_who_has_left_stay_with_their_organisation(offices: Offices) -> None:
    offices.add("Ellis Octavo", "Buying of aldermoor", since=date(2027, 2, 1))
    offices.add("Daniel Quarto", "Buying of aldermoor", until=date(2026, 6, 1))
    page = offices.page("Ada Adminton")
    assert "Aldermoor Police from 1 February 2027" in page.text
    assert "Aldermoor Police left on 1 June 2026" in page.text
    offices.page("Rae Regionson", offices.about("Daniel Quarto"))


def test_who_moved_to_another_force_is_looked_after_there(offices: Offices) -> None:
    offices.add("Daniel Quarto", "Buying of aldermoor", until=date(2026, 6, 1))
    with offices.app.app_context():
        team = db.session.get_one(Team, offices.teams["Buying of cranmoor"])
        build.appointed(offices.person("Daniel Quarto"), team, from_day=date(2026, 6, 1))
    offices.page("Ada Adminton", offices.about("Daniel Quarto"), 404)
    assert "Cranmoor Police" in offices.page("Kit Draftwood", offices.about("Daniel Quarto")).text


def test_who_holds_a_grant_over_a_team_looks_after_the_teams_below_it(offices: Offices) -> None:
    offices.give("Rowan Sample", Duty.ADMINISTRATOR, "Commercial of brackenshire")
    page = offices.page("Rowan Sample")
    assert page.select("tbody th a") == ["Bryn Mockford", "Rae Regionson"]
    assert "not over a whole organisation" in page.text
    offices.page("Rowan Sample", offices.about("Bryn Mockford"))
    offices.page("Rowan Sample", offices.about("Ada Adminton"), 404)


def test_every_text_can_be_translated(offices: Offices) -> None:
    offices.give("Rowan Sample", Duty.MANAGER, "Buying of aldermoor")
    pages = ["", "?q=zzz", offices.about("Rowan Sample"), offices.about("Rowan Sample", "/grants")]
    pages += [offices.about("Rowan Sample", "/grants/assessor"), "/organisations/aldermoor"]
    client = offices.enter("Kit Draftwood")
    with pseudo_language():
        for path in pages:
            answer = client.get(f"/administration{path}", checked=False)
            assert answer.status_code == 200
            main = html.document_fromstring(answer.text).cssselect("main")[0]
            for named in main.cssselect("option[value*=':']"):
                named.drop_tree()
            assert untranslated(html.tostring(main, encoding="utf-8").decode()) == []
