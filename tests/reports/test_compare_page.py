"""Two days of one place, or two places on one day: rows, differences, sentence, marks, and wrong choices."""

import pytest
from flask import Flask

from lms.core.database import db
from lms.people.acts import act
from lms.people.models import Duty, Organisation, Sharing
from tests.support import build
from tests.support.application import sign_in
from tests.support.heat import HIDDEN, NOBODY, percent, rows
from tests.support.pages import CheckedClient, Page, submit
from tests.support.service import ASKED, BEFORE, COMPETENCIES, TODAY, Service
from tests.support.statements import statements

PAGE = "/reports/gaps/compare"
MINUS = "\N{MINUS SIGN}"
MOST_STATEMENTS = 20
Row = dict[str, str]


def sentence(page: Page) -> str:
    return page.select(".sentence p")[0]


def heads(page: Page) -> list[str]:
    return page.select("[aria-labelledby=compared] thead th")[1:3]


def table(page: Page) -> dict[str, list[str]]:
    """Competency to both figures and the differences; a mark is read as it is seen."""
    found = {}
    for row in page.tree.cssselect("[aria-labelledby=compared] tbody tr"):
        cells = row.cssselect("th, td:not(.compared__bars)")
        seen = [(cell.cssselect("[aria-hidden=true]") or [cell])[0] for cell in cells]
        title, *figures = (" ".join(cell.text_content().split()) for cell in seen)
        found[title.lower()] = figures
    return found


def gaps(service: Service, choice: str) -> dict[str, Row]:
    return {row["competency"]: row for row in rows(service.client(), f"/reports/gaps.csv?{choice}")}


def words(row: Row) -> str:
    share = percent(row)
    return share if share in {HIDDEN, NOBODY} else f"{row['below']} of {row['appointments']} ({share}%)"


def signed(number: int) -> str:
    return f"+{number}" if number > 0 else str(number).replace("-", MINUS)


def differences(first: Row, second: Row) -> list[str]:
    shares = [percent(first), percent(second)]
    if not all(each.isdigit() for each in shares):
        return ["–"]
    people = int(second["below"]) - int(first["below"])
    return [signed(int(shares[1]) - int(shares[0])), signed(people)]


COMPARED = {
    f"region=east&with_day={BEFORE}": (
        f"by=region&region=east&as_of={BEFORE}",
        "by=region&region=east",
    ),
    f"region=east&as_of={BEFORE}&with_day={TODAY}": (
        f"by=region&region=east&as_of={BEFORE}",
        "by=region&region=east",
    ),
    f"organisation=aldermoor&with_day={BEFORE}&known_at=2026-08-31": (
        f"by=organisation&organisation=aldermoor&as_of={BEFORE}&known_at=2026-08-31",
        "by=organisation&organisation=aldermoor&known_at=2026-08-31",
    ),
    "region=east&with_region=north": ("by=region&region=east", "by=region&region=north"),
    f"region=east&with_region=north&role=buyer&as_of={BEFORE}": (
        f"by=region&region=east&role=buyer&as_of={BEFORE}",
        f"by=region&region=north&role=buyer&as_of={BEFORE}",
    ),
    "region=east&with_organisation=fellmoor": (
        "by=region&region=east",
        "by=organisation&organisation=fellmoor",
    ),
    "organisation=aldermoor&with_organisation=woldmarsh": (
        "by=organisation&organisation=aldermoor",
        "by=organisation&organisation=woldmarsh",
    ),
    "organisation=fire-aldermoor&with_region=wales": (
        "by=organisation&organisation=fire-aldermoor",
        "by=region&region=wales",
    ),
}


@pytest.mark.parametrize("choice", COMPARED)
def test_all_competencies_stand_with_the_figures_of_the_gap_report_and_their_differences(
    service: Service, choice: str
) -> None:
    page = service.open(f"{PAGE}?{choice}")
    first, second = (gaps(service, each) for each in COMPARED[choice])
    assert list(table(page)) == list(COMPETENCIES)
    for competency, (one, other, *rest) in table(page).items():
        assert [one, other] == [words(first[competency]), words(second[competency])]
        both = differences(first[competency], second[competency])
        assert rest == (both if "with_day" in choice else both[:1])


