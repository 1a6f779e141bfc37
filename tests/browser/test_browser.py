"""The browser sees what a person sees: without fonts it would find every page in order."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.support.browser import demand_accessible, demand_no_sideways_scrolling

PageAt = Callable[..., Page]
SHELL = """<!DOCTYPE html><html lang="en-GB"><head><title>Words</title></head>
<body><main>{}</main></body></html>"""


def test_letters_have_a_width(page_at: PageAt) -> None:
    page = page_at(390)
    page.set_content(SHELL.format("<h1>Words</h1><p><span>Words</span></p>"))
    assert page.evaluate("document.querySelector('span').getBoundingClientRect().width") > 20
    demand_accessible(page)
    demand_no_sideways_scrolling(page)


def test_words_that_are_too_pale_are_found(page_at: PageAt) -> None:
    page = page_at(390)
    page.set_content(SHELL.format("<h1>Words</h1><p style='color:#bbb'>Words</p>"))
    with pytest.raises(AssertionError, match="color-contrast"):
        demand_accessible(page)


def test_a_page_that_is_too_wide_is_found(page_at: PageAt) -> None:
    page = page_at(320)
    page.set_content(SHELL.format("<h1>Words</h1><p style='width:400px'>Words</p>"))
    with pytest.raises(AssertionError, match="wide in a window of 320"):
        demand_no_sideways_scrolling(page)


def test_no_page_may_leave_this_machine(page_at: PageAt) -> None:
    page = page_at(390)
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org/")
