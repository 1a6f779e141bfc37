from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.core import clock
from lms.core.database import db
from lms.people import appointments
from lms.people.grants import end_grant
from lms.people.models import Appointment, Duty, Grant, Organisation, RecordReading
from tests.support import build
from tests.support.learners import noon
from tests.support.managers import TODAY, World, another_force
from tests.support.pages import Page, submit
from tests.support.statements import statements

MOST_STATEMENTS = 11
SIGN_IN = 1
"""Statements that the test itself sends to sign in."""
SENIOR = "senior-buyer"


def people(page: Page) -> list[str]:
    return page.select("table.matrix tbody th a")


def cells(page: Page, name: str) -> list[str]:
    for row in page.tree.cssselect("table.matrix tbody tr"):
        if row.cssselect("th a")[0].text_content() == name:
            return [" ".join(each.text_content().split()) for each in row.cssselect("td")]
    raise KeyError(name)


def cover(page: Page, level: str) -> list[str]:
    for row in page.tree.cssselect("table.matrix tfoot tr"):
        if row.cssselect("th strong")[0].text_content() == level:
            return [" ".join(each.text_content().split()) for each in row.cssselect("td")]
    raise KeyError(level)


def test_a_manager_nobody_reports_to_is_told_so(world: World) -> None:
    page = world.open()
    assert page.h1 == "Who can do what"
    assert page.select("table") == []


def test_with_one_empty_team_the_page_says_that_nobody_reports_yet(world: World) -> None:
    with world.app.app_context():
        lonely = build.person("Lee Lonely")
        build.grant(lonely, Duty.MANAGER, build.team(another_force()))
        lonely_id = lonely.id
    page = world.open(by=lonely_id)
    assert "Nobody reports to you yet" in page.text
    assert page.select("form select") == []


