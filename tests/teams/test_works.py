from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.competencies.models import TeamWork
from lms.content import catalogue
from lms.content.framework import Framework, Work
from lms.core import clock
from lms.core.database import db
from lms.people.grants import end_grant
from lms.people.models import Duty, Grant
from lms.teams.works import Fault, WorkError, add, end
from tests.support import build
from tests.support.learners import noon
from tests.support.managers import TODAY, World, another_force
from tests.support.pages import Page, submit
from tests.support.statements import statements

NAME = "Vehicle conversion tender"
PERIOD = "&from=4/1/2027&until=30/9/2027"


def frame(world: World, monkeypatch: pytest.MonkeyPatch, without: str = "") -> Framework:
    """Let the framework have one piece of work, perhaps without one of its competencies."""
    with world.app.app_context():
        found = catalogue.current()
    left = tuple(each for each in found.framework.competencies if each.id != without)
    work = Work(id="tender", title="Large tender", needs={"law": 3, "fraud": 2})
    framework = replace(found.framework, works=(work,), competencies=left)
    monkeypatch.setattr(catalogue, "current", lambda: replace(found, framework=framework))
    return framework


@pytest.fixture(autouse=True)
def works(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    frame(world, monkeypatch)


def added(world: World, name: str = NAME, **levels: str) -> Page:
    """The page after a piece of work was added."""
    chosen = {f"level-{key}": level for key, level in (levels or {"law": "2"}).items()}
    return submit(world.open("/team/works/add"), {"title": name, **chosen}, button="Add this piece of work")


def token_of(page: Page) -> str:
    return str(page.tree.xpath("string(//main//input[@name='csrf_token']/@value)"))


def chosen(page: Page, key: str) -> str:
    """Which level of a competency the form has."""
    return str(page.tree.xpath(f"string(//select[@id='level-{key}']/option[@selected]/@value)"))


def only_work(world: World) -> TeamWork:
    with world.app.app_context():
        return db.session.scalars(select(TeamWork)).one()


def test_without_a_work_of_their_own_a_manager_is_shown_those_of_the_framework(world: World) -> None:
    page = world.open("/team/works")
    assert "Your teams have no piece of work of their own yet." in page.text
    assert "Large tender" in page.text
    assert "Start an own list from this one" in page.text


def test_a_work_that_is_added_is_listed_with_its_author_and_can_be_staffed(world: World) -> None:
    page = added(world, law="2", risk="1")
    assert f"“{NAME}” is added" in page.text
    assert "Added by Morgan Example on 30 November 2026, Commercial team." in page.text
    asha = world.joins("Asha Testwood", {"law": 2, "risk": 1})
    key = f"team:{only_work(world).id}"
    answer = world.open(f"/team/staffing?work={key}{PERIOD}")
    assert "One of one is ready to run it to the end." in answer.text
    assert f"The two levels come from the own list of Commercial team for “{NAME}”." in answer.text
    assert answer.tree.xpath("//a[text()='Change the list for this work']")
    assert answer.tree.cssselect(f"#person-{asha}")
    assert page.tree.xpath(f"//a[starts-with(@href, '/team/staffing?work=team:{only_work(world).id}')]")


def test_an_own_list_begins_with_that_of_the_framework(world: World) -> None:
    page = world.open("/team/staffing?work=tender" + PERIOD)
    (link,) = page.tree.xpath("//a[text()='Start an own list from this one']/@href")
    form = world.open(link)
    assert "Begun from the framework’s list for “Large tender”." in form.text
    submit(form, {"title": NAME}, button="Add this piece of work")
    assert only_work(world).needs == {"law": 3, "fraud": 2}


def test_changing_the_list_ends_it_and_begins_another(world: World) -> None:
    added(world)
    number = only_work(world).id
    page = submit(
        world.open(f"/team/works/{number}"), {"level-law": "3", "level-cost": "1"}, button="Save this list"
    )
    assert f"The list for “{NAME}” is changed." in page.text
    assert "1 that has ended" in page.text
    with world.app.app_context():
        before, after = db.session.scalars(select(TeamWork).order_by(TeamWork.id))
        assert (before.needs, before.ended_act_id) == ({"law": 2}, after.act_id)
        assert (after.needs, after.ended_act_id) == ({"law": 3, "cost": 1}, None)


@pytest.mark.parametrize("name", [NAME, f"  {NAME.upper()} ", "large TENDER"])
def test_a_name_that_is_taken_is_refused_and_what_was_typed_is_kept(world: World, name: str) -> None:
    added(world)
    typed = {"title": name, "level-risk": "3"}
    page = submit(world.open("/team/works/add"), typed, button="Add this piece of work")
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert "Enter another name: a piece of work is called that already" in page.text
    assert page.tree.get_element_by_id("title").get("value") == " ".join(name.split())
    assert chosen(page, "risk") == "3"
    only_work(world)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": NAME}, "Choose a level of at least one competency"),
        ({"title": "", "level-law": "2"}, "Enter a name"),
        ({"title": "n" * 121, "level-law": "2"}, "Enter a name of at most 120 characters"),
    ],
)
def test_a_work_without_a_name_or_a_level_is_refused(world: World, typed: dict[str, str], words: str) -> None:
    page = submit(world.open("/team/works/add"), typed, button="Add this piece of work")
    assert page.status == 422
    assert words in page.text
    with world.app.app_context():
        assert db.session.scalars(select(TeamWork)).all() == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"level-law": "5"}, "Choose a level of "),
        ({"level-law": "2", "team": "999"}, "Choose one of your teams"),
        ({"level-law": "2", "team": "x"}, "Choose one of your teams"),
    ],
)
def test_a_level_or_a_team_that_nobody_offered_is_refused(
    world: World, typed: dict[str, str], words: str
) -> None:
    token = token_of(world.open("/team/works/add"))
    answer = world.client.post("/team/works/add", data={"csrf_token": token, "title": NAME, **typed})
    assert answer.status_code == 422
    assert words in answer.text


