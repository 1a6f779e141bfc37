"""What “What would close it” says: the gap on the day, the steps, the hours, and wrong choices."""

import csv
import io
from datetime import date, timedelta

import pytest

from lms.competencies.counts import count
from lms.content import catalogue
from lms.core.database import db
from lms.people.models import Person, Sharing, Team
from lms.reports import plan as plans
from lms.reports.needs import needs_on
from tests.support import build
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import passed
from tests.support.pages import Page
from tests.support.service import ASKED, COMPETENCIES, REGIONS, TODAY, Service
from tests.support.statements import statements

PAGE = "/reports/gaps/plan"
LATER = date(2027, 3, 1)
MOST_STATEMENTS = 30
MODULES = {"law-basics": 15, "law-applied": 25, "risk-basics": 20, "shared": 30}
SHOWN_BY: dict[str, dict[int, tuple[str, ...]]] = {
    "law": {1: ("law-basics",), 2: ("law-applied", "shared")},
    "risk": {1: ("risk-basics",), 2: ("shared",)},
    "tendering": {1: ("shared",)},
}


@pytest.fixture
def taught(service: Service) -> Service:
    """The service with modules that show the lower levels."""
    with service.app.app_context():
        publish(
            tuple(competency(key, SHOWN_BY.get(key)) for key in COMPETENCIES),
            tuple(role(key, levels) for key, levels in ASKED.items()),
            tuple(module(key, minutes) for key, minutes in MODULES.items()),
        )
    return service


def starter(service: Service, name: str) -> Person:
    """A new buyer in Aldermoor, of whom nothing is recorded."""
    somebody = build.person(name, learner=False)
    build.appointed(somebody, db.session.get_one(Team, service.team), "buyer", TODAY)
    return somebody


def sentence(page: Page) -> str:
    return " ".join(page.select(".sentence p"))


def steps(service: Service, choice: str = "", who: str = "national-lead") -> list[dict[str, str]]:
    text = service.client(who).get(f"{PAGE}.csv?{choice}").text
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), LATER])
@pytest.mark.parametrize("region", [None, "east"])
def test_the_gaps_of_a_plan_are_those_that_a_plain_count_finds_on_the_day(
    taught: Service, region: str | None, day: date
) -> None:
    with taught.app.app_context():
        somebody = starter(taught, "Lapses Soon")
        build.evidence(somebody, "law", 2, TODAY, until=TODAY + timedelta(days=1))
        found = needs_on(day, region, (), COMPETENCIES, catalogue.current())
        expected: dict[str, int] = {}
        for (cell, key), tally in count(day).counts.items():
            if region in {None, cell.region} and tally.below:
                expected[key] = expected.get(key, 0) + tally.below
        counted: dict[str, int] = {}
        for needs in found.values():
            for need in needs:
                counted[need.competency] = counted.get(need.competency, 0) + 1
        assert counted == expected


def test_it_says_how_large_the_gap_is_today_and_on_the_day_and_what_closes_it(taught: Service) -> None:
    page = taught.open(f"{PAGE}?competency=law&ready_by=01/03/2027")
    assert page.h1 == "What would close it"
    assert page.select(".lead") == ["Law, all regions"]
    words = sentence(page)
    assert "people are below what their role requires today. If nothing is done," in words
    assert "on 1 March 2027: lapses until then are counted." in words
    assert "of staff time if all pass first time." in words
    assert page.tree.cssselect("#ready_by")[0].get("value") == "01/03/2027"


def test_steps_go_down_to_nothing_and_their_minutes_add_up(taught: Service) -> None:
    rows = steps(taught, "competency=law")
    lefts = [int(row["gaps_left"]) for row in rows]
    assert lefts == sorted(lefts, reverse=True)
    assert lefts[-1] == 0
    page = taught.open(f"{PAGE}?competency=law")
    gaps = int(page.select(".plan-totals strong")[0].split()[0].replace(",", ""))
    assert sum(int(row["people"]) for row in rows) == gaps
    hours, minutes = divmod(sum(int(row["staff_minutes"]) for row in rows), 60)
    assert page.select(".plan-totals strong")[1] == f"{hours} h {minutes:02}"


def test_the_page_shows_the_rows_of_the_file(taught: Service) -> None:
    rows = [row for row in steps(taught) if row["step"] != "others"]
    page = taught.open(PAGE)
    shown = page.select(".plan-steps tbody td[data-label='People']")
    assert shown == [row["people"] for row in rows]


def test_a_module_that_serves_two_competencies_is_counted_once(taught: Service) -> None:
    both = sum(int(row["staff_minutes"]) for row in steps(taught))
    apart = sum(
        int(row["staff_minutes"]) for key in COMPETENCIES for row in steps(taught, f"competency={key}")
    )
    assert both < apart


def test_a_level_that_no_module_shows_needs_an_assessment(taught: Service) -> None:
    page = taught.open(f"{PAGE}?competency=law")
    assert "since a pass does not show that level" in sentence(page)
    assert "Assessment at level 3" in " ".join(page.select(".plan-steps__tasks li"))


def test_steps_of_few_people_are_taken_together(taught: Service) -> None:
    for choice in ("", "competency=law&region=east"):
        rows = steps(taught, choice)
        assert all(int(row["people"]) >= 5 for row in rows if row["step"] != "others")
    others = [row for row in steps(taught) if row["step"] == "others"]
    assert others
    assert (others[0]["modules"], others[0]["competency"]) == ("", "")
    page = taught.open(PAGE)
    assert "would tell of single people" in " ".join(page.select("main p"))


