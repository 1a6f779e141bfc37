"""People say where they used what they passed: never money, never before the pass, open until confirmed."""

from datetime import date, timedelta

import pytest

from lms.core import clock
from lms.learning import applications as service
from lms.learning.applications import ApplicationError, Draft, Fault, State, day_fault, fault_of
from lms.learning.held import held_about
from lms.learning.money import money_in
from lms.learning.reactions import Intent, intent_of
from tests.learning.conftest import FIRST_DAY, School
from tests.support.learners import noon
from tests.support.pages import Page, submit
from tests.support.samples import entry, take
from tests.support.statements import statements

NEW = "/record/applied/new"
SEND = "Send it to my manager"
WORDS = "Contract C-118, cleaning. I counted the standstill before we told the bidders."
SAID = {"modules": ["standstill"], "words": WORDS, "reference": "BR-2026-0147", "used_on": "30/11/2026"}


@pytest.fixture
def passed(school: School) -> School:
    """The school, whose buyer passed one of the two modules on the first day."""
    with school.on(FIRST_DAY):
        take(school.buyer_id, "standstill")
    return school


def sent(school: School, **fields: object) -> Page:
    return submit(school.page(NEW), {**SAID, **fields}, button=SEND)


def errors(page: Page) -> list[str]:
    assert page.status == 422
    assert page.title.startswith("Error:")
    return page.select(".govuk-error-message")


@pytest.mark.parametrize(
    "words",
    [
        "It saved £12,000.",
        "It came to 12 000 € in all",
        "saved us 40,000 pounds",
        "GBP 900 less",
        "two million pounds",
        "about 15k less than before",
        "It was worth 2.5 million",
        "saved about 12,500 a year",
        "costs 1200 now",
        "1.2m pounds",
    ],
)
def test_an_amount_of_money_is_found(words: str) -> None:
    assert money_in(words)


@pytest.mark.parametrize(
    "words",
    [
        "Contract C-118 with three lots and 12 bidders.",
        "BR-2026-0147",
        "A fence of 500 m round the vehicle pound, 12 months.",
        "We saved 3 weeks and 40 hours.",
        "Asked 2,000 officers what they need.",
        "Section 51, 8 working days, 28 November 2026.",
    ],
)
def test_what_is_no_amount_of_money_is_left_alone(words: str) -> None:
    assert money_in(words) is None


def test_what_may_be_sent_follows_from_the_passes_and_the_day() -> None:
    day = date(2026, 3, 2)
    passed = {"standstill": day, "notices": day + timedelta(days=9)}
    draft = Draft(("standstill",), "Words.", "BR-1", day)
    today = day + timedelta(days=20)
    assert fault_of(draft, passed, today) is None
    assert fault_of(draft, passed, day - timedelta(days=1)) is Fault.IN_FUTURE
    assert fault_of(Draft((), "Words.", "BR-1", day), passed, today) is Fault.NOTHING
    assert fault_of(Draft(("another",), "Words.", "BR-1", day), passed, today) is Fault.NOTHING
    assert fault_of(Draft(("standstill",), "£5 less", "BR-1", day), passed, today) is Fault.MONEY
    assert fault_of(Draft(("standstill",), "Words.", "£5", day), passed, today) is Fault.MONEY
    assert day_fault(("standstill", "notices"), day, passed, today) is Fault.BEFORE_PASS
    assert day_fault(("standstill", "notices"), passed["notices"], passed, today) is None


def test_without_a_pass_there_is_nothing_to_send(school: School) -> None:
    assert "You have not passed a module yet." in school.page(NEW).text
    page = school.page("/record/applied")
    assert "Once you have passed a module you can say here where you used it." in page.text
    assert "Say where you used it" not in page.links()


