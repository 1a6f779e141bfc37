"""Every cell leads to its group, as far as a grant goes, and the sentence there explains the figure."""

from urllib.parse import parse_qs, urlsplit

import pytest

from lms.competencies.suppression import NO_PILLAR
from lms.core.database import db
from lms.people.grants import end_grant
from lms.people.models import Duty, Grant, Person
from tests.support import build
from tests.support.heat import HIDDEN, NOBODY, rows, table
from tests.support.pages import Page
from tests.support.service import REGIONS, TODAY, Service

PAGE = "/reports/gaps"


def ways(page: Page, part: str = "tbody") -> dict[tuple[str, str], str]:
    """The addresses of the cells of the table, by row and column."""
    heads = page.select(".heat-table thead th.heat-table__competency")
    found = {}
    for key, cell in zip(table(page, part), page.tree.cssselect(f".heat-table {part} td"), strict=True):
        assert key[1] in heads
        links = cell.cssselect("a")
        if links:
            found[key] = links[0].get("href", "")
    return found


def asked(address: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}


@pytest.mark.parametrize("who", ["national-lead", "region-lead", "organisation-lead"])
@pytest.mark.parametrize(
    "choice", ["", "by=region", "by=role", "by=pillar", "by=role&region=east", "by=organisation&region=east"]
)
def test_every_figure_leads_to_a_page_whose_whole_it_is(service: Service, who: str, choice: str) -> None:
    client = service.client(who)
    page = client.page(f"{PAGE}?{choice}")
    cells, links = table(page), ways(page)
    assert set(links) == {key for key, value in cells.items() if value not in {HIDDEN, NOBODY}}
    for (row, competency), address in list(links.items())[::4]:
        there = client.page(address)
        assert (
            table(there, "tfoot")[there.select(".heat-table tfoot th")[0], competency]
            == cells[row, competency]
        )
        assert f"({cells[row, competency]}%)" in there.select(".sentence p")[0]
        assert there.select(".heat-table__competency a[aria-current]") == [competency]


@pytest.mark.parametrize(
    ("who", "choice", "by", "of"),
    [
        ("national-lead", "by=region", "organisation", {"region"}),
        ("national-lead", "by=region&pillar=energy", "organisation", {"region", "pillar"}),
        ("national-lead", "by=organisation", "role", {"organisation"}),
        ("national-lead", "by=organisation&pillar=energy", "pillar", {"organisation", "pillar"}),
        ("national-lead", "by=role", "region", {"role"}),
        ("national-lead", "by=pillar", "region", {"pillar"}),
        ("region-lead", "by=role&region=east", "organisation", {"region", "role"}),
        ("region-lead", "by=role&region=north", "role", {"region", "role"}),
        ("organisation-lead", "by=organisation", "role", {"organisation"}),
        ("organisation-lead", "by=role&organisation=aldermoor", "role", {"organisation", "role", "region"}),
    ],
)
def test_a_figure_leads_as_far_as_the_grant_goes(
    service: Service, who: str, choice: str, by: str, of: set[str]
) -> None:
    page = service.open(f"{PAGE}?{choice}", who)
    for address in ways(page).values():
        found = asked(address)
        assert found["by"] == by
        assert of - {"region"} <= set(found) - {"by", "competency", "as_of"} <= of
        assert found["competency"]


def test_a_region_lead_is_led_to_the_roles_of_another_region(service: Service) -> None:
    links = ways(service.open(f"{PAGE}?by=region&competency=law", "region-lead"))
    assert asked(links["East Midlands", "law"])["by"] == "organisation"
    north = asked(links["North East", "law"])
    assert (north["by"], north["region"]) == ("role", "north")


@pytest.mark.parametrize(("key", "value"), [("measure", "lapsed"), ("pillar", "energy")])
def test_the_whole_leads_to_its_competency_and_choices_are_kept(
    service: Service, key: str, value: str
) -> None:
    page = service.open(f"{PAGE}?as_of=2026-06-01&known_at=2026-08-31&{key}={value}")
    for address in (*ways(page).values(), *ways(page, "tfoot").values()):
        found = asked(address)
        assert (found["as_of"], found["known_at"]) == ("2026-06-01", "2026-08-31")
        assert found[key] == value
    assert {asked(address)["by"] for address in ways(page, "tfoot").values()} == {"region"}


def test_an_organisation_leads_on_to_teams_for_those_who_may_name_them(service: Service) -> None:
    page = service.open(f"{PAGE}?by=role&organisation=aldermoor", "manager-lead").follow("By team")
    assert page.h1 == "Skills gaps by team"
    assert set(page.select(".heat-table tbody th a")) == {"Aldermoor sourcing team"}
    assert set(ways(page).values()) == {"/team"}
    assert "By team" not in service.open(f"{PAGE}?by=role&organisation=fenvale", "manager-lead").links()
    for who in ("national-lead", "organisation-lead"):
        assert "By team" not in service.open(f"{PAGE}?by=role&organisation=aldermoor", who).links()