def test_hours_choose_what_closes_most_and_say_what_no_plan_exceeds(taught: Service) -> None:
    everything = sum(int(row["staff_minutes"]) for row in steps(taught))
    page = taught.open(f"{PAGE}?hours=5")
    assert "close in 5 staff hours if all pass first time" in sentence(page)
    assert "No plan of as many hours closes more" in sentence(page)
    spent = sum(int(row["staff_minutes"]) for row in steps(taught, "hours=5"))
    assert 0 < spent <= 300 < everything
    plenty = taught.open(f"{PAGE}?hours=5,000")
    assert "The hours that you entered are enough for all of it." in sentence(plenty)


def test_what_to_expect_comes_from_the_first_goes_of_the_last_year(
    taught: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "expect about" not in sentence(taught.open(f"{PAGE}?competency=law"))
    monkeypatch.setattr(plans, "ENOUGH", 1)
    with taught.app.app_context():
        passed(starter(taught, "Passes"), "law-basics", TODAY - timedelta(days=20))
    page = taught.open(f"{PAGE}?competency=law")
    assert "In the last year 100% of people passed a check at their first go" in sentence(page)


def test_an_organisation_that_shares_nothing_is_in_no_plan(taught: Service) -> None:
    before = taught.open(f"{PAGE}?region=east")
    taught.share("woldmarsh", Sharing.NONE)
    after = taught.open(f"{PAGE}?region=east")
    first, second = (int(page.select(".plan-totals strong")[0].split()[0]) for page in (before, after))
    assert second < first


def test_a_region_of_too_few_people_is_hidden_whole(taught: Service) -> None:
    with taught.app.app_context():
        small = build.organisation("lone", region_id="lone")
        build.appointed(build.person("Only One", learner=False), build.team(small), "buyer")
    page = taught.open(f"{PAGE}?region=lone")
    assert "nothing is said of what would close it" in sentence(page)
    assert not page.tree.cssselect(".plan-totals, .plan-steps")
    assert steps(taught, "region=lone") == []


def test_what_would_tell_of_small_groups_is_left_out_and_named(taught: Service) -> None:
    plain = _without_details(taught, "east")
    assert "law" in plain
    page = taught.open(f"{PAGE}?region=east")
    titles = [each.capitalize() for each in COMPETENCIES if each in plain]
    assert f"would tell of small groups: {', '.join(titles)}." in sentence(page)
    assert {row["competency"] for row in steps(taught, "region=east")}.isdisjoint(plain)
    alone = taught.open(f"{PAGE}?region=east&competency=law")
    assert "nothing is said of what would close it" in sentence(alone)


def _without_details(service: Service, region: str) -> set[str]:
    """The competencies of which the gap report does not say what kind the gaps of a region are."""
    address = f"/reports/gaps.csv?by=region&region={region}&as_of={TODAY}"
    rows = csv.DictReader(io.StringIO(service.client().get(address).text))
    return {row["competency"] for row in rows if not row["unrecorded"] and row["appointments"] != "0"}


def test_a_lead_of_one_organisation_sees_the_plan_of_the_own_region_alone(taught: Service) -> None:
    page = taught.open(PAGE, "organisation-lead")
    assert page.select(".lead") == ["All competencies, East Midlands"]
    assert page.select("#region option") == [REGIONS["east"]]
    taught.open(f"{PAGE}?region=north", "organisation-lead", 404)


@pytest.mark.parametrize(
    ("choice", "field", "words"),
    [
        ("hours=0", "hours", "Enter whole hours from 1 to 100,000, or leave it empty for all"),
        ("hours=many", "hours", "Enter whole hours from 1 to 100,000, or leave it empty for all"),
        ("ready_by=soon", "ready_by", "Enter a date like 30/11/2026"),
        ("ready_by=30/11/2026", "ready_by", "Enter a date after today, up to 30 November 2028"),
        ("ready_by=01/12/2028", "ready_by", "Enter a date after today, up to 30 November 2028"),
    ],
)
def test_a_wrong_choice_says_how_to_mend_it_and_keeps_what_was_typed(
    taught: Service, choice: str, field: str, words: str
) -> None:
    page = taught.open(f"{PAGE}?competency=law&{choice}", status=400)
    assert page.select(".govuk-error-summary__list a") == [words]
    assert page.tree.cssselect(f"#{field}")[0].get("value") == choice.partition("=")[2]
    assert taught.client().get(f"{PAGE}.csv?{choice}").status_code == 400


def test_too_many_people_for_one_plan_are_sent_to_a_region(
    taught: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.reports.needs.MOST_PEOPLE", 20)
    monkeypatch.setattr("lms.reports.plan_views.MOST_PEOPLE", 20)
    page = taught.open(PAGE, status=400)
    assert page.select(".govuk-error-summary__list a") == [
        "Choose a region: a plan is worked out for up to 20 people"
    ]


def test_what_does_not_exist_for_the_one_who_asks_is_not_found(taught: Service) -> None:
    taught.open(f"{PAGE}?region=atlantis", status=404)
    taught.open(f"{PAGE}?competency=alchemy", status=404)


def test_nobody_on_board_is_said_in_a_sentence(taught: Service) -> None:
    with taught.app.app_context():
        build.organisation("later", region_id="later", on_board=None)
    page = taught.open(f"{PAGE}?region=later")
    assert "Nobody in this choice has a role that requires it" in sentence(page)


def test_the_statements_do_not_grow_with_people(taught: Service) -> None:
    with statements() as few:
        taught.open(f"{PAGE}?hours=5")
    with taught.app.app_context():
        for number in range(20):
            starter(taught, f"New {number}")
    with statements() as many:
        taught.open(f"{PAGE}?hours=5")
    assert len(many) <= len(few) <= MOST_STATEMENTS
