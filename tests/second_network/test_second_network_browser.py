"""The second network in a browser: its colours are on the page, and everybody can read them."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.browser import demand_accessible, demand_no_sideways_scrolling

OpenPage = Callable[..., Any]
STYLE = "([where, what]) => getComputedStyle(document.querySelector(where))[what]"
DEEP, MAIN, EDGE = "rgb(43, 22, 64)", "rgb(107, 45, 143)", "rgb(138, 70, 176)"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_has_its_name_and_its_colours(page_at: OpenPage, width: int) -> None:
    page = page_at(width, "/login")
    assert page.title() == "Sign in, Forensic Learning"
    for where, what, colour in (
        (".header", "backgroundColor", DEEP),
        (".header", "borderBottomColor", EDGE),
        ("h1", "color", DEEP),
        (".govuk-button", "backgroundColor", MAIN),
        (".footer__links a", "color", DEEP),
    ):
        assert page.evaluate(STYLE, [where, what]) == colour
    demand_accessible(page)
    demand_no_sideways_scrolling(page)


@pytest.mark.parametrize("path", ["/", "/record", "/courses/the-code/what-the-code-is/who-publishes-it"])
def test_pages_of_a_learner_are_accessible_in_its_colours(
    page_at: OpenPage, learner_id: int, path: str
) -> None:
    demand_accessible(page_at(1280, path, person_id=learner_id))
