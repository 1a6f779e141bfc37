from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from lms.content import catalogue
from lms.content.framework import Work
from lms.core.database import db
from lms.people.appointments import record_absence
from lms.people.models import Duty, RecordReading
from tests.support import build
from tests.support.managers import World, another_force
from tests.support.pages import Page, submit
from tests.support.statements import statements

TENDER = Work(id="tender", title="Large tender", needs={"law": 3, "tendering": 3, "fraud": 2})
ALL = dict(TENDER.needs)


@pytest.fixture(autouse=True)
def works(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the framework have a piece of work."""
    with world.app.app_context():
        found = catalogue.current()
    with_works = replace(found, framework=replace(found.framework, works=(TENDER,)))
    monkeypatch.setattr(catalogue, "current", lambda: with_works)


def ask(
    world: World, first: str = "4/1/2027", last: str = "30/9/2027", work: str = "tender", status: int = 200
) -> Page:
    return world.open(f"/team/staffing?work={work}&from={first}&until={last}", status)


def test_the_form_alone_is_shown_before_anything_is_asked(world: World) -> None:
    page = world.open("/team/staffing")
    assert page.h1 == "Who is ready to run it?"
    assert page.select("h2") == []
    assert "Who is ready to run it?" in page.title


def test_whoever_holds_every_level_to_the_end_is_named_and_no_way_is_shown(world: World) -> None:
    world.joins("Asha Testwood", ALL)
    world.joins("Rowan Sample", {"law": 3})
    page = ask(world)
    assert "One of two is ready to run it to the end." in page.text
    assert "All three levels that this work needs are held on every day by Asha Testwood." in page.text
    assert "to cover it to the end" not in page.text
    assert "From recorded evidence only. It does not know workload" in page.text


def test_evidence_that_lapses_before_the_end_is_named_with_its_day_and_is_renewed_first(
    world: World,
) -> None:
    asha = world.joins("Asha Testwood", ALL, until=date(2027, 3, 14))
    page = ask(world)
    assert "One of one is ready to run it, and only until 14 March 2027." in page.text
    assert "ends on 14 March 2027, 200 days before the work does." in page.text
    assert "Surest Renew the evidence of Asha Testwood To do: one assessment of " in page.text
    assert "it takes three of the 72 working days until then. You may make them." in page.text
    assert "Asha Testwood Buyer Ready until 14 March 2027" in page.text
    assert page.tree.cssselect(f'a[href="/team/{asha}/assess/law"]')


def test_two_who_together_hold_all_are_shown_as_a_way(world: World) -> None:
    world.joins("Femi Folio", {"law": 3, "fraud": 2})
    world.joins("Rowan Sample", {"tendering": 3})
    page = ask(world)
    assert "Nobody is ready yet." in page.text
    assert "Needs nothing first Pair Femi Folio and Rowan Sample" in page.text
    assert "Rowan Sample leads " in page.text
    assert "Together they show all three levels until 30 September 2027." in page.text
    assert page.tree.cssselect("#" + page.tree.xpath("//a[text()='See the pair']/@href")[0][1:])


def test_who_is_away_is_not_ready_and_waiting_for_the_return_is_a_way(world: World) -> None:
    asha = world.joins("Asha Testwood", ALL)
    with world.app.app_context():
        record_absence(asha, date(2026, 12, 1), date(2027, 2, 1), by=None)
    page = ask(world)
    assert "Nobody is ready yet." in page.text
    assert "From 1 February 2027, the first day back" in page.text
    assert "Not there on 4 Jan 2027" in page.text


def test_the_pair_is_shown_where_both_are_not_among_the_three_closest(world: World) -> None:
    for name in ("Asha Testwood", "Bryn Mockford", "Carys Exemplar"):
        world.joins(name, {"law": 3, "tendering": 2, "fraud": 2})
    world.joins("Femi Folio", {"law": 2, "tendering": 3, "fraud": 1})
    page = ask(world)
    assert "Also in the group that covers it together Femi Folio" in page.text
    assert "Three closest, against the three levels" in page.text.replace("The three", "Three")
    assert page.select(".closest tbody a") == [
        "Asha Testwood",
        "Bryn Mockford",
        "Carys Exemplar",
        "Femi Folio",
    ]


def test_the_others_are_folded_by_how_far_they_are_and_twenty_of_each_are_named(world: World) -> None:
    for name in ("Asha Testwood", "Bryn Mockford", "Carys Exemplar", "Dana Proxy"):
        world.joins(name, {"law": 3, "tendering": 3, "fraud": 1})
    world.joins("Femi Folio", {"law": 3, "tendering": 2, "fraud": 1})
    world.crowd(24, {"law": 1})
    page = ask(world)
    assert page.select("main details summary") == [
        "One other, one level short",
        "One other, two levels short",
        "24 others, three or more levels short",
    ]
    folded = page.tree.cssselect("main details")[-1]
    assert len(folded.cssselect("li")) == 20
    assert "And 4 more." in folded.text_content()
    assert "Person 00, seven levels short" in " ".join(folded.text_content().split())


def test_level_4_needs_two_assessments_and_a_manager_may_not_make_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.app.app_context():
        found = catalogue.current()
    expert = replace(found.framework, works=(Work(id="tender", title="Large tender", needs={"law": 4}),))
    monkeypatch.setattr(catalogue, "current", lambda: replace(found, framework=expert))
    world.joins("Asha Testwood", {"law": 4}, until=date(2027, 3, 14))
    page = ask(world)
    assert "at level 4, the second by an assessor of another organisation. In all 3 hours" in page.text
    assert "it takes two of the 72 working days until then. Another assessor must make it." in page.text
    with world.app.app_context():
        build.grant(world.manager, Duty.ASSESSOR)
    assert "working days until then. You may make the first." in ask(world).text


def test_growth_fits_before_the_first_day_or_is_no_way(world: World) -> None:
    world.joins("Asha Testwood", {"law": 3})
    assert "Help Asha Testwood to show what is missing" in ask(world).text
    soon = ask(world, first="1/12/2026")
    assert "Help Asha Testwood" not in soon.text


def test_nobody_outside_the_managers_teams_is_counted(world: World) -> None:
    with world.app.app_context():
        there = build.team(another_force()).id
    world.joins("Una Testwood", ALL, team=there)
    page = ask(world)
    assert "Nobody who reports to you is there in this period." in page.text
    assert "Una Testwood" not in page.text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"last": "3/1/2027"}, "Enter a last day that is not before the first"),
        ({"first": "1/1/2020"}, "Enter today’s date or a later one"),
        ({"first": ""}, "Enter the first day of the work"),
        ({"last": ""}, "Enter the last day of the work"),
        ({"last": "31/2/2027"}, "Enter a date that exists"),
        ({"last": "30/9/2032"}, "Enter a last day within 5 years of the first"),
        ({"work": "unknown"}, "Choose a piece of work from the list"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_a_sentence_and_kept(
    world: World, asked: dict[str, str], words: str
) -> None:
    page = ask(world, **asked, status=400)
    assert words in page.text
    assert page.title.startswith("Error:")
    for key, field in (("first", "from"), ("last", "until")):
        if key in asked:
            assert page.tree.get_element_by_id(field).get("value", "") == asked[key]


def test_everybody_counted_can_see_that_their_levels_were_read(world: World) -> None:
    asha = world.joins("Asha Testwood", ALL)
    ask(world)
    with world.app.app_context():
        read = db.session.scalars(select(RecordReading.person_id).filter_by(page="team.staffing")).all()
    assert list(read) == [asha]
    assert "against a piece of work that your manager staffs" in world.open("/record/seen", by=asha).text


def test_as_many_statements_are_sent_for_forty_people_as_for_two(world: World) -> None:
    def cost() -> int:
        ask(world)
        with statements() as seen:
            ask(world)
        return len(seen)

    world.joins("Asha Testwood", ALL)
    world.joins("Rowan Sample", {"law": 3})
    few = cost()
    world.crowd(38, {"law": 3, "tendering": 1})
    assert cost() == few


def test_the_team_page_asks_it_and_leads_to_the_answer(world: World) -> None:
    world.joins("Asha Testwood", ALL)
    typed = {"work": "tender", "from": "4/1/2027", "until": "30/9/2027"}
    page = submit(world.open(), typed, button="See who is ready")
    assert page.h1 == "Who is ready to run it?"
    assert "One of one is ready to run it to the end." in page.text
