"""What the page says: headings, sentence, notes, marks, and a choice that does not hold."""

from datetime import timedelta

import pytest
from flask import Flask

from lms.core.database import db
from lms.people.acts import act
from lms.people.models import Duty, Organisation, Sharing, Team
from tests.support import build
from tests.support.application import sign_in
from tests.support.heat import HIDDEN, table, tiles
from tests.support.pages import CheckedClient, Page, submit
from tests.support.service import ASKED, BEFORE, REGIONS, TODAY, Service
from tests.support.statements import statements

PAGE = "/reports/gaps"
MOST_STATEMENTS = 56
"""Of a page whose ten days are read for the first time for one who manages: four for each, and more."""
SIGN_IN = 1


def sentence(page: Page) -> str:
    return page.select(".sentence p")[0]


def who_is_counted(page: Page) -> str:
    return page.select(".sentence p")[-1]


def row_titles(page: Page) -> list[str]:
    return list(dict.fromkeys(row for row, _ in table(page)))


def test_the_national_lead_begins_with_all_regions_today(service: Service) -> None:
    page = service.open()
    assert page.h1 == "Skills gaps by region"
    assert page.title.startswith("Skills gaps by region, ")
    assert row_titles(page) == list(REGIONS.values())
    assert sentence(page).startswith("All regions, 30 November 2026: ")
    assert page.select(".heat-table tfoot th") == ["All regions"]


@pytest.mark.parametrize(
    ("choice", "heading", "first_column", "titles"),
    [
        ("by=organisation&region=north", "Skills gaps by organisation", "Organisation", None),
        ("by=role", "Skills gaps by role", "Role", ["Buyer", "Contract manager", "Senior buyer"]),
        (
            "by=pillar",
            "Skills gaps by pillar",
            "Pillar",
            ["Operational pillar", "Energy pillar", "In no pillar"],
        ),
    ],
)
def test_headings_follow_what_a_row_is(
    service: Service, choice: str, heading: str, first_column: str, titles: list[str] | None
) -> None:
    page = service.open(f"{PAGE}?{choice}")
    assert page.h1 == heading
    assert page.tree.cssselect(".heat-table thead th")[0].text_content().split()[0] == first_column
    assert row_titles(page) == (titles or ["Fellmoor Police", "Tarnbeck Police"])