def test_a_hidden_figure_is_marked_counted_and_shows_no_difference(service: Service) -> None:
    page = service.open(f"{PAGE}?organisation=fire-aldermoor&with_region=wales")
    hidden = [row for row in table(page).values() if HIDDEN in row[:2]]
    assert hidden
    assert all(row[2:] == ["–"] for row in hidden)
    cells = page.tree.cssselect(".compared tbody [aria-hidden=true]")
    number = sum(each.text_content() == HIDDEN for each in cells)
    assert f"{number} figures are hidden." in page.text
    bars = page.tree.cssselect("[aria-labelledby=compared] tbody .pair")
    assert len(bars) == sum(row[2:] != ["–"] for row in table(page).values())


def test_without_anything_to_compare_with_it_is_the_quarter_before(service: Service) -> None:
    page = service.open(f"{PAGE}?region=east")
    assert page.h1 == "Compare two days"
    assert page.select(".lead") == ["East Midlands, all roles"]
    assert heads(page) == ["31 August 2026", "30 November 2026"]
    values = {each.get("id"): each.get("value") for each in page.tree.cssselect("form.filters input[id]")}
    assert values == {"as_of": "30/11/2026", "with_day": "31/08/2026"}


def test_days_stand_in_their_order_and_the_sentence_says_where_they_differ_most(service: Service) -> None:
    page = service.open(f"{PAGE}?region=north&with_day={BEFORE}&known_at={BEFORE}")
    found = {key: row for key, row in table(page).items() if len(row) == 4}
    points = {key: int(row[2].replace(MINUS, "-")) for key, row in found.items()}
    widest = max(points, key=lambda key: abs(points[key]))
    first, second = found[widest][:2]
    side = "more" if points[widest] > 0 else "less"
    beginning = f"The share below differs most in {widest.capitalize()}: {first} on 1 June 2026, {second} on "
    assert sentence(page).startswith(beginning)
    assert sentence(page).endswith(f"{abs(points[widest])} percentage points {side}.")


def test_the_sentence_names_both_places_and_the_day(service: Service) -> None:
    page = service.open(f"{PAGE}?region=east&with_region=north")
    assert page.h1 == "Compare two places"
    assert page.select(".lead") == ["East Midlands and North East, all roles"]
    assert heads(page) == ["East Midlands", "North East"]
    assert sentence(page).startswith("The share below differs most in ")
    assert " in East Midlands, " in sentence(page)
    assert " in North East, " in sentence(page)
    counted = page.select(".sentence p")[1]
    assert counted.startswith("As of 30 November 2026. Counted by what is known now.")
    assert "East Midlands: 4 of 4 organisations counted. North East: 2 of 3 organisations counted." in counted


@pytest.mark.parametrize("measure", ["unrecorded", "lapsed", "short", "cover"])
def test_every_measure_of_the_report_is_compared(service: Service, measure: str) -> None:
    page = service.open(f"{PAGE}?region=east&with_region=north&measure={measure}")
    file = [
        row
        for row in rows(service.client(), f"{PAGE}.csv?region=east&with_region=north&measure={measure}")
        if not row["by"]
    ]
    for row, cells in zip(file, table(page).values(), strict=True):
        if row["first_per_hundred"]:
            assert (
                cells[0]
                == f"{row['first_number']} of {row['first_appointments']} ({row['first_per_hundred']}%)"
            )
    assert page.tree.cssselect("#measure option[selected]")[0].get("value") == measure
    assert {each["first_number"] for each in file} != {"0"}


def test_missing_levels_are_compared_for_each_hundred_and_no_bar_leaves_its_track(service: Service) -> None:
    page = service.open(f"{PAGE}?region=east&with_region=north&measure=missing")
    assert sentence(page).startswith("The number of missing levels for each 100 people differs most in ")
    assert sentence(page).endswith((" more for each 100.", " fewer for each 100."))
    widths = [
        float(each.get("width", "").rstrip("%"))
        for each in page.tree.cssselect("td .pair__first, td .pair__second")
    ]
    assert widths
    assert max(widths) <= 100


