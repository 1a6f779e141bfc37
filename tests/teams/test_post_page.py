from datetime import date, timedelta

from lms.competencies.facts import facts_of
from lms.core import clock
from lms.core.database import db
from lms.people.appointments import close_appointment
from lms.people.managers import manager_of
from lms.people.models import Appointment, Duty
from lms.people.subjects import person_subject
from tests.support import build
from tests.support.learners import noon
from tests.support.managers import TODAY, World
from tests.support.pages import Page, submit

CHANGE = "Change this post"
TOMORROW = TODAY + timedelta(days=1)


def typed(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def change(world: World, person: int, **fields: str) -> Page:
    return submit(world.open(f"/team/{person}/post"), fields, button=CHANGE)


def posts(world: World, person: int) -> list[tuple[str, int, date, date | None]]:
    with world.app.app_context():
        held = facts_of([person])[person].appointments
        return [(each.role_profile, each.team_id, each.span.start, each.span.end) for each in held]


def below_manager(world: World) -> int:
    with world.app.app_context():
        somebody = build.person("Bryn Mockford")
        build.appointed(somebody, world.below, "senior-buyer")
        build.grant(somebody, Duty.MANAGER, world.below)
        return somebody.id


def test_a_move_ends_one_post_and_begins_the_next_on_a_day_that_may_lie_ahead(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    day = date(2027, 2, 1)
    page = change(world, rowan, team=str(world.below_id), role="senior-buyer", day=typed(day))
    assert "The post of Rowan Sample changes on 1 February 2027." in page.text
    assert posts(world, rowan) == [
        ("buyer", world.team_id, build.START, day),
        ("senior-buyer", world.below_id, day, None),
    ]


def test_of_two_posts_the_one_that_is_chosen_changes(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        second = build.appointed(world.person(rowan), world.below, "contract-manager", date(2026, 3, 1)).id
    fields = {"team": str(world.below_id), "role": "senior-buyer", "day": typed(TODAY)}
    page = change(world, rowan, **fields)
    assert (page.status, "Choose the post" in page.text) == (422, True)
    change(world, rowan, post=str(second), **fields)
    assert posts(world, rowan) == [
        ("buyer", world.team_id, build.START, None),
        ("contract-manager", world.below_id, date(2026, 3, 1), TODAY),
        ("senior-buyer", world.below_id, TODAY, None),
    ]


def test_what_cannot_be_is_refused_with_a_sentence(world: World) -> None:
    rowan = world.joins("Rowan Sample", since=date(2026, 9, 1))
    for fields, words in (
        ({"role": "senior-buyer", "day": "31/8/2026"}, "Enter a day on which the post held already"),
        ({"day": typed(TODAY)}, "this is what they do now"),
        ({"role": "senior-buyer", "day": ""}, "Enter the first day of the new post"),
    ):
        page = change(world, rowan, **fields)
        assert (page.status, words in page.text) == (422, True)
        assert page.title.startswith("Error:")
    assert len(posts(world, rowan)) == 1


def test_a_team_outside_the_own_tree_is_neither_offered_nor_taken(world: World) -> None:
    manager = below_manager(world)
    rowan = world.joins("Rowan Sample", team=world.below_id)
    page = world.open(f"/team/{rowan}/post", by=manager)
    assert page.select("#team option") == ["Sourcing team"]
    token = page.tree.cssselect("main [name=csrf_token]")[0].get("value")
    fields = {"csrf_token": token, "team": world.team_id, "role": "buyer", "day": typed(TODAY)}
    with world.app.app_context():
        fields["post"] = db.session.query(Appointment).filter_by(person_id=rowan).one().id
    answer = world.client.post(f"/team/{rowan}/post", data=fields)
    assert answer.status_code == 422
    assert len(posts(world, rowan)) == 1


def test_who_leaves_is_out_of_sight_from_that_day_and_the_record_stays(world: World) -> None:
    rowan = world.joins("Rowan Sample", {"law": 2})
    page = world.open(f"/team/{rowan}/post").follow("End a post without a next one")
    submit(page, day=typed(TOMORROW), button="End this post")
    world.open(f"/team/{rowan}")
    with clock.at(noon(TOMORROW)):
        world.open(f"/team/{rowan}", 404)
        assert "Rowan Sample" not in world.open("/team").text
    with world.app.app_context():
        assert [each.level for each in facts_of([rowan])[rowan].pieces["law"]] == [2]


def test_the_old_manager_loses_sight_that_day_and_the_new_one_sees_what_was_shown(
    world: World,
) -> None:
    bryn = below_manager(world)
    rowan = world.joins("Rowan Sample", {"law": 2}, team=world.below_id)
    change(world, rowan, team=str(world.team_id), day=typed(TOMORROW))
    for day, seen in ((TODAY, True), (TOMORROW, False)):
        with clock.at(noon(day)):
            world.open(f"/team/{rowan}", 200 if seen else 404, by=bryn)
            world.open(f"/team/{rowan}/absence", 200 if seen else 404, by=bryn)
            assert ("Rowan Sample" in world.open("/team", by=bryn).text) is seen
            record = world.open(f"/team/{rowan}")
            assert "Import: Seen at level 2" in record.text


def test_a_manager_who_moves_out_of_a_team_keeps_no_sight_of_it_by_the_post_alone(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        held = db.session.query(Appointment).filter_by(person_id=world.manager_id).one()
        close_appointment(held, TODAY, by=None)
    world.open(f"/team/{rowan}")
    chief = world.joins("Sam Chief")
    world.open("/team", 403, by=chief)


def test_two_who_manage_each_other_each_see_the_other_and_never_themselves(world: World) -> None:
    with world.app.app_context():
        other = build.team(build.organisation("cindermere"))
        bryn = build.person("Bryn Mockford")
        build.appointed(bryn, world.team)
        build.appointed(world.manager, other)
        build.grant(bryn, Duty.MANAGER, other)
        bryn_id, other_id = bryn.id, other.id
        found = manager_of(world.manager_id, [other_id], TODAY)
        assert found is not None
        assert found.person_id == bryn_id
        back = manager_of(bryn_id, [world.team_id], TODAY)
        assert back is not None
        assert back.person_id == world.manager_id
    world.open(f"/team/{bryn_id}")
    world.open(f"/team/{world.manager_id}", by=bryn_id)
    world.open(f"/team/{bryn_id}", 404, by=bryn_id)


def test_a_tree_of_teams_that_bites_its_tail_ends_every_question(world: World) -> None:
    rowan = world.joins("Rowan Sample", team=world.below_id)
    with world.app.app_context():
        world.team.parent_id = world.below_id
        db.session.commit()
        assert person_subject(rowan).teams == {world.team_id, world.below_id}
        found = manager_of(rowan, [world.below_id], TODAY)
        assert found is not None
        assert found.person_id == world.manager_id
    world.open(f"/team/{rowan}")
    assert "Rowan Sample" in world.open("/team").text