def test_a_learner_without_a_managers_grant_may_not_open_it(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    assert world.open(status=403, by=rowan).h1
    assert "Team" not in world.open("/record", by=rowan).select("nav a")


def test_the_manager_sees_everybody_of_the_team_and_of_those_below_but_not_themselves(world: World) -> None:
    world.joins("Rowan Sample")
    world.joins("Asha Testwood", team=world.below_id)
    page = world.open()
    assert people(page) == ["Asha Testwood", "Rowan Sample"]
    assert "Commercial team, Aldermoor Police, with the team below." in page.text
    assert "2 people, as of Monday 30 November 2026." in page.text


def test_nobody_of_a_team_above_beside_or_of_another_force_is_seen(world: World) -> None:
    with world.app.app_context():
        other = build.team(another_force(), "Estates")
        other_id = other.id
    world.joins("Olive Other", team=other_id)
    world.joins("Rowan Sample")
    asha = world.joins("Asha Testwood", team=world.below_id)
    with world.app.app_context():
        build.grant(world.person(asha), Duty.MANAGER, world.below)
    assert people(world.open()) == ["Asha Testwood", "Rowan Sample"]
    assert "Nobody reports to you yet" in world.open(by=asha).text


def test_a_grant_over_an_organisation_shows_all_of_its_teams(world: World) -> None:
    world.joins("Rowan Sample")
    world.joins("Asha Testwood", team=world.below_id)
    with world.app.app_context():
        head = build.person("Hollis Head")
        build.grant(head, Duty.MANAGER, db.session.get_one(Organisation, "aldermoor"))
        head_id = head.id
    assert people(world.open(by=head_id)) == ["Asha Testwood", "Morgan Example", "Rowan Sample"]


def test_who_moved_away_is_no_longer_seen_from_that_day_on(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        held = db.session.query(Appointment).filter_by(person_id=rowan).one()
        appointments.close_appointment(held, TODAY, by=None)
        build.appointed(world.person(rowan), build.team(another_force()), from_day=TODAY)
    assert people(world.open()) == []
    with clock.at(noon(TODAY - timedelta(days=1))):
        assert people(world.open()) == ["Rowan Sample"]


def test_a_grant_that_has_ended_shows_nobody(world: World) -> None:
    world.joins("Rowan Sample")
    with world.app.app_context():
        grant = db.session.query(Grant).filter_by(duty=Duty.MANAGER).one()
        end_grant(grant.id, TODAY, by=None, reason="moved on")
    world.open(status=403)


def test_a_cell_has_held_and_required_for_the_eye_and_words_for_a_screen_reader(world: World) -> None:
    world.joins("Rowan Sample", {"law": 1, "tendering": 2})
    with world.app.app_context():
        rowan = world.person(world.ids["Rowan Sample"])
        build.evidence(rowan, "cost", 2, until=date(2027, 1, 17))
    found = cells(world.open(), "Rowan Sample")
    assert found == [
        "2/5",
        "1/2 holds 1, role requires 2, 1 short",
        "0/1 holds 0, role requires 1, 1 short",
        "2/2 holds 2, role requires 2",
        "2/2 holds 2, role requires 2, lapses 17 Jan",
        "0/2 holds 0, role requires 2, 2 short",
    ]


def test_what_is_not_required_is_a_plain_figure_or_a_dash(world: World) -> None:
    world.joins("Carys Exemplar", {"tendering": 1}, role_profile="contract-manager")
    page = world.open()
    assert cells(page, "Carys Exemplar")[3:5] == ["1 holds 1, not required", "– holds 0, not required"]


def test_the_hatch_is_denser_from_two_levels_short(world: World) -> None:
    world.joins("Rowan Sample", {"law": 1})
    page = world.open()
    assert len(page.select("tbody .matrix__cell--deep")) == 3
    assert len(page.select("tbody .matrix__cell--short")) == 2


def test_a_new_starter_is_marked_with_the_day(world: World) -> None:
    world.joins("Daniel Quarto", since=date(2026, 11, 2))
    world.joins("Rowan Sample", since=date(2026, 9, 30))
    page = world.open()
    assert page.select("tbody th strong") == ["since 2 November 2026"]


def test_cover_counts_who_can_lead_and_do_and_whose_evidence_lapses(world: World) -> None:
    world.joins("Asha Testwood", {"law": 3}, role_profile=SENIOR, until=date(2027, 2, 26))
    world.joins("Femi Folio", {"law": 3}, role_profile=SENIOR)
    world.joins("Rowan Sample", {"law": 1}, role_profile=SENIOR)
    page = world.open()
    assert cover(page, "Can lead")[0] == "2 of 3 1 lapses Feb thin"
    assert cover(page, "Can do")[0] == "2 of 3 1 lapses Feb"
    assert cover(page, "Can lead")[1:] == ["0 of 3", "0 of 3 thin", "0 of 3", "0 of 3"]


def test_lapses_in_several_months_are_given_from_the_first_to_the_last(world: World) -> None:
    world.joins("Asha Testwood", {"law": 3}, until=date(2027, 2, 26))
    world.joins("Femi Folio", {"law": 3}, until=date(2026, 12, 26))
    assert cover(world.open(), "Can lead")[0] == "2 of 2 2 lapse Dec to Feb thin"


def test_thin_cover_is_said_in_sentences_with_names_days_and_links(world: World) -> None:
    asha = world.joins("Asha Testwood", {"law": 3}, role_profile=SENIOR, until=date(2027, 2, 26))
    world.joins("Femi Folio", {"law": 3, "tendering": 3}, role_profile=SENIOR)
    page = world.open()
    assert page.select("#thin ~ ul li") == [
        (
            "law: 2 of 2 can lead, and 1 of them lapses. Asha Testwood’s evidence ends on 26 February 2027."
            " Renew it: law, Asha Testwood"
        ),
        (
            "tendering: of 2, only Femi Folio can lead. 2 are in roles that ask for level 3."
            " See who is short: tendering"
        ),
    ]
    assert page.tree.cssselect("#thin ~ ul li a")[0].get("href") == f"/team/{asha}"


def test_the_one_who_can_lead_and_lapses_is_named_with_the_day(world: World) -> None:
    world.joins("Femi Folio", {"law": 3}, until=date(2027, 2, 26))
    assert world.open().select("#thin ~ ul li") == [
        (
            "law: of 1, only Femi Folio can lead, and the evidence ends on 26 February 2027."
            " Renew it: law, Femi Folio"
        ),
    ]


def test_nobody_who_can_lead_is_said_with_how_many_roles_ask(world: World) -> None:
    world.joins("Carys Exemplar", role_profile="contract-manager")
    assert world.open().select("#thin ~ ul li") == [
        "risk: nobody of 1 can lead. 1 is in a role that asks for level 3. See who is short: risk"
    ]


def test_three_are_listed_and_the_others_are_folded_by_name(world: World) -> None:
    keys = ["law", "risk", "tendering", "cost"]
    world.joins("Femi Folio", dict.fromkeys(keys, 3), until=date(2027, 2, 26))
    page = world.open()
    assert len(page.select("#thin ~ ul li")) == 3
    assert page.select("details summary")[-1] == "1 more: cost"
    assert page.select("#thin ~ details li")[0].startswith("cost: of 1, only Femi Folio can lead")


def test_cover_that_is_thin_nowhere_says_so(world: World) -> None:
    world.joins("Rowan Sample")
    assert "Nowhere today." in world.open().text


def test_who_is_away_is_listed_apart_and_not_in_the_cover(world: World) -> None:
    world.joins("Rowan Sample", {"law": 2})
    asha = world.joins("Asha Testwood", {"law": 3})
    with world.app.app_context():
        appointments.record_absence(asha, TODAY - timedelta(days=3), None, by=None)
    page = world.open()
    assert people(page) == ["Rowan Sample"]
    assert "1 person, as of Monday 30 November 2026. 1 more is away, and not counted." in page.text
    assert "Away, not counted" in page.select("h2")
    assert "Asha Testwood, Buyer" in page.select("ul li")
    assert cover(page, "Can do")[0] == "1 of 1"


def test_the_team_filter_shows_one_team_with_those_below_and_counts_only_them(world: World) -> None:
    world.joins("Rowan Sample", {"law": 2})
    world.joins("Asha Testwood", team=world.below_id)
    page = submit(world.open(), button="Show", team=world.below_id)
    assert people(page) == ["Asha Testwood"]
    assert cover(page, "Can do")[0] == "0 of 1"
    assert "Sourcing team, Aldermoor Police. 1 person" in page.text
    assert people(world.open(f"/team?team={world.team_id}")) == ["Asha Testwood", "Rowan Sample"]


def test_the_filter_works_by_htmx_and_pushes_the_address(world: World) -> None:
    world.joins("Asha Testwood", team=world.below_id)
    page = world.open()
    form = page.tree.cssselect("main form.filters")[0]
    assert (form.get("hx-get"), form.get("hx-target"), form.get("hx-push-url")) == ("/team", "#main", "true")
    part = submit(page, button="Show", team=world.below_id, headers={"HX-Request": "true"})
    assert "<html" not in part.response.text
    assert "Asha Testwood" in part.response.text


def test_a_single_team_has_no_team_filter(world: World) -> None:
    asha = world.joins("Asha Testwood", team=world.below_id)
    world.joins("Rowan Sample", team=world.below_id)
    with world.app.app_context():
        build.grant(world.person(asha), Duty.MANAGER, world.below)
    page = world.open(by=asha)
    assert page.select("main form.filters label") == [
        "Role",
        "Competencies",
        "People",
        "Lapses within",
        "Sort by",
        "People a page",
        "Cover on",
    ]


@pytest.mark.parametrize("team", ["99999", "x", "-1", "²"])
def test_a_team_that_is_not_covered_does_not_exist(world: World, team: str) -> None:
    world.open(f"/team?team={team}", 404)


def test_people_can_be_sorted_by_role_and_not_by_how_much_of_it_they_meet(world: World) -> None:
    world.joins("Asha Testwood", role_profile="senior-buyer")
    world.joins("Rowan Sample")
    page = world.open()
    assert people(page) == ["Asha Testwood", "Rowan Sample"]
    assert page.select("#order option") == ["Name", "Role", "Team"]
    assert people(submit(page, button="Show", order="role")) == ["Rowan Sample", "Asha Testwood"]


def test_where_there_are_several_teams_each_person_stands_with_theirs_and_may_be_sorted_by_it(
    world: World,
) -> None:
    world.joins("Asha Testwood", team=world.below_id)
    world.joins("Rowan Sample")
    page = world.open()
    named = ["Asha Testwood Buyer Sourcing team", "Rowan Sample Buyer Commercial team"]
    assert page.select("tbody .matrix__person") == named
    assert page.select(".person-card .help")[0].startswith("Buyer. Sourcing team. Meets")
    assert people(submit(page, button="Show", order="team")) == ["Rowan Sample", "Asha Testwood"]
    one = submit(page, button="Show", team=world.below_id)
    assert one.select("tbody .matrix__person") == ["Asha Testwood Buyer"]


def test_the_window_is_ninety_days_unless_a_longer_one_is_chosen(world: World) -> None:
    world.joins("Asha Testwood", {"law": 3}, until=date(2027, 3, 14))
    page = world.open()
    assert "lapses" not in cells(page, "Asha Testwood")[1]
    assert "met, but lapses by 28 February 2027" in page.text
    longer = submit(page, button="Show", within="180")
    assert cells(longer, "Asha Testwood")[1] == "3/2 holds 3, role requires 2, lapses 14 Mar"


def test_twenty_five_people_a_page_and_the_cover_of_all(world: World) -> None:
    world.crowd(27, {"law": 2})
    first = world.open()
    assert len(people(first)) == 25
    assert cover(first, "Can do")[0] == "27 of 27"
    second = world.open("/team?page=2&within=180")
    assert people(second) == ["Person 25", "Person 26"]
    assert cover(second, "Can do")[0] == "27 of 27"
    back = second.tree.cssselect("nav.govuk-pagination a")[0].get("href")
    assert back == "/team?within=180#everyone"
    assert people(world.open("/team?page=99")) == ["Person 25", "Person 26"]
    assert people(world.open("/team?page=x")) == people(first)


def test_a_card_on_a_phone_has_three_gaps_then_how_many_more_and_the_lapses(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        build.evidence(world.person(rowan), "fraud", 2, until=date(2027, 1, 17))
    page = world.open()
    assert page.select(".person-card li") == [
        "law no level, the role asks 2",
        "risk no level, the role asks 1",
        "tendering no level, the role asks 2",
        "fraud Lapses 17 January 2027",
    ]
    assert page.links()["1 more gap: Rowan Sample"] == f"/team/{rowan}"
    assert "Meets 1 of 5 competencies." in page.text


def test_a_card_without_gaps_and_lapses_says_so(world: World) -> None:
    world.joins("Carys Exemplar", {"law": 1, "risk": 3}, role_profile="contract-manager")
    assert world.open().select(".person-card") == [
        (
            "Carys Exemplar Contract manager. Commercial team. Meets 2 of 2 competencies."
            " Nothing is short and nothing lapses"
        )
    ]


def test_the_page_costs_as_many_statements_with_many_people_as_with_few(world: World) -> None:
    def cost() -> int:
        world.open()
        with statements() as seen:
            world.open()
        return len(seen)

    world.joins("Asha Testwood", {"law": 2})
    few = cost()
    world.crowd(30, {"law": 2, "risk": 1, "cost": 2})
    assert cost() == few <= MOST_STATEMENTS + SIGN_IN


def test_the_table_is_kept_once_a_day_for_each_person_whom_it_shows(world: World) -> None:
    world.joins("Asha Testwood", {"law": 2})
    world.joins("Bryn Mockford", {"law": 1})
    for _ in range(2):
        world.open()
    with world.app.app_context():
        rows = db.session.execute(
            select(RecordReading.person_id, RecordReading.reader_id, RecordReading.page)
        ).all()
    assert len(rows) == len({row.person_id for row in rows}) == 2
    assert {(row.reader_id, row.page) for row in rows} == {(world.manager_id, "team.matrix")}
