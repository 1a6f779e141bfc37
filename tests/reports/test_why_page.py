"""What “Why it moved” says: sentence, chart, table, the same by competency and by place, and wrong days."""

from datetime import date, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from lxml import html

from lms.core import clock
from lms.core.database import db
from lms.people.acts import act
from lms.people.models import Duty, Organisation, Sharing, Team
from tests.support import build
from tests.support.application import sign_in
from tests.support.heat import rows
from tests.support.learners import noon
from tests.support.pages import CheckedClient, Page, submit
from tests.support.service import ASKED, BEFORE, COMPETENCIES, REGIONS, TODAY, Service
from tests.support.statements import statements

PAGE = "/reports/gaps/why"
MINUS = "\N{MINUS SIGN}"
MOST_STATEMENTS = 30
PERIOD = f"from={BEFORE}&to={TODAY}"


def sentence(page: Page) -> str:
    return " ".join(page.select(".sentence p"))


def table(page: Page) -> list[tuple[str, str, int]]:
    """The bridge in words: cause, people and then below."""
    found = []
    for row in page.tree.cssselect(".bridge tbody tr"):
        cause, people, below = (" ".join(each.text_content().split()) for each in row[:3])
        found.append((cause, people, int(below)))
    return found


def below(service: Service, choice: str) -> dict[str, list[int]]:
    """What the file says of people below, by competency, in its order; those that are shown."""
    found: dict[str, list[int]] = {}
    for row in rows(service.client(), f"{PAGE}.csv?{choice}"):
        if row["suppressed"] == "no":
            found.setdefault(row["competency"], []).append(int(row["below"]))
    return found


def number(signed: str) -> int:
    return int(signed.replace(MINUS, "-"))


def starters(service: Service, many: int, day: date = date(2026, 10, 1)) -> None:
    """So many new buyers in Aldermoor, of whom nothing is recorded."""
    with service.app.app_context(), clock.at(noon(day)), act("import", None):
        team = db.session.get_one(Team, service.team)
        for each in range(many):
            build.appointed(build.person(f"Starter {each}", learner=False), team, "buyer", day)


def test_it_begins_with_the_quarter_before_and_the_competency_that_moved_most(service: Service) -> None:
    starters(service, 20)
    page = service.open(f"{PAGE}?region=east")
    assert page.h1 == "Why it moved"
    assert page.title.startswith("Why it moved, ")
    values = {each.get("name"): each.get("value") for each in page.tree.cssselect("form.filters input")}
    assert values == {"from": "31/08/2026", "to": "30/11/2026"}
    assert page.tree.cssselect("#region option[selected]")[0].get("value") == "east"
    net = {
        competency: end - start
        for competency, (start, *_, end) in below(
            service, "region=east&from=2026-08-30&to=2026-11-30"
        ).items()
    }
    chosen = page.tree.cssselect("#competency option[selected]")[0].get("value", "")
    assert abs(net[chosen]) == max(map(abs, net.values())) > 0
    assert page.select(".lead") == [f"{chosen.capitalize()}, East Midlands, all roles"]


def test_the_day_of_the_gap_report_is_the_second_day(service: Service) -> None:
    page = service.open(f"{PAGE}?as_of=2026-10-31&competency=law")
    assert [each[0] for each in table(page)][-1] == "On 31 October 2026" or "Nothing moved" in sentence(page)
    assert page.tree.cssselect("#to")[0].get("value") == "31/10/2026"
    assert page.tree.cssselect("#from")[0].get("value") == "31/07/2026"


def test_the_table_goes_step_by_step_from_the_first_day_to_the_second(service: Service) -> None:
    starters(service, 20)
    page = service.open(f"{PAGE}?region=east&competency=law&{PERIOD}")
    found = table(page)
    assert found[0][:2] == ("On 1 June 2026", "–")
    assert found[-1][:2] == ("On 30 November 2026", "–")
    below = found[0][2]
    for cause, people, then in found[1:-1]:
        below += number(people)
        assert then == below, cause
    assert below == found[-1][2]
    assert ("Joined", "+20") in [each[:2] for each in found]


