"""What becomes of an assignment when people, modules, the framework or managers change."""

from datetime import date, timedelta

from sqlalchemy import select

from lms.core import clock
from lms.core.database import db
from lms.learning.enrolments import finish_enrolments
from lms.learning.models import Enrolment
from lms.people.acts import act
from lms.people.appointments import appoint, close_appointment, record_absence
from lms.people.models import Appointment, Duty
from tests.support import build
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import noon, passed
from tests.support.managers import ASKED, TODAY, World
from tests.support.pages import Page, submit
from tests.support.statements import statements

ONE = "Assign this to 1 person"
CHANGE = "Change this assignment"
LATER = date(2027, 1, 11)


def look(
    world: World,
    *people: int,
    what: str = "module:standstill",
    team: int | str = "",
    role_: str = "",
    due: str = "18/12/2026",
    by: int | None = None,
    status: int = 200,
) -> Page:
    pairs = [("look", 1), ("what", what), ("team", team), ("role", role_), ("due", due)]
    pairs += [("reason", "We buy in January"), *(("person", each) for each in people)]
    return world.open("/team/assign?" + "&".join(f"{key}={value}" for key, value in pairs), status, by=by)


def dues(world: World) -> list[date | None]:
    with world.app.app_context():
        return list(db.session.scalars(select(Enrolment.due_day).order_by(Enrolment.id)))


def leaves(world: World, person: int, day: date = TODAY) -> None:
    with world.app.app_context():
        for post in db.session.scalars(select(Appointment).where(Appointment.person_id == person)):
            close_appointment(post, day, by=None)


def below_manager(world: World) -> int:
    with world.app.app_context():
        somebody = build.person("Bryn Mockford")
        build.grant(somebody, Duty.MANAGER, world.below)
        return somebody.id


def has_passed(world: World, person: int, day: date) -> None:
    with world.app.app_context(), act("check-passed", person, people=[person]):
        finish_enrolments(person, {"standstill"}, passed(world.person(person), "standstill", day).id)


def teach(world: World, *modules: str, shown: bool = True, roles: bool = True) -> None:
    """Publish again, with these modules; the first shows level 1 of the law, all show level 2."""
    levels = {1: modules[:1], 2: modules} if shown and modules else None
    with world.app.app_context():
        publish(
            (competency("law", levels), *(competency(key) for key in ASKED["buyer"] if key != "law")),
            tuple(role(key, each) for key, each in ASKED.items() if roles or key == "buyer"),
            tuple(module(key) for key in modules),
        )


