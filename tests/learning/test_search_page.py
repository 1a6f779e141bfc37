"""Search as a page: what it says of what it found, and where each result leads."""

from pathlib import Path

import pytest
from flask import Flask

from lms.content.searching.finding import HITS_A_PAGE
from lms.learning.search_views import MOST_LETTERS
from tests.learning.conftest import FIRST_DAY, School
from tests.support import build
from tests.support.application import sign_in
from tests.support.pages import CheckedClient, submit
from tests.support.samples import changed_samples, publish_samples
from tests.support.statements import statements

NOTICES = "/courses/first-steps/notices"


def test_a_result_is_the_section_with_its_module_and_its_words_marked(school: School) -> None:
    page = school.page("/search?q=same+day")
    assert page.h1 == "Search"
    assert page.select("[role=status]") == ["1 section found."]
    assert page.select(".found__title") == ["Before you publish"]
    assert page.select(".found__where") == ["Module: Notices in order"]
    assert page.select(".found__text mark") == ["same", "same", "day", "Day"]
    assert page.links()["Before you publish"] == f"{NOTICES}/before-you-publish"
    assert page.follow("Before you publish").select(".reader__part") == ["Before you publish"]


@pytest.mark.parametrize(
    ("typed", "title", "where", "address"),
    [
        ("first steps", "First steps", "A whole course", "/courses/first-steps/"),
        ("which notice comes", "Notices in order", "A whole module", NOTICES),
        ("one clause for modules", "A sample of a standard", "A whole standard", "/standards/sample"),
        (
            "1.1 then wait",
            "1.1 Publish, then wait",
            "Standard: A sample of a standard",
            "/standards/sample#clause-1-1",
        ),
        ("days between award", "standstill", "Glossary", "/glossary#standstill"),
    ],
)
def test_every_kind_of_result_leads_to_its_place(
    school: School, typed: str, title: str, where: str, address: str
) -> None:
    page = school.page(f"/search?q={typed}")
    assert page.select(".found__title")[0] == title
    assert page.select(".found__where")[0] == where
    assert page.links()[title] == address
    place, _, anchor = address.partition("#")
    opened = school.page(place, fragment=False)
    assert not anchor or opened.tree.cssselect(f"#{anchor}")


def test_nothing_typed_says_what_is_searched_and_where_else_to_look(school: School) -> None:
    page = school.page("/search")
    assert "Every part of every module" in page.text
    assert page.select("[role=status]") == [""]
    assert [page.links()[words] for words in ("Courses", "Standards", "Glossary")] == [
        "/courses/",
        "/standards/",
        "/glossary",
    ]


def test_nothing_found_says_what_to_try(school: School) -> None:
    page = school.page("/search?q=zebra+notice")
    assert page.select("[role=status]") == ["Nothing found."]
    assert "Check the spelling." in page.text
    assert "Use fewer words." in page.text
    assert page.links()["Courses"] == "/courses/"


def test_common_words_are_named(school: School) -> None:
    alone = school.page("/search?q=what+is+the")
    assert alone.select("[role=status]") == ["Nearly every section has these words."]
    assert "Add a word that says what it is about" in alone.text
    beside = school.page("/search?q=what+is+the+pipeline+notice")
    assert beside.select("[role=status]") == ["Nothing found."]
    assert "Left out, since nearly every section has them: what, is, the" in beside.text
    assert school.page("/search?q=???").select("[role=status]") == ["Type a word."]


def test_too_long_a_question_is_refused_and_kept(school: School) -> None:
    typed = "notice " * 40
    page = school.page(f"/search?q={typed}", 422)
    assert page.title.startswith("Error: Search")
    assert page.select(".govuk-error-summary a") == [f"Use at most {MOST_LETTERS} letters"]
    assert page.tree.cssselect("#q")[0].get("value") == typed.strip()
    assert school.page(f"/search?q={'n' * MOST_LETTERS}").select("[role=status]") == ["Nothing found."]


def test_many_results_are_divided_into_pages_that_keep_the_words(school: School, tmp_path: Path) -> None:
    parts = "".join(f"\n## Part {number}\n\nA quokka & co.\n" for number in range(HITS_A_PAGE + 1))
    with school.on(FIRST_DAY):
        publish_samples(
            changed_samples(
                tmp_path,
                "first-steps/standstill.md",
                ("minutes: 8", "minutes: 90"),
                ("## How long to wait", f"{parts}\n## How long to wait"),
            )
        )
    first = school.page("/search?q=quokka+%26+co")
    assert first.select("[role=status]") == [f"{HITS_A_PAGE + 1} sections found. Page 1 of 2."]
    assert len(first.select(".found__hit")) == HITS_A_PAGE
    second = school.page("/search?q=quokka+%26+co&page=2")
    assert len(second.select(".found__hit")) == 1
    assert first.links()["Next"] == "/search?q=quokka+%26+co&page=2"
    assert second.links()["Previous"] == "/search?q=quokka+%26+co"


@pytest.mark.parametrize("page", ["0", "-1", "99999999999999999999", "two"])
def test_a_page_that_is_not_there_is_the_first(school: School, page: str) -> None:
    assert school.page(f"/search?q=notice&page={page}").select(".found__hit") != []


def test_what_is_typed_is_text_and_nothing_else(school: School) -> None:
    found = school.page("/search?q=%3Cmark%3Enotice%3C/mark%3E%00%1b+%26amp;")
    assert found.tree.cssselect("#q")[0].get("value") == "<mark>notice</mark> &amp;"


def test_the_field_stands_on_every_page_and_once(school: School) -> None:
    page = school.page("/courses/")
    fields = page.tree.cssselect("form[role=search] input[name=q]")
    assert {each.get("id") for each in fields} == {"find-wide", "find-phone"}
    assert {form.get("action") for form in page.tree.cssselect("form[role=search]")} == {"/search"}
    for address, status in (("/search", 200), ("/nowhere", 404)):
        shown = school.page(address, status)
        assert [each.get("id") for each in shown.tree.cssselect("input[name=q]")] == ["q"]


def test_a_page_that_is_not_there_offers_to_search_for_its_last_words(school: School) -> None:
    page = school.page("/courses/first-steps/order-of-notices", 404)
    assert page.tree.cssselect("#q")[0].get("value") == "order of notices"
    found = submit(page)
    assert found.path == "/search"
    assert "The order of the notices" in found.select(".found__title")


def test_who_may_not_open_courses_is_not_offered_a_search(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        person_id = build.person("Kit Example", learner=False).id
    sign_in(client, person_id)
    for address, status in (("/record", 200), ("/nowhere", 404)):
        assert client.page(address, status).tree.cssselect("form[role=search]") == []
    assert client.get("/search?q=notice").status_code == 403


def test_a_search_costs_the_same_whatever_it_finds(school: School) -> None:
    sign_in(school.client, school.buyer_id)
    sent = {}
    for typed in ("notice", "zebra", ""):
        school.client.get(f"/search?q={typed}")
        with statements() as seen:
            school.client.get(f"/search?q={typed}")
        sent[typed] = len(seen)
    assert sent["notice"] == sent["zebra"] == sent[""] + 1
    assert sent["notice"] <= 4