def test_the_table_says_in_words_what_each_cause_is(service: Service) -> None:
    starters(service, 20)
    page = service.open(f"{PAGE}?competency=law&{PERIOD}")
    details = dict(
        zip(page.select(".bridge tbody th"), page.select(".bridge tbody td:last-child"), strict=True)
    )
    assert (
        "20 more people in roles that ask for it. Of those below: nothing recorded yet +20."
        in details["Joined"]
    )
    assert details["On 30 November 2026"].startswith("of ")
    assert details["On 30 November 2026"].endswith("%")


def test_the_sentence_has_the_net_both_shares_the_biggest_cause_and_people_in_roles(service: Service) -> None:
    starters(service, 20)
    page = service.open(f"{PAGE}?region=east&competency=law&{PERIOD}")
    found = table(page)
    moved = found[-1][2] - found[0][2]
    said = sentence(page)
    assert f"The number of people below rose by {moved}, from {found[0][2]} of " in said
    assert f"to {found[-1][2]} of " in said
    assert "The biggest cause: people who joined, with 20 more people below." in said
    assert "Joined +20" in said
    assert "Counted by what is known now. 4 of 4 organisations counted on 30 November 2026." in said


def test_what_was_entered_late_is_restated_and_the_start_is_as_it_was_known(service: Service) -> None:
    page = service.open(f"{PAGE}?region=north&competency=law&{PERIOD}")
    assert ("Restated", f"{MINUS}6") in [each[:2] for each in table(page)]
    assert "The number of people below fell by" in sentence(page)
    assert "what was entered late, with 6 fewer people below" in sentence(page)
    assert "The first day is counted by what was known on it, the second by what is known now." in sentence(
        page
    )
    assert "so the start is as it was known on that day" in page.text
    then = service.open(f"{PAGE}?region=north&competency=law&{PERIOD}&known_at=2026-08-31")
    assert "Restated" not in then.text
    assert "Counted by what was known on 31 August 2026." in sentence(then)
    assert then.tree.cssselect("#known_at")[0].get("value") == "31/08/2026"


def test_small_changes_are_joined_and_each_is_behind_details_and_in_the_file(service: Service) -> None:
    starters(service, 3)
    page = service.open(f"{PAGE}?region=east&competency=law&{PERIOD}")
    each = page.select(".bridge__small li")
    file = rows(service.client(), f"{PAGE}.csv?region=east&{PERIOD}")
    moved = {row["cause"]: int(row["below"]) for row in file if row["competency"] == "law"}
    small = {cause for cause, people in moved.items() if abs(people) < 5 and cause not in {"start", "end"}}
    assert len(small) > 1
    assert {words.split()[0].lower() for words in each} == small
    assert "each moved the number below by fewer than 5, so they are added together." in page.text


def test_the_chart_has_a_bar_for_each_row_of_the_table_with_its_sign(service: Service) -> None:
    starters(service, 20)
    page = service.open(f"{PAGE}?region=east&competency=law&{PERIOD}")
    expected = [people if people != "–" else str(below) for _cause, people, below in table(page)]
    assert page.select(".waterfall--upright .waterfall__value") == expected
    assert page.select(".waterfall--flat .number") == expected
    kinds = [each.get("class") for each in page.tree.cssselect(".waterfall--flat rect:last-child")]
    looks = {"+": "waterfall__opened", MINUS: "waterfall__closed", "0": "waterfall__even"}
    assert kinds == [
        "waterfall__day" if people == "–" else looks[people[0]] for _cause, people, _below in table(page)
    ]


def test_nothing_moved_says_so_and_draws_nothing(service: Service) -> None:
    page = service.open(f"{PAGE}?region=wales&competency=law&from=2026-07-01&to=2026-07-02")
    assert "Nothing moved between these dates: " in sentence(page)
    assert page.select(".waterfall, .bridge") == []
    assert len(page.select(".bridge-list tbody tr")) >= len(COMPETENCIES)


