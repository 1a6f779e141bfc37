"""A manager records where somebody starts, in one act, and it never lowers what they hold."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.competencies.baselines import BaselineError, Fault, Said, record_baseline
from lms.competencies.facts import facts_of
from lms.competencies.models import Assessment, AssessmentKind, Basis, Evidence
from lms.competencies.self_assessments import say
from lms.competencies.standing import standing_on
from lms.content import catalogue
from lms.core.database import db
from lms.people.appointments import record_absence
from lms.people.grants import end_grant
from lms.people.models import Act, Duty, Grant
from tests.support import build
from tests.support.browser import demand_accessible, demand_no_sideways_scrolling
from tests.support.managers import TODAY, World, another_force, world_of
from tests.support.pages import Page, submit
from tests.support.statements import statements

OpenPage = Callable[..., Any]
BUTTON = "Record this baseline"
SENTENCE = "Ran a tender below the threshold."


def address(person: int) -> str:
    return f"/team/{person}/baseline"


def send(page: Page, status: int = 200, **chosen: Any) -> Page:  # noqa: ANN401 level or (level, words)
    fields: dict[str, Any] = {}
    for key, value in chosen.items():
        level, words = value if isinstance(value, tuple) else (value, SENTENCE)
        fields |= {f"level-{key}": str(level), f"words-{key}": words}
    answer = submit(page, fields, button=BUTTON)
    assert answer.status == status, answer.text
    return answer


def held(world: World, person: int) -> dict[str, int]:
    with world.app.app_context():
        facts = facts_of([person])[person]
        return {key: standing_on(pieces, facts.absences, TODAY).level for key, pieces in facts.pieces.items()}


def written(world: World, person: int) -> int:
    with world.app.app_context():
        query = select(func.count()).select_from(Evidence).where(Evidence.person_id == person)
        return db.session.scalar(query) or 0


def test_levels_are_written_in_one_act_and_count_twelve_months(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = send(world.open(address(rowan)), law=2, risk=(1, "Keeps the risk register."))
    assert "The baseline of Rowan Sample is recorded: 2 levels, until 30 November 2027." in page.text
    with world.app.app_context():
        rows = db.session.scalars(select(Evidence).where(Evidence.person_id == rowan)).all()
        kept = db.session.scalars(select(Assessment).where(Assessment.person_id == rowan)).all()
        assert {(each.competency_id, each.level, each.words) for each in rows} == {
            ("law", 2, SENTENCE),
            ("risk", 1, "Keeps the risk register."),
        }
        assert {each.basis for each in rows} == {Basis.ASSESSMENT}
        assert {(each.from_day, each.until_day) for each in rows} == {(TODAY, date(2027, 11, 30))}
        assert {each.kind for each in kept} == {AssessmentKind.BASELINE}
        assert {each.evidence_id for each in kept} == {each.id for each in rows}
        assert len({each.act_id for each in rows} | {each.act_id for each in kept}) == 1


def test_nothing_is_chosen_beforehand_and_what_they_said_of_themselves_stands_beside(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        say(rowan, {"law": 3})
    page = world.open(address(rowan))
    assert page.tree.cssselect("main input[checked]") == []
    assert page.text.count("Said of themselves: level 3, 30 November 2026") == 1
    assert page.text.count("Said of themselves: nothing yet") == 4
    assert "Does what level 2 of Law asks." in page.text
    assert "Does what level 3 of Law asks." not in page.text


def test_only_levels_above_what_is_held_are_offered(world: World) -> None:
    rowan = world.joins("Rowan Sample", {"law": 1, "cost": 2})
    page = world.open(address(rowan))
    values = [each.get("value") for each in page.tree.cssselect('input[name="level-law"]')]
    assert values == ["0", "2"]
    assert page.tree.cssselect('input[name="level-cost"]') == []
    assert "Cost" in page.select("h3")


def test_a_baseline_never_lowers_what_was_shown_meanwhile(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = world.open(address(rowan))
    with world.app.app_context():
        build.evidence(world.person(rowan), "law", 2, TODAY, basis=Basis.LEARNING)
    answer = send(page, law=1, cost=2)
    assert "1 level, until" in answer.text
    assert "1 was held already." in answer.text
    assert held(world, rowan) == {"law": 2, "cost": 2}


def test_the_same_page_sent_twice_writes_nothing_and_says_so(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = world.open(address(rowan))
    send(page, law=2)
    answer = send(page, law=2)
    assert "All of it was recorded already, so nothing new is written." in answer.text
    assert written(world, rowan) == 1
    with world.app.app_context():
        assert db.session.query(Act).filter(Act.kind == "baseline").count() == 1


def test_a_sentence_that_is_missing_is_asked_for_by_name_and_all_that_was_typed_stays(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = send(world.open(address(rowan)), 422, law=2, cost=(1, "  "))
    assert page.title.startswith("Error:")
    assert page.links()["Enter what shows level 1 of Cost"] == "#words-cost"
    assert [each.get("id") for each in page.tree.cssselect("main input[checked]")] == [
        "level-law-3",
        "level-cost-2",
    ]
    assert page.select("#words-law") == [SENTENCE]
    assert written(world, rowan) == 0


def test_a_sentence_without_a_level_is_asked_about_and_stays(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = submit(world.open(address(rowan)), {"words-law": SENTENCE}, button=BUTTON)
    assert page.status == 422
    assert page.links()["Choose which level of Law your sentence shows"] == "#level-law"
    assert page.select("#words-law") == [SENTENCE]


def test_what_they_said_of_themselves_is_marked_at_the_level_itself(world: World) -> None:
    rowan = world.joins("Rowan Sample", {"risk": 1})
    with world.app.app_context():
        say(rowan, {"law": 2, "cost": 0})
    page = world.open(address(rowan))
    labels = page.select(".govuk-radios__label")
    assert labels.count("2 Working Said of themselves") == 1
    assert labels.count("Nothing yet Said of themselves") == 1
    assert labels.count("Nothing more yet") == 1, "one level of risk is held"


def test_a_page_without_any_level_and_a_level_that_there_is_not_are_refused(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    assert "Choose level 1 or 2 of at least one" in send(world.open(address(rowan)), 422, law=0).text
    page = world.open(address(rowan))
    token = page.tree.cssselect('main input[name="csrf_token"]')[0].get("value")
    for level in ("3", "-1", "two"):
        data = {"csrf_token": token, "level-law": level, "words-law": SENTENCE}
        answer = world.client.post(address(rowan), data=data)
        assert answer.status_code == 422
        assert "Choose a level of Law" in answer.text
    assert written(world, rowan) == 0


def test_somebody_away_may_get_one_and_the_page_says_that_they_are_away(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        record_absence(rowan, TODAY, None, by=None)
    page = world.open(address(rowan))
    assert "Rowan Sample is away today." in page.text
    send(page, law=1)
    assert held(world, rowan) == {"law": 1}


def test_nobody_records_one_after_the_grant_ended_or_outside_their_teams(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        there = build.team(another_force()).id
    other = world.joins("Una Testwood", team=there)
    world.open(address(other), 404)
    world.open(address(world.manager_id), 404)
    with world.app.app_context():
        grant = db.session.scalars(
            select(Grant).where(Grant.person_id == world.manager_id, Grant.duty == Duty.MANAGER)
        ).one()
        end_grant(grant.id, TODAY, by=None, reason="left")
        with pytest.raises(BaselineError) as raised:
            record_baseline(
                rowan, {"law": Said(1, SENTENCE)}, catalogue.current().framework, by=world.manager_id
            )
    assert raised.value.fault is Fault.NOT_ALLOWED
    assert written(world, rowan) == 0


def test_a_competency_that_the_framework_dropped_is_refused(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    for key, level in (("gone", 1), ("law", 3)):
        with world.app.app_context(), pytest.raises(BaselineError) as raised:
            record_baseline(
                rowan, {key: Said(level, SENTENCE)}, catalogue.current().framework, by=world.manager_id
            )
        assert raised.value.fault is Fault.UNKNOWN


def test_the_first_page_tells_three_of_the_new_levels_and_counts_the_others(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    send(world.open(address(rowan)), law=1, risk=1, tendering=1, cost=1, fraud=1)
    home = world.open("/", by=rowan).text
    assert home.count("Morgan Example assessed you at level 1") == 3
    assert "2 more assessments are new in your record" in home


def test_the_record_calls_it_a_baseline(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    send(world.open(address(rowan)), law=2)
    page = world.open(f"/team/{rowan}")
    assert "Baseline by Morgan Example, 30 November 2026" in page.text
    assert "Baseline" in page.select(".govuk-tag, .tag")


def test_its_statements_do_not_grow_with_the_record(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    world.open(address(rowan))
    with statements() as few:
        world.open(address(rowan))
    with world.app.app_context():
        for day in range(1, 9):
            build.evidence(world.person(rowan), "law", 1, date(2026, 6, day))
        say(rowan, {"law": 3, "risk": 2})
    with statements() as many:
        world.open(address(rowan))
    assert len(many) == len(few)


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible_and_works_without_scripts(app: Flask, page_at: OpenPage, width: int) -> None:
    with app.app_context():
        made = world_of(app)
        db.session.remove()
    rowan = made.joins("Rowan Sample", {"cost": 2})
    page = page_at(width, address(rowan), person_id=made.manager_id)
    demand_accessible(page)
    demand_no_sideways_scrolling(page)
    page = page_at(width, address(rowan), person_id=made.manager_id, scripts=False)
    assert not page.locator("textarea").first.is_visible(), "a sentence is asked for once a level is chosen"
    page.locator('input[name="level-law"][value="2"]').check()
    assert page.locator("#words-law").is_visible()
    page.locator('input[name="level-law"][value="0"]').check()
    assert not page.locator("#words-law").is_visible()
    page.locator('input[name="level-law"][value="2"]').check()
    page.locator("#record-baseline").click()
    assert page.locator(".govuk-error-summary").is_visible()
