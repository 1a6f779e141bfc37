"""A manager confirms that something learned was used, or gives it back; it shows no level."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from lms.competencies.models import Evidence
from lms.content import catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning import applications as service
from lms.learning.applications import ApplicationError, Draft, Fault, State, Written
from lms.people.digests import Reader
from lms.people.models import Duty
from lms.people.readings import readings_of
from lms.teams.digest import WaitsFor
from lms.teams.digest_news import news_for
from tests.support import build
from tests.support.application import sign_in
from tests.support.learners import noon, passed
from tests.support.managers import TODAY, World
from tests.support.pages import submit
from tests.support.statements import statements

WORDS = "Contract C-118. I counted the standstill before we told the bidders."
CONFIRM, BACK = "Confirm that it was used at work", "Give it back with this reason"
ERROR = "Mark it as entered in error"
PASSED = date(2026, 6, 1)


def used(world: World, person: int, reference: str = "BR-1") -> Written:
    """Let somebody pass a module and send that they used it today."""
    with world.app.app_context():
        if not service.first_passes(person, catalogue.current()):
            passed(world.person(person), "standstill", PASSED)
        service.send(person, Draft(("standstill",), WORDS, reference, clock.today()))
        return next(each for each in service.applications_of(person) if each.said.reference == reference)


def state(world: World, person: int) -> State:
    with world.app.app_context():
        (found,) = service.applications_of(person)
        return found.state


@pytest.fixture
def rowan(world: World) -> int:
    return world.joins("Rowan Sample")


def address(person: int, sent: Written) -> str:
    return f"/team/{person}/applied/{sent.id}"


def test_it_is_found_where_the_rest_waits_and_on_the_persons_page_and_confirmed(
    world: World, rowan: int
) -> None:
    assert "No use at work of your people waits to be confirmed." in world.open("/team/assessments").text
    sent = used(world, rowan)
    waits = world.open("/team/assessments").follow("Rowan Sample, used on 30 November 2026")
    assert waits.path == address(rowan, sent)
    page = world.open(f"/team/{rowan}").follow("Use at work that waits for you to confirm it")
    assert WORDS in page.text
    page = submit(page, button=CONFIRM)
    assert "It is confirmed, and stands in the record." in page.text
    assert state(world, rowan) is State.CONFIRMED
    page = world.open(f"/team/{rowan}")
    assert "Used at work" in page.select("h2")
    assert "Use at work that waits for you to confirm it" not in page.links()


def test_confirming_shows_no_level_and_leads_to_an_assessment(world: World, rowan: int) -> None:
    sent = used(world, rowan)
    with world.app.app_context():
        before = db.session.scalar(select(func.count(Evidence.id)))
    page = submit(world.open(address(rowan, sent)), button=CONFIRM)
    with world.app.app_context():
        assert db.session.scalar(select(func.count(Evidence.id))) == before
    assert page.follow("Assess Rowan Sample on what you saw").path == "/team/assessments"


def test_giving_it_back_needs_a_reason(world: World, rowan: int) -> None:
    sent = used(world, rowan)
    page = submit(world.open(address(rowan, sent)), button=BACK)
    assert (page.status, page.select(".govuk-error-message")) == (422, ["Error: Enter a reason"])
    page = submit(page, reason="Which lot was it?", button=BACK)
    assert "It is given back with your reason." in page.text
    assert state(world, rowan) is State.BACK


def test_of_two_managers_at_once_the_first_holds(world: World, rowan: int) -> None:
    sent = used(world, rowan)
    first, second = world.open(address(rowan, sent)), world.open(address(rowan, sent))
    submit(first, button=CONFIRM)
    page = submit(second, reason="Which lot was it?", button=BACK)
    assert page.status == 422
    assert "Somebody settled it or took it back since you opened this page" in page.text
    assert state(world, rowan) is State.CONFIRMED


def test_nobody_confirms_a_text_that_was_changed_since_they_read_it(world: World, rowan: int) -> None:
    sent = used(world, rowan)
    page = world.open(address(rowan, sent))
    with world.app.app_context():
        service.change(rowan, sent.id, Draft(("standstill",), "Quite another one.", "BR-2", TODAY))
    page = submit(page, button=CONFIRM)
    assert "It was changed since you opened this page." in page.text
    assert "Quite another one." in page.text
    assert state(world, rowan) is State.WAITS
    submit(page, button=CONFIRM)
    assert state(world, rowan) is State.CONFIRMED


def test_nobody_confirms_their_own(world: World) -> None:
    sent = used(world, world.manager_id)
    world.open(address(world.manager_id, sent), 404)
    assert "Morgan Example, used on" not in world.open("/team/assessments").text
    with world.app.app_context(), pytest.raises(ApplicationError) as refused:
        service.confirm(world.manager_id, sent.id, mark=sent.mark, by=world.manager_id)
    assert refused.value.fault is Fault.NOT_ALLOWED


def test_another_teams_manager_finds_nothing_and_the_act_asks_again(world: World, rowan: int) -> None:
    sent = used(world, rowan)
    with world.app.app_context():
        other = build.person("Bryn Mockford")
        build.appointed(other, world.below, "senior-buyer")
        build.grant(other, Duty.MANAGER, world.below)
        number = other.id
    world.open(address(rowan, sent), 404, by=number)
    with world.app.app_context(), pytest.raises(ApplicationError) as refused:
        service.confirm(rowan, sent.id, mark=sent.mark, by=number)
    assert refused.value.fault is Fault.NOT_ALLOWED


def test_a_confirmed_one_can_be_marked_as_never_true_and_stays(world: World, rowan: int) -> None:
    sent = used(world, rowan)
    submit(world.open(address(rowan, sent)), button=CONFIRM)
    page = world.open(f"/team/{rowan}").follow(
        "It was not so: mark it as entered in error (30 November 2026)"
    )
    page = submit(page, reason="It was Asha’s contract.", button=ERROR)
    assert page.select("del")
    assert state(world, rowan) is State.IN_ERROR
    assert world.open(f"/team/{rowan}").select("#applied ~ details del")


def test_the_person_sees_who_read_it(world: World, rowan: int) -> None:
    sent = used(world, rowan)
    world.open(address(rowan, sent), fragment=False)
    with world.app.app_context():
        assert [(each.reader, each.page) for each in readings_of(rowan)] == [
            ("Morgan Example", "teams.application")
        ]
    sign_in(world.client, rowan)
    assert "Morgan Example" in world.client.page("/record/seen").text


def test_the_weekly_mail_says_that_it_waits(world: World, rowan: int) -> None:
    used(world, rowan)
    since = noon(TODAY - timedelta(days=7))
    reader = Reader(world.manager_id, "Morgan Example", "m@example.org", since, stopped=False)
    with world.app.app_context():
        news = news_for(reader, TODAY)
    assert news is not None
    assert [(each.kind, each.name) for each in news.team.waiting] == [(WaitsFor.APPLICATION, "Rowan Sample")]


def test_what_waits_costs_the_same_with_many_as_with_one(world: World, rowan: int) -> None:
    def cost() -> int:
        with statements() as seen:
            world.open("/team/assessments", fragment=False)
        return len(seen)

    used(world, rowan)
    few = cost()
    for number in range(5):
        used(world, rowan, f"BR-1{number}")
    assert cost() == few