def test_a_competency_that_nobody_is_asked_for_says_so_and_offers_more(service: Service) -> None:
    page = service.open(f"{PAGE}?region=east&role=buyer&competency=fraud")
    assert "Nobody in this choice has a role that requires Fraud." in sentence(page)
    assert service.open(f"{PAGE}?competency=fraud").links().keys().isdisjoint({"Show all regions, all roles"})
    wider = page.follow("Show East Midlands, all roles")
    assert wider.select(".lead") == ["Fraud, East Midlands, all roles"]


def test_a_hidden_group_has_no_bridge_and_the_wider_one_is_offered(service: Service) -> None:
    page = service.open(f"{PAGE}?organisation=fire-aldermoor&competency=law&{PERIOD}")
    said = sentence(page)
    assert "no figure of Law is shown on both days" in said
    assert page.select(".waterfall, .bridge") == []
    assert not any(
        letter.isdigit() for letter in said.replace("30 November 2026", "").partition("Counted")[0]
    )
    wider = page.follow("Show East Midlands, all roles")
    assert wider.select(".lead") == ["Law, East Midlands, all roles"]
    assert wider.tree.cssselect("#from")[0].get("value") == "01/06/2026"


def test_each_competency_stands_with_both_days_and_leads_to_its_bridge(service: Service) -> None:
    page = service.open(f"{PAGE}?region=east&{PERIOD}")
    file = rows(service.client(), f"{PAGE}.csv?region=east&{PERIOD}")
    listed = page.tree.cssselect("table[aria-labelledby=by-competency] tbody tr")
    assert [" ".join(row[0].text_content().split()).lower() for row in listed] == list(COMPETENCIES)
    for competency, row in zip(COMPETENCIES, listed, strict=True):
        start, end = (
            next(each for each in file if (each["cause"], each["competency"]) == (cause, competency))
            for cause in ("start", "end")
        )
        cells = [" ".join(cell.text_content().split()) for cell in row[1:]]
        if start["suppressed"] == "yes":
            assert cells == ["not shown"]
        elif start["appointments"] != "0":
            assert cells[0].startswith(f"{start['below']} of {start['appointments']} (")
            assert cells[1].startswith(f"{end['below']} of {end['appointments']} (")
            assert number(cells[2]) == int(end["below"]) - int(start["below"])
    assert page.follow("Tendering").select(".lead") == ["Tendering, East Midlands, all roles"]


