"""What learners write about their own work: theirs alone, open until they keep it."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lms.core.database import db
from lms.learning import reflections
from lms.learning.models import CpdEntry
from lms.learning.reflections import CpdKind
from tests.learning.conftest import FIRST_DAY, School
from tests.support.cases import samples_with_a_case
from tests.support.pages import Page, submit
from tests.support.samples import entry, publish_samples

PART = "/courses/first-steps/standstill/how-long-to-wait"
ASKED = "/courses/first-steps/standstill/reflections/on-monday"
WORDS = "The cleaning firm, since its accounts are late."


@pytest.fixture
def part(school: School, tmp_path: Path) -> Page:
    """The part that asks."""
    with school.on(FIRST_DAY):
        publish_samples(samples_with_a_case(tmp_path))
    return school.page(PART)


def kept(school: School, **fields: object) -> Page:
    return submit(
        school.page(ASKED),
        {"words": WORDS, "kind": "experience", "minutes": "25", **fields},
        button="Keep it in my record",
    )


def test_a_part_asks_and_the_check_does_not(part: Page, school: School) -> None:
    assert "Think about your own work" in part.text
    assert part.select(".prose strong") == ["your"]
    assert part.tree.cssselect(".reflection textarea")
    assert "on-monday" not in school.page("/courses/first-steps/standstill/check").text
    assert "data-reflection" not in part.response.text


def test_what_is_written_in_the_part_is_saved_and_stands_there_again(part: Page, school: School) -> None:
    page = submit(part, {"words": f"  {WORDS}\n"}, button="Save it for later")
    assert page.path == PART
    assert page.select(".reflection textarea") == [WORDS]
    assert "Saved on 30 November 2026." in page.text
    page = submit(page, {"words": "Another one."}, button="Save it for later")
    assert page.select(".reflection textarea") == ["Another one."]
    with school.on(FIRST_DAY):
        assert db.session.scalar(select(func.count(CpdEntry.id))) == 1


def test_nothing_written_is_said_where_it_is_asked(part: Page) -> None:
    page = submit(part, {"words": "  "}, button="Save it for later")
    assert (page.status, page.path) == (422, ASKED)
    assert page.select(".govuk-error-message") == ["Error: Write your answer"]
    assert page.title.startswith("Error:")


def test_too_much_is_refused_and_stays_on_the_page(part: Page, school: School) -> None:
    page = submit(school.page(ASKED), {"words": "x" * 4001}, button="Save it for later")
    assert page.status == 422
    assert page.select("textarea") == ["x" * 4001]
    assert part.status == 200


def test_keeping_it_needs_a_kind_and_minutes(part: Page, school: School) -> None:
    for minutes in ("", "0", "601", "a lot", "-5", "٣", "9" * 30):
        page = submit(school.page(ASKED), {"words": WORDS, "minutes": minutes}, button="Keep it in my record")
        assert page.status == 422
        assert page.select(".govuk-error-message") == [
            "Error: Choose how you learned it",
            "Error: Enter a number of minutes from 1 to 600",
        ]
        assert page.select("textarea") == [WORDS]
    assert part.status == 200


def test_what_is_kept_stands_in_the_record_with_its_minutes_and_does_not_change(
    part: Page, school: School
) -> None:
    submit(part, {"words": "A draft."}, button="Save it for later")
    page = kept(school)
    assert page.path == PART
    assert page.select(".reflection .written") == [WORDS]
    assert "You kept this on 30 November 2026, 25 minutes." in page.text
    record = school.page("/record")
    assert "Your development" in record.text
    assert record.select("#development ~ .summary dt")[0] == "By what I did at work"
    assert WORDS in record.text
    with school.on(FIRST_DAY):
        reflections.remove(school.buyer_id, entry("standstill"), "on-monday")
        reflections.save(school.buyer_id, entry("standstill"), "on-monday", "A new draft.")
        first, second = db.session.scalars(select(CpdEntry).order_by(CpdEntry.id)).all()
        assert (first.words, first.kind, first.minutes) == (WORDS, "experience", 25)
        assert (second.words, second.kept_at) == ("A new draft.", None)
    assert school.page(PART).select(".reflection textarea") == ["A new draft."]


def test_minutes_are_added_up_by_kind(part: Page, school: School) -> None:
    kept(school)
    kept(school, minutes="50")
    kept(school, kind="formal", minutes="5")
    with school.on(FIRST_DAY):
        found = reflections.development_of(school.buyer_id, FIRST_DAY)
        assert found.by_kind == [(CpdKind.EXPERIENCE, 75), (CpdKind.FORMAL, 5)]
        assert len(found.entries) == 3
        assert reflections.development_of(school.buyer_id, date(2026, 11, 29)).entries == ()
    assert part.status == 200


def test_a_draft_is_removed_after_a_question(part: Page, school: School) -> None:
    submit(part, {"words": WORDS}, button="Save it for later")
    page = school.page(ASKED).follow("Remove what I wrote")
    assert WORDS in page.text
    page = submit(page, button="Remove it")
    assert page.path == PART
    assert page.select(".reflection textarea") == [""]
    with school.on(FIRST_DAY):
        assert db.session.scalar(select(func.count(CpdEntry.id))) == 0
    assert school.page(f"{ASKED}/remove").path == ASKED


def test_nobody_else_reads_what_is_written(part: Page, school: School) -> None:
    submit(part, {"words": WORDS}, button="Save it for later")
    assert WORDS not in school.page(PART, of=school.manager_id).response.text
    assert WORDS not in school.page(ASKED, of=school.manager_id).response.text
    kept(school)
    assert WORDS not in school.page(f"/team/{school.buyer_id}", of=school.manager_id).response.text
    assert WORDS not in school.page("/record", of=school.manager_id).response.text


def test_the_file_of_all_that_is_held_has_drafts_and_what_was_kept(part: Page, school: School) -> None:
    submit(part, {"words": "A draft."}, button="Save it for later")
    kept(school)
    held = school.client.get("/record.json").get_json()["reflections"]
    assert [(each["module"], each["question"], each["words"], each["minutes"]) for each in held] == [
        ("standstill", "on-monday", WORDS, 25)
    ]


def test_a_question_that_the_text_does_not_ask_is_not_there(part: Page, school: School) -> None:
    assert part.status == 200
    school.page("/courses/first-steps/standstill/reflections/never", 404)
    school.page("/courses/first-steps/nothing/reflections/on-monday", 404)


def test_under_another_course_the_address_is_put_right(part: Page, school: School) -> None:
    assert part.status == 200
    assert school.page("/courses/elsewhere/standstill/reflections/on-monday").path == ASKED