def test_the_order_is_filters_sentence_table_map_two_years_downloads(service: Service) -> None:
    text = service.open().response.text
    parts = [
        'class="filters filters--report"',
        'class="sentence"',
        'class="heat-table"',
        'class="tile-map"',
        'class="chart chart--wide"',
        'class="downloads"',
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_the_caption_says_percent_and_the_map_leads_to_its_table(service: Service) -> None:
    page = service.open()
    assert "in percent" in page.select(".heat-table caption")[0]
    same = page.follow("The same as a table")
    assert same.h1 == "Skills gaps by organisation"


def test_a_column_heading_chooses_the_competency_of_sentence_and_map(service: Service) -> None:
    page = service.open().follow("cost")
    assert "whose role asks for Cost" in sentence(page)
    assert page.select("#map") == ["cost, by force"]
    chosen = page.tree.cssselect(".heat-table__competency a[aria-current]")
    assert [each.text_content() for each in chosen] == ["cost"]
    kept = submit(page, by="role")
    assert "whose role asks for Cost" in sentence(kept)


def test_a_region_leads_to_its_organisations_and_one_of_these_to_its_roles(service: Service) -> None:
    organisations = service.open().follow("East Midlands")
    assert organisations.h1 == "Skills gaps by organisation"
    assert organisations.select(".heat-table tfoot th") == ["East Midlands"]
    roles = organisations.follow("Aldermoor Police")
    assert row_titles(roles) == ["Buyer", "Contract manager", "Senior buyer"]
    assert roles.select(".heat-table tfoot th") == ["Aldermoor Police"]


def test_there_is_no_map_where_a_force_would_be_the_third_choice(service: Service) -> None:
    page = service.open(f"{PAGE}?role=buyer&pillar=energy")
    assert page.select(".tile-map") == []
    region = page.follow("East Midlands")
    assert row_titles(region) == ["Buyer"]
    assert region.select(".heat-table tfoot th") == ["East Midlands"]


def test_the_sentence_names_the_region_with_the_highest_share_only_when_all_are_shown(
    service: Service,
) -> None:
    page = service.open(f"{PAGE}?competency=law")
    shares = {row: value for (row, competency), value in table(page).items() if competency == "law"}
    assert HIDDEN not in shares.values()
    highest = max(shares, key=lambda row: int(shares[row]))
    assert f"The highest share is that of {highest}: " in sentence(page)
    assert "highest" not in sentence(service.open(f"{PAGE}?competency=risk"))
    assert "highest" not in sentence(service.open(f"{PAGE}?by=organisation&competency=law"))


def test_the_sentence_says_nothing_of_a_hidden_total(service: Service) -> None:
    page = service.open(f"{PAGE}?by=role&organisation=fire-aldermoor&competency=law")
    assert set(table(page, "tfoot").values()) <= {HIDDEN, "–"}
    assert "no figure of Law is shown" in sentence(page)
    assert not any(letter.isdigit() for letter in sentence(page).replace("30 November 2026", ""))


def test_an_organisation_as_a_row_has_its_region_beside_it(service: Service) -> None:
    page = service.open(f"{PAGE}?by=organisation&organisation=aldermoor&competency=law")
    assert row_titles(page) == ["Aldermoor Police"]
    assert page.select(".heat-table tfoot th") == ["East Midlands"]
    assert sentence(page).startswith("East Midlands, ")
    assert "Aldermoor Police: " in sentence(page)


def test_the_page_says_by_what_it_counted(service: Service) -> None:
    assert "Counted by what is known now." in sentence(service.open())
    known = service.open(f"{PAGE}?as_of={BEFORE}&known_at=2026-08-31")
    assert "All regions, 1 June 2026: " in sentence(known)
    assert "Counted by what was known on 31 August 2026." in sentence(known)


def test_organisations_that_are_not_counted_are_named_with_the_reason(service: Service) -> None:
    assert "8 of 9 organisations counted. Not on board yet: Thornmere Police." in who_is_counted(
        service.open()
    )
    service.share("fellmoor", Sharing.NONE)
    service.share("tarnbeck", Sharing.UNNAMED)
    words = who_is_counted(service.open())
    assert "7 of 9 organisations counted." in words
    assert "Do not share their figures: Fellmoor Police." in words
    assert "1 organisation is counted without its name." in words
    assert "Tarnbeck" not in words
    north = who_is_counted(service.open(f"{PAGE}?by=role&region=north"))
    assert "1 of 3 organisations counted." in north
    east = who_is_counted(service.open(f"{PAGE}?by=role&region=east"))
    assert east.startswith("4 of 4 organisations counted.")


def test_many_that_are_not_on_board_are_counted_after_four(service: Service) -> None:
    with service.app.app_context():
        for number in range(6):
            build.organisation(f"zz-{number}", region_id="wales", on_board=None)
    assert " and 3 more." in who_is_counted(service.open())


def test_who_is_away_or_holds_two_posts_is_said_of_the_choice_alone(service: Service) -> None:
    words = who_is_counted(service.open())
    assert "2 posts are held by people who have two or more, and each is counted." in words
    assert "2 posts are not counted, since their holders are away on the day." in words
    east = who_is_counted(service.open(f"{PAGE}?by=role&region=east"))
    assert "1 post is not counted, since its holder is away on the day." in east
    wales = who_is_counted(service.open(f"{PAGE}?by=role&region=wales"))
    assert "away" not in wales
    assert "two or more" not in wales
    before = who_is_counted(service.open(f"{PAGE}?as_of={TODAY - timedelta(days=21)}"))
    assert "away" not in before


def test_a_force_that_is_not_on_board_is_an_outlined_tile_with_a_dash(service: Service) -> None:
    page = service.open()
    assert len(page.tree.cssselect(".tile-map__tile--absent")) == 1
    assert "A dashed outline and a dash: not on board. 1 force." in page.text
    assert page.select(".tile-map__group") == ["National forces"]
    assert len(tiles(page)) == 8


def test_a_region_lead_sees_the_own_region_marked_among_all(service: Service) -> None:
    page = service.open(f"{PAGE}?by=region&competency=law", "region-lead")
    assert row_titles(page) == list(REGIONS.values())
    own = page.tree.cssselect(".heat-table__own th")
    assert [each.text_content() for each in own] == ["East MidlandsYours"]
    assert page.select(".heat-table tbody th a") == list(REGIONS.values())
    assert len(page.tree.cssselect(".tile-map__edge")) == len(tiles(page)) == 3
    assert "A double edge: East Midlands." in page.text
    assert "East Midlands: " in sentence(page)


def test_a_chosen_region_or_organisation_has_a_double_edge(service: Service) -> None:
    assert len(service.open().tree.cssselect(".tile-map__edge")) == 0
    assert len(service.open(f"{PAGE}?by=role&region=north").tree.cssselect(".tile-map__edge")) == 3
    force = service.open(f"{PAGE}?by=role&organisation=fellmoor")
    assert len(force.tree.cssselect(".tile-map__edge")) == 1
    assert "A double edge: Fellmoor Police." in force.text


def test_a_phone_lists_the_widest_gaps_and_ranks_no_force(service: Service) -> None:
    page = service.open()
    widest = page.tree.cssselect(".gap-list li")
    shares = [int(each.cssselect(".heat")[0].text_content()) for each in widest]
    assert len(shares) == 8
    assert shares == sorted(shares, reverse=True)
    shown = sorted((int(value) for value in table(page).values() if value.isdigit()), reverse=True)
    assert shares == shown[:8]
    organisations = service.open(f"{PAGE}?by=organisation&region=east")
    assert "Police" not in " ".join(organisations.select(".gap-list"))
    assert set(organisations.select(".gap-list span.help")) == {"East Midlands"}


def test_above_thirty_groups_the_table_pages_and_the_file_does_not(service: Service) -> None:
    with service.app.app_context():
        for number in range(25):
            build.organisation(f"zz-{number:02}", region_id="wales")
    page = service.open(f"{PAGE}?by=organisation")
    assert len(row_titles(page)) == 30
    assert len(row_titles(page.follow("Next"))) == 3
    assert len(row_titles(service.open(f"{PAGE}?by=organisation&page=99"))) == 3
    assert len(row_titles(service.open(f"{PAGE}?by=organisation&page=no"))) == 30
    response = service.client().get(f"{PAGE}.csv?by=organisation")
    assert len(response.text.splitlines()) == 1 + 33 * 5


def test_a_choice_without_anybody_says_so(service: Service) -> None:
    page = service.open(f"{PAGE}?competency=fraud")
    assert "Nobody in this choice has a role that requires Fraud." in sentence(page)
    assert {"Show all", "All regions"}.isdisjoint(page.links())
    narrow = service.open(f"{PAGE}?competency=fraud&role=buyer&region=wales")
    assert row_titles(narrow.follow("All regions")) == list(REGIONS.values())


@pytest.mark.parametrize("field", ["as_of", "known_at"])
def test_a_day_before_the_first_record_leads_to_the_first_day(service: Service, field: str) -> None:
    page = service.open(f"{PAGE}?by=role&{field}=31/12/2023", status=400)
    said = "Enter 1 January 2024 or a later date: nothing is recorded before"
    assert page.select(".govuk-error-summary a") == [said]
    first = page.follow("Show 1 January 2024")
    assert first.h1 == "Skills gaps by role"
    assert first.tree.cssselect(f"#{field}")[0].get("value") == "01/01/2024"
    assert service.client().get(f"{PAGE}.csv?{field}=1999-02-01").status_code == 400


def test_an_empty_installation_says_what_is_missing(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        lead = build.person(learner=False)
        build.grant(lead, Duty.NATIONAL_LEAD)
        lead_id = lead.id
    sign_in(client, lead_id)
    page = client.page(PAGE)
    assert "No framework is published yet" in sentence(page)
    assert "No organisation is set up here yet." in who_is_counted(page)
    assert page.select("table") == []
    assert client.get(f"{PAGE}.csv").text.count("\n") == 1


@pytest.mark.parametrize("typed", ["31/02/2026", "soon", "01/12/2026", "2027-01-01"])
@pytest.mark.parametrize("field", ["as_of", "known_at"])
def test_a_day_that_is_none_or_lies_ahead_is_refused_and_kept_as_typed(
    service: Service, field: str, typed: str
) -> None:
    choice = f"by=role&region=north&role=buyer&{field}={typed}"
    page = service.open(f"{PAGE}?{choice}", status=400)
    assert page.title.startswith("Error: Skills gaps by role")
    assert page.tree.cssselect(f"#{field}")[0].get("value") == typed
    assert chosen(page) == {"by": "role", "region": "north", "role": "buyer"}
    assert page.select(".sentence, table, .tile-map") == []
    response = service.client().get(f"{PAGE}.csv?{choice}")
    assert response.status_code == 400
    assert page.select(".govuk-error-summary a")[0] in response.text


def chosen(page: Page) -> dict[str | None, str | None]:
    fields = page.tree.cssselect("form.filters select")
    picked = {each.get("name"): each.cssselect("option[selected]") for each in fields}
    values = {name: options[0].get("value") for name, options in picked.items() if options}
    return {name: value for name, value in values.items() if value}


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (
            "by=role&organisation=aldermoor&pillar=energy",
            "Choose at most two of organisation, role and pillar",
        ),
        (
            "by=organisation&role=buyer&pillar=energy",
            "Choose at most two of organisation, role and pillar",
        ),
        (
            "by=region&organisation=aldermoor&role=buyer&pillar=none",
            "Choose at most two of organisation, role and pillar",
        ),
        (
            "by=role&region=wales&organisation=aldermoor",
            "Choose an organisation of this region, or all regions",
        ),
        ("by=competency", "Choose rows by region, organisation, team, role or pillar"),
    ],
)
def test_a_choice_that_cannot_be_answered_is_refused_with_a_sentence(
    service: Service, choice: str, said: str
) -> None:
    page = service.open(f"{PAGE}?{choice}", status=400)
    assert page.select(".govuk-error-summary a") == [said]
    response = service.client().get(f"{PAGE}.csv?{choice}")
    assert response.status_code == 400
    assert said in response.text


