import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from urllib.parse import urlencode, urlsplit
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from lms.core.database import db
from lms.learning.enrolments import assign
from lms.people import appointments
from lms.people.models import RecordReading
from tests.support.managers import TODAY, World
from tests.support.pages import Page, submit
from tests.support.statements import statements
from tests.teams.test_matrix_page import people

MARCH = date(2027, 3, 14)


def asked_for(world: World, name: str, due: date) -> None:
    with world.app.app_context():
        reason = "before the tender"
        assign("standstill", [world.ids[name]], by=world.manager_id, due_day=due, reason=reason)


def lines(world: World, address: str) -> list[dict[str, str]]:
    world.open()
    response = world.client.get(address)
    assert response.mimetype == "text/csv"
    return list(csv.DictReader(StringIO(response.text)))


def outlook(page: Page, competency: str) -> list[str]:
    for row in page.tree.cssselect("#ahead ~ table tbody tr"):
        if row.cssselect("th")[0].text_content() == competency:
            return [" ".join(each.text_content().split()) for each in row.cssselect("td.nowrap, td p")]
    raise KeyError(competency)


def way_back(page: Page) -> str:
    return str(page.tree.cssselect(".govuk-back-link")[0].get("href"))


def test_each_filter_lists_only_whom_it_names(world: World) -> None:
    every = dict.fromkeys(["law", "risk", "tendering", "cost", "fraud"], 3)
    world.joins("Asha Testwood", every, role_profile="senior-buyer", until=date(2027, 1, 8))
    world.joins("Bryn Mockford", {**every, "cost": 1})
    world.joins("Carys Exemplar", every, role_profile="contract-manager")
    asked_for(world, "Carys Exemplar", TODAY - timedelta(days=1))
    listed = {
        "only=lapses": ["Asha Testwood"],
        "only=short": ["Bryn Mockford"],
        "only=overdue": ["Carys Exemplar"],
        "role=senior-buyer": ["Asha Testwood"],
        "only=short&about=cost": ["Bryn Mockford"],
        "only=short&about=law": [],
        "only=lapses&role=buyer": [],
    }
    assert {asked: people(world.open(f"/team?{asked}")) for asked in listed} == listed


def test_one_competency_or_one_area_is_shown_alone(world: World) -> None:
    world.joins("Asha Testwood")
    page = submit(world.open(), button="Show", about="law")
    assert page.select(".matrix__competency") == ["law"]
    assert len(submit(page, button="Show", about="source").select(".matrix__competency")) == 5


def test_no_match_is_not_an_empty_team_and_offers_all(world: World) -> None:
    world.joins("Asha Testwood")
    page = submit(world.open(), button="Show", only="overdue")
    assert "Nobody matches this choice. Show all" in page.text
    assert page.links()["Show all"] == "/team"


def test_what_the_address_says_wrong_is_as_usual(world: World) -> None:
    world.joins("Asha Testwood")
    assert people(world.open("/team?role=none&about=none&only=none&size=7")) == ["Asha Testwood"]


def test_overdue_work_is_counted_from_the_day_after_its_due_day(world: World) -> None:
    world.joins("Asha Testwood")
    world.joins("Bryn Mockford")
    asked_for(world, "Asha Testwood", TODAY - timedelta(days=1))
    asked_for(world, "Bryn Mockford", TODAY)
    page = world.open()
    assert page.select("tbody .matrix__person strong") == ["1 module overdue"]
    assert page.select(".person-card p strong") == ["1 module overdue"]


def test_cover_on_a_later_day_counts_what_is_known_of_it_today(world: World) -> None:
    world.joins("Asha Testwood", {"law": 3}, until=MARCH)
    bryn = world.joins("Bryn Mockford", {"law": 2})
    with world.app.app_context():
        appointments.record_absence(bryn, date(2027, 3, 1), None, by=None)
    page = world.open()
    assert outlook(page, "law") == [
        "1 of 2",
        "2 of 2",
        "Only Asha Testwood can lead.",
        "Nobody can lead from 14 March 2027, when Asha Testwood’s evidence ends.",
        "Nobody can do it from 14 March 2027, when Asha Testwood’s evidence ends.",
    ]
    count = "Count cover on this day"
    assert outlook(submit(page, button=count, on="13/3/2027"), "law")[:2] == [
        "1 of 2 1 of 1 then",
        "2 of 2 1 of 1 then",
    ]
    assert outlook(submit(page, button=count, on="14/3/2027"), "law")[:2] == [
        "1 of 2 0 of 1 then",
        "2 of 2 0 of 1 then",
    ]


