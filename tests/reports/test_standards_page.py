"""What the pages of the standards say: whose role needs them, who is current, and what is hidden."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from lms.competencies.counts import count
from lms.content import catalogue
from lms.core.database import db
from lms.learning.clause_counts import clause_counts
from lms.people.models import Person, Sharing
from tests.support.catalogue import competency, module, publish, role, standard
from tests.support.learners import passed
from tests.support.pages import Page
from tests.support.service import ASKED, COMPETENCIES, TODAY, Service
from tests.support.statements import statements

LIST, PAGE = "/reports/standards", "/reports/standards/buying"
TEACHES = {
    "law-basics": ("buying/1.1",),
    "law-applied": ("buying/1.2", "conduct/1.1"),
    "risk-basics": ("conduct/1.2",),
    "apart": ("buying/1.1",),
}
SHOWN_BY = {"law": {1: ("law-basics",), 2: ("law-applied",)}, "risk": {1: ("risk-basics",)}}
MOST_STATEMENTS = 19


@pytest.fixture
def taught(service: Service) -> Service:
    """The service with two standards, of which about half of the people have passed each module."""
    with service.app.app_context():
        publish(
            tuple(competency(key, SHOWN_BY.get(key)) for key in COMPETENCIES),
            tuple(role(key, levels) for key, levels in ASKED.items()),
            tuple(replace(module(key), clauses=clauses) for key, clauses in TEACHES.items()),
            standards=(standard("buying", "1.1", "1.2", "1.3"), standard("conduct", "1.1", "1.2")),
        )
        chance = Random(5)  # noqa: S311 invented people keep no secret
        for people in list(count(TODAY).held.values()):
            for person in sorted(people):
                for key in ("law-basics", "law-applied", "risk-basics"):
                    if chance.random() < 0.5:
                        passed(db.session.get_one(Person, person), key, TODAY)
    return service


def rows(service: Service, address: str, who: str = "national-lead") -> list[dict[str, str]]:
    path, _, query = address.partition("?")
    return list(csv.DictReader(io.StringIO(service.client(who).get(f"{path}.csv?{query}").text)))


def sentence(page: Page) -> str:
    return " ".join(page.select(".sentence p"))


def cells(page: Page, table: int = 0) -> Iterator[list[str]]:
    """The words of each row of a table’s body, hidden text among them."""
    for row in page.tree.cssselect(".standards-table")[table].cssselect("tbody tr"):
        yield [" ".join(cell.text_content().split()) for cell in row]


def test_the_list_says_of_each_standard_how_many_need_it_and_are_current(taught: Service) -> None:
    with taught.app.app_context():
        counts = clause_counts(catalogue.current())
        pairs = counts.of(counts.needs.of_standard("buying")).values()
        people, unmet = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    page = taught.open(LIST)
    assert page.h1 == "Current on the standards"
    assert page.select(".lead") == ["All regions, 30 November 2026"]
    found = rows(taught, LIST)
    assert [row["standard"] for row in found] == ["buying", "conduct"]
    assert (found[0]["people"], found[0]["current_on_every"]) == (str(people), str(people - unmet))
    assert 0 < unmet < people
    first = next(cells(page))
    assert first[:2] == ["The buying standard", str(people)]
    assert first[3].split()[-1] == str(people - unmet)
    assert f"{found[0]['current_on_any']} of {people} people" in sentence(page)


def test_a_standard_is_shown_by_region_with_its_clauses_for_the_whole(taught: Service) -> None:
    page = taught.open(PAGE)
    assert page.h1 == "Current on “The buying standard”"
    assert page.select("#clauses + table th a") == [
        "1.1 Do buying 1.1",
        "1.2 Do buying 1.2",
        "1.3 Do buying 1.3",
    ]
    clauses = list(cells(page, 0))
    assert clauses[0][3] == "Law basics, Apart"
    assert clauses[2][1:] == ["0", "– needed by nobody’s role", "No module teaches it yet"]
    assert {row[0] for row in cells(page, 1)} == {"East Midlands", "North East", "National forces", "Wales"}
    found = rows(taught, PAGE)
    assert [row["id"] for row in found if row["row"] == "clause"] == ["1.1", "1.2", "1.3"]
    regions = {row["id"]: row for row in found if row["row"] == "region" and row["suppressed"] == "no"}
    assert len(regions) > 1
    with taught.app.app_context():
        counts = clause_counts(catalogue.current())
        pairs = counts.of(counts.needs.of_standard("buying"))
        for key, row in regions.items():
            inside = [pair for atom, pair in pairs.items() if atom.region == key]
            met = sum(people - unmet for people, unmet in inside)
            assert (row["people"], row["current_on_every"]) == (
                str(sum(each for each, _ in inside)),
                str(met),
            )


def test_a_region_is_shown_by_its_organisations_and_small_ones_are_hidden_and_counted(
    taught: Service,
) -> None:
    found = [row for row in rows(taught, f"{PAGE}?region=east") if row["row"] == "organisation"]
    assert [row["id"] for row in found] == ["aldermoor", "fenvale", "fire-aldermoor", "woldmarsh"]
    small = next(row for row in found if row["id"] == "fire-aldermoor")
    assert (small["people"], small["current_on_every"], small["suppressed"]) == ("", "", "yes")
    hidden = sum(row["suppressed"] == "yes" for row in found)
    assert hidden > 1, "one hidden row is what is left of the others"
    page = taught.open(f"{PAGE}?region=east")
    assert f"{hidden} rows are hidden." in " ".join(page.select(".help"))
    assert sum("not shown" in " ".join(row) for row in cells(page, 1)) == hidden


def test_who_leads_an_organisation_sees_it_beside_its_region(taught: Service) -> None:
    found = rows(taught, LIST, "organisation-lead")
    assert {row["place"] for row in found} == {"east", "aldermoor"}
    page = taught.open(LIST, "organisation-lead")
    heads = page.select(".standards-table thead tr:first-child th")
    assert len(heads) == 2
    assert heads[0] == "East Midlands"
    assert len(next(cells(page))) == 7
    own = [row for row in rows(taught, PAGE, "organisation-lead") if row["row"] == "organisation"]
    assert [row["id"] for row in own] == ["aldermoor"]
    assert "Yours" in taught.open(PAGE, "organisation-lead").text
    taught.open(f"{PAGE}?region=north", "organisation-lead", 404)


def test_a_region_lead_begins_with_the_own_region_and_may_choose_all(taught: Service) -> None:
    assert taught.open(LIST, "region-lead").select(".lead") == ["East Midlands, 30 November 2026"]
    assert taught.open(f"{LIST}?region=", "region-lead").select(".lead") == ["All regions, 30 November 2026"]


def test_another_region_is_shown_without_its_organisations(taught: Service) -> None:
    page = taught.open(f"{PAGE}?region=north", "region-lead")
    assert "Organisations are shown to those who lead them or their region." in page.text
    assert {row["row"] for row in rows(taught, f"{PAGE}?region=north", "region-lead")} == {"clause"}


def test_what_does_not_exist_is_not_found(taught: Service) -> None:
    taught.open("/reports/standards/nothing", status=404)
    taught.open(f"{LIST}?region=nowhere", status=404)
    taught.open(f"{PAGE}?region=nowhere", status=404)


def test_without_standards_the_page_says_so_and_shows_no_table(service: Service) -> None:
    page = service.open(LIST)
    assert "No standard is published yet." in sentence(page)
    assert not page.tree.cssselect(".standards-table")


def test_a_standard_that_nobodys_path_teaches_says_so(service: Service) -> None:
    with service.app.app_context():
        publish(
            tuple(competency(key) for key in COMPETENCIES),
            tuple(role(key, levels) for key, levels in ASKED.items()),
            (replace(module("standstill"), clauses=("buying/1.1",)),),
            standards=(standard("buying", "1.1"),),
        )
    assert "Nobody here has a role whose path has a module" in sentence(service.open(PAGE))
    assert "Nobody here has a role whose path has a module" in sentence(service.open(LIST))


def test_an_organisation_that_keeps_its_figures_is_counted_nowhere_and_named(taught: Service) -> None:
    before = rows(taught, LIST)[0]["people"]
    taught.share("woldmarsh", Sharing.NONE)
    assert int(rows(taught, LIST)[0]["people"]) < int(before)
    page = taught.open(f"{PAGE}?region=east")
    assert "Do not share their figures: " in sentence(page)
    assert "woldmarsh" not in {row["id"] for row in rows(taught, f"{PAGE}?region=east")}


def test_whose_people_the_viewer_may_see_by_name_are_taken_away_first(taught: Service) -> None:
    """The manager of a team leads the region too: what others are not shown stays hidden from them."""
    others = {row["id"] for row in rows(taught, f"{PAGE}?region=east") if row["suppressed"] == "yes"}
    own = {
        row["id"] for row in rows(taught, f"{PAGE}?region=east", "manager-lead") if row["suppressed"] == "yes"
    }
    assert others <= own


def test_definition_and_days_are_on_both_pages_in_the_words_that_managers_read(taught: Service) -> None:
    words = "who has a pass that counts today of at least one module that teaches it"
    for address in (LIST, PAGE):
        assert words in taught.open(address).text
    assert words in taught.open("/standards/buying", "manager").text


@pytest.mark.parametrize("address", [LIST, PAGE, f"{PAGE}?region=east"])
def test_statements_are_few_and_none_for_a_page_that_is_kept(taught: Service, address: str) -> None:
    client = taught.client()
    client.page(address)
    with statements() as again:
        client.page(address)
    with taught.app.app_context():
        passed(db.session.get_one(Person, taught.ids["manager"]), "apart", TODAY)
    with statements() as seen:
        client.page(address)
    assert len(seen) <= MOST_STATEMENTS
    assert len(again) < len(seen)
