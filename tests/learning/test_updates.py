"""Updates, not repeats: who passed an earlier edition reads what changed and answers what is new."""

from datetime import date
from pathlib import Path

import pytest
from lxml import html
from sqlalchemy import select

from lms.core import clock
from lms.core.database import db
from lms.learning.compared import compared
from lms.learning.models import Attempt, Completion
from tests.learning.conftest import FIRST_DAY, School
from tests.support.learners import noon
from tests.support.pages import Page, submit
from tests.support.pseudo import pseudo_language, untranslated
from tests.support.samples import changed_samples, finish, publish_samples, take
from tests.support.statements import statements

RAISED = date(2027, 1, 10)
FILE = "first-steps/notices.md"
CHECK = "Check what you learned"
UPDATE = "/courses/first-steps/notices/update"
MOST_STATEMENTS = 14
TEXT = ("A notice tells everybody the same thing", "A notice tells every bidder the same thing")
QUESTION = ("Which notice opens a tender?", "Which notice opens a competition?")


def edition(*parts: tuple[str, str], number: int = 2) -> str:
    changes = "".join(f"\n  - {{part: {part}, asks: {asks}, why: Reason {part}}}" for part, asks in parts)
    return f"edition: {number}\nchanges:{changes}"


def raised(school: School, folder: Path, *changes: tuple[str, str], on: date = RAISED) -> None:
    with school.on(on):
        publish_samples(changed_samples(folder, FILE, *changes))


@pytest.fixture
def passed(school: School) -> School:
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices")
    return school


def opened(school: School, on: date = RAISED) -> Page:
    with clock.at(noon(on)):
        return school.page(UPDATE)


def test_only_the_changed_parts_and_questions_are_shown_and_asked(passed: School, tmp_path: Path) -> None:
    raised(passed, tmp_path, ("edition: 1", edition(("before-you-publish", "questions"))), TEXT, QUESTION)
    page = opened(passed)
    assert page.h1 == "What changed since you passed"
    assert page.select(".changed__title") == ["Before you publish"]
    assert page.select(".changed__why") == ["Why: Reason before-you-publish"]
    (old,) = page.tree.cssselect(".changed__text del")
    (new,) = page.tree.cssselect(".changed__text ins")
    assert (old.text_content(), new.text_content()) == ("removed: everybody", "added: every bidder")
    with clock.at(noon(RAISED)):
        question = submit(page)
    assert question.h1 == "Question 1 of 1"
    assert "opens a competition" in question.text


def test_a_pass_of_the_update_is_a_pass_of_the_edition_and_both_stay(passed: School, tmp_path: Path) -> None:
    raised(passed, tmp_path, ("edition: 1", edition(("before-you-publish", "questions"))), TEXT, QUESTION)
    with passed.on(RAISED):
        attempt = take(passed.buyer_id, "notices")
        made = db.session.get_one(Attempt, attempt)
        assert (made.questions, made.passed) == (["first-notice"], True)
        rows = db.session.scalars(select(Completion).order_by(Completion.id)).all()
        assert [(row.edition, row.until_day) for row in rows] == [
            (1, date(2027, 11, 30)),
            (2, date(2028, 1, 10)),
        ]
    with clock.at(noon(RAISED)):
        assert passed.page(UPDATE).h1 == CHECK


def test_a_wrong_answer_leaves_the_update_owed(passed: School, tmp_path: Path) -> None:
    raised(passed, tmp_path, ("edition: 1", edition(("before-you-publish", "questions"))), TEXT, QUESTION)
    with passed.on(RAISED):
        take(passed.buyer_id, "notices", wrong=1)
    assert opened(passed).h1 == "What changed since you passed"


def test_an_update_that_asks_for_reading_is_done_by_saying_so(passed: School, tmp_path: Path) -> None:
    raised(passed, tmp_path, ("edition: 1", edition(("before-you-publish", "reading"))), TEXT)
    page = opened(passed)
    with clock.at(noon(RAISED)):
        done = submit(page, button="I have read what changed")
    assert done.h1 == "You passed"
    with passed.on(RAISED):
        assert [row.edition for row in db.session.scalars(select(Completion).order_by(Completion.id))] == [
            1,
            2,
        ]


def test_a_part_that_asks_again_without_a_changed_question_asks_all_of_its_own(
    passed: School, tmp_path: Path
) -> None:
    raised(passed, tmp_path, ("edition: 1", edition(("before-you-publish", "questions"))), TEXT)
    with passed.on(RAISED):
        attempt = db.session.get_one(Attempt, take(passed.buyer_id, "notices"))
        assert attempt.questions == ["first-notice", "two-notices"]