def test_a_use_is_sent_from_the_result_and_waits(passed: School) -> None:
    with passed.on(FIRST_DAY):
        attempt = take(passed.buyer_id, "notices")
    result = passed.page(f"/courses/first-steps/notices/check/result/{attempt}")
    page = result.follow("Say where you used it")
    assert [each.get("value") for each in page.tree.cssselect("input:checked")] == ["notices"]
    page = submit(page, {**SAID, "modules": ["notices", "standstill"]}, button=SEND)
    assert page.path == "/record/applied"
    assert "It is sent, and waits for your manager." in page.text
    assert WORDS in page.text
    assert "BR-2026-0147" in page.text
    assert "Waits for the manager" in page.text
    assert "Used at work" not in passed.page("/record").select("h2")


def test_the_module_and_the_course_lead_to_it_once_passed(passed: School) -> None:
    module = passed.page("/courses/first-steps/standstill/check").follow("Say where you used it")
    course = passed.page("/courses/first-steps/").follow("Say where you used it")
    for page in (module, course):
        assert [each.get("value") for each in page.tree.cssselect("input:checked")] == ["standstill"]
    assert "Say where you used it" not in passed.page("/courses/first-steps/notices/check").links()


def test_each_mistake_is_said_at_its_field_and_what_was_typed_stays(passed: School) -> None:
    page = sent(passed, words="It saved £12,000 a year.", reference="£1", used_on="1/12/2026")
    assert errors(page) == [
        "Error: Take out “£12,000”: amounts of money stand in the register",
        "Error: Take out “£1”: amounts of money stand in the register",
        "Error: Enter today’s date or an earlier one",
    ]
    assert page.select("textarea") == ["It saved £12,000 a year."]
    assert errors(sent(passed, used_on="29/11/2026")) == [
        "Error: Enter 30 November 2026 or a later day: you passed “Waiting after an award” then"
    ]
    assert errors(submit(passed.page(NEW), {}, button=SEND)) == [
        "Error: Choose at least one module",
        "Error: Enter what it was and what you did differently",
        "Error: Enter the reference in the benefits register",
        "Error: Enter the day on which you used it",
    ]
    with passed.on(FIRST_DAY):
        assert service.applications_of(passed.buyer_id) == []


def test_a_module_that_was_not_passed_is_refused_in_the_act_too(passed: School) -> None:
    draft = Draft(("notices",), WORDS, "BR-1", FIRST_DAY)
    with passed.on(FIRST_DAY), pytest.raises(ApplicationError) as refused:
        service.send(passed.buyer_id, draft)
    assert refused.value.fault is Fault.NOTHING


def test_the_same_sent_twice_is_kept_once(passed: School) -> None:
    sent(passed)
    sent(passed)
    with passed.on(FIRST_DAY):
        assert len(service.applications_of(passed.buyer_id)) == 1


def test_it_is_changed_while_it_waits_and_taken_back_after_a_question(passed: School) -> None:
    sent(passed)
    page = passed.page("/record/applied").follow("Change it (30 November 2026)")
    assert page.select("textarea") == [WORDS]
    page = submit(page, words="Other words.", button=SEND)
    assert WORDS not in page.text
    assert "Other words." in page.text
    page = page.follow("Take it back (30 November 2026)")
    assert "It is gone then" in page.text
    page = submit(page, button="Take it back")
    assert "You have not said yet where you used what you learned." in page.text


def test_what_was_given_back_is_mended_and_waits_again(passed: School) -> None:
    sent(passed)
    with passed.on(FIRST_DAY):
        (waits,) = service.applications_of(passed.buyer_id)
        service.give_back(
            passed.buyer_id, waits.id, mark=waits.mark, by=passed.manager_id, reason="Which contract?"
        )
    home = passed.page("/")
    assert "Morgan Example gave back what you wrote of a use at work. Reason: Which contract?" in home.text
    assert home.links()["Mend it and send it again"] == f"/record/applied/{waits.id}/change"
    page = passed.page("/record/applied")
    assert "By Morgan Example on 30 November 2026. Reason: Which contract?" in page.text
    page = page.follow("Mend it and send it again (30 November 2026)")
    assert "Morgan Example gave it back on 30 November 2026. Reason: Which contract?" in page.text
    page = submit(page, words="Contract C-119.", button=SEND)
    assert "Waits for the manager" in page.text
    with passed.on(FIRST_DAY):
        (found,) = service.applications_of(passed.buyer_id)
        assert (found.state, found.reason, found.mark > waits.mark) == (State.WAITS, "Which contract?", True)
    assert "gave back what you wrote" not in passed.page("/").text


