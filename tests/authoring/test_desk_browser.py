"""The desk in a real browser: accessible at every width, and filtered in place."""

import pytest
from playwright.sync_api import expect

from tests.authoring.conftest import MISSPELT, NOTICES, Room
from tests.support.browser import Visitor, demand_accessible, demand_no_sideways_scrolling


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_desk_is_accessible_at_every_width(room: Room, visitor: Visitor, width: int) -> None:
    room.publish()
    room.change(NOTICES, MISSPELT)
    room.publish()
    page = visitor.page_at(width, "/authoring", person_id=room.author_id)
    demand_accessible(page)
    demand_no_sideways_scrolling(page)


def test_a_filter_changes_the_table_and_the_address_and_keeps_the_focus(room: Room, visitor: Visitor) -> None:
    room.publish()
    page = visitor.page_at(1280, "/authoring", person_id=room.author_id)
    page.get_by_label("Module or file").fill("order")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert page.url.endswith("/authoring?q=order&state=&owner=")
    expect(page.get_by_role("button", name="Show")).to_be_focused()
    page.go_back()
    expect(page.locator("tbody tr")).to_have_count(2)