def test_the_chosen_competency_stands_by_its_parts_which_lead_on(service: Service) -> None:
    page = service.open(f"{PAGE}?region=east&with_day={BEFORE}&competency=law&measure=lapsed&by=role")
    assert page.select(".by-part h2") == ["Law by organisation", "Law by role", "Law by pillar"]
    role = page.follow("Buyer")
    assert role.select(".lead") == ["East Midlands, Buyer"]
    assert role.select(".by-part h2") == ["Law by organisation", "Law by pillar"]
    assert role.tree.cssselect("#measure option[selected]")[0].get("value") == "lapsed"
    back = role.client.page(role.tree.cssselect(".way-back a")[0].get("href", ""))
    assert back.h1 == "Skills gaps by role"
    other = page.follow("Tendering")
    assert other.select(".by-part h2")[0] == "Tendering by organisation"


def test_the_measure_and_the_group_are_chosen_beside_what_is_compared(service: Service) -> None:
    page = service.open(f"{PAGE}?region=east&with_day={BEFORE}&competency=law")
    chosen = submit(page, button="Show", measure="cover", role="buyer")
    assert chosen.select(".lead") == ["East Midlands, Buyer"]
    assert heads(chosen) == ["1 June 2026", "30 November 2026"]
    assert chosen.select("#compared")[0].startswith("Who hold level 3 Practitioner or more, ")


def test_two_days_that_differ_in_nothing_say_so(service: Service) -> None:
    page = service.open(f"{PAGE}?region=wales&as_of=2026-07-02&with_day=2026-07-01")
    assert sentence(page) == ("1 July 2026 and 2 July 2026 differ in no figure that is shown on both sides.")


def test_all_regions_may_be_compared_with_one(service: Service) -> None:
    page = service.open(f"{PAGE}?with_region=east")
    assert heads(page) == ["All regions", "East Midlands"]


def test_the_forms_keep_the_group_and_send_one_thing_to_compare_with(service: Service) -> None:
    page = service.open(f"{PAGE}?region=east&role=buyer&with_day={BEFORE}&by=role")
    compared = submit(page, button="Compare the places", with_region="north")
    assert compared.select(".lead") == ["East Midlands and North East, Buyer"]
    assert compared.tree.cssselect("#with_region option[selected]")[0].get("value") == "north"
    days = submit(compared, button="Compare the days", with_day="1 July 2026")
    assert heads(days) == ["1 July 2026", "30 November 2026"]
    assert days.select(".lead") == ["East Midlands, Buyer"]
    back = days.client.page(days.tree.cssselect(".way-back a")[0].get("href", ""))
    assert back.h1 == "Skills gaps by role"


def test_two_days_lead_to_what_moved_between_them(service: Service) -> None:
    why = service.open(f"{PAGE}?region=east&with_day={BEFORE}").follow("Why it moved between these days")
    assert why.h1 == "Why it moved"
    assert why.tree.cssselect("#from")[0].get("value") == "01/06/2026"
    assert why.tree.cssselect("#to")[0].get("value") == "30/11/2026"
    places = service.open(f"{PAGE}?region=east&with_region=north")
    assert "Why it moved between these days" not in places.links()


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ("with_day=soon", "with_day", "Enter a date like 30/11/2026"),
        ("with_day=01/12/2026", "with_day", "Enter today’s date or an earlier one"),
        ("with_day=30/11/2026", "with_day", "Choose another one: this is compared with itself"),
        ("with_day=1/6/1999", "with_day", "Enter 1 January 2024 or a later date"),
        ("as_of=1/6/1999", "as_of", "Enter 1 January 2024 or a later date"),
        ("as_of=soon", "as_of", "Enter a date like 30/11/2026"),
        ("known_at=1/6/1999", "known_at", "Enter 1 January 2024 or a later date"),
        ("measure=luck", "measure", "Choose a measure of the list"),
        ("with_region=north", "with_region", "Choose another one: this is compared with itself"),
        ("with_day=1/6/2026&with_region=east", "with_region", "Choose one to compare with"),
        ("with_region=east&with_organisation=aldermoor", "with_organisation", "Choose one to compare with"),
        ("role=buyer&pillar=energy&with_organisation=aldermoor", "with_organisation", "Choose at most two"),
    ],
)
def test_what_cannot_be_compared_is_refused_beside_the_field_and_kept(
    service: Service, asked: str, field: str, said: str
) -> None:
    page = service.open(f"{PAGE}?{asked}&region=north", status=400)
    assert page.title.startswith("Error: Compare")
    (link,) = page.tree.cssselect(".govuk-error-summary a")
    assert link.get("href") == f"#{field}"
    assert said in link.text_content()
    for name, value in (each.split("=") for each in asked.split("&")):
        for typed in page.tree.cssselect(f"input#{name}"):
            assert typed.get("value") == value
        for chosen in page.tree.cssselect(f"select#{name} option[selected]"):
            assert chosen.get("value") == value
    assert page.select(".sentence, table") == []
    assert {each.get("value") for each in page.tree.cssselect("[name=region] option[selected]")} == {"north"}
    assert {each.get("value") for each in page.tree.cssselect("input[name=region]")} == {"north"}