def test_a_confirmed_one_stands_in_the_record_and_is_struck_through_when_it_was_not_so(
    passed: School,
) -> None:
    sent(passed)
    with passed.on(FIRST_DAY):
        (waits,) = service.applications_of(passed.buyer_id)
        service.confirm(passed.buyer_id, waits.id, mark=waits.mark, by=passed.manager_id)
    assert WORDS in passed.page("/record").text
    page = passed.page("/record/applied")
    assert "Change it (30 November 2026)" not in page.links()
    assert passed.page(f"/record/applied/{waits.id}/change").path == "/record/applied"
    page = page.follow("It was not so: mark it as entered in error (30 November 2026)")
    assert errors(submit(page, button="Mark it as entered in error")) == ["Error: Enter a reason"]
    page = submit(page, reason="It was another contract.", button="Mark it as entered in error")
    assert page.select("del")
    assert "By Rowan Sample on 30 November 2026. Reason: It was another contract." in page.text
    assert passed.page("/record").select("#applied ~ details del")


def test_what_was_confirmed_later_does_not_stand_in_the_record_of_a_day_before(passed: School) -> None:
    sent(passed)
    later = FIRST_DAY + timedelta(days=2)
    with passed.on(later):
        (waits,) = service.applications_of(passed.buyer_id)
        service.confirm(passed.buyer_id, waits.id, mark=waits.mark, by=passed.manager_id)
    with clock.at(noon(later)):
        assert WORDS in passed.page("/record").text
        assert WORDS not in passed.page("/record?as_of=2026-11-30").text


def test_the_question_after_a_pass_is_answered_by_one_press_and_can_be_changed(passed: School) -> None:
    with passed.on(FIRST_DAY):
        attempt = take(passed.buyer_id, "notices")
    page = passed.page(f"/courses/first-steps/notices/check/result/{attempt}")
    assert "Will you use this at work?" in page.text
    for button, answer in (("Perhaps", Intent.PERHAPS), ("Yes, within three months", Intent.SOON)):
        page = submit(page, button=button)
        assert f"You answered “{button}”." in page.text
        with passed.on(FIRST_DAY):
            assert intent_of(passed.buyer_id, "notices", entry("notices").edition) is answer


def test_nothing_is_asked_where_nothing_was_passed(school: School) -> None:
    with school.on(FIRST_DAY):
        failed = take(school.buyer_id, "notices", wrong=9)
    page = school.page(f"/courses/first-steps/notices/check/result/{failed}")
    assert "Will you use this at work?" not in page.text


def test_all_of_it_stands_in_the_own_file(passed: School) -> None:
    sent(passed)
    with passed.on(FIRST_DAY):
        (held,) = held_about(passed.buyer_id)["applications_at_work"]
    assert (held["words"], held["modules"], held["confirmed"]) == (WORDS, ["standstill"], None)


def test_the_list_costs_the_same_with_many_as_with_one(passed: School) -> None:
    def cost() -> int:
        with statements() as seen:
            passed.page("/record/applied", fragment=False)
        return len(seen)

    sent(passed)
    few = cost()
    with passed.on(FIRST_DAY):
        for number in range(5):
            service.send(passed.buyer_id, Draft(("standstill",), WORDS, f"BR-{number}", FIRST_DAY))
    assert cost() == few
