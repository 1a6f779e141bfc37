from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from lms.core import clock
from lms.core.database import db
from lms.people.appointments import record_absence
from lms.teams.works import add
from tests.support.browser import demand_accessible, demand_no_sideways_scrolling
from tests.support.managers import World, world_of

OpenPage = Callable[..., Any]
NEEDS = {"law": 3, "risk": 2, "tendering": 3, "cost": 2, "fraud": 2}
SOON = timedelta(days=120)


@pytest.fixture
def busy(app: Flask) -> World:
    """A team in which one is ready at first, two together to the end, and others are far from it."""
    with app.app_context():
        made = world_of(app)
        add(made.team_id, "Vehicle conversion tender", NEEDS, by=made.manager_id)
        db.session.remove()
    made.joins("Asha Testwood", NEEDS, until=clock.today() + SOON)
    made.joins("Femi Folio", {**NEEDS, "tendering": 2, "risk": 1})
    made.joins("Rowan Sample", {**NEEDS, "law": 2, "fraud": 1})
    away = made.joins("Bryn Mockford", NEEDS)
    made.crowd(5, {"law": 1})
    with app.app_context():
        record_absence(away, clock.today(), clock.today() + timedelta(days=30), by=None)
    return made


def asked() -> str:
    first, last = clock.today() + timedelta(days=10), clock.today() + timedelta(days=300)
    return f"/team/staffing?work=team:1&from={typed(first)}&until={typed(last)}"


def typed(day: date) -> str:
    return f"{day:%d/%m/%Y}"


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_page_of_staffing_is_accessible_and_never_scrolls_sideways(
    busy: World, page_at: OpenPage, width: int
) -> None:
    for address in (asked(), "/team/works", "/team/works/add", "/team/works/1", "/team/works/1/end"):
        page = page_at(width, address, person_id=busy.manager_id)
        for folded in page.locator("main details").all():
            folded.locator("summary").click()
        demand_accessible(page)
        demand_no_sideways_scrolling(page)


def test_the_closest_are_a_table_with_room_and_a_card_each_on_a_phone(busy: World, page_at: OpenPage) -> None:
    wide = page_at(1280, asked(), person_id=busy.manager_id).locator(".closest")
    names, levels = wide.locator("tbody th a"), wide.locator("tbody tr").first.locator("td")
    assert names.count() == 3
    tops = {round(each.bounding_box()["y"]) for each in levels.all()}
    assert len(tops) == 1
    assert not wide.locator(".closest__need").first.is_visible()
    phone = page_at(390, asked(), person_id=busy.manager_id).locator(".closest")
    boxes = [each.bounding_box() for each in phone.locator("tbody tr").first.locator("td").all()]
    assert len({round(each["y"]) for each in boxes}) == len(NEEDS)
    assert phone.locator(".closest__need").first.is_visible()


def test_the_link_to_the_pair_leads_to_its_levels(busy: World, page_at: OpenPage) -> None:
    page = page_at(1280, asked(), person_id=busy.manager_id)
    page.get_by_role("link", name="See the pair").click()
    page.wait_for_url("**#person-*")
    assert page.locator("tr:target").is_visible()
