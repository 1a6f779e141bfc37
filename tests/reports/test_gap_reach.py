"""How far each lead sees: what lies beyond does not exist for them."""

import pytest

from lms.competencies.offers import offer
from lms.core.database import db
from lms.people.models import Duty, Person, Region, Sharing, Team
from tests.support import build
from tests.support.heat import HIDDEN, rows, table, tiles
from tests.support.service import REGIONS, Service

PAGE = "/reports/gaps"
LEADS = ("national-lead", "region-lead", "organisation-lead", "manager-lead")


def titles(service: Service, address: str, who: str) -> list[str]:
    return list(dict.fromkeys(row for row, _ in table(service.open(address, who))))


def status(service: Service, choice: str, who: str) -> set[int]:
    """What page and file answer, which is the same."""
    client = service.client(who)
    page = client.get(f"{PAGE}?{choice}", fragment=False)
    return {page.status_code, client.get(f"{PAGE}.csv?{choice}").status_code}


@pytest.mark.parametrize("who", LEADS)
@pytest.mark.parametrize(
    "choice",
    [
        "region=nowhere",
        "by=role&organisation=nobody",
        "role=king",
        "pillar=salt",
        "competency=singing",
        "by=organisation&region=nowhere",
    ],
)
def test_what_nobody_knows_is_not_found(service: Service, choice: str, who: str) -> None:
    assert status(service, choice, who) == {404}


def test_without_a_leads_grant_there_are_no_reports(service: Service) -> None:
    assert status(service, "", "manager") == {403}
    assert "Reports" not in service.open("/team", "manager").select("nav a")


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ("by=role&organisation=aldermoor", 200),
        ("by=organisation&organisation=fenvale", 200),
        ("by=organisation&region=east", 200),
        ("by=role&region=north", 200),
        ("by=role&organisation=fellmoor", 404),
        ("by=organisation&organisation=glanhafod", 404),
        ("by=region&organisation=tarnbeck", 404),
        ("by=organisation&region=north", 404),
        ("by=team&organisation=aldermoor", 404),
    ],
)
def test_a_region_lead_opens_the_organisations_of_the_own_region_alone(
    service: Service, choice: str, found: int
) -> None:
    assert status(service, choice, "region-lead") == {found}


def test_a_region_lead_compares_all_regions_and_lists_the_own_organisations(service: Service) -> None:
    assert titles(service, f"{PAGE}?by=region", "region-lead") == list(REGIONS.values())
    page = service.open(f"{PAGE}?by=organisation", "region-lead")
    assert {row for row, _ in table(page)} == {
        "Aldermoor Police",
        "Fenvale Police",
        "Fire-Aldermoor Police",
        "Woldmarsh Police",
    }
    assert page.select(".heat-table tfoot th") == ["East Midlands"]
    offered = page.select("#organisation option")
    assert offered == ["All organisations", *sorted({row for row, _ in table(page)})]
    assert len(tiles(page)) == 3


def test_rows_by_organisation_are_offered_for_regions_that_may_be_opened(service: Service) -> None:
    page = service.open(f"{PAGE}?by=organisation", "region-lead")
    assert page.select("#region option") == ["East Midlands"]
    assert len(service.open(f"{PAGE}?by=region", "region-lead").select("#region option")) == 5


def test_a_region_lead_begins_with_the_own_region_one_link_away_from_all(service: Service) -> None:
    page = service.open(PAGE, "region-lead")
    assert page.h1 == "Skills gaps by organisation"
    assert page.select(".heat-table tfoot th") == ["East Midlands"]
    assert titles(service, PAGE, "region-lead") == titles(service, f"{PAGE}?by=organisation", "region-lead")
    whole = dict(zip(page.select(".heat-table__competency"), page.select("tfoot td"), strict=True))
    shares = {key: int(value) for key, value in whole.items() if value.isdigit()}
    (chosen,) = page.select(".heat-table__competency a[aria-current]")
    assert shares[chosen] == max(shares.values())
    everybody = page.follow("All regions")
    assert everybody.select(".heat-table tbody th a") == list(REGIONS.values())
    assert service.open(f"{PAGE}?role=buyer&pillar=energy", "region-lead").h1 == "Skills gaps by region"


def test_who_leads_the_nation_or_two_regions_begins_with_all_regions(service: Service) -> None:
    assert titles(service, PAGE, "national-lead") == list(REGIONS.values())
    with service.app.app_context():
        lead = db.session.get_one(Person, service.ids["region-lead"])
        build.grant(lead, Duty.REGION_LEAD, db.session.get_one(Region, "wales"))
    assert titles(service, PAGE, "region-lead") == list(REGIONS.values())


