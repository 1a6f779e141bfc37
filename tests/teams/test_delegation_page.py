from datetime import date, timedelta

from lms.core import clock
from lms.core.database import db
from lms.people.grants import end_grant
from lms.people.models import Duty, Grant
from tests.support import build
from tests.support.learners import noon
from tests.support.managers import TODAY, World, another_force
from tests.support.pages import Page, submit

NEXT = TODAY + timedelta(days=30)


def typed(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def email(world: World, person: int) -> str:
    with world.app.app_context():
        return world.person(person).email


def hand_over(
    world: World, address: str, first: date = TODAY, end: date = NEXT, by: int | None = None
) -> Page:
    return submit(
        world.open("/team/delegation", by=by),
        team=str(world.below_id),
        email=address,
        from_day=typed(first),
        to_day=typed(end),
        reason="I am on leave",
        button="Hand this team over",
    )


def test_whoever_is_handed_a_team_sees_it_between_the_two_days_alone(world: World) -> None:
    bryn, rowan = world.joins("Bryn Mockford"), world.joins("Rowan Sample", team=world.below_id)
    page = hand_over(world, email(world, bryn), TODAY + timedelta(days=1))
    assert "The team is handed over." in page.text
    for day, status in (
        (TODAY, 403),
        (TODAY + timedelta(days=1), 200),
        (NEXT - timedelta(days=1), 200),
        (NEXT, 403),
    ):
        with clock.at(noon(day)):
            world.open(f"/team/{rowan}", status, by=bryn)


def test_what_was_handed_over_is_never_handed_on(world: World) -> None:
    bryn, rowan = world.joins("Bryn Mockford"), world.joins("Rowan Sample")
    hand_over(world, email(world, bryn))
    page = world.open("/team/delegation", by=bryn)
    assert "Your own grants have an end" in page.text
    assert page.select("form.entry") == []
    assert rowan


def test_it_ends_early_with_a_reason_or_with_the_grant_that_it_came_from(world: World) -> None:
    bryn, rowan = world.joins("Bryn Mockford"), world.joins("Rowan Sample", team=world.below_id)
    page = hand_over(world, email(world, bryn)).follow("End it now Sourcing team, Bryn Mockford")
    submit(page, reason="I am back", button="Take this team back")
    world.open(f"/team/{rowan}", 403, by=bryn)
    hand_over(world, email(world, bryn))
    world.open(f"/team/{rowan}", by=bryn)
    with world.app.app_context():
        own = db.session.query(Grant).filter_by(person_id=world.manager_id, duty=Duty.MANAGER).one()
        end_grant(own.id, TODAY, by=None, reason="moved on")
    world.open(f"/team/{rowan}", 403, by=bryn)


def test_what_cannot_be_is_refused_with_a_sentence(world: World) -> None:
    bryn = world.joins("Bryn Mockford")
    with world.app.app_context():
        there = build.team(another_force()).id
    una = world.joins("Una Testwood", team=there)
    for address, first, end, words in (
        (email(world, world.manager_id), TODAY, NEXT, "Enter the address of somebody else"),
        (email(world, una), TODAY, NEXT, "a post in the same organisation"),
        ("nobody@example.org", TODAY, NEXT, "a post in the same organisation"),
        (email(world, bryn), TODAY - timedelta(days=1), NEXT, "Enter today’s date or a later one"),
        (email(world, bryn), TODAY, TODAY, "Enter a date after the first day"),
        (email(world, bryn), TODAY, date(2027, 12, 1), "at most 12 months"),
    ):
        page = hand_over(world, address, first, end)
        assert (page.status, words in page.text) == (422, True)
    hand_over(world, email(world, bryn))
    assert "They hold this already" in hand_over(world, email(world, bryn)).text
