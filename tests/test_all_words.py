"""Every word of every page can be translated, or is marked as what nobody translates."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, render_template

from tests.support.application import sign_in
from tests.support.cast import NAMES, Cast
from tests.support.crawl import crawl
from tests.support.pages import CheckedClient, submit
from tests.support.pseudo import pseudo_language, untranslated

OF_A_KIND = 4
OFFERS = "years=10&rate=3.5&a_price=1000&b_price=0&b_yearly=102"
SAVING = "price=412&volume=1200&new_price=389&new_volume=1100&one_off=0&running=0&years=3"
ACT = "/courses/procurement-act-in-practice"


@pytest.fixture(autouse=True)
def _pseudo() -> Iterator[None]:
    with pseudo_language():
        yield


def client_of(app: Flask, person_id: int | None = None) -> CheckedClient:
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    if person_id is not None:
        sign_in(client, person_id)
    return client


@pytest.mark.parametrize("who", NAMES)
def test_every_word_of_every_page_of_everyone(nation: Flask, cast: Cast, who: str) -> None:
    visits = crawl(client_of(nation, cast.ids[who]), of_a_kind=OF_A_KIND, checked_of_a_kind=0)
    pages = [each.text for each in visits if each.text and each.status == 200]
    left = {words for text in pages for words in untranslated(text)}
    assert left == set()


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        (None, "/login", 200),
        (None, "/invitation/wrong", 404),
        ("learner", "/nowhere", 404),
        ("learner", "/administration", 403),
        ("learner", "/search?q=notice+of+a+contract", 200),
        ("learner", "/search?q=zebra", 200),
        ("learner", "/search?q=the", 200),
        ("learner", f"/search?q={'n' * 201}", 422),
        ("learner", "/record?as_of=tomorrow", 400),
        ("learner", "/tools/standstill?published=5/12/2026&kind=change", 200),
        ("learner", "/tools/standstill?published=26/11/2026", 200),
        ("learner", "/tools/standstill?published=1/2/2025", 200),
        ("learner", "/tools/standstill?published=soon&days=1.5&kind=none", 422),
        ("learner", "/tools/threshold?value=9000&years=2.5&extension_1=2&option_1=5&fees=5", 200),
        ("learner", "/tools/threshold?value=9000000&kind=light-touch&begins=26/11/2026", 200),
        ("learner", "/tools/threshold?value=9000&kind=concession&vat=in&begins=1/2/2025", 200),
        ("learner", f"/tools/whole-life-cost?{OFFERS}&a_name=Vans", 200),
        ("learner", f"/tools/whole-life-cost?{OFFERS}&c_single_1=9", 422),
        ("learner", f"/tools/saving?{SAVING}&why=less&source=Ledger&dated=31/3/2026", 200),
        ("learner", f"/tools/saving?{SAVING}&baseline=asked&years=1", 200),
        ("learner", f"/tools/saving?{SAVING}&release=nothing&one_off=9000000", 200),
        ("manager", "/team?order=role&within=365", 200),
        ("manager", "/team?on=1/6/2027&only=short", 200),
        ("manager", "/team?on=tomorrow&only=overdue&role=buyer", 400),
        ("manager", "/team/staffing", 200),
        ("manager", "/team/staffing?work=unknown&from=1/1/2020&until=", 400),
        ("manager", "/team/staffing?work=complex-tender&until=30/9/2030", 200),
        ("manager", "/team/works", 200),
        ("manager", "/team/works/add?like=complex-tender", 200),
        ("manager", "/team/initiatives/1", 200),
        ("national-lead", "/reports/initiatives", 200),
        ("national-lead", "/reports/initiatives/1", 200),
        ("organisation-lead", "/reports/initiatives/1", 200),
        ("national-lead", "/reports/initiatives/1/change", 200),
        ("national-lead", "/reports/initiatives/1/end", 200),
        ("region-lead", "/reports/gaps?as_of=tomorrow", 400),
        ("region-lead", "/reports/gaps?by=pillar&known_at=1/6/2026", 200),
        ("region-lead", "/reports/views?by=pillar&known_at=1/6/2026", 200),
        ("region-lead", "/reports/gaps/why?known_at=2/6/2026&from=1/6/2026", 200),
        ("region-lead", "/reports/gaps/why?from=30/11/2026&to=1/6/2026", 400),
        ("region-lead", "/reports/gaps/plan", 200),
        ("region-lead", "/reports/gaps/plan?competency=procurement-law&hours=2", 200),
        ("region-lead", "/reports/gaps/plan?ready_by=soon&hours=0", 400),
        ("region-lead", "/reports/standards?region=", 200),
        ("organisation-lead", "/reports/standards/sourcing", 200),
        ("region-lead", "/reports/gaps/compare?with_region=wales", 200),
        ("region-lead", "/reports/gaps/compare?with_day=tomorrow", 400),
        ("author", "/authoring?q=nothing", 200),
        ("administrator", "/administration?q=nobody", 200),
        ("learner", f"{ACT}/what-the-act-asks/check/result/{{passed}}", 200),
        ("learner", f"{ACT}/direct-award/check/result/{{failed}}", 200),
        ("learner", f"{ACT}/changing-a-contract/check/1", 200),
    ],
)
def test_every_word_of_pages_that_say_what_happened(
    nation: Flask, cast: Cast, who: str | None, address: str, status: int
) -> None:
    client = client_of(nation, cast.ids[who] if who else None)
    page = client.page(address.format(passed=cast.passed, failed=cast.failed), status, checked=False)
    assert untranslated(page.response.text) == []


def test_every_word_of_the_door(make_app: Callable[..., Flask], gathered: tuple[str, Cast]) -> None:
    page = client_of(make_app(gathered[0], demonstration=True)).page("/login", checked=False)
    assert untranslated(page.response.text) == []


@pytest.mark.parametrize(
    ("who", "address", "fields"),
    [
        (None, "/login", {}),
        (None, "/login", {"email": "somebody@example.org", "password": "none of theirs"}),
        ("learner", f"{ACT}/changing-a-contract/check/2", {}),
        ("national-lead", "/reports/assessors", {"from_day": "soon"}),
        ("national-lead", "/reports/initiatives/new", {"go_live": "1/1/2020"}),
        ("region-lead", "/reports/views?by=role", {}),
        ("administrator", "/administration/people/{learner}/grants/assessor", {"from_day": "soon"}),
        ("administrator", "/administration/people/{manager}/grants/{grant}/end", {}),
        ("administrator", "/administration/organisations/aldermoor", {"on_board": "soon"}),
    ],
)
def test_every_word_about_what_was_filled_in_wrong(
    nation: Flask, cast: Cast, who: str | None, address: str, fields: dict[str, Any]
) -> None:
    client = client_of(nation, cast.ids[who] if who else None)
    page = client.page(address.format(grant=cast.grant, **cast.ids), checked=False)
    failed = submit(page, fields, checked=False)
    assert failed.status == 422
    assert untranslated(failed.response.text) == []


@pytest.mark.parametrize("code", [400, 500, 503])
def test_every_word_of_a_failure(nation: Flask, code: int) -> None:
    with nation.test_request_context():
        page = render_template(f"errors/{code}.html", code=code, reference="1a2b3c4d")
    assert untranslated(page) == []