def places(page: Page, heading: str) -> dict[str, list[str]]:
    listed = page.tree.cssselect(f"table[aria-labelledby={heading}] tbody tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in listed]
    return {title: rest for title, *rest in cells}


def test_the_nation_stands_by_region_and_a_region_by_its_organisations(service: Service) -> None:
    nation = service.open(f"{PAGE}?competency=law&{PERIOD}")
    assert list(places(nation, "by-region")) == list(REGIONS.values())
    region = nation.follow("East Midlands")
    assert places(region, "by-region") == {}
    shown = places(region, "by-organisation")
    assert {"Aldermoor Police", "Woldmarsh Police"} <= set(shown)
    assert "Fellmoor Police" not in shown
    count = 4 - len(shown)
    assert count
    assert f"{count} organisation" in region.text
    one = region.follow("Aldermoor Police")
    assert one.select(".lead") == ["Law, Aldermoor Police, all roles"]
    assert places(one, "by-organisation") == {}


def test_the_rows_of_organisations_are_those_of_their_own_pages(service: Service) -> None:
    region = service.open(f"{PAGE}?region=east&competency=law&{PERIOD}")
    for title, cells in places(region, "by-organisation").items():
        own = places(region.follow(title), "by-competency")["Law"]
        assert own[:3] == cells


@pytest.mark.parametrize("by", ["role", "pillar"])
@pytest.mark.parametrize("choice", ["", "region=east", "organisation=aldermoor", "region=east&role=buyer"])
def test_the_rows_of_roles_and_pillars_are_those_of_the_gap_report_on_both_days(
    service: Service, by: str, choice: str
) -> None:
    page = service.open(f"{PAGE}?{choice}&competency=law&{PERIOD}&known_at={TODAY}")
    shown = places(page, f"by-{by}")
    if f"{by}=" in choice:
        assert shown == {}
        return
    files = (f"by={by}&{choice}&as_of={day}" for day in (BEFORE, TODAY))
    days = [
        [row for row in rows(service.client(), f"/reports/gaps.csv?{each}") if row["competency"] == "law"]
        for each in files
    ]
    for cells, start, end in zip(shown.values(), *days, strict=True):
        if "yes" in {start["suppressed"], end["suppressed"]}:
            assert cells == ["not shown"]
        elif cells not in (["not shown"], ["asked of nobody"]):
            assert cells[1].startswith(f"{end['below']} of {end['appointments']} (") or cells[1] == "–"


def test_a_row_leads_to_its_own_bridge_with_the_same_days(service: Service) -> None:
    page = service.open(f"{PAGE}?region=east&competency=law&{PERIOD}&by=role")
    role = page.follow("Buyer")
    assert "by=role" in role.tree.cssselect(".way-back a")[0].get("href", "")
    assert role.select(".lead") == ["Law, East Midlands, Buyer"]
    assert role.tree.cssselect("#from")[0].get("value") == "01/06/2026"
    assert places(role, "by-role") == {}


def test_the_group_is_chosen_by_the_filters_of_the_gap_report(service: Service) -> None:
    page = service.open(f"{PAGE}?competency=law&{PERIOD}")
    gaps = service.open("/reports/gaps?by=region")
    for field in ("region", "organisation", "role", "pillar"):
        assert page.select(f"#{field} option") == gaps.select(f"#{field} option")
    chosen = submit(page, region="east", role="buyer", pillar="energy")
    assert chosen.select(".lead") == ["Law, East Midlands, Buyer, Energy pillar"]


def test_the_sentence_names_a_place_with_its_part_of_the_biggest_cause(service: Service) -> None:
    starters(service, 20)
    nation = service.open(f"{PAGE}?competency=law&{PERIOD}")
    assert "20 more people below. In East Midlands alone: +20." in sentence(nation)
    region = nation.follow("East Midlands")
    assert "20 more people below. In Aldermoor Police alone: +20." in sentence(region)
    one = region.follow("Aldermoor Police")
    assert " alone: " not in sentence(one)
    assert ("Joined", "+20") in [each[:2] for each in table(one)]


def test_a_hidden_place_is_not_named_for_its_part(service: Service) -> None:
    starters(service, 20)
    service.share("aldermoor", Sharing.UNNAMED)
    page = service.open(f"{PAGE}?region=east&competency=law&{PERIOD}")
    assert "20 more people below." in sentence(page)
    assert "Aldermoor" not in sentence(page)


def test_there_are_no_organisations_where_one_would_be_the_third_choice(service: Service) -> None:
    page = service.open(f"{PAGE}?region=east&role=buyer&pillar=energy&competency=law")
    assert places(page, "by-organisation") == {}
    assert "not shown." not in page.text


def test_an_organisation_lead_sees_the_own_region_and_in_it_the_own_organisation(service: Service) -> None:
    page = service.open(f"{PAGE}?competency=law&{PERIOD}", "organisation-lead")
    assert page.select(".lead") == ["Law, East Midlands, all roles"]
    assert list(places(page, "by-organisation")) == ["Aldermoor Police"]
    assert "3 organisations are not shown. They are counted in the figures above." in page.text


def test_an_organisation_that_shares_no_name_has_no_row(service: Service) -> None:
    service.share("woldmarsh", Sharing.UNNAMED)
    page = service.open(f"{PAGE}?region=east&competency=law&{PERIOD}")
    assert "Woldmarsh" not in page.text
    service.share("woldmarsh", Sharing.NONE)
    page = service.open(f"{PAGE}?region=east&competency=law&{PERIOD}")
    assert "Do not share their figures: Woldmarsh Police." in page.text


def test_the_way_back_leads_to_the_gap_report_of_the_choice(service: Service) -> None:
    page = service.open(f"{PAGE}?by=role&region=east&pillar=energy&competency=law&{PERIOD}")
    back = page.tree.cssselect(".way-back a")[0]
    assert back.text_content().strip() == "Skills gaps, East Midlands"
    gaps = page.client.page(back.get("href", ""))
    assert gaps.h1 == "Skills gaps by role"
    assert gaps.select(".sentence p")[0].startswith("East Midlands, Energy pillar, 30 November 2026: ")
    assert gaps.tree.cssselect("[name=competency]")[0].get("value") == "law"


def test_the_file_and_the_comparison_are_of_the_same_choice(service: Service) -> None:
    page = service.open(f"{PAGE}?region=east&competency=law&{PERIOD}")
    assert page.links()["Download (CSV)"].startswith(f"{PAGE}.csv?")
    compared = page.follow("Compare the two days")
    assert compared.h1 == "Compare two days"
    assert compared.select(".compared thead th")[1:3] == ["1 June 2026", "30 November 2026"]


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ("from=31/02/2026&to=30/11/2026", "from", "Enter a date like 30/11/2026"),
        ("from=1/6/2026&to=soon", "to", "Enter a date like 30/11/2026"),
        ("from=1/6/2026&to=01/12/2026", "to", "Enter today’s date or an earlier one"),
        ("from=30/11/2026&to=1/6/2026", "to", "Enter a date after 30 November 2026, or swap the two dates"),
        (
            "from=1/6/2026&to=1/6/2026",
            "to",
            "Enter a later date than the first: nothing moves within one day",
        ),
        (
            "from=1/6/1999&to=1/6/2026",
            "from",
            "Enter 1 January 2024 or a later date: nothing is recorded before",
        ),
        (
            "from=1/6/1999&to=1/7/1999",
            "to",
            "Enter 1 January 2024 or a later date: nothing is recorded before",
        ),
        (
            "known_at=1/6/1999",
            "known_at",
            "Enter 1 January 2024 or a later date: nothing is recorded before",
        ),
        ("known_at=soon", "known_at", "Enter a date like 30/11/2026"),
    ],
)
def test_days_that_cannot_be_answered_are_refused_beside_the_field_and_kept(
    service: Service, asked: str, field: str, said: str
) -> None:
    page = service.open(f"{PAGE}?{asked}&region=north&role=buyer&competency=risk", status=400)
    assert page.title.startswith("Error: Why it moved")
    assert page.select(".govuk-error-summary a") == [said]
    assert page.tree.cssselect(".govuk-error-summary a")[0].get("href") == f"#{field}"
    typed = dict(each.split("=") for each in asked.split("&"))
    for name, value in typed.items():
        assert page.tree.cssselect(f"#{name}")[0].get("value") == value
    assert page.tree.cssselect("#competency option[selected]")[0].get("value") == "risk"
    chosen = {
        each.get("name"): [option.get("value") for option in each.cssselect("option[selected]")]
        for each in page.tree.cssselect("form.filters details select")
    }
    assert chosen == {"region": ["north"], "organisation": [""], "role": ["buyer"], "pillar": [""]}
    assert page.select(".sentence, .bridge, .waterfall") == []


