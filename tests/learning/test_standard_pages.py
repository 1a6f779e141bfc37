"""The pages of the standards and of the glossary, and the links in texts that lead there."""

from pathlib import Path

from flask import Flask

from tests.learning.conftest import FIRST_DAY, School
from tests.support import build
from tests.support.application import sign_in
from tests.support.pages import CheckedClient
from tests.support.samples import changed_samples, publish_samples

READ = "/courses/first-steps/notices/before-you-publish"


def test_every_standard_is_listed_with_its_clauses(school: School) -> None:
    page = school.page("/standards/")
    assert page.h1 == "Standards"
    assert page.select("main h2") == ["A sample of a standard"]
    assert page.select("main li a") == ["1.1 Publish, then wait"]


def test_a_clause_names_the_modules_that_explain_it(school: School) -> None:
    page = school.page("/standards/sample")
    assert page.h1 == "A sample of a standard"
    assert page.select(".clause h2") == ["1.1 Publish, then wait"]
    assert page.select(".clause__modules a") == ["Notices in order", "Waiting after an award"]
    assert page.follow("Notices in order").path == READ


def test_a_clause_that_no_module_explains_says_so(school: School, tmp_path: Path) -> None:
    with school.on(FIRST_DAY):
        copy = changed_samples(tmp_path, "first-steps/notices.md", ("clauses: [sample/1.1]\n", ""))
        changed_samples(tmp_path, "first-steps/standstill.md", ("clauses: [sample/1.1]\n", ""))
        publish_samples(copy)
    assert "No module explains this clause yet." in school.page("/standards/sample").text


def test_modules_are_named_without_a_link_to_those_who_may_not_open_them(school: School) -> None:
    with school.on(FIRST_DAY):
        lead = build.person("Idris Draftwell", learner=False).id
    page = school.page("/standards/sample", of=lead)
    assert "Explained in: Notices in order, Waiting after an award." in page.text
    assert page.select(".clause__modules a") == []


def test_a_standard_that_is_not_there_is_not_found(school: School) -> None:
    school.page("/standards/nothing", 404)


def test_the_glossary_has_an_anchor_and_a_source_for_each_term(school: School) -> None:
    page = school.page("/glossary")
    assert page.select("#standstill dt") == ["standstill"]
    (source,) = page.tree.cssselect("#standstill a")
    assert source.text_content() == "Procurement Act 2023, section 51"
    assert source.get("href") == "https://www.legislation.gov.uk/ukpga/2023/54/section/51"


def test_references_in_a_text_lead_to_what_they_name(school: School, tmp_path: Path) -> None:
    words = "Keep [the clause](clause:sample/1.1), [the word](term:standstill) and [the law](law:pa23/50)"
    more = ", and what it [asks](competency:law)."
    with school.on(FIRST_DAY):
        change = ("Keep the text", f"{words}{more} Keep the text")
        publish_samples(changed_samples(tmp_path, "first-steps/notices.md", change))
    page = school.page(READ)
    addresses = {link.text_content(): link.get("href") for link in page.tree.cssselect(".prose a")}
    assert addresses["the clause"] == "/standards/sample#clause-1-1"
    assert addresses["the word"] == "/glossary#standstill"
    assert addresses["the law"] == "https://www.legislation.gov.uk/ukpga/2023/54/section/50"
    assert addresses["asks"] == "/levels#law"
    for name in ("the clause", "the word", "asks"):
        address, _, anchor = str(addresses[name]).partition("#")
        assert school.page(address).tree.cssselect(f"#{anchor}")


def test_pages_without_anything_published_say_so(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        somebody = build.person("Rowan Sample").id
    sign_in(client, somebody)
    assert client.page("/standards/").select(".empty") == ["No standard is published yet."]
    assert client.page("/glossary").select(".empty") == ["No term is explained yet."]


def test_the_footer_leads_there_after_logging_in(school: School) -> None:
    page = school.page("/standards/")
    assert page.select(".footer__links a")[-2:] == ["Standards", "Glossary"]
    assert "Glossary" not in school.app.test_client().get("/login").text