def test_an_organisation_lead_sees_the_own_organisation_beside_its_region(service: Service) -> None:
    page = service.open(PAGE, "organisation-lead")
    assert page.h1 == "Skills gaps by organisation"
    assert {row for row, _ in table(page)} == {"Aldermoor Police"}
    assert page.select(".heat-table tfoot th") == ["East Midlands"]
    assert [each.text_content() for each in page.tree.cssselect(".heat-table__own th")] == [
        "Aldermoor PoliceYours"
    ]
    assert len(tiles(page)) == 1
    nation = service.open(f"{PAGE}?by=organisation&organisation=aldermoor")
    assert table(page) == table(nation)
    assert table(page, "tfoot") == table(nation, "tfoot")


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ("by=role&organisation=aldermoor", 200),
        ("by=pillar&region=east", 200),
        ("by=organisation&organisation=fenvale", 404),
        ("by=region&region=north", 404),
        ("by=role&region=wales", 404),
        ("by=team&organisation=aldermoor", 404),
    ],
)
def test_an_organisation_lead_opens_nothing_else(service: Service, choice: str, found: int) -> None:
    assert status(service, choice, "organisation-lead") == {found}


@pytest.mark.parametrize("by", ["region", "role", "pillar"])
def test_an_organisation_lead_never_gets_the_nation(service: Service, by: str) -> None:
    client = service.client("organisation-lead")
    region = rows(client, f"{PAGE}.csv?by={by}&region=east")
    assert rows(client, f"{PAGE}.csv?by={by}") == region
    assert rows(client, f"{PAGE}.csv?by={by}&region=") == region
    assert service.open(f"{PAGE}?by={by}", "organisation-lead").select(".heat-table tfoot th") == [
        "East Midlands"
    ]
    assert service.open(PAGE, "organisation-lead").select("#region option") == ["East Midlands"]


def test_teams_are_for_those_who_manage_their_people(service: Service) -> None:
    page = service.open(f"{PAGE}?by=team&organisation=aldermoor", "manager-lead")
    assert page.h1 == "Skills gaps by team"
    assert {row for row, _ in table(page)} == {"Aldermoor sourcing team"}
    assert HIDDEN not in table(page).values()
    assert "Teams" in page.select("#by option")
    assert status(service, "by=team&organisation=fenvale", "manager-lead") == {404}
    assert status(service, "by=team&organisation=fellmoor", "manager-lead") == {404}
    for who in ("national-lead", "region-lead", "organisation-lead"):
        assert status(service, "by=team&organisation=aldermoor", who) == {404}
        assert status(service, "by=team", who) == {404}
        assert "Teams" not in service.open(PAGE, who).select("#by option")


def test_teams_need_an_organisation(service: Service) -> None:
    page = service.open(f"{PAGE}?by=team", "manager-lead", status=400)
    assert page.select(".govuk-error-summary a") == ["Choose one organisation to see its teams"]


def test_an_organisation_that_shares_nothing_or_no_name_cannot_be_opened(service: Service) -> None:
    service.share("aldermoor", Sharing.NONE)
    service.share("woldmarsh", Sharing.UNNAMED)
    for organisation in ("aldermoor", "woldmarsh"):
        for who in ("national-lead", "region-lead"):
            assert status(service, f"by=role&organisation={organisation}", who) == {404}
    page = service.open(f"{PAGE}?by=organisation&region=east")
    assert {row for row, _ in table(page)} == {"Fenvale Police", "Fire-Aldermoor Police"}
    assert len(tiles(page)) == 6


def test_who_leads_an_organisation_sees_it_whatever_it_shares(service: Service) -> None:
    before = service.open(PAGE, "organisation-lead")
    service.share("aldermoor", Sharing.NONE)
    page = service.open(PAGE, "organisation-lead")
    assert table(page) == table(before)
    assert table(page, "tfoot") == table(before, "tfoot")
    assert "share" not in page.select(".sentence p")[-1]


def test_who_leads_the_nation_and_a_region_sees_no_region_as_the_own(service: Service) -> None:
    with service.app.app_context():
        lead = db.session.get_one(Person, service.ids["national-lead"])
        build.grant(lead, Duty.REGION_LEAD, db.session.get_one(Region, "east"))
    page = service.open()
    assert page.select(".heat-table__own") == []
    assert len(page.select(".heat-table tbody th a")) == 4


def test_who_leads_two_regions_sees_both_marked_and_lists_the_organisations_of_both(
    service: Service,
) -> None:
    with service.app.app_context():
        lead = db.session.get_one(Person, service.ids["region-lead"])
        build.grant(lead, Duty.REGION_LEAD, db.session.get_one(Region, "wales"))
    assert len(service.open(PAGE, "region-lead").select(".heat-table__own")) == 2
    page = service.open(f"{PAGE}?by=organisation", "region-lead")
    assert "Glanhafod Police" in {row for row, _ in table(page)}
    assert page.select(".heat-table tfoot th") == ["All regions"]


def test_who_may_see_people_by_name_is_told_whom_of_them_to_ask(service: Service) -> None:
    address = f"{PAGE}?competency=risk"
    assert "has agreed to be asked yet" in service.open(address, "manager-lead").text
    with service.app.app_context():
        adept = build.person("Rowan Skilled", learner=False)
        build.appointed(adept, db.session.get_one(Team, service.team), "buyer")
        build.evidence(adept, "risk", 3)
        offer(adept.id, ["risk"])
    assert "Rowan Skilled, level 3" in service.open(address, "manager-lead").text
    for lead in ("national-lead", "region-lead", "organisation-lead"):
        assert "Rowan Skilled" not in service.open(address, lead).text
