"""Journeys through the small nation in a real browser: wide and narrow, with scripts and without."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from lms.content.documents import Question
from lms.core.database import db
from lms.learning.models import Attempt
from tests.support.browser import HEIGHT, Visitor, demand_accessible, demand_no_sideways_scrolling
from tests.support.cast import Cast
from tests.support.samples import questions_of, right_response, wrong_response

SITE = "Commercial Learning"
WIDTHS = (1280, 390)
# 640 px are a window of 1280 at 200%, and 320 px one at 400%.
ENLARGED = (640, 320)
# A first count of the report on a busy machine takes longer than the five seconds that are usual.
expect.set_options(timeout=20_000)


@dataclass
class Walk:
    """Somebody on their way; what they look at is inspected at every width."""

    page: Page
    visitor: Visitor

    def see(self, heading: str) -> None:
        """Wait for a page by its heading, and inspect it."""
        expect(self.page.locator("h1")).to_have_text(heading)
        expect(self.page).to_have_title(f"{heading}, {SITE}")
        self.inspect()

    def inspect(self) -> None:
        """Fail on whatever axe finds at the two widths, and on sideways scrolling at any."""
        before = self.page.viewport_size
        for width in (*WIDTHS, *ENLARGED):
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            demand_no_sideways_scrolling(self.page)
            if width in WIDTHS:
                demand_accessible(self.page)
        if before:
            self.page.set_viewport_size(before)

    def go(self, link: str) -> None:
        """Follow the link of the page with these words."""
        self.page.locator("main").get_by_role("link", name=link, exact=True).first.click()

    def press(self, button: str) -> None:
        """Press the button with these words."""
        self.page.locator("main").get_by_role("button", name=button, exact=True).click()

    def turn_to(self, entry: str) -> None:
        """Follow the navigation."""
        menu = self.page.locator(".navigation__menu summary")
        if menu.is_visible():
            menu.click()
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name=entry).click()

    def answer(self, question: Question, *, right: bool) -> None:
        """Fill in a question of a check and send it."""
        response = right_response(question) if right else wrong_response(question)
        answers = response if isinstance(response, list) else []
        match question.kind:
            case "scenario":
                self.decide(answers)
                return
            case "number":
                self.page.locator("#answer").fill(str(response))
            case "order":
                for place, item in enumerate(answers, 1):
                    self.page.locator(f"#answer-{item + 1}").select_option(str(place))
            case "match":
                for item, chosen in enumerate(answers, 1):
                    self.page.locator(f"#answer-{item}").select_option(str(chosen))
            case _:
                for chosen in answers:
                    self.page.locator(f"input[name=answer][value='{chosen}']").check()
        self.press("Check my answer")

    def decide(self, decisions: list[int]) -> None:
        """Walk through a case by the decisions of each step, to its end."""
        for number, chosen in enumerate(decisions, 1):
            self.page.locator(f"input[name=answer][value='{chosen}']").check()
            self.press("Decide")
            if number < len(decisions):
                self.page.locator("main").get_by_role("link", name="Next: ").click()

    def questions(self, person_id: int) -> list[Question]:
        """What the newest attempt of somebody asks."""
        with self.visitor.app.app_context():
            query = select(Attempt).where(Attempt.person_id == person_id).order_by(Attempt.id.desc())
            return questions_of(db.session.scalars(query.limit(1)).one())


SetOut = Callable[..., Walk]


@pytest.fixture
def app(nation: Flask) -> Flask:
    """The application that is served to the browser."""
    return nation


@pytest.fixture
def set_out(visitor: Visitor, cast: Cast) -> SetOut:
    """Open a page as one of the cast; without scripts none of ours arrives, and axe can still run."""

    def begin(who: str | None, path: str = "/", *, scripts: bool = True) -> Walk:
        page = visitor.page_at(1280, person_id=cast.ids[who] if who else None)
        if not scripts:
            page.route("**/*.js*", lambda route: route.fulfill(status=404))
        page.goto(path)
        return Walk(page, visitor)

    return begin
