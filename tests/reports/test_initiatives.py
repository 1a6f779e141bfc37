"""What the pages of initiatives say: readiness by place, what is asked, small groups, and wrong input."""

import csv
import io
from datetime import date, timedelta

import pytest

from lms.competencies.suppression import Group
from lms.content import catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning.held import held_about
from lms.learning.initiatives import keeping
from lms.learning.initiatives.keeping import Fault, InitiativeError, Wanted, begin, change, end
from lms.learning.readiness import Needs
from lms.people import appointments
from lms.people.models import Person, Sharing
from tests.support import build
from tests.support.learners import noon, passed
from tests.support.pages import Page, submit
from tests.support.service import TODAY, Service
from tests.support.statements import statements

LIST, NEW = "/reports/initiatives", "/reports/initiatives/new"
GO_LIVE = date(2027, 3, 1)
STANDSTILL = Needs(frozenset({"standstill"}))
MOST_STATEMENTS, MOST_AGAIN = 26, 3


def wanted(
    needs: Needs = STANDSTILL, scope: Group | None = None, go_live: date = GO_LIVE, name: str = "One platform"
) -> Wanted:
    return Wanted(name, "We all buy on one platform.", needs, scope or Group(), go_live)


def begun(service: Service, what: Wanted | None = None, by: str = "national-lead") -> int:
    with service.app.app_context():
        return begin(what or wanted(), by=service.ids[by])


def pass_some(service: Service, share: int = 3, ago: int = 5, until: date | None = None) -> int:
    """Each third of all people passes, one after the other, a day apart; gives how many."""
    with service.app.app_context():
        people = db.session.query(Person).filter(Person.name.like("Person %")).order_by(Person.id).all()
        chosen = people[::share]
        for number, each in enumerate(chosen):
            passed(each, "standstill", TODAY - timedelta(days=ago + number), until=until)
        return len(chosen)


def sentence(page: Page) -> str:
    return " ".join(page.select(".sentence p"))


def rows(service: Service, number: int, who: str = "national-lead", region: str = "") -> list[dict[str, str]]:
    text = service.client(who).get(f"{LIST}/{number}.csv?region={region}").text
    return list(csv.DictReader(io.StringIO(text)))


def typed(**changes: str) -> dict[str, str]:
    """What is typed into the form of a new initiative."""
    return {
        "name": "New thresholds",
        "why": "Thresholds change.",
        "place": "nation",
        "go_live": "1/3/2027",
        "level-law": "2",
        "level-risk": "1",
        **changes,
    }


def test_without_an_initiative_the_list_says_what_one_is_and_offers_to_begin(service: Service) -> None:
    page = service.open(LIST)
    assert "Begin one when something changes for many on one day" in page.select(".empty")[0]
    assert page.links()["Begin an initiative"] == NEW


def test_the_list_says_when_each_goes_live_who_is_ready_and_the_time_left(service: Service) -> None:
    pass_some(service)
    number = begun(service)
    cells = [" ".join(each.split()) for each in service.open(LIST).select("tbody td")]
    last = rows(service, number)[-1]
    share = f"{last['ready']} of {last['people']} ({last['ready_percent']}%)"
    left = divmod(int(last["most_staff_minutes_left"]), 60)
    assert cells == ["1 March 2027, in 91 days", share, f"{left[0]} h {left[1]:02}"]


def test_the_time_left_is_that_of_the_module_for_whoever_has_not_passed_it(service: Service) -> None:
    pass_some(service)
    last = rows(service, begun(service))[-1]
    assert int(last["most_staff_minutes_left"]) == 20 * (int(last["people"]) - int(last["ready"]))


def test_regions_add_up_to_all_and_who_is_away_is_said(service: Service) -> None:
    pass_some(service)
    number = begun(service)
    *regions, whole = rows(service, number)
    assert sum(int(each["people"]) for each in regions) == int(whole["people"])
    page = service.open(f"{LIST}/{number}")
    assert f"{whole['ready']} of {whole['people']} people" in sentence(page)
    assert "2 posts are left out since their holders are away" in sentence(page)
    assert "Not on board yet: Thornmere" in sentence(page)


