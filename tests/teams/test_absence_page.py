from datetime import date

from lms.competencies.facts import facts_of
from lms.core.database import db
from lms.people.appointments import record_absence
from lms.people.models import Absence, Act
from tests.support import build
from tests.support.managers import TODAY, World, another_force
from tests.support.pages import Page, submit

RECORD = "Record this absence"


def away(world: World, person: int, first: str, back: str = "") -> Page:
    return submit(world.open(f"/team/{person}/absence"), from_day=first, to_day=back, button=RECORD)


def days(world: World, person: int) -> list[tuple[date, date | None]]:
    with world.app.app_context():
        return [(each.start, each.end) for each in facts_of([person])[person].absences]


def test_an_absence_is_recorded_from_a_day_and_may_be_open_or_begin_later(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = away(world, rowan, "1/12/2026")
    assert "The absence is recorded." in page.text
    assert days(world, rowan) == [(date(2026, 12, 1), None)]
    assert "Open" in page.text


def test_no_reason_is_stored_or_asked_for_and_the_page_says_what_happens_to_levels(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = away(world, rowan, "2/11/2026")
    assert "No reason is stored" in page.text
    assert "60 days after the first day back" in page.text
    assert page.select("textarea") == []
    with world.app.app_context():
        assert db.session.query(Act).filter(Act.kind == "absence", Act.reason.is_not(None)).count() == 0


def test_the_return_ends_it_on_the_first_day_back(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = away(world, rowan, "2/11/2026").follow("Change the absence from 2 November 2026")
    page = submit(page, day="16/11/2026", button="Record the first day back")
    assert "The first day back is recorded: 16 November 2026." in page.text
    assert days(world, rowan) == [(date(2026, 11, 2), date(2026, 11, 16))]


def test_one_that_was_entered_in_error_counts_no_more_and_leaves_room(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = away(world, rowan, "2/11/2026").follow("Change the absence from 2 November 2026")
    submit(page, button="Mark as entered in error")
    assert days(world, rowan) == []
    away(world, rowan, "3/11/2026", "4/11/2026")
    assert days(world, rowan) == [(date(2026, 11, 3), date(2026, 11, 4))]


def test_what_cannot_be_is_refused_with_a_sentence_and_keeps_what_was_typed(world: World) -> None:
    rowan = world.joins("Rowan Sample", since=date(2026, 9, 1))
    away(world, rowan, "2/11/2026", "9/11/2026")
    for first, back, words in (
        ("8/11/2026", "", "Another absence holds on some of these days"),
        ("1/10/2026", "3/11/2026", "Another absence holds on some of these days"),
        ("31/8/2026", "1/9/2026", "held a post here already"),
        ("9/11/2026", "9/11/2026", "after the first day away"),
        ("", "", "Enter the first day away"),
        ("31/2/2026", "", "Enter a date that exists"),
    ):
        page = world.open(f"/team/{rowan}/absence")
        page = submit(page, from_day=first, to_day=back, button=RECORD)
        assert page.status == 422
        assert words in page.text
        assert page.title.startswith("Error:")
        assert page.tree.get_element_by_id("from_day").get("value") == first
    away(world, rowan, "9/11/2026", "10/11/2026")
    assert len(days(world, rowan)) == 2


def test_a_return_is_brought_forward_and_never_put_off(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    away(world, rowan, "2/11/2026", "9/11/2026")
    for day, words in (("2/11/2026", "after the first day away"), ("10/11/2026", "It ends earlier already")):
        page = world.open(f"/team/{rowan}/absence").follow("Change the absence from 2 November 2026")
        page = submit(page, day=day, button="Record the first day back")
        assert (page.status, words in page.text) == (422, True)
    assert days(world, rowan) == [(date(2026, 11, 2), date(2026, 11, 9))]


def test_nobody_changes_the_absence_of_one_person_below_the_address_of_another(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        there = build.team(another_force()).id
    other = world.joins("Una Testwood", team=there)
    with world.app.app_context():
        key = record_absence(other, TODAY, None, by=None).id
    world.open(f"/team/{rowan}/absence/{key}", 404)
    world.open(f"/team/{other}/absence", 404)
    with world.app.app_context():
        assert db.session.get_one(Absence, key).void_act_id is None
