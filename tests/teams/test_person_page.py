from datetime import date, timedelta

import pytest
from lxml import html

from lms.competencies.evidence import enter_in_error
from lms.competencies.models import Basis, SelfAssessment
from lms.core import clock
from lms.core.database import db, writing
from lms.learning.models import CompletionEvidence
from lms.people import appointments
from lms.people.models import Appointment, Duty, RecordReading
from tests.support import build
from tests.support.application import sign_in
from tests.support.learners import assigned, noon, passed
from tests.support.managers import TODAY, World, another_force
from tests.support.pages import Page, submit
from tests.support.pseudo import pseudo_language, untranslated
from tests.support.statements import statements

OF_A_PAST_DAY, OF_TODAY = 14, 18
"""Statements: what decides a conversation today and what waits take four more, none on a past day."""


def rows(page: Page) -> list[str]:
    return page.select("#levels ~ table tbody tr:not(.table__area)")


def entries(page: Page) -> list[str]:
    return page.select("#entries ~ table tbody tr")


def readings(world: World) -> list[tuple[int, int, str]]:
    with world.app.app_context():
        found = db.session.query(RecordReading).order_by(RecordReading.id)
        return [(each.person_id, each.reader_id, each.page) for each in found]


def test_the_manager_sees_the_record_with_name_role_team_and_since_when(world: World) -> None:
    rowan = world.joins("Rowan Sample", {"law": 1, "tendering": 2}, since=date(2026, 9, 6))
    page = world.open(f"/team/{rowan}")
    assert page.h1 == "Rowan Sample"
    assert page.select(".lead") == ["Commercial team. Buyer since 6 September 2026"]
    assert "Rowan Sample meets 1 of the 5 competencies that the role asks for." in page.text
    assert rows(page)[0] == "Law level 1, the role asks 2 Import: Seen at level 1 No end"
    assert len(entries(page)) == 2
    assert page.select(".govuk-back-link") == ["Who can do what"]


def test_two_posts_are_both_named_with_their_teams(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        build.appointed(world.person(rowan), world.below, "contract-manager", date(2026, 3, 1))
    assert world.open(f"/team/{rowan}").select(".lead") == [
        "Commercial team; Sourcing team. Buyer since 1 January 2024; Contract manager since 1 March 2026"
    ]


def test_the_newest_pass_is_said_with_the_levels_that_it_shows(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        somebody = world.person(rowan)
        passed(somebody, "standstill", date(2025, 1, 9))
        newest = passed(somebody, "standstill", date(2026, 11, 24), edition=2).id
        shown = build.evidence(somebody, "law", 1, date(2026, 11, 24), basis=Basis.LEARNING).id
        with writing():
            db.session.add(CompletionEvidence(completion_id=newest, evidence_id=shown))
    page = world.open(f"/team/{rowan}")
    assert "Latest pass: Standstill, edition 2, on 24 November 2026. It shows level 1 of Law." in page.text


def test_a_past_day_shows_what_was_known_then_and_the_pass_of_that_time(world: World) -> None:
    rowan = world.joins("Rowan Sample", since=date(2025, 1, 1))
    with world.app.app_context():
        with clock.at(noon(date(2026, 3, 1))):
            passed(world.person(rowan), "standstill", date(2026, 3, 1))
            build.evidence(world.person(rowan), "law", 2, date(2026, 3, 1))
        with clock.at(noon(date(2026, 6, 1))):
            passed(world.person(rowan), "standstill", date(2026, 6, 1), edition=2)
            written = build.evidence(world.person(rowan), "cost", 2, date(2026, 2, 1))
        with clock.at(noon(date(2026, 7, 1))):
            enter_in_error(written.id, by=None, reason="Entered for the wrong person")
    page = submit(world.open(f"/team/{rowan}"), as_of="15/06/2026", button="Show this date")
    assert "As of 15 June 2026, by what was known then." in page.text
    assert "meets 2 of the 5" in page.text
    earlier = world.open(f"/team/{rowan}?as_of=2026-03-31")
    assert "Latest pass: Standstill, edition 1" in earlier.text
    assert len(entries(earlier)) == 1


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31/02/2026", "Enter a date that exists, for example 30/11/2026"),
        ("01/12/2026", "Enter today’s date or an earlier one: what comes after today is not known"),
        ("31/12/2024", "Enter a date from 1 January 2025 on: the record begins on that day"),
    ],
)
def test_a_date_without_a_record_is_an_error_beside_what_was_typed(
    world: World, typed: str, message: str
) -> None:
    rowan = world.joins("Rowan Sample", since=date(2025, 1, 1))
    page = world.open(f"/team/{rowan}?as_of={typed}", 400)
    assert page.title.startswith("Error: Rowan Sample")
    assert page.select(".govuk-error-summary li") == [message]
    assert page.tree.cssselect("#as_of")[0].get("value") == typed
    assert page.select("table") == []


