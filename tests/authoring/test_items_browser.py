"""The pages of answers and comments in a real browser: accessible at every width, used by keyboard."""

import pytest
from playwright.sync_api import expect

from lms.learning.comments import Kind, write_comment
from tests.authoring.conftest import Room
from tests.support.answers import answered
from tests.support.browser import Visitor, demand_accessible, demand_no_sideways_scrolling

PART = "/courses/first-steps/standstill/how-long-to-wait"
QUESTION = "/authoring/standstill/questions/how-long"


def told(room: Room) -> int:
    """Publish, with a question that misleads and a comment; gives the comment's number."""
    room.publish()
    with room.on():
        answered("standstill", "how-long", (40, 60), (55, 45))
        return write_comment(
            room.buyer_id,
            Kind.PART,
            "standstill",
            "how-long-to-wait",
            "Out of date",
            edition=1,
            named=False,
        )


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_pages_are_accessible_at_every_width(room: Room, visitor: Visitor, width: int) -> None:
    number = told(room)
    for address in (
        "/authoring",
        "/authoring/standstill/questions",
        QUESTION,
        "/authoring/comments",
        f"/authoring/comments/{number}",
        "/authoring/standards",
    ):
        page = visitor.page_at(width, address, person_id=room.author_id)
        demand_accessible(page)
        demand_no_sideways_scrolling(page)
        page.context.close()
    for address in ("/comments", "/comments/part/standstill/how-long-to-wait"):
        page = visitor.page_at(width, address, person_id=room.buyer_id)
        demand_accessible(page)
        demand_no_sideways_scrolling(page)
        page.context.close()


def test_a_comment_is_written_without_scripts(room: Room, visitor: Visitor) -> None:
    room.publish()
    page = visitor.page_at(390, PART, person_id=room.buyer_id, scripts=False)
    page.get_by_text("Something is wrong with this section").click()
    page.get_by_label("What is wrong, or out of date?").fill("The days are those of 2024.")
    page.get_by_role("button", name="Tell the author").click()
    expect(page.get_by_text("The days are those of 2024.")).to_be_visible()


def test_a_comment_is_written_by_keyboard(room: Room, visitor: Visitor) -> None:
    room.publish()
    page = visitor.page_at(1280, PART, person_id=room.buyer_id)
    page.locator("details.comment summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("The days are those of 2024.")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("with your name")).to_be_visible()


def test_the_bars_are_told_apart_by_their_outline_also_under_forced_colours(
    room: Room, visitor: Visitor
) -> None:
    told(room)
    page = visitor.page_at(1280, QUESTION, person_id=room.author_id, forced_colours=True)
    fills = page.locator(".third__share").evaluate_all("bars => bars.map(bar => getComputedStyle(bar).fill)")
    assert fills[0] == fills[2] != fills[1] == fills[3]