def test_the_sentence_explains_the_figure_in_words(service: Service) -> None:
    found = rows(service.client(), f"{PAGE}.csv?by=region")
    row = next(row for row in found if row["unrecorded"] and int(row["below"]) > 1)
    page = service.open(f"{PAGE}?by=role&region={row['group']}&competency={row['competency']}")
    first, details, who = page.select(".sentence p")
    assert first.startswith(f"{REGIONS[row['group']]}, 30 November 2026: ")
    asked_for = row["competency"].capitalize()
    assert f"{row['below']} of the {row['appointments']} people whose role asks for {asked_for}" in first
    kinds = f"nothing recorded yet {row['unrecorded']}, lapsed {row['lapsed']}, short {row['short']}."
    assert f"Of the {row['below']}: {kinds}" in details
    assert "Missing in all: " in details
    assert "level 3 Practitioner" in details
    assert "level 4 Expert" in details
    assert "counted." in who


def test_the_sentence_of_an_organisation_says_why_it_names_no_kinds(service: Service) -> None:
    page = service.open(f"{PAGE}?by=role&organisation=aldermoor&competency=law")
    first, details, who = page.select(".sentence p")
    assert first.startswith("Aldermoor Police, 30 November 2026: ")
    assert "are shown for whole regions only, since they would give small groups away" in details
    assert "1 of 1 organisation counted." in who


def test_a_role_and_a_pillar_are_named_in_the_sentence(service: Service) -> None:
    page = service.open(f"{PAGE}?role=buyer&pillar=energy&competency=law")
    assert page.select(".sentence p")[0].startswith("All regions, Buyer, Energy pillar, 30 November 2026: ")
    nowhere = service.open(f"{PAGE}?pillar={NO_PILLAR}&competency=law")
    assert nowhere.select(".sentence p")[0].startswith("All regions, in no pillar, 30 November 2026: ")


def test_the_sentence_names_the_figure_of_a_quarter_ago_where_both_are_shown(service: Service) -> None:
    before = rows(service.client(), f"{PAGE}.csv?by=region&region=east&as_of=2026-08-31")
    (law,) = [row for row in before if row["competency"] == "law"]
    page = service.open(f"{PAGE}?by=role&region=east&competency=law")
    share = round(100 * float(law["share_below"]) + 0.001)
    said = f"It was {law['below']} of {law['appointments']} ({share}%) on 31 August 2026."
    assert said in page.select(".sentence p")[0]
    first = service.open(f"{PAGE}?by=role&region=east&competency=law&as_of=2024-03-01")
    assert "It was" not in first.select(".sentence p")[0]
    small = service.open(f"{PAGE}?by=role&organisation=fire-aldermoor&competency=law")
    assert "It was" not in small.select(".sentence p")[0]


def test_an_organisation_lead_reads_the_own_figure_beside_that_of_the_region(service: Service) -> None:
    page = service.open(f"{PAGE}?competency=law", "organisation-lead")
    region, own = table(page, "tfoot")["East Midlands", "law"], table(page)["Aldermoor Police", "law"]
    words = page.select(".sentence p")[0]
    assert words.startswith("East Midlands, 30 November 2026: ")
    assert f"({region}%)" in words
    assert f"({own}%)" in words.partition("Aldermoor Police: ")[2]


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}.csv", f"{PAGE}.xlsx", f"{PAGE}.json", "/reports/method"])
def test_who_led_until_a_day_is_told_when_it_ended_and_whom_to_ask(service: Service, address: str) -> None:
    client = service.client("region-lead")
    client.page(PAGE)
    with service.app.app_context():
        grant = db.session.query(Grant).filter_by(person_id=service.ids["region-lead"]).one()
        end_grant(grant.id, TODAY, by=None, reason="they work elsewhere")
    page = client.page(address, 403)
    assert page.h1 == "You may not open this page"
    assert "Your access to it ended on 30 November 2026." in page.text
    assert "ask your administrator" in page.text
    part = client.get(PAGE, headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (403, PAGE)


def test_who_never_led_is_told_of_no_day(service: Service) -> None:
    with service.app.app_context():
        build.grant(db.session.get_one(Person, service.ids["manager"]), Duty.AUTHOR)
    page = service.client("manager").page(PAGE, 403)
    assert "ended" not in page.text
    assert "Your account does not include it." in page.text


def test_why_it_moved_and_compare_are_asked_of_the_same_choice(service: Service) -> None:
    page = service.open(f"{PAGE}?by=role&region=east&competency=law&measure=lapsed&order=name")
    why = asked(page.links()["Why it moved"])
    kept = {"region": "east", "competency": "law"}
    assert kept.items() <= why.items()
    assert (why["from"], why["to"]) == ("2026-08-31", "2026-11-30")
    assert kept.items() <= asked(page.links()["Compare"]).items()
    assert page.follow("Why it moved").h1 == "Why it moved"
    assert page.follow("Compare").response.status_code == 200
    assert "Why it moved" not in service.open(f"{PAGE}?as_of=2024-01-01").links()