def test_whoever_is_away_without_a_return_gets_a_due_day_when_they_return(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        record_absence(rowan, date(2026, 11, 2), None, by=None)
    submit(look(world, rowan, due="1/3/2027"), button=ONE)
    assert dues(world) == [None]
    assert "Away" in world.open("/team/assignments/1").text
    page = world.open(f"/team/{rowan}/absence").follow("Change the absence from 2 November 2026")
    submit(page, day="11/1/2027", button="Record the first day back")
    assert dues(world) == [LATER + timedelta(days=91)]


def test_what_falls_due_while_somebody_is_away_is_not_overdue_and_is_due_28_days_after(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    submit(look(world, rowan), button=ONE)
    with world.app.app_context():
        away = record_absence(rowan, date(2026, 12, 7), None, by=None).id
    with clock.at(noon(LATER)):
        page = world.open("/team/assignments/1")
        assert "Overdue" not in page.text
        page = world.open(f"/team/{rowan}/absence/{away}")
        submit(page, day="11/1/2027", button="Record the first day back")
    assert dues(world) == [LATER + timedelta(days=28)]


def test_an_absence_entered_in_error_leaves_nobody_without_a_due_day(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        away = record_absence(rowan, date(2026, 11, 2), None, by=None).id
    submit(look(world, rowan), button=ONE)
    submit(world.open(f"/team/{rowan}/absence/{away}"), button="Mark as entered in error")
    assert dues(world) == [TODAY + timedelta(days=28)]


def test_whoever_was_excused_and_passes_later_has_done_it(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = submit(look(world, rowan), button=ONE)
    page = submit(page, what="excuse", reason="Rowan taught it", button=CHANGE)
    assert "0 of 0 done, 1 excused" in page.text
    has_passed(world, rowan, TODAY)
    page = world.open("/team/assignments/1")
    assert "1 of 1 done, due" in page.text
    assert "done on 30 November 2026" in page.text
    assert "Rowan taught it" not in page.text


def test_nobody_waits_for_a_module_that_was_retired_after_it_was_assigned(world: World) -> None:
    world.joins("Rowan Sample")
    submit(look(world, team=world.team_id), button=ONE)
    teach(world, "other")
    with clock.at(noon(LATER)):
        page = world.open("/team/assignments/1")
        assert "not published any more: nobody waits for it" in page.text
        assert "Overdue" not in page.text
        assert "1 of 1 done, due 18 December 2026, not published any more." in page.text
        assert "module overdue" not in world.open("/team").text
        world.joins("Asha Testwood")
    assert len(dues(world)) == 1


def test_a_level_that_the_framework_dropped_asks_nobody_who_joins_and_can_be_ended(world: World) -> None:
    teach(world, "standstill", "notices")
    world.joins("Rowan Sample")
    submit(look(world, team=world.team_id, what="level:law/2"), button=ONE)
    assert len(dues(world)) == 2
    teach(world, "standstill", "notices", shown=False)
    world.joins("Asha Testwood")
    assert len(dues(world)) == 2
    page = world.open("/team/assignments/1")
    assert "What it asks for is not published any more" in page.text
    page = submit(page, what="end", reason="It was dropped", button=CHANGE)
    assert "nobody new is asked, and what is open stays" in page.text


def test_a_role_that_was_dropped_while_the_look_was_open_asks_nobody_rather_than_everybody(
    world: World,
) -> None:
    world.joins("Rowan Sample")
    world.joins("Asha Testwood", role_profile="contract-manager")
    page = look(world, team=world.team_id, role_="contract-manager")
    teach(world, "standstill", roles=False)
    page = submit(page, button=ONE)
    assert (page.status, "not in the framework any more" in page.text) == (422, True)
    assert dues(world) == []


def test_two_managers_who_assign_the_same_ask_once_unless_the_second_needs_it_earlier(world: World) -> None:
    bryn, rowan = below_manager(world), world.joins("Rowan Sample", team=world.below_id)
    submit(look(world, rowan), button=ONE)
    page = look(world, rowan, by=bryn, due="15/1/2027", status=422)
    assert "Nobody is asked." in page.text
    assert "Rowan Sample, by Morgan Example, due 18 December 2026" in page.text
    submit(look(world, rowan, by=bryn, due="11/12/2026"), button=ONE)
    assert dues(world) == [date(2026, 12, 18), date(2026, 12, 11)]
    has_passed(world, rowan, TODAY)
    for number in (1, 2):
        assert "1 of 1 done" in world.open(f"/team/assignments/{number}").text


def test_two_tabs_write_it_once(world: World) -> None:
    world.joins("Rowan Sample")
    first, second = look(world, team=world.team_id), look(world, team=world.team_id)
    submit(first, button=ONE)
    again = submit(second, button=ONE)
    assert (again.status, "Nobody is asked." in again.text) == (422, True)
    world.joins("Asha Testwood")
    assert len(dues(world)) == 2


def test_whoever_moved_takes_it_along_and_only_the_manager_of_its_team_ends_it(world: World) -> None:
    bryn, rowan = below_manager(world), world.joins("Rowan Sample")
    submit(look(world, team=world.team_id), button=ONE)
    world.open("/team/assignments/1", 404, by=bryn)
    leaves(world, rowan)
    with world.app.app_context():
        appoint(rowan, world.below_id, "buyer", TODAY, by=None)
    page = world.open("/team/assignments/1", by=bryn)
    assert "Rowan Sample" in page.text
    values = {each.get("value") for each in page.tree.cssselect("[name=what]")}
    assert values == {"extend", "excuse"}
    page = submit(page, what="excuse", reason="Rowan taught it", button=CHANGE)
    assert "1 person is excused." in page.text


def test_an_assignment_whose_people_have_all_left_is_still_seen_and_ended_by_its_manager(
    world: World,
) -> None:
    rowan = world.joins("Rowan Sample")
    submit(look(world, team=world.team_id), button=ONE)
    leaves(world, rowan)
    page = world.open("/team/assignments").follow("Standstill")
    assert "Nobody in your teams is asked today." in page.text
    assert "Rowan Sample" not in page.text
    submit(page, what="end", reason="The tender is let", button=CHANGE)
    assert "Nothing is assigned" in world.open("/team/assignments").text
    world.joins("Asha Testwood")
    assert len(dues(world)) == 1


def test_the_page_names_who_of_the_team_is_not_asked_and_why(world: World) -> None:
    rowan, asha, una = (world.joins(name) for name in ("Rowan Sample", "Asha Testwood", "Una Folio"))
    has_passed(world, asha, date(2026, 11, 2))
    submit(look(world, una), button=ONE)
    page = submit(look(world, team=world.team_id), button=ONE)
    assert "In the team, and not asked They hold it Asha Testwood" in page.text
    assert "They have been asked for it elsewhere Una Folio" in page.text
    assert rowan


def test_a_course_asks_for_each_module_that_somebody_lacks_and_counts_the_minutes(world: World) -> None:
    teach(world, "standstill", "notices", "award")
    rowan, asha = world.joins("Rowan Sample"), world.joins("Asha Testwood")
    has_passed(world, asha, date(2026, 11, 2))
    page = look(world, rowan, asha, what="course:one-course")
    assert "2 people are asked for 1 hour 40 minutes in all." in page.text
    assert "Asha Testwood 2 of 3: Notices; Award 40 minutes" in page.text
    assert "Rowan Sample All 3 1 hour" in page.text
    page = submit(page, button="Assign this to 2 people")
    assert len(dues(world)) == 5
    has_passed(world, rowan, TODAY)
    assert "1 of 3 done, next: due 18 December 2026" in world.open("/team/assignments/1").text


def test_a_path_asks_for_the_modules_that_the_role_needs_and_no_other(world: World) -> None:
    teach(world, "standstill", "notices")
    rowan = world.joins("Rowan Sample")
    asha = world.joins("Asha Testwood", {"law": 2})
    page = look(world, rowan, asha, what="path:buyer")
    assert "Path" in world.open("/team/assign").select("#what")[0]
    assert "1 person is asked for 40 minutes." in page.text
    assert "1 holds it already Asha Testwood" in page.text
    submit(page, button=ONE)
    assert len(dues(world)) == 2


def test_links_bring_the_person_and_what_is_asked_into_the_form(world: World) -> None:
    teach(world, "standstill", "notices")
    rowan = world.joins("Rowan Sample")
    world.joins("Asha Testwood")
    for asked, value in (
        ("module=standstill", "module:standstill"),
        ("competency=law&level=2", "level:law/2"),
        ("what=course:one-course", "course:one-course"),
    ):
        page = world.open(f"/team/assign?person={rowan}&{asked}")
        chosen = page.tree.cssselect("#what option[selected]")
        assert [each.get("value") for each in chosen] == [value]
        ticked = page.tree.cssselect("[name=person][checked]")
        assert [each.get("value") for each in ticked] == [str(rowan)]
    page = world.open("/team/assign?person=999999&competency=law&level=4")
    assert page.tree.cssselect("[name=person][checked]") == []
    assert page.status == 200


def count(world: World, address: str) -> int:
    with statements() as found:
        world.open(address, fragment=False)
    return len(found)


def test_the_statements_of_every_page_do_not_grow_with_people_or_assignments(world: World) -> None:
    teach(world, "standstill", "notices")
    world.crowd(5)
    rowan = world.joins("Rowan Sample")
    for what in ("module:standstill", "path:buyer"):
        submit(look(world, team=world.team_id, what=what), button="Assign this to 6 people")
    asked = f"team={world.team_id}&role=&due=30/11/2026&reason=We+buy+in+January&look=1"
    pages = (
        "/team/assign",
        f"/team/assign?what=course:one-course&{asked}",
        f"/team/assign?what=path:buyer&{asked}",
        "/team/assignments",
        "/team/assignments/1",
        f"/team/{rowan}/post",
        f"/team/{rowan}/leave",
        f"/team/{rowan}/absence",
        "/team/delegation",
    )
    few = {address: count(world, address) for address in pages}
    world.crowd(40)
    for what, due in (("level:law/2", "2/12/2026"), ("course:one-course", "1/12/2026")):
        submit(look(world, team=world.team_id, what=what, due=due), button="Assign this to 46 people")
    assert {address: count(world, address) for address in pages} == few
    assert max(few.values()) <= 16
