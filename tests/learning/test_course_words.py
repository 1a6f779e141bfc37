"""Every word of the pages of courses and checks goes through translation, or is marked as content."""

from datetime import date

from lxml import html

from lms.core import clock
from lms.learning import attempts
from lms.learning.enrolments import assign
from tests.learning.conftest import FIRST_DAY, School
from tests.support.application import sign_in
from tests.support.learners import noon
from tests.support.pseudo import pseudo_language, untranslated
from tests.support.samples import entry, questions_of, right_response, take

MODULES = "/courses/first-steps"


def test_every_word_of_these_pages_can_be_translated(school: School) -> None:
    with school.on(FIRST_DAY):
        assign(
            "notices", [school.buyer_id], by=school.manager_id, due_day=date(2026, 12, 9), reason="January"
        )
        made = [("notices", 4), ("notices", 1), ("standstill", 2), ("standstill", 0)]
        results = [f"{name}/check/result/{take(school.buyer_id, name, wrong=wrong)}" for name, wrong in made]
    answered = [f"notices/check/{position}" for position in (1, 2, 3, 4)]
    parts = ["notices/before-you-publish", "notices/the-order-of-the-notices", "notices/check"]
    found = words_outside(
        school, ["/courses/", *(f"{MODULES}/{each}" for each in ("", *parts, *answered, *results))]
    )
    assert found == {}


def test_every_word_of_an_unanswered_question_can_be_translated(school: School) -> None:
    with school.on(FIRST_DAY):
        attempt_id = attempts.begin(school.buyer_id, entry("notices"))
        attempt = attempts.attempt_of(school.buyer_id, attempt_id)
        assert attempt is not None
        asked = questions_of(attempt)
    for position, question in enumerate(asked, 1):
        assert words_outside(school, [f"{MODULES}/notices/check/{position}"]) == {}
        with school.on(FIRST_DAY):
            attempts.answer(attempt_id, position, right_response(question))


def words_outside(school: School, addresses: list[str]) -> dict[str, list[str]]:
    """The untranslated words of each page that has any."""
    sign_in(school.client, school.buyer_id)
    found = {}
    for address in addresses:
        with clock.at(noon(FIRST_DAY)), pseudo_language():
            page = school.client.page(address, checked=False)
        main = html.tostring(page.tree.cssselect("main")[0], encoding="utf-8").decode()
        found[address] = untranslated(main)
    return {address: words for address, words in found.items() if words}