def test_the_entries_stand_25_a_page_and_the_levels_lead_to_them(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        for month in range(1, 29):
            build.evidence(world.person(rowan), "law", 1, date(2024, 1, month), until=date(2024, 6, month))
    page = world.open(f"/team/{rowan}?page=2")
    assert len(entries(page)) == 3
    assert page.tree.cssselect("nav.govuk-pagination a")[0].get("href") == f"/team/{rowan}?page=1#entries"


def test_somebody_who_has_shown_nothing_has_an_empty_record_and_no_way_to_begin(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = world.open(f"/team/{rowan}")
    assert "Nothing shown yet." in page.text
    assert "Begin with" not in page.text


def test_somebody_away_is_said_to_be_away(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        appointments.record_absence(rowan, TODAY, None, by=None)
    assert "Rowan Sample is recorded as away" in world.open(f"/team/{rowan}").text


def test_nothing_can_be_changed_on_it(world: World) -> None:
    rowan = world.joins("Rowan Sample", {"law": 1})
    page = world.open(f"/team/{rowan}")
    assert [form.get("method") for form in page.tree.cssselect("main form")] == ["get"]


def test_every_opening_is_kept_and_the_person_sees_it(world: World) -> None:
    rowan = world.joins("Rowan Sample", {"law": 1})
    address = f"/team/{rowan}"
    world.open(address, fragment=False)
    world.open(f"{address}?as_of=2026-01-31", fragment=False)
    assert readings(world) == [(rowan, world.manager_id, "team.person")] * 2
    seen = world.open("/record/seen", by=rowan)
    assert "Morgan Example" in seen.text
    assert "Your record, as your manager sees it" in seen.text


def test_a_person_of_a_team_below_may_be_opened(world: World) -> None:
    asha = world.joins("Asha Testwood", team=world.below_id)
    assert world.open(f"/team/{asha}").h1 == "Asha Testwood"


def test_what_is_not_the_managers_to_see_does_not_exist_and_leaves_no_trace(world: World) -> None:
    with world.app.app_context():
        elsewhere = build.team(another_force(), "Estates").id
        free = build.person("Nobody Yet").id
    other = world.joins("Olive Other", team=elsewhere)
    for person_id in (other, free, world.manager_id, 99_999):
        world.open(f"/team/{person_id}", 404)
    assert readings(world) == []


def test_the_manager_of_a_team_below_or_of_another_force_may_not_open_it(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        elsewhere = build.team(another_force(), "Estates")
        olive, asha = build.person("Olive Other"), build.person("Asha Testwood")
        build.grant(olive, Duty.MANAGER, elsewhere)
        build.grant(asha, Duty.MANAGER, world.below)
        readers = (olive.id, asha.id)
    for reader in readers:
        world.open(f"/team/{rowan}", 404, by=reader)


def test_a_learner_and_a_lead_may_not_open_anybody(world: World) -> None:
    rowan, asha = world.joins("Rowan Sample"), world.joins("Asha Testwood")
    with world.app.app_context():
        lead = build.person("Nia Samplewell")
        build.grant(lead, Duty.NATIONAL_LEAD)
        lead_id = lead.id
    for reader in (asha, lead_id):
        world.open(f"/team/{rowan}", 403, by=reader)


def test_who_moved_away_can_no_longer_be_opened_from_that_day_on(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        held = db.session.query(Appointment).filter_by(person_id=rowan).one()
        appointments.close_appointment(held, TODAY, by=None)
        build.appointed(world.person(rowan), build.team(another_force()), from_day=TODAY)
    world.open(f"/team/{rowan}", 404)
    with clock.at(noon(TODAY - timedelta(days=1))):
        world.open(f"/team/{rowan}")


def test_the_page_costs_as_many_statements_with_much_in_the_record_as_with_little(world: World) -> None:
    rowan = world.joins("Rowan Sample", {"law": 1})

    def cost(address: str = f"/team/{rowan}") -> int:
        world.open(address, fragment=False)
        with statements() as seen:
            world.open(address, fragment=False)
        return len(seen)

    little = cost()
    with world.app.app_context():
        somebody = world.person(rowan)
        build.appointed(somebody, world.below, "contract-manager")
        for month in range(1, 13):
            build.evidence(somebody, "cost", 1, date(2025, month, 1), until=date(2026, month, 1))
            passed(somebody, "standstill", date(2025, month, 1))
    world.crowd(10, {"law": 2})
    assert cost() == little == OF_TODAY
    assert cost(f"/team/{rowan}?as_of=2026-01-31") == OF_A_PAST_DAY


def test_every_text_of_the_managers_pages_can_be_translated(world: World) -> None:
    rowan = world.joins("Rowan Sample", {"law": 3}, role_profile="senior-buyer", until=date(2027, 1, 17))
    asha = world.joins("Asha Testwood", team=world.below_id, since=date(2026, 11, 2))
    with world.app.app_context():
        passed(world.person(rowan), "standstill", date(2026, 11, 24))
        appointments.record_absence(world.joins("Ellis Octavo"), TODAY, None, by=None)
    found = {}
    with pseudo_language():
        for address in ("/team", f"/team/{rowan}", f"/team/{asha}", f"/team/{rowan}?as_of=x"):
            sign_in(world.client, world.manager_id)
            page = Page.of(world.client, world.client.get(address, checked=False))
            main = html.tostring(page.tree.cssselect("main")[0], encoding="unicode")
            found[address] = untranslated(main)
    assert {address: words for address, words in found.items() if words} == {}


def test_gaps_are_listed_with_what_closes_each_and_a_way_to_assess_it(world: World) -> None:
    rowan = world.joins("Rowan Sample", {"law": 1, "risk": 1, "tendering": 2, "cost": 2})
    page = world.open(f"/team/{rowan}")
    assert page.select("#gaps + p") == ["2 need an assessment."]
    assert page.select("#gaps ~ table:not(#levels ~ table) tbody tr") == [
        "Law Level 1, required 2 An assessment at level 2 Assess Law",
        "Fraud Level 0, required 2 An assessment at level 2 Assess Fraud",
    ]
    assert page.links()["Assess Law"] == f"/team/{rowan}/assess/law"
    assert page.links()["Record a baseline"] == f"/team/{rowan}/baseline"


def test_what_lapses_in_90_days_is_listed_and_what_lapses_later_is_not(world: World) -> None:
    soon = world.joins("Rowan Sample", {"law": 2}, until=TODAY + timedelta(days=90))
    later = world.joins("Sky Testford", {"law": 2}, until=TODAY + timedelta(days=91))
    page = world.open(f"/team/{soon}")
    assert page.select("#lapses ~ ul li") == ["Law: level 2 lapses on 28 February 2027 Assess Law"]
    assert page.links()["Assess Law"] == f"/team/{soon}/assess/law"
    assert world.open(f"/team/{later}").select("#lapses ~ *") == ["Nothing."]


def test_assigned_work_is_listed_with_its_day_and_an_attempt_that_did_not_pass_never_is(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        assigned(world.person(rowan), "standstill", by=world.manager, due=TODAY - timedelta(days=1))
    page = world.open(f"/team/{rowan}")
    assert "Standstill , was due on 29 November 2026 , assigned by Morgan Example" in page.text.replace(
        ",", " ,"
    )
    with world.app.app_context():
        passed(world.person(rowan), "standstill", TODAY)
    done = world.open(f"/team/{rowan}").text
    assert "Standstill, edition 1, on 30 November 2026" in done


def test_a_self_assessment_stands_beside_the_level_and_a_past_day_hides_all_of_today(
    world: World,
) -> None:
    rowan = world.joins("Rowan Sample", {"law": 1}, since=date(2025, 1, 1))
    with world.app.app_context(), writing():
        db.session.add(SelfAssessment(person_id=rowan, competency_id="law", level=3, at=clock.now()))
    assert "Said of themselves: level 3" in world.open(f"/team/{rowan}").text
    past = world.open(f"/team/{rowan}?as_of=2026-03-31")
    assert "Said of themselves" not in past.text
    assert "Record a baseline" not in past.links()
    assert "Assess Law" not in past.links()