def test_a_day_before_the_first_record_leads_to_the_first_day(service: Service) -> None:
    page = service.open(f"{PAGE}?with_day=1/6/1999&region=east", status=400)
    assert heads(page.follow("Show 1 January 2024")) == ["1 January 2024", "30 November 2026"]


def test_htmx_gets_a_refusal_with_the_status_that_it_shows(service: Service) -> None:
    response = service.client().get(f"{PAGE}?with_day=soon", headers={"HX-Request": "true"})
    assert response.status_code == 422


@pytest.mark.parametrize("field", ["region", "organisation", "with_region", "with_organisation", "role"])
def test_what_does_not_exist_is_not_found(service: Service, field: str) -> None:
    service.open(f"{PAGE}?{field}=mars", status=404)


def test_both_places_must_be_open_to_the_one_who_asks(service: Service) -> None:
    service.open(f"{PAGE}?with_organisation=fellmoor", "region-lead", status=404)
    service.open(f"{PAGE}?region=east&with_region=north", "region-lead")
    for asked in ("with_region=north", "with_organisation=woldmarsh", "region=north&with_region=east"):
        service.open(f"{PAGE}?{asked}", "organisation-lead", status=404)
    own = service.open(f"{PAGE}?with_organisation=aldermoor", "organisation-lead")
    assert heads(own) == ["East Midlands", "Aldermoor Police"]
    offered = own.select("#with_region option, #with_organisation option")
    assert offered == ["Choose a region", "East Midlands", "Choose an organisation", "Aldermoor Police"]


def test_an_organisation_that_shares_no_name_is_not_compared(service: Service) -> None:
    service.share("fellmoor", Sharing.UNNAMED)
    service.open(f"{PAGE}?with_organisation=fellmoor", status=404)


def test_an_empty_installation_says_what_is_missing(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        lead = build.person(learner=False)
        build.grant(lead, Duty.NATIONAL_LEAD)
        lead_id = lead.id
    sign_in(client, lead_id)
    page = client.page(PAGE)
    assert "No framework is published yet" in sentence(page)
    assert page.select("table") == []


@pytest.mark.parametrize(
    "address",
    [
        f"{PAGE}?with_day={BEFORE}",
        f"{PAGE}?region=east&with_day={BEFORE}",
        f"{PAGE}?region=east&with_region=north",
        f"{PAGE}.csv?with_day={BEFORE}",
        f"{PAGE}.xlsx?region=east&with_region=north",
    ],
)
def test_the_statements_are_few_and_do_not_grow_with_people(service: Service, address: str) -> None:
    client = service.client()

    def sent() -> int:
        for kept in ("sheets", "atoms", "requirements", "pages"):
            service.app.extensions.pop(kept, None)
        with statements() as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    sent()  # the catalogue is read once in each process
    few = sent()
    with service.app.app_context():
        made = [build.organisation(f"zz-{each:02}", region_id="east").id for each in range(10)]
        with act("import", None, everybody=True):
            for each, organisation in enumerate(made):
                team = build.team(db.session.get_one(Organisation, organisation))
                build.appointed(build.person(f"More {each}", learner=False), team, tuple(ASKED)[each % 3])
    assert sent() == few <= MOST_STATEMENTS