def test_small_organisations_and_what_gives_them_away_are_hidden_and_counted(service: Service) -> None:
    pass_some(service)
    number = begun(service)
    inside = {each["place"]: each for each in rows(service, number, region="east")}
    small = next(each for name, each in inside.items() if "fire" in name.casefold())
    assert (small["suppressed"], small["people"], small["most_staff_minutes_left"]) == ("yes", "", "")
    hidden = [each for each in inside.values() if each["suppressed"] == "yes"]
    assert len(hidden) > 1
    page = service.open(f"{LIST}/{number}?region=east")
    assert any(f"{len(hidden)} rows are not shown" in each for each in page.select(".help"))


def test_an_organisation_that_keeps_its_figures_is_in_no_number(service: Service) -> None:
    number = begun(service)
    before = int(rows(service, number)[-1]["people"])
    service.share("fellmoor", Sharing.NONE)
    page = service.open(f"{LIST}/{number}?region=north")
    assert "Do not share their figures: Fellmoor" in sentence(page)
    assert int(rows(service, number)[-1]["people"]) < before


def test_who_leads_an_organisation_sees_it_beside_its_region_alone(service: Service) -> None:
    number = begun(service)
    places = [each["place"] for each in rows(service, number, who="organisation-lead")]
    assert len(places) == 2
    assert "aldermoor" in places[0].casefold()
    service.open(f"{LIST}/{number}?region=north", "organisation-lead", status=404)


def test_an_initiative_of_one_region_is_for_its_leads_and_that_of_an_organisation_for_its_own(
    service: Service,
) -> None:
    number = begun(service, wanted(scope=Group("north")))
    service.open(f"{LIST}/{number}", "region-lead", status=404)
    own = begun(service, wanted(scope=Group(None, "aldermoor")), by="organisation-lead")
    service.open(f"{LIST}/{own}", "organisation-lead")
    service.open(f"{LIST}/{own}", "region-lead")
    elsewhere = begun(service, wanted(scope=Group(None, "fellmoor")))
    service.open(f"{LIST}/{elsewhere}", "organisation-lead", status=404)


@pytest.mark.parametrize(
    ("who", "scope"),
    [
        ("region-lead", Group()),
        ("region-lead", Group("north")),
        ("organisation-lead", Group("east")),
        ("organisation-lead", Group(None, "woldmarsh")),
    ],
)
def test_nobody_begins_one_for_more_than_they_lead(service: Service, who: str, scope: Group) -> None:
    with pytest.raises(InitiativeError) as error:
        begun(service, wanted(scope=scope), by=who)
    assert error.value.fault is Fault.NOT_ALLOWED


def test_what_is_typed_becomes_an_initiative_and_its_page_says_so(service: Service) -> None:
    page = submit(service.open(NEW), typed(), button="Begin this initiative")
    assert "“New thresholds” has begun." in page.text
    assert "has begun." not in service.open(page.path).text
    assert page.h1 == "New thresholds"
    asked = page.select("section[aria-labelledby=asked] li")
    assert [" ".join(each.split()) for each in asked] == [
        "Law, level 2: learning does not show it, each person needs an assessment",
        "Risk, level 1: learning does not show it, each person needs an assessment",
    ]


