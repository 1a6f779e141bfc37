from collections.abc import Callable
from typing import Any

from tests.support.managers import ASKED, World

A4 = 2


def test_the_person_page_prints_on_two_pages_without_what_only_a_screen_can_use(
    world: World, page_at: Callable[..., Any]
) -> None:
    rowan = world.joins("Rowan Sample", dict.fromkeys(ASKED["buyer"], 1))
    page = page_at(1280, f"/team/{rowan}", person_id=world.manager_id)
    page.emulate_media(media="print")
    for hidden in (".navigation", ".filters", "#entries", ".actions", "#gaps ~ table a", "#lapses ~ ul a"):
        assert not page.locator(hidden).first.is_visible(), hidden
    for shown in ("h1", ".lead", "#gaps", "#gaps ~ table", "#levels"):
        assert page.locator(shown).first.is_visible(), shown
    assert page.pdf(format="A4").count(b"/Type /Page\n") <= A4
