"""The courses, a course, and the reader, as pages."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from lms.authoring.publishing import publish_courses
from lms.core import clock
from lms.core.database import db
from lms.learning import reading
from lms.learning.enrolments import assign
from lms.learning.models import ReadingPlace
from tests.learning.conftest import FIRST_DAY, School
from tests.support import build
from tests.support.application import sign_in
from tests.support.catalogue import competency, module, publish
from tests.support.learners import noon
from tests.support.samples import changed_samples, publish_samples, take
from tests.support.statements import statements

MODULE = "/courses/first-steps/notices"
FIRST, SECOND = f"{MODULE}/before-you-publish", f"{MODULE}/the-order-of-the-notices"


def test_the_list_says_what_each_module_shows_and_how_far_one_is(school: School) -> None:
    page = school.page("/courses/")
    assert page.h1 == "Courses"
    assert "2 modules in 1 course." in page.text
    assert page.select(".row__title") == ["Notices in order", "Waiting after an award"]
    assert page.select(".index li") == ["First steps 2 modules, 20 minutes"]
    first, second = page.select(".row")
    assert "A pass shows Procurement law, level 1 Awareness." in first
    assert "Together with Waiting after an award, a pass shows Procurement law, level 2 Working." in first
    assert "Prepares for Procurement law, level 3 Practitioner." in second
    assert "12 minutes" in first
    assert page.select(".row .tag") == ["Not started", "Not started"]


def test_the_list_shows_what_is_begun_passed_renewed_by_an_edition_and_lapsed(
    school: School, tmp_path: Path
) -> None:
    school.page(FIRST)
    school.page(SECOND)
    assert "5 minutes read" not in school.page("/courses/").select(".row")[1]
    assert school.page("/courses/").select(".row .tag") == ["In progress", "Not started"]
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices")
        take(school.buyer_id, "standstill")
    assert school.page("/courses/").select(".row .tag") == ["Passed, counts to 30 November 2027", "Passed"]
    with clock.at(noon(date(2027, 11, 30))):
        assert school.page("/courses/").select(".row .tag") == ["Lapsed on 30 November 2027", "Passed"]
    raised = date(2027, 1, 10)
    with school.on(raised):
        edition = "edition: 2\nchanges:\n  - {part: how-long-to-wait, asks: reading, why: Days}"
        publish_samples(changed_samples(tmp_path, "first-steps/standstill.md", ("edition: 1", edition)))
    with clock.at(noon(raised)):
        row = school.page("/courses/").select(".row")[1]
    assert "New edition" in row
    assert "Your pass counts to 10 April 2027" in row


def test_of_more_than_two_modules_that_show_a_level_the_list_says_the_number_alone(school: School) -> None:
    keys = ("one", "two", "three")
    with school.on(FIRST_DAY):
        publish((competency("law", {2: keys}),), (), tuple(module(key) for key in keys))
    text = school.page("/courses/").select(".row")[0]
    assert "One of 3 modules that together show Law, level 2 Working." in text


def test_an_empty_catalogue_says_so(school: School, tmp_path: Path) -> None:
    with school.on(FIRST_DAY):
        publish_courses(tmp_path, by=None)
    assert "No course is published yet." in school.page("/courses/").text


def test_a_course_offers_its_first_module_that_is_left(school: School) -> None:
    page = school.page("/courses/first-steps/")
    assert page.h1 == "First steps"
    assert page.links()["Begin “Notices in order”"] == MODULE
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices")
    assert "Begin “Waiting after an award”" in school.page("/courses/first-steps/").links()
    school.page("/courses/no-such-course/", 404)


def test_a_module_opens_at_its_first_part_and_later_where_one_stopped(school: School) -> None:
    assert school.page(MODULE).path == FIRST
    assert school.page(SECOND).select(".reader__part") == ["The order of the notices"]
    assert school.page(MODULE).path == SECOND


def test_a_part_stands_between_contents_and_what_it_shows(school: School) -> None:
    with school.on(FIRST_DAY):
        assign(
            "notices", [school.buyer_id], by=school.manager_id, due_day=date(2026, 12, 9), reason="January"
        )
    page = school.page(FIRST)
    assert page.h1 == "Notices in order"
    assert page.select(".facts li") == [
        "12 minutes with the check",
        "Due 9 December 2026, in 9 days",
        "Law as at 1 November 2026",
        "Edition 1",
    ]
    assert page.select(".contents__title") == ["Part 1 of 3"]
    assert page.select(".contents__done") == ["0 of 12 minutes done"]
    assert page.select(".callout__title") == ["Note"]
    assert page.select("figure table td")[0] == "Tender notice"
    beside = page.select(".beside")
    assert "This module alone shows level 1." in beside[0]
    assert "You hold no level now, your role asks level 2." in beside[0]
    assert "Level 2 also takes Waiting after an award." in beside[0]
    assert "A pass counts for 12 months." in beside[0]
    assert "name the notices" in beside[1]
    assert page.links()["Procurement Act 2023"] == "https://www.legislation.gov.uk/ukpga/2023/54/section/50"
    assert "Edition 1, 30 November 2026" in beside[3]
    assert "Law checked by: nobody yet" in beside[3]
    assert page.links()["Next: The order of the notices"] == SECOND
    last = school.page(SECOND)
    assert last.select(".contents__done") == ["5 of 12 minutes done"]
    assert last.links()["Back: Before you publish"] == FIRST
    assert last.links()["Next: Check what you learned"] == f"{MODULE}/check"
    assert last.links()["the standstill"] == "/courses/first-steps/standstill"
    assert last.links()["section 50"] == "https://www.legislation.gov.uk/ukpga/2023/54/section/50"


def test_the_questions_of_a_part_are_not_on_its_page(school: School) -> None:
    text = school.page(FIRST).response.text
    assert "Which notice opens a tender?" not in text
    assert "it opens the tender" not in text


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "You stopped here today"),
        (1, "You stopped here yesterday"),
        (3, "You stopped here on Monday"),
        (7, "You stopped here on 30 November 2026"),
    ],
)
def test_whoever_comes_back_sees_where_they_stopped(school: School, days: int, words: str) -> None:
    school.page(FIRST)
    with clock.at(noon(FIRST_DAY) + timedelta(minutes=20)):
        assert school.page(FIRST).select(".reader__stopped") == []
    with clock.at(noon(FIRST_DAY)):
        school.page(FIRST)
    with clock.at(noon(FIRST_DAY) + timedelta(days=days, minutes=40)):
        assert school.page(FIRST, fragment=False).select(".reader__stopped") == [words]


def test_a_text_that_changed_during_reading_says_so_once(school: School, tmp_path: Path) -> None:
    school.page(FIRST)
    with school.on(FIRST_DAY):
        publish_samples(changed_samples(tmp_path, "first-steps/notices.md", ("everybody", "everyone")))
    assert school.page(SECOND, fragment=False).select(".reader__stopped") == ["This text was corrected today"]
    assert school.page(FIRST).select(".reader__stopped") == []
    with school.on(FIRST_DAY + timedelta(days=1)):
        edition = "edition: 2\nchanges:\n  - {part: before-you-publish, asks: reading, why: Days}"
        publish_samples(changed_samples(tmp_path, "first-steps/notices.md", ("edition: 1", edition)))
    with clock.at(noon(FIRST_DAY + timedelta(days=3))):
        assert school.page(SECOND, fragment=False).select(".reader__stopped") == [
            "A new edition of this text was published on 1 December 2026"
        ]
        assert school.page(FIRST, fragment=False).select(".reader__stopped") == ["New in edition 2: Days."]


def test_a_part_that_is_gone_and_an_earlier_name_lead_to_the_module(school: School) -> None:
    assert school.page(f"{MODULE}/no-such-part").path == FIRST
    assert school.page("/courses/first-steps/notices-old").path == FIRST
    assert school.page("/courses/another-course/notices").path == FIRST
    school.page("/courses/first-steps/no-such-module", 404)


def test_reading_keeps_the_place_and_the_parts_seen(school: School) -> None:
    for address in (FIRST, SECOND, FIRST):
        school.page(address)
    with school.on(FIRST_DAY):
        place = reading.place_of(school.buyer_id, "notices")
        assert place is not None
        assert (place.part, place.seen) == (
            "before-you-publish",
            ("before-you-publish", "the-order-of-the-notices"),
        )
        assert len(db.session.scalars(select(ReadingPlace)).all()) == 1


def test_a_picture_may_be_kept_by_everybody_for_good(school: School) -> None:
    source = school.page(FIRST).tree.cssselect("figure img")[0].get("src", "")
    answer = school.client.get(source)
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert school.client.get("/courses/assets/0000").status_code == 404


def test_courses_are_for_learners(school: School) -> None:
    with school.on(FIRST_DAY):
        other = build.person("Kit Example", learner=False)
        person_id = other.id
    sign_in(school.client, person_id)
    for address in ("/courses/", FIRST, f"{MODULE}/check"):
        assert school.client.get(address).status_code == 403


@pytest.mark.parametrize("address", ["/courses/", "/courses/first-steps/", FIRST])
def test_a_page_costs_the_same_whatever_is_kept(school: School, address: str) -> None:
    school.page(address)
    sign_in(school.client, school.buyer_id)
    with statements() as few:
        school.client.get(address)
    with school.on(FIRST_DAY):
        for number in range(5):
            assign(
                "notices",
                [school.buyer_id],
                by=school.manager_id,
                due_day=date(2026, 12, 9 - number),
                reason="x",
            )
            take(school.buyer_id, "notices")
            take(school.buyer_id, "standstill")
    with statements() as many:
        school.client.get(address)
    assert len(many) == len(few)
    assert len(few) <= 8
