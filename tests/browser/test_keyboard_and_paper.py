"""The keyboard alone is enough, and paper holds words and figures without what only a screen can use."""

from random import Random

from flask import Flask
from playwright.sync_api import Page, expect

from lms.content import catalogue
from lms.learning import attempts
from lms.learning.drawing import draw
from tests.browser.conftest import SetOut
from tests.support.cast import Cast
from tests.support.samples import entry

MOST_STOPS = 80
CHECK = "/courses/procurement-act-in-practice/what-the-act-asks/check/1"
# The ring of a radio is drawn on the label beside it.
STOP = """() => {
  const focused = document.activeElement;
  const drawn = focused.matches("[type=radio], [type=checkbox]")
    ? getComputedStyle(focused.nextElementSibling, "::before") : getComputedStyle(focused);
  const box = focused.getBoundingClientRect();
  return {
    ringed: drawn.outlineStyle !== "none" || drawn.boxShadow !== "none",
    on_screen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    what: focused.outerHTML.slice(0, 120),
    nowhere: focused === document.body,
  };
}"""

HANDLER = """() => new Promise(done => {
  document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = true'>");
  const picture = document.images[document.images.length - 1];
  picture.addEventListener("error", () => done(window.ran));
})"""


def tab(page: Page) -> dict[str, object]:
    """Go one stop on; whatever has the focus is in sight and has a ring."""
    page.keyboard.press("Tab")
    stop: dict[str, object] = page.evaluate(STOP)
    if not stop["nowhere"]:
        assert stop["ringed"], stop
        assert stop["on_screen"], stop
    return stop


def tab_to(page: Page, selector: str) -> None:
    for _ in range(MOST_STOPS):
        tab(page)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    message = f"{selector} is not reached by the keyboard"
    raise AssertionError(message)


def test_the_first_stop_skips_to_the_text(set_out: SetOut) -> None:
    page = set_out("learner").page
    tab(page)
    expect(page.locator(".govuk-skip-link")).to_be_focused()
    expect(page.locator(".govuk-skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab(page)
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_focus_goes_through_a_page_once_and_leaves_it(set_out: SetOut) -> None:
    for who, path in (("learner", "/"), ("manager", "/team"), ("region-lead", "/reports/gaps")):
        page = set_out(who, path).page
        stops = []
        while not (stop := tab(page))["nowhere"]:
            stops.append(stop["what"])
            assert len(stops) < 200, stops[-3:]
        assert len(stops) > 10


def test_a_question_is_answered_by_the_keyboard_alone(set_out: SetOut, nation: Flask, cast: Cast) -> None:
    with nation.app_context():
        begin_with_one_choice(cast.ids["peer"], "what-the-act-asks")
    page = set_out("peer", CHECK).page
    tab_to(page, "input[type=radio]")
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[type=radio]").nth(1)).to_be_checked()
    expect(page.locator("input[type=radio]").nth(1)).to_be_focused()
    tab(page)
    expect(page.get_by_role("button", name="Check my answer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_be_focused()
    tab_to(page, ".actions a")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Question 2 of 7")


def begin_with_one_choice(person_id: int, module: str) -> None:
    """Begin a check whose first question has one right answer."""
    document = catalogue.module_version(entry(module).version_id).document
    for seed in range(100):
        chance = Random(seed)  # noqa: S311 the draw is known on purpose
        first = document.question(draw(document.questions, document.ask, [], chance)[0])
        if first and first.kind == "single":
            attempts.begin(person_id, entry(module), seed=seed)
            return


def test_paper_has_the_record_and_not_the_screen(set_out: SetOut) -> None:
    page = set_out("learner", "/record").page
    page.emulate_media(media="print")
    for hidden in (".navigation", ".filters", ".govuk-skip-link", ".footer__links", ".header__sign-out"):
        assert not page.locator(hidden).first.is_visible(), hidden
    for shown in (".header__name", ".header__person", "h1", "main table", ".footer p"):
        assert page.locator(shown).first.is_visible(), shown
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_the_policy_refuses_never_runs_and_is_heard(set_out: SetOut) -> None:
    walk = set_out("learner")
    assert walk.page.evaluate(HANDLER) is None
    assert "Content Security Policy" in walk.visitor.complaints.pop()