def test_editions_between_are_counted_in(passed: School, tmp_path: Path) -> None:
    one = edition(("before-you-publish", "reading"))
    raised(passed, tmp_path, ("edition: 1", one), TEXT)
    two = edition(("the-order-of-the-notices", "reading"), number=3)
    raised(
        passed,
        tmp_path,
        (one, two),
        ("They follow one another", "They follow each other"),
        on=date(2027, 2, 1),
    )
    page = opened(passed, date(2027, 2, 2))
    assert page.select(".changed__title") == ["Before you publish", "The order of the notices"]
    assert "This is edition 3." in page.text


def test_nobody_owes_an_update_who_passed_nothing_or_the_edition_itself(
    school: School, tmp_path: Path
) -> None:
    with clock.at(noon(FIRST_DAY)):
        assert school.page(UPDATE).h1 == CHECK
    raised(school, tmp_path, ("edition: 1", edition(("before-you-publish", "questions"))), TEXT)
    with school.on(RAISED):
        take(school.buyer_id, "notices")
    with clock.at(noon(RAISED)):
        assert school.page(UPDATE).h1 == CHECK


def test_a_pass_whose_own_time_is_over_is_renewed_by_the_whole_check(passed: School, tmp_path: Path) -> None:
    raised(passed, tmp_path, ("edition: 1", edition(("before-you-publish", "questions"))), TEXT, QUESTION)
    later = date(2027, 12, 1)
    assert opened(passed, later).h1 == CHECK
    with passed.on(later):
        assert len(db.session.get_one(Attempt, take(passed.buyer_id, "notices")).questions) == 4


def test_after_the_grace_the_update_still_is_all_that_is_asked(passed: School, tmp_path: Path) -> None:
    raised(passed, tmp_path, ("edition: 1", edition(("before-you-publish", "questions"))), TEXT, QUESTION)
    page = opened(passed, date(2027, 6, 1))
    assert "Your pass of edition 1 counted until 10 April 2027." in page.text


def test_an_attempt_goes_on_with_the_text_that_it_began_with(passed: School, tmp_path: Path) -> None:
    first = edition(("before-you-publish", "questions"))
    raised(passed, tmp_path, ("edition: 1", first), TEXT, QUESTION)
    page = opened(passed)
    with clock.at(noon(RAISED)):
        submit(page)
    raised(passed, tmp_path, ("every bidder", "each bidder"))
    page = opened(passed)
    assert "A check is under way." in page.text
    with passed.on(RAISED):
        attempt = db.session.scalars(select(Attempt).where(Attempt.finished_at.is_(None))).one()
        finish(passed.buyer_id, attempt.id)
        assert attempt.passed


def test_home_and_check_lead_to_the_update(passed: School, tmp_path: Path) -> None:
    raised(passed, tmp_path, ("edition: 1", edition(("before-you-publish", "questions"))), TEXT, QUESTION)
    with clock.at(noon(RAISED)):
        assert UPDATE in passed.page("/").links().values()
        assert passed.page("/courses/first-steps/notices/check").h1 == "What changed since you passed"


def test_the_page_asks_the_database_a_few_times(passed: School, tmp_path: Path) -> None:
    raised(passed, tmp_path, ("edition: 1", edition(("before-you-publish", "questions"))), TEXT, QUESTION)
    opened(passed)
    with statements() as made:
        opened(passed)
    assert len(made) <= MOST_STATEMENTS


def test_every_word_is_translated(passed: School, tmp_path: Path) -> None:
    raised(passed, tmp_path, ("edition: 1", edition(("before-you-publish", "questions"))), TEXT, QUESTION)
    with pseudo_language():
        assert untranslated(opened(passed).response.text) == []


def test_texts_that_have_little_in_common_are_not_mixed(school: School) -> None:
    with school.on(FIRST_DAY):
        assert compared("<p>One two three four</p>", "<p>Five six seven eight</p>") is None
        assert compared("<p>Same words here</p>", "<p>Same words here</p>") == "<p>Same words here</p>"


def test_what_is_compared_stays_well_formed(school: School) -> None:
    before = (
        '<ul><li>One</li><li>Two</li></ul><p>See <a href="law:pa23/50">section 50</a> and so on and on.</p>'
    )
    after = before.replace("<li>Two</li>", "<li>Two</li><li>Three</li>").replace("50", "51")
    with school.on(FIRST_DAY):
        both = compared(before, after)
    assert both is not None
    assert "tagdiff" not in both
    assert "data-old" not in both
    assert html.tostring(html.fragment_fromstring(both, "div"), encoding="unicode") == f"<div>{both}</div>"
