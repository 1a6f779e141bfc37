from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from lms.competencies.models import Basis
from tests.support import build
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import assigned, passed
from tests.support.managers import TODAY, World

PAGES = 2
MARGINS = dict.fromkeys(("top", "right", "bottom", "left"), "12mm")
WORDS = ("route-to-market", "risk-and-resilience", "benefits-and-savings", "tendering-and-evaluation")
KEYS = tuple(f"{WORDS[number % 4]}-of-kind-{number}" for number in range(15))
MODULES = tuple(f"module-{number}-of-the-course" for number in range(6))


def short_of_all(world: World) -> int:
    """Somebody short of all fifteen competencies of the role, with lapses, open work and passes."""
    with world.app.app_context():
        asked = dict.fromkeys(KEYS, 3)
        courses = tuple(module(key) for key in (*MODULES, "standstill"))
        known = tuple(competency(key, {2: MODULES[:1]}) for key in KEYS)
        publish(known, (role("senior-buyer", asked),), courses)
        rowan = world.joins("Rowan Sample", role_profile="senior-buyer")
        somebody = world.person(rowan)
        for number, key in enumerate(KEYS):
            until = TODAY + timedelta(days=30 if number < 4 else 300)
            build.evidence(somebody, key, 1, basis=Basis.ASSESSMENT, by=world.manager, until=until)
        for key in MODULES[1:]:
            passed(somebody, key, date(2026, 6, 1))
        assigned(somebody, "standstill", by=world.manager, due=TODAY + timedelta(days=9))
        return rowan


def test_the_person_page_prints_on_two_pages_without_what_only_a_screen_can_use(
    world: World, page_at: Callable[..., Any]
) -> None:
    page = page_at(1280, f"/team/{short_of_all(world)}", person_id=world.manager_id)
    page.emulate_media(media="print")
    assert page.locator("#levels ~ table tbody tr:not(.table__area)").count() == len(KEYS)
    for hidden in (".navigation", ".filters", "#entries", ".actions", "#gaps ~ table a", "#lapses ~ ul a"):
        assert not page.locator(hidden).first.is_visible(), hidden
    for shown in ("h1", ".lead", "#gaps", "#gaps ~ table", "#lapses ~ ul", "#open ~ ul", "#levels"):
        assert page.locator(shown).first.is_visible(), shown
    assert page.pdf(format="A4", margin=MARGINS).count(b"/Type /Page\n") <= PAGES