def test_a_day_before_the_first_record_leads_to_the_first_day(service: Service) -> None:
    page = service.open(f"{PAGE}?from=1/6/1999&to=1/6/2026", status=400)
    first = page.follow("Show 1 January 2024")
    assert first.tree.cssselect("#from")[0].get("value") == "01/01/2024"


def test_dates_the_wrong_way_round_are_swapped_by_a_link(service: Service) -> None:
    page = service.open(f"{PAGE}?from={TODAY}&to={BEFORE}&region=north&role=buyer&competency=law", status=400)
    swapped = page.follow("Swap the dates")
    assert swapped.select(".lead") == ["Law, North East, Buyer"]
    assert [swapped.tree.cssselect(f"#{each}")[0].get("value") for each in ("from", "to")] == [
        "01/06/2026",
        "30/11/2026",
    ]


def test_htmx_gets_the_way_back_of_the_new_choice(service: Service) -> None:
    address = f"{PAGE}?region=north&from=2026-06-01&to=2026-08-31&measure=cover"
    part = service.client().get(address, headers={"HX-Request": "true"}).text
    way = html.fromstring(f"<div>{part}</div>").cssselect("#way-back[hx-swap-oob=true] a")[0]
    asked = dict(parse_qsl(urlsplit(way.get("href", "")).query))
    assert way.text_content().strip() == "Skills gaps, North East"
    assert {"region": "north", "as_of": "2026-08-31", "measure": "cover"}.items() <= asked.items()
    assert part.count("way-back") == 2