def test_htmx_gets_a_refusal_with_the_status_that_it_shows(service: Service) -> None:
    response = service.client().get(f"{PAGE}?as_of=soon", headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert "Enter a date like 30/11/2026" in response.text


def test_the_method_page_says_how_small_groups_are_protected(service: Service) -> None:
    page = service.open().follow("How figures are counted and protected")
    assert "fewer than 5 people" in page.text
    assert "fewer than 10" in page.text


@pytest.mark.parametrize("by", ["region", "organisation", "role", "pillar", "team&organisation=aldermoor"])
def test_the_statements_are_few_and_do_not_grow_with_people(service: Service, by: str) -> None:
    client = service.client("manager-lead")

    def sent() -> int:
        for kept in ("pages", "sheets", "atoms", "requirements", "first days"):
            service.app.extensions.pop(kept, None)
        with statements() as seen:
            client.page(f"{PAGE}?by={by}&known_at={BEFORE}")
        return len(seen)

    sent()  # the catalogue is read once in each process
    few = sent()
    with service.app.app_context(), act("import", None):
        team = db.session.get_one(Team, service.team)
        for number in range(40):
            somebody = build.person(f"More {number}", learner=False)
            build.appointed(somebody, team, tuple(ASKED)[number % 3])
            build.evidence(somebody, "law", 1)
            build.team(db.session.get_one(Organisation, "aldermoor"), f"Team {number}", team)
    assert sent() == few <= MOST_STATEMENTS


def test_a_page_that_is_opened_again_reads_only_whether_anything_moved(service: Service) -> None:
    client = service.client()

    def summed() -> list[str]:
        with statements() as seen:
            client.page(PAGE)
        return [each for each in seen if "sum(" in each.lower()]

    assert summed()
    assert summed() == []
    with service.app.app_context():
        somebody = build.person("Later", learner=False)
        build.appointed(somebody, db.session.get_one(Team, service.team))
    assert len(summed()) == 1