def test_a_list_with_a_competency_that_the_framework_dropped_is_kept_and_not_staffed_until_it_is_mended(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(world, law="2", risk="1")
    number = only_work(world).id
    frame(world, monkeypatch, without="risk")
    page = world.open("/team/works")
    assert "Cannot be staffed The framework no longer has “risk”, needed at level 1." in page.text
    asked = f"/team/staffing?work=team:{number}{PERIOD}"
    refused = world.open(asked, 400)
    assert "The framework no longer has all that this list needs: change the list first" in refused.text
    (link,) = refused.tree.xpath("//a[text()='Change the list for this work']/@href")
    form = world.open(link)
    assert "The framework no longer has “risk”, needed at level 1." in form.text
    submit(form, {}, button="Save this list")
    world.joins("Asha Testwood", {"law": 2})
    answer = world.open(f"/team/staffing?work=team:{number + 1}{PERIOD}")
    assert "One of one is ready to run it to the end." in answer.text


def test_the_framework_is_asked_again_as_the_list_is_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame(world, monkeypatch, without="risk")
    with world.app.app_context(), pytest.raises(WorkError) as error:
        add(world.team_id, NAME, {"risk": 1}, by=world.manager_id)
    assert error.value.fault is Fault.UNKNOWN


def test_an_ended_work_is_still_read_and_no_longer_staffed(world: World) -> None:
    added(world)
    number = only_work(world).id
    asked = world.open(f"/team/works/{number}/end")
    assert "From now on nobody can be staffed for it." in asked.text
    page = submit(asked, {}, button="End this piece of work")
    assert f"“{NAME}” has ended." in page.text
    assert "Ended by Morgan Example on 30 November 2026, Commercial team." in page.text
    refused = world.open(f"/team/staffing?work=team:{number}{PERIOD}", 400)
    assert "Choose a piece of work from the list" in refused.text
    assert f"“{NAME}” is added" in added(world).text, "the name is free again"


def test_a_work_is_ended_once(world: World) -> None:
    added(world)
    number = only_work(world).id
    form, list_form = world.open(f"/team/works/{number}/end"), world.open(f"/team/works/{number}")
    with world.app.app_context():
        end(number, by=world.manager_id)
    page = submit(form, {}, button="End this piece of work")
    assert page.status == 422
    assert "This piece of work has ended already" in page.text
    assert "Ended by Morgan Example" in page.text
    kept = submit(list_form, {"level-law": "4"}, button="Save this list")
    assert kept.status == 422
    assert "This piece of work has ended already" in kept.text
    assert chosen(kept, "law") == "4"
    again = submit(kept, {}, button="Add this piece of work")
    assert f"“{NAME}” is added" in again.text


def test_a_change_that_is_refused_ends_nothing(world: World) -> None:
    added(world)
    number = only_work(world).id
    typed = {"title": "Large tender"}
    page = submit(world.open(f"/team/works/{number}"), typed, button="Save this list")
    assert page.status == 422
    assert only_work(world).ended_act_id is None


def test_only_who_manages_the_team_sees_changes_or_ends_a_work(world: World) -> None:
    with world.app.app_context():
        theirs = build.person("Carys Exemplar")
        there = build.team(another_force())
        build.grant(theirs, Duty.MANAGER, there)
        below = build.person("Bryn Mockford")
        build.grant(below, Duty.MANAGER, world.below)
        others = theirs.id, below.id
    added(world)
    number = only_work(world).id
    for other in others:
        assert NAME not in world.open("/team/works", by=other).text
        assert NAME not in world.open("/team/staffing", by=other).text
        refused = world.open(f"/team/staffing?work=team:{number}{PERIOD}", 400, by=other)
        assert "Choose a piece of work from the list" in refused.text
        typed = {
            "title": NAME,
            "level-law": "1",
            "csrf_token": token_of(world.open("/team/works/add", by=other)),
        }
        for address in (f"/team/works/{number}", f"/team/works/{number}/end"):
            world.open(address, 404, by=other)
            assert world.client.post(address, data=typed).status_code == 404
    assert only_work(world).ended_act_id is None


def test_a_grant_that_ended_while_the_page_was_open_writes_nothing(world: World) -> None:
    added(world)
    number = only_work(world).id
    with world.app.app_context():
        grant = db.session.scalars(
            select(Grant).filter_by(person_id=world.manager_id, duty=Duty.MANAGER)
        ).one()
        end_grant(grant.id, TODAY, by=None, reason="moved")
        for write in (
            lambda: end(number, by=world.manager_id),
            lambda: add(world.team_id, "Another", {"law": 1}, by=world.manager_id),
        ):
            with pytest.raises(WorkError) as error:
                write()
            assert error.value.fault is Fault.NOT_ALLOWED
    assert only_work(world).ended_act_id is None


def test_the_author_finds_it_in_all_that_is_held_about_them(world: World) -> None:
    added(world)
    with world.app.app_context(), clock.at(noon(TODAY + timedelta(days=1))):
        end(only_work(world).id, by=world.manager_id)
    world.open()
    answer = world.client.get("/record.json").json
    assert answer is not None
    (held,) = answer["works_of_teams"]
    assert (held["title"], held["team"], held["needs"]) == (NAME, "Commercial team", {"law": 2})
    assert held["added_at"].startswith("2026-11-30")
    assert held["ended_at"].startswith("2026-12-01")


def test_the_list_takes_as_many_statements_for_twenty_works_as_for_one(world: World) -> None:
    def cost() -> int:
        world.open("/team/works")
        with statements() as seen:
            world.open("/team/works")
        return len(seen)

    added(world)
    few = cost()
    with world.app.app_context():
        for number in range(19):
            add(world.team_id, f"Work {number}", {"law": 1}, by=world.manager_id)
    assert cost() == few
