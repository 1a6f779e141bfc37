"""When a person or a manager moves, what is open passes on that day, and the old manager loses sight."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lms.content import catalogue
from lms.content.framework import Accreditation
from lms.core import clock
from lms.core.database import db
from lms.learning.models import Enrolment
from lms.people.acts import act
from lms.people.grants import Reach, end_grant, give_grant
from lms.people.models import Duty, Grant, Scope
from tests.support import build
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import noon
from tests.support.managers import ASKED as ASKS
from tests.support.managers import TODAY, World
from tests.support.pages import submit
from tests.support.statements import statements

TOMORROW = TODAY + timedelta(days=1)
PAPER = Accreditation(id="foundation", title="Foundation", shows={"law": 2}, renew_every_months=24)
ASKED = "/team/assign?look=1&what=module:standstill&due=18/12/2026&reason=We+buy+in+January&role="


def manages_below(world: World) -> int:
    with world.app.app_context():
        somebody = build.person("Bryn Mockford")
        build.grant(somebody, Duty.MANAGER, world.below)
        return somebody.id


def addresses(person: int) -> list[str]:
    about = ("", "/assess/law", "/baseline", "/absence", "/post", "/leave", "/qualifications/1")
    return ["/team/assignments/1", *(f"/team/{person}{each}" for each in about)]


@pytest.fixture
def open_work(world: World, monkeypatch: pytest.MonkeyPatch) -> tuple[World, int]:
    """Somebody in the team below with an assignment, and an accreditation that waits to be seen."""
    with world.app.app_context():
        published = catalogue.current()
    whole = replace(published, framework=replace(published.framework, accreditations=(PAPER,)))
    monkeypatch.setattr(catalogue, "current", lambda: whole)
    rowan = world.joins("Rowan Sample", team=world.below_id)
    submit(world.open(f"{ASKED}&team=&person={rowan}"), button="Assign this to 1 person")
    page = world.open("/record/qualifications", by=rowan)
    typed = {"accreditation": "foundation", "number": "4711", "awarded_on": "2/3/2026"}
    submit(page, typed, button="Enter this accreditation")
    return world, rowan


def sees_all(world: World, person: int, by: int, *, seen: bool) -> None:
    for address in addresses(person):
        world.open(address, 200 if seen else 404, by=by)
    for address in ("/team", "/team/assignments", "/team/assessments", "/team/assign"):
        page = world.open(address, by=by)
        if not seen:
            assert "Rowan Sample" not in page.text
    listed = "Standstill" in world.open("/team/assignments", by=by).text
    assert listed is seen


def test_a_person_who_moves_takes_what_is_open_to_the_new_manager_on_that_day(
    open_work: tuple[World, int],
) -> None:
    world, rowan = open_work
    bryn = manages_below(world)
    sees_all(world, rowan, bryn, seen=True)
    page = world.open(f"/team/{rowan}/post")
    submit(page, team=str(world.team_id), day="1/12/2026", button="Change this post")
    sees_all(world, rowan, bryn, seen=True)
    with clock.at(noon(TOMORROW)):
        sees_all(world, rowan, bryn, seen=False)
        sees_all(world, rowan, world.manager_id, seen=True)
        typed = {"what": "extend", "due": "15/1/2027", "reason": "They have moved"}
        page = submit(world.open("/team/assignments/1"), typed, button="Change this assignment")
        assert "1 person has a new due day." in page.text


def test_a_manager_who_moves_leaves_what_is_open_to_the_next_on_that_day(
    open_work: tuple[World, int],
) -> None:
    world, rowan = open_work
    with world.app.app_context():
        bryn = build.person("Bryn Mockford").id
        own = db.session.query(Grant).filter_by(person_id=world.manager_id, duty=Duty.MANAGER).one()
        reach = Reach(Scope.TEAM, team_id=world.team_id)
        with act("handover", None):
            end_grant(own.id, TOMORROW, by=None, reason="moved on")
            give_grant(bryn, Duty.MANAGER, reach, from_day=TOMORROW, to_day=None, by=None, reason="new")
    sees_all(world, rowan, world.manager_id, seen=True)
    world.open("/team", 403, by=bryn)
    with clock.at(noon(TOMORROW)):
        for address in (*addresses(rowan), "/team", "/team/assignments"):
            world.open(address, 403)
        sees_all(world, rowan, bryn, seen=True)
        page = world.open("/team/assignments/1", by=bryn)
        page = submit(page, what="excuse", reason="They taught it", button="Change this assignment")
        assert "1 person is excused." in page.text


def test_what_was_assigned_by_whoever_left_keeps_their_words_for_the_learner(
    open_work: tuple[World, int],
) -> None:
    world, rowan = open_work
    with world.app.app_context():
        own = db.session.query(Grant).filter_by(person_id=world.manager_id, duty=Duty.MANAGER).one()
        end_grant(own.id, TODAY, by=None, reason="moved on")
    page = world.open("/", by=rowan)
    assert "We buy in January" in page.text
    assert "Morgan Example" in page.text


def asking(world: World, number: int) -> list[str]:
    """The statements about assignments while so many people join the team in one act."""
    with statements() as seen:
        world.crowd(number)
    return [each for each in seen if "enrolment" in each.lower()]


def test_people_who_join_together_are_asked_in_as_many_statements_as_few(world: World) -> None:
    world.joins("Rowan Sample")
    with world.app.app_context():
        publish(
            tuple(competency(key) for key in ASKS["buyer"]),
            tuple(role(key, levels) for key, levels in ASKS.items()),
            tuple(map(module, ("standstill", "notices", "award"))),
        )
    for key in ("standstill", "notices", "award"):
        page = world.open(f"{ASKED}&team={world.team_id}".replace("standstill", key))
        submit(page, button="Assign this to 1 person")
    few, many = asking(world, 4), asking(world, 120)
    assert len(few) == len(many)
    with world.app.app_context():
        assert db.session.scalar(select(func.count(Enrolment.id))) == 3 * 125