def test_the_day_of_cover_and_the_filters_keep_each_other(world: World) -> None:
    world.joins("Asha Testwood", {"law": 1})
    later = submit(world.open("/team?only=short"), button="Count cover on this day", on="13/3/2027")
    assert people(later) == ["Asha Testwood"]
    assert "Nobody matches this choice." in submit(later, button="Show", only="overdue").text
    again = submit(later, button="Show", about="law")
    assert again.select("#ahead") == ["Cover today and on 13 March 2027"]


def test_where_roles_ask_to_lead_and_nobody_can_the_cover_ahead_says_so(world: World) -> None:
    world.joins("Asha Testwood", {"law": 2, "risk": 1}, role_profile="senior-buyer")
    page = world.open()
    assert outlook(page, "law")[2] == "Nobody can lead today, and 1 is in a role that asks for it."
    assert outlook(page, "cost") == ["0 of 1", "0 of 1", "Nobody can do it today."]
    sentence = page.select("#thin ~ ul li")[0]
    assert sentence.startswith("law: nobody of 1 can lead. 1 is in a role that asks for level 3.")
    assert "1 of those who are short is one level away." in sentence


@pytest.mark.parametrize("typed", ["29/11/2026", "tomorrow", "1/1/2031"])
def test_a_day_of_which_cover_cannot_be_counted_gets_a_sentence_and_keeps_what_was_typed(
    world: World, typed: str
) -> None:
    world.joins("Asha Testwood")
    page = world.open(f"/team?on={typed}", 400)
    assert page.tree.cssselect("#on")[0].get("value") == typed
    assert page.select(".govuk-error-summary a")
    assert page.tree.cssselect("title")[0].text_content().strip().startswith("Error:")
    answer = world.client.get(f"/team?on={typed}", headers={"HX-Request": "true"})
    assert answer.status_code == 422


def test_more_people_a_page_are_shown_where_they_are_asked_for(world: World) -> None:
    world.crowd(27)
    assert len(people(submit(world.open(), button="Show", size="100"))) == 27


def test_the_files_hold_everybody_listed_on_all_pages_and_the_filters_hold(world: World) -> None:
    world.crowd(27, {"law": 2})
    world.joins("Asha Testwood", {"law": 3}, role_profile="senior-buyer", until=date(2027, 1, 8))
    assert len(lines(world, "/team.csv")) == 28 * 5
    found = lines(world, "/team.csv?role=senior-buyer&about=law")
    assert [(each["name"], each["held"], each["required"], each["lapses_on"]) for each in found] == [
        ("Asha Testwood", "3", "3", "2027-01-08")
    ]
    with ZipFile(BytesIO(world.client.get("/team.xlsx?role=senior-buyer").data)) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    assert "Asha Testwood" in words
    assert "Person 01" not in words


def test_a_file_is_kept_as_read_for_each_of_its_people(world: World) -> None:
    world.crowd(27)
    lines(world, "/team.csv")
    with world.app.app_context():
        assert db.session.scalar(select(func.count(RecordReading.person_id.distinct()))) == 27


def test_a_name_like_a_formula_stays_a_name(world: World) -> None:
    world.joins("=cmd()")
    assert {each["name"] for each in lines(world, "/team.csv")} == {"'=cmd()"}


@pytest.mark.parametrize("address", ["/team.csv", "/team.xlsx", "/team?size=300&on=1/6/2027&only=short"])
def test_files_and_filters_cost_as_many_statements_with_many_people_as_with_few(
    world: World, address: str
) -> None:
    def cost() -> int:
        world.open()
        with statements() as seen:
            assert world.client.get(address).status_code == 200
        return len(seen)

    world.joins("Asha Testwood", {"law": 2})
    few = cost()
    world.crowd(30, {"law": 2, "risk": 1})
    assert cost() == few


def test_a_file_of_a_team_that_is_not_covered_does_not_exist(world: World) -> None:
    world.open()
    assert world.client.get("/team.csv?team=99999").status_code == 404


def test_a_person_leads_back_to_the_list_as_it_was_also_from_another_day(world: World) -> None:
    world.crowd(27, {"law": 1})
    lapsing = world.open("/team?only=short&order=role&page=2&on=2027-06-01")
    back = "/team?only=short&order=role&on=2027-06-01&page=2#everyone"
    person = world.open(lapsing.links()["Person 26"], fragment=False)
    assert way_back(person) == back
    assert way_back(submit(person, as_of="30/10/2026", button="Show this date")) == back
    assert people(world.open(back.partition("#")[0])) == ["Person 25", "Person 26"]


@pytest.mark.parametrize("state", ["", "team=x&page=0", "//elsewhere.example/", "role=none&on=1/1/1999"])
def test_a_way_back_that_nobody_gave_leads_to_the_team_and_nowhere_else(world: World, state: str) -> None:
    rowan = world.joins("Rowan Sample")
    page = world.open(f"/team/{rowan}?{urlencode({'back': state})}")
    assert urlsplit(way_back(page))[:3] == ("", "", "/team")
