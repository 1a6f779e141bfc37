"""What leads see of the evaluation of courses: counts by region, of whole people, and no small number."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from lms.competencies.models import Basis
from lms.content import catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning import applications
from lms.learning.applications import Draft
from lms.learning.evaluation import Numbers, Step, counted_of
from lms.learning.reactions import Intent, say
from lms.people.appointments import close_appointment
from lms.people.models import Appointment, Duty, Person, Placement, Sharing, Team
from tests.support import build
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import noon, opened, passed
from tests.support.pages import Page
from tests.support.service import ASKED, COMPETENCIES, SIZES, TODAY, Service
from tests.support.statements import statements

PAGE = "/reports/evaluation"
COURSE = "one-course"
Done = dict[str, Counter[Step]]


@pytest.fixture
def learnt(service: Service) -> Service:
    """The service with a course that most have begun, and what came of it as it is drawn."""
    draws(service)
    return service


def draws(service: Service) -> Done:
    """Draw what each person did of the course; gives how many of each organisation did what."""
    chance = Random(3)  # noqa: S311 invented people keep no secret
    done: Done = {key: Counter() for key in SIZES}
    with service.app.app_context():
        publish(
            tuple(competency(key, {2: ("standstill",)} if key == "law" else None) for key in COMPETENCIES),
            tuple(role(key, levels) for key, levels in ASKED.items()),
            (module("standstill"),),
        )
        lead = build.person("Carys Exemplar")
        build.grant(lead, Duty.MANAGER)
        for somebody, organisation in people():
            _learns(somebody, lead, done[organisation], chance)
    return done


def people() -> Iterator[tuple[Person, str]]:
    """Everybody of the crowd with their organisation."""
    rows = db.session.execute(
        select(Person, Placement.organisation_id)
        .join(Appointment, Appointment.person_id == Person.id)
        .join(Placement, Placement.team_id == Appointment.team_id)
        .where(Person.name.like("Person %"))
        .order_by(Person.id, Appointment.id)
    ).all()
    return iter({somebody.id: (somebody, key) for somebody, key in reversed(rows)}.values())


def _learns(somebody: Person, lead: Person, done: Counter[Step], chance: Random) -> None:
    if chance.random() < 0.1:
        return
    opened(somebody, "standstill", "one")
    done[Step.BEGAN] += 1
    if chance.random() < 0.2:
        return
    passed(somebody, "standstill", TODAY - timedelta(days=30))
    done.update((Step.PASSED, Step.TRIED, Step.FIRST))
    if chance.random() < 0.7:
        intent = chance.choice(list(Intent))
        say(somebody.id, "standstill", 1, intent)
        done.update((Step.ANSWERED, *([Step.WILL_USE] if intent in {Intent.SOON, Intent.LATER} else ())))
    level, day = chance.choice((1, 2, 3)), TODAY - timedelta(days=chance.choice((10, 40)))
    build.evidence(somebody, "law", level, day, basis=Basis.ASSESSMENT, by=lead)
    if level >= 2 and day > TODAY - timedelta(days=30):
        done[Step.ASSESSED] += 1
    if chance.random() < 0.5:
        draft = Draft(("standstill",), "Used it.", f"BR-{somebody.id}", TODAY - timedelta(days=5))
        applications.send(somebody.id, draft)
        if chance.random() < 0.8:
            (sent,) = applications.applications_of(somebody.id)
            applications.confirm(somebody.id, sent.id, mark=sent.mark, by=lead.id)
            done[Step.APPLIED] += 1


def counted(service: Service) -> dict[str, Numbers]:
    with service.app.app_context():
        found = counted_of([COURSE], catalogue.current())[COURSE]
        return {place.organisation: numbers for place, numbers in found.places.items()}


def rows(service: Service, query: str = "", who: str = "national-lead") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(service.client(who).get(f"{PAGE}.csv{query}").text)))


def sentence(page: Page) -> str:
    return " ".join(page.select(".sentence p"))


def test_a_plain_count_of_everybody_gives_the_same(service: Service) -> None:
    done = draws(service)
    found = counted(service)
    assert set(found) == {key for key in SIZES if done[key][Step.BEGAN] and key != "thornmere"}
    for key, numbers in found.items():
        assert numbers == {step: done[key][step] for step in Step}, key


def test_who_left_is_not_counted_and_who_holds_two_posts_is_counted_once(service: Service) -> None:
    done = draws(service)
    with service.app.app_context():
        somebody = db.session.scalars(select(Person).where(Person.name == "Person fellmoor 1")).one()
        post = db.session.scalars(select(Appointment).where(Appointment.person_id == somebody.id)).one()
        close_appointment(post, TODAY, by=None)
    assert counted(service)["fellmoor"][Step.BEGAN] == done["fellmoor"][Step.BEGAN] - 1
    assert counted(service)["aldermoor"][Step.BEGAN] <= SIZES["aldermoor"][1]


def test_a_count_is_kept_for_ten_minutes(learnt: Service) -> None:
    before = counted(learnt)
    with learnt.app.app_context():
        newcomer = build.person("Rowan Sample")
        build.appointed(newcomer, db.session.get_one(Team, learnt.team), "buyer")
        opened(newcomer, "standstill", "one")
    assert counted(learnt) == before
    with clock.at(noon(TODAY) + timedelta(minutes=10)):
        assert counted(learnt)["aldermoor"][Step.BEGAN] == before["aldermoor"][Step.BEGAN] + 1


def test_the_page_says_of_each_course_who_did_what_of_how_many(learnt: Service) -> None:
    page = learnt.open(PAGE)
    whole = rows(learnt)[0]
    assert f"{whole['used_at_work']} of {whole['passed']} people who passed “One course” used it" in sentence(
        page
    )
    cells = page.select(".evaluation-table tbody td")
    assert cells[1] == f"{whole['passed']} of {whole['began']}"
    assert cells[4] == f"{whole['used_at_work']} of {whole['passed']}"
    assert "8 of 9 organisations are counted." in sentence(page)
    assert "Not on board yet: Thornmere" in sentence(page)


def test_a_course_is_shown_by_region_and_regions_add_up_to_the_whole_where_all_are_shown(
    learnt: Service,
) -> None:
    page = learnt.open(PAGE).follow("One course")
    assert page.select(".evaluation-table tbody th") == [
        "All regions",
        "East Midlands",
        "North East",
        "Wales",
        "National forces",
    ]
    whole, *regions = rows(learnt, f"?course={COURSE}")
    assert whole["began"]
    shown = [each["began"] for each in regions]
    assert all(shown)
    assert sum(map(int, shown)) == int(whole["began"])
    hidden = page.select(".evaluation-table [aria-hidden]")
    assert "s" in hidden
    assert "All that are hidden look alike" in page.text


def test_no_number_of_one_to_four_people_is_shown(learnt: Service) -> None:
    for each in rows(learnt, f"?course={COURSE}"):
        for key in ("began", "passed", "answered", "will_use", "assessed", "used_at_work"):
            assert each[key] not in {"1", "2", "3", "4"}


def test_the_lead_of_an_organisation_sees_it_beside_its_region_alone(learnt: Service) -> None:
    page = learnt.open(PAGE, "organisation-lead")
    assert page.select("#region option") == ["East Midlands"]
    found = rows(learnt, "", "organisation-lead")
    assert [(each["region"], each["organisation"]) for each in found] == [
        ("east", ""),
        ("east", "aldermoor"),
    ]
    assert "Aldermoor" in page.text
    learnt.open(f"{PAGE}?region=north", "organisation-lead", 404)


def test_what_an_organisation_keeps_to_itself_is_counted_nowhere_else(learnt: Service) -> None:
    before = {each["region"]: each for each in rows(learnt, f"?course={COURSE}")}
    own = counted(learnt)["fellmoor"]
    learnt.share("fellmoor", Sharing.NONE)
    learnt.app.extensions.pop("evaluation-of-courses")
    after = {each["region"]: each for each in rows(learnt, f"?course={COURSE}")}
    assert int(before[""]["began"]) - int(after[""]["began"]) == own[Step.BEGAN]
    assert "Do not share their figures: Fellmoor" in sentence(learnt.open(PAGE))


def test_a_region_of_one_organisation_without_a_name_shows_nothing(learnt: Service) -> None:
    learnt.share("glanhafod", Sharing.UNNAMED)
    found = {each["region"]: each for each in rows(learnt, f"?course={COURSE}")}
    assert found["wales"]["began"] == ""
    others = [each["began"] for key, each in found.items() if key not in {"", "wales"}]
    assert "" in others, "what is left of the whole would be that organisation"


def test_nothing_begun_and_no_such_choice(service: Service) -> None:
    page = service.open(PAGE)
    assert "Nobody here has begun a course yet." in page.text
    assert "Download (CSV)" not in page.links()
    service.open(f"{PAGE}?course=nothing-here", status=404)
    service.open(f"{PAGE}?region=nothing-here", status=404)


def test_the_gap_report_leads_to_it(service: Service) -> None:
    assert service.open().follow("Evaluation of learning").path == PAGE


def test_the_page_costs_at_most_seven_statements_and_one_less_when_counts_are_kept(learnt: Service) -> None:
    def cost(address: str) -> int:
        client = learnt.client()
        with statements() as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    first = cost(PAGE)
    assert first <= 7
    assert cost(PAGE) == first - 1
    assert cost(f"{PAGE}?course={COURSE}") == first - 1