def test_a_mended_day_is_sent_with_all_that_was_chosen(service: Service) -> None:
    page = service.open(f"{PAGE}?from=soon&to=30/11/2026&region=north&competency=law&by=role", status=400)
    mended = submit(page, {"from": "1/6/2026"})
    assert mended.status == 200
    assert mended.select(".lead") == ["Law, North East, all roles"]
    assert "by=role" in mended.tree.cssselect(".way-back a")[0].get("href", "")


def test_a_choice_of_three_is_refused_above_the_form(service: Service) -> None:
    page = service.open(f"{PAGE}?organisation=aldermoor&role=buyer&pillar=energy", status=400)
    assert page.select(".govuk-error-summary li") == ["Choose at most two of organisation, role and pillar"]


def test_htmx_gets_a_refusal_with_the_status_that_it_shows(service: Service) -> None:
    response = service.client().get(f"{PAGE}?from=soon", headers={"HX-Request": "true"})
    assert response.status_code == 422


@pytest.mark.parametrize(
    "asked", ["region=mars", "organisation=mars", "role=mars", "pillar=mars", "competency=mars"]
)
def test_what_does_not_exist_is_not_found(service: Service, asked: str) -> None:
    service.open(f"{PAGE}?{asked}", status=404)
    assert service.client().get(f"{PAGE}.csv?{asked}").status_code == 404


def test_another_region_does_not_exist_for_an_organisation_lead(service: Service) -> None:
    for asked in ("region=north", "organisation=woldmarsh"):
        service.open(f"{PAGE}?{asked}", "organisation-lead", status=404)


def test_an_empty_installation_says_what_is_missing(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        lead = build.person(learner=False)
        build.grant(lead, Duty.NATIONAL_LEAD)
        lead_id = lead.id
    sign_in(client, lead_id)
    page = client.page(PAGE)
    assert "No framework is published yet" in sentence(page)
    assert client.get(f"{PAGE}.csv").text.count("\n") == 1


def test_on_the_first_day_of_a_service_everything_moved_since_the_day_before(service: Service) -> None:
    with clock.at(noon(build.START)):
        page = service.open(f"{PAGE}?region=east&competency=law")
    assert table(page)[0] == ("On 31 December 2023", "–", 0)
    assert "from 0 of 0 to " in sentence(page)


@pytest.mark.parametrize("choice", ["", "region=east", "organisation=aldermoor"])
def test_the_statements_are_few_and_grow_neither_with_people_nor_with_organisations(
    service: Service, choice: str
) -> None:
    client = service.client()

    def sent() -> int:
        for kept in ("sheets", "atoms", "requirements", "moved", "pages"):
            service.app.extensions.pop(kept, None)
        with statements() as seen:
            client.page(f"{PAGE}?{choice}&{PERIOD}")
        return len(seen)

    sent()  # the catalogue is read once in each process
    few = sent()
    with service.app.app_context():
        made = [build.organisation(f"zz-{each:02}", region_id="east").id for each in range(20)]
        with act("import", None, everybody=True):
            for each, organisation in enumerate(made):
                team = build.team(db.session.get_one(Organisation, organisation))
                somebody = build.person(f"More {each}", learner=False)
                build.appointed(somebody, team, tuple(ASKED)[each % 3], TODAY - timedelta(days=9))
    assert sent() == few <= MOST_STATEMENTS