@pytest.mark.parametrize(
    ("change_", "field", "words"),
    [
        ({"go_live": "1/3/2020"}, "go_live", "Enter a date after today"),
        ({"go_live": "soon"}, "go_live", "Enter a date that exists"),
        ({"go_live": ""}, "go_live", "Enter the day"),
        ({"level-law": "", "level-risk": ""}, "modules-one-course", "Choose at least one module or level"),
        ({"name": ""}, "name", "Enter a name"),
        ({"why": ""}, "why", "Enter in a few words"),
        ({"place": "organisation:thornmere"}, "place", "Nobody is counted there today"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_written(
    service: Service, change_: dict[str, str], field: str, words: str
) -> None:
    page = submit(service.open(NEW), typed(**change_), button="Begin this initiative")
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert words in page.select(f"#{field}-error")[0]
    with service.app.app_context():
        assert keeping.entries() == []


def test_a_change_ends_one_and_begins_another_and_the_first_leads_to_it(service: Service) -> None:
    number = begun(service)
    page = service.open(f"{LIST}/{number}/change")
    changed = submit(page, {"name": "Two platforms"}, button="Save this initiative")
    assert changed.h1 == "Two platforms"
    before = service.open(f"{LIST}/{number}")
    assert before.links()["It was changed: see it as it is now"] == f"{LIST}/{number + 1}"
    with service.app.app_context():
        first, second = sorted(keeping.entries(), key=lambda each: each.id)
        assert first.ended_at is not None
        assert (second.wanted.needs, second.wanted.go_live) == (STANDSTILL, GO_LIVE)


def test_what_ended_meanwhile_is_not_changed(service: Service) -> None:
    number = begun(service)
    page = service.open(f"{LIST}/{number}/change")
    with service.app.app_context():
        end(number, by=service.ids["national-lead"])
        with pytest.raises(InitiativeError) as error:
            change(number, wanted(), by=service.ids["national-lead"])
    assert error.value.fault is Fault.ENDED
    refused = submit(page, {"name": "Late"}, button="Save this initiative")
    assert "Somebody has changed or ended it meanwhile" in refused.text


def test_an_ended_one_stays_to_be_read_and_asks_nobody(service: Service) -> None:
    number = begun(service)
    page = submit(service.open(f"{LIST}/{number}/end"), {}, button="End this initiative")
    assert "“One platform” has ended." in page.text
    page = service.open(LIST)
    assert "has ended." not in page.text
    assert page.select("tbody td") == []
    assert "Ended on 30 November 2026." in service.open(f"{LIST}/{number}").select(".lead")[0]


def test_the_pace_of_past_weeks_gives_a_range_and_lapses_before_the_day_are_taken_off(
    service: Service,
) -> None:
    pass_some(service, until=None)
    number = begun(service)
    said = sentence(service.open(f"{LIST}/{number}"))
    assert "At the pace of the last 12 weeks" in said
    assert "will have lapsed" not in said
    with service.app.app_context():
        somebody = db.session.query(Person).filter_by(name="Person fellmoor 1").one()
        passed(somebody, "standstill", TODAY, until=GO_LIVE - timedelta(days=3))
    assert "1 who is ready today will have lapsed by then" in sentence(service.open(f"{LIST}/{number}"))


def test_too_few_weeks_are_said_and_no_line_is_guessed(service: Service) -> None:
    pass_some(service)
    with service.app.app_context():
        late = build.region("west", "West")
        made = build.organisation("westmoor", region_id=late.id, on_board=None)
        place = build.team(made)
        people = [build.person(f"Late {each}", learner=False) for each in range(14)]
        for each in people:
            build.appointed(each, place, "buyer")
        for each in people[:5]:
            passed(each, "standstill", TODAY - timedelta(days=9))
        appointments.onboard("westmoor", TODAY - timedelta(days=20), by=None)
    number = begun(service, wanted(scope=Group("west")))
    assert "There are too few weeks of figures" in sentence(service.open(f"{LIST}/{number}"))


def test_after_the_day_the_page_says_how_many_were_ready_on_it(service: Service) -> None:
    with clock.at(noon(TODAY - timedelta(days=30))):
        number = begun(service, wanted(go_live=TODAY - timedelta(days=10)))
    said = sentence(service.open(f"{LIST}/{number}"))
    assert "On the day of going live, 20 November 2026, 0% were." in said


def test_a_module_that_was_retired_is_said_to_be(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    number = begun(service)
    with service.app.app_context():
        found = catalogue.current()
    monkeypatch.setattr(catalogue, "current", lambda: type(found)(framework=found.framework))
    asked = " ".join(service.open(f"{LIST}/{number}").select("section[aria-labelledby=asked] li"))
    assert "was retired: nobody can pass it any more" in asked


def test_of_one_level_alone_no_past_is_shown(service: Service) -> None:
    number = begun(service, wanted(Needs(levels=frozenset({("law", 2)}))))
    page = service.open(f"{LIST}/{number}")
    assert len(page.select("section[aria-labelledby=line] tbody th")) <= 3


def test_a_page_asks_the_database_as_often_whatever_the_places_and_hardly_again(service: Service) -> None:
    number = begun(service)
    client = service.client()
    with statements() as first:
        client.get(f"{LIST}/{number}")
    with statements() as again:
        client.get(f"{LIST}/{number}")
    assert len(first) <= MOST_STATEMENTS
    assert len(again) <= MOST_AGAIN


def test_who_began_one_has_it_among_all_that_is_held_about_them(service: Service) -> None:
    number = begun(service)
    with service.app.app_context():
        end(number, by=service.ids["national-lead"])
        (held,) = held_about(service.ids["national-lead"])["initiatives"]
    assert (held["name"], held["modules"], held["go_live"]) == ("One platform", ["standstill"], "2027-03-01")
    assert held["begun_at"]
    assert held["ended_at"]
