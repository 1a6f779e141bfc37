from datetime import date

import pytest
from sqlalchemy import select

from lms.core.database import db
from lms.learning.models import Enrolment
from lms.people.appointments import appoint, close_appointment, record_absence
from lms.people.models import Appointment
from tests.support.learners import passed
from tests.support.managers import TODAY, World
from tests.support.pages import Page, submit

WHAT, DUE, WHY = "module:standstill", "18/12/2026", "We buy in January"


def look(world: World, *people: int, team: int | str = "", **typed: str) -> Page:
    query = {"what": WHAT, "due": DUE, "reason": WHY, **typed, "look": "1", "team": str(team)}
    pairs = [*query.items(), *(("person", each) for each in people)]
    address = "&".join(f"{key}={value}" for key, value in pairs)
    return world.open(f"/team/assign?{address}", int(typed.get("status", 200)))


def asked(world: World) -> dict[int, date | None]:
    with world.app.app_context():
        query = select(Enrolment.person_id, Enrolment.due_day).where(Enrolment.assignment_id.is_not(None))
        return {row[0]: row[1] for row in db.session.execute(query.order_by(Enrolment.id))}


def test_what_is_looked_at_is_not_sent_and_names_who_holds_it_and_who_is_away(world: World) -> None:
    rowan, asha, una = (world.joins(name) for name in ("Rowan Sample", "Asha Testwood", "Una Folio"))
    with world.app.app_context():
        passed(world.person(asha), "standstill", date(2026, 11, 2))
        record_absence(una, date(2026, 11, 2), None, by=None)
    page = look(world, rowan, asha, una)
    assert "2 people are asked" in page.text
    assert "Who is left out, and why 1 holds it already Asha Testwood" in page.text
    assert "Away, asked when they return" in page.text
    assert asked(world) == {}
    page = submit(page, button="Assign this to 2 people")
    assert "2 people are asked." in page.text
    assert "0 of 2 done" in page.text
    assert asked(world) == {rowan: date(2026, 12, 18), una: None}


def test_sent_twice_it_asks_nobody_again_and_says_so(world: World) -> None:
    page = look(world, world.joins("Rowan Sample"))
    submit(page, button="Assign this to 1 person")
    again = submit(page, button="Assign this to 1 person")
    assert again.status == 422
    assert "everybody holds it already or has been asked for it" in again.text
    assert len(asked(world)) == 1


def test_whoever_leaves_the_tree_meanwhile_is_left_out_and_named(world: World) -> None:
    rowan, asha = world.joins("Rowan Sample"), world.joins("Asha Testwood")
    page = look(world, rowan, asha)
    with world.app.app_context():
        post = db.session.scalars(select(Appointment).where(Appointment.person_id == asha)).one()
        close_appointment(post, TODAY, by=None)
    page = submit(page, button="Assign this to 2 people")
    assert "Not in your teams any more, and not asked: Asha Testwood." in page.text
    assert set(asked(world)) == {rowan}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"reason": ""}, "Enter a reason"),
        ({"due": "1/11/2026"}, "not in the past"),
        ({"due": "31/2/2026"}, "Enter a date that exists"),
        ({"what": ""}, "Choose what is to be learned"),
        ({"what": "module:gone"}, "not published any more"),
        ({"what": "level:law/3"}, "Only an assessment shows this level"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(world: World, typed: dict[str, str], words: str) -> None:
    page = look(world, world.joins("Rowan Sample"), status="422", **typed)
    assert words in page.text
    assert page.title.startswith("Error:")


def test_an_assignment_to_nobody_is_refused(world: World) -> None:
    world.joins("Rowan Sample")
    assert "Choose a team or at least one person" in look(world, status="422").text
    page = look(world, team=world.below_id, status="422")
    assert "Nobody is left of whom this could be asked" in page.text


def test_whoever_joins_the_team_later_is_asked_until_it_is_ended(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = submit(look(world, team=world.team_id), button="Assign this to 1 person")
    early = world.joins("Asha Testwood", team=world.below_id)
    late = world.joins("Una Folio", since=date(2026, 12, 7))
    assert asked(world) == {rowan: date(2026, 12, 18), early: date(2026, 12, 28), late: date(2027, 1, 4)}
    page = world.open("/team/assignments").follow("Standstill")
    page = submit(page, what="end", reason="The tender is let", button="Change this assignment")
    assert "nobody new is asked, and what is open stays" in page.text
    world.joins("Ellis Octavo")
    assert len(asked(world)) == 3


def test_only_the_role_in_the_team_is_asked(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    world.joins("Asha Testwood", role_profile="contract-manager")
    submit(look(world, team=world.team_id, role="buyer"), button="Assign this to 1 person")
    world.joins("Una Folio", role_profile="contract-manager")
    assert set(asked(world)) == {rowan}


def test_who_joins_is_not_asked_again_for_what_was_excused(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = submit(look(world, team=world.team_id), button="Assign this to 1 person")
    page = submit(page, what="excuse", reason="Rowan taught it", button="Change this assignment")
    assert "1 person is excused." in page.text
    assert "“Rowan taught it”" in page.text
    with world.app.app_context():
        appoint(rowan, world.below_id, "senior-buyer", TODAY, by=None)
        assert len(db.session.scalars(select(Enrolment)).all()) == 1


def test_a_new_due_day_needs_a_day_and_a_reason(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = submit(look(world, rowan), button="Assign this to 1 person")
    wrong = submit(page, what="extend", button="Change this assignment")
    assert wrong.status == 422
    assert "Enter a new due day that is not in the past" in wrong.text
    typed = {"what": "extend", "due": "29/1/2027", "reason": "It began late"}
    page = submit(page, typed, button="Change this assignment")
    assert "1 person has a new due day." in page.text
    assert asked(world) == {rowan: date(2027, 1, 29)}
    assert "It began late" in world.open("/", by=rowan).text


def test_an_assignment_of_somebody_who_left_the_tree_is_out_of_sight(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    submit(look(world, rowan), button="Assign this to 1 person")
    with world.app.app_context():
        post = db.session.scalars(select(Appointment).where(Appointment.person_id == rowan)).one()
        close_appointment(post, TODAY, by=None)
    world.open("/team/assignments/1", 404)
    assert "Nothing is assigned" in world.open("/team/assignments").text


def test_everybody_of_one_act_is_asked(world: World) -> None:
    world.joins("Rowan Sample")
    submit(look(world, team=world.team_id), button="Assign this to 1 person")
    world.crowd(40)
    assert len(asked(world)) == 41
