"""The board paper: two pages, said as the page says it, and open to whoever cannot see it."""

import io
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from lms.core.database import db, writing
from lms.people.models import Organisation, Sharing
from lms.reports import file_views, paper
from lms.reports.typesetting import typeset
from tests.support.heat import rows, table, tiles
from tests.support.markup import words_of
from tests.support.pseudo import DATES, LETTERS, pseudo_language
from tests.support.service import BEFORE, Service
from tests.support.statements import statements

FILE, PAGE = "/reports/gaps.pdf", "/reports/gaps"
MADE = datetime(2026, 11, 30, 9, tzinfo=UTC)
HOSTILE = "Police #1 *bold* _low_ [link] $x$ @ref <label> \\ ~ `raw` // /* = ’"
Values = dict[str, Any]


def read(service: Service, choice: str = "", who: str = "national-lead") -> PdfReader:
    response = service.client(who).get(f"{FILE}?{choice}")
    assert (response.status_code, response.mimetype) == (200, "application/pdf")
    return PdfReader(io.BytesIO(response.data))


def text(of: PdfReader) -> str:
    """All words of the paper, with single blanks."""
    return " ".join(" ".join(page.extract_text() for page in of.pages).split())


def elements(of: PdfReader) -> list[Any]:
    """What the structure of the paper is made of, in the order of reading."""

    def inside(parent: Any) -> Iterator[Any]:  # noqa: ANN401 the library’s own objects, read by key
        kids = parent.get("/K", [])
        for each in kids if isinstance(kids, list) else [kids]:
            kid = each.get_object()
            if isinstance(kid, DictionaryObject) and "/S" in kid:
                yield kid
                yield from inside(kid)

    return list(inside(of.root_object["/StructTreeRoot"]))


def kinds(of: PdfReader, *wanted: str) -> list[Any]:
    return [each for each in elements(of) if each["/S"] in wanted]


def scope(cell: Any) -> str | None:  # noqa: ANN401 as above
    return next((str(each["/Scope"]) for each in cell.get("/A", []) if "/Scope" in each), None)


def values_of(service: Service, monkeypatch: pytest.MonkeyPatch, choice: str = "") -> Values:
    """What the typesetter is given."""
    found: Values = {}

    def keep(template: str, values: Values, at: datetime) -> bytes:
        found.update(values)
        return typeset(template, values, at)

    monkeypatch.setattr(file_views, "typeset", keep)
    assert service.client().get(f"{FILE}?{choice}").status_code == 200
    return found


def pages_of(values: Values) -> PdfReader:
    found = PdfReader(io.BytesIO(typeset("reports/paper.typ", values, MADE)))
    assert len(found.pages) == 2
    return found


CHOICES = [
    "",
    "by=organisation",
    "by=role&region=east",
    "by=pillar&organisation=aldermoor",
    "by=region&columns=area",
    f"by=region&as_of={BEFORE}&known_at={BEFORE}",
    "by=role&role=buyer&pillar=energy",
    "by=region&measure=missing&order=figure",
    "by=organisation&region=north&competency=fraud",
]


@pytest.mark.parametrize("choice", CHOICES)
def test_a_paper_has_two_pages_of_a4_and_says_what_it_is(service: Service, choice: str) -> None:
    found = read(service, choice)
    assert [(round(page.mediabox.width), round(page.mediabox.height)) for page in found.pages] == [
        (595, 842)
    ] * 2
    root: Any = found.root_object
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    page = service.open(f"{PAGE}?{choice}")
    assert found.metadata is not None
    assert str(found.metadata.title).startswith(f"{page.select('h1')[0]}, ")


@pytest.mark.parametrize("choice", CHOICES)
def test_headings_tables_and_pictures_are_told_to_whoever_cannot_see_them(
    service: Service, choice: str
) -> None:
    found = read(service, choice)
    headings = [str(each["/S"]) for each in kinds(found, "/H1", "/H2", "/H3")]
    assert headings[0] == "/H1"
    assert set(headings[1:]) == {"/H2"}
    for row in kinds(found, "/TR"):
        cells = [each.get_object() for each in row["/K"]]
        scopes = [scope(cell) for cell in cells]
        named = ["/Row", *[None] * (len(cells) - 1)]
        assert scopes in (named, ["/Column"] * len(cells))
        assert [cell["/S"] for cell in cells] == ["/TH" if each else "/TD" for each in scopes]
        assert not any("/Headers" in each for cell in cells[1:] for each in cell["/A"] if scopes == named)
    assert all(str(each["/Alt"]) for each in kinds(found, "/Figure"))


def test_the_pictures_say_every_figure_that_they_show(service: Service) -> None:
    found, page = read(service, "competency=risk"), service.open(f"{PAGE}?competency=risk")
    drawn, line = (str(each["/Alt"]) for each in kinds(found, "/Figure"))
    assert drawn.startswith("risk, by force. ")
    assert line.startswith("risk: two years, all regions. The share below: ")
    shown = dict(each.rsplit(" ", 1) for each in drawn.split(". ", 1)[1].split(". ")[0].split("; "))
    codes = dict(each.split(" ", 1) for each in page.select(".tile-codes li"))
    values = {codes[code]: value for code, value in tiles(page).items() if value.isdecimal()}
    assert values
    assert shown == {name: f"{value}%" for name, value in values.items()}
    points = dict(each.rsplit(" ", 1) for each in line.split(": ", 3)[2].rstrip(".").split("; "))
    days = [words_of(each) for each in page.tree.cssselect(".table--trend tbody tr td:nth-child(2)")]
    assert list(points.values()) == days[::-1]


@pytest.mark.parametrize("choice", CHOICES)
def test_the_paper_says_what_the_page_says(service: Service, choice: str) -> None:
    said, page = text(read(service, choice)), service.open(f"{PAGE}?{choice}")
    sentences = page.tree.cssselect(".sentence p")
    assert sentences
    for each in sentences:
        for link in each.cssselect("a"):
            link.drop_tree()
        assert words_of(each) in said
    beneath = "measure" in choice
    for part in ("tbody", "tfoot"):
        found: dict[str, list[str]] = {}
        for (row, _), value in table(page, part).items():
            found.setdefault(row, []).append(value)
        assert found
        for row, values in found.items():
            assert beneath or f"{row} {' '.join(values)} " in said
    for each in page.tree.cssselect(".table--trend tr"):
        assert " ".join(words_of(cell) for cell in each.cssselect("th, td")) in said


@pytest.mark.parametrize("choice", ["by=region", "by=organisation", "by=role&organisation=aldermoor"])
def test_no_number_of_a_hidden_group_is_on_the_paper(
    service: Service, monkeypatch: pytest.MonkeyPatch, choice: str
) -> None:
    values = values_of(service, monkeypatch, choice)
    cells = [cell for row in values["table"]["rows"] for cell in row["cells"]]
    hidden = [
        each for each in rows(service.client(), f"/reports/gaps.csv?{choice}") if each["suppressed"] == "yes"
    ]
    assert hidden
    assert [tuple(cell) for cell in cells if cell[0] == "s"] == [("s", -1, "")] * len(hidden)


def test_an_organisation_that_shares_nothing_is_named_as_not_counted(service: Service) -> None:
    service.share("fellmoor", Sharing.NONE)
    said = text(read(service, "by=organisation"))
    assert re.search("Do not share their figures (?:Fellmoor|fellmoor)", said, re.IGNORECASE)
    assert re.search("Not on board yet thornmere", said, re.IGNORECASE)


def test_names_come_out_as_they_are(service: Service) -> None:
    with service.app.app_context(), writing():
        db.session.get_one(Organisation, "aldermoor").name = HOSTILE
    said = text(read(service, "by=organisation&region=east"))
    assert f"{HOSTILE} " in said


@pytest.mark.parametrize(
    ("name", "shown"), [("Heddlu Ŵy a Llŷn", None), ("Полиция", None), ("警察 🚓 Police", "?? ? Police")]
)
def test_letters_that_our_fonts_lack_are_taken_from_others_or_marked(
    service: Service, name: str, shown: str | None
) -> None:
    with service.app.app_context(), writing():
        db.session.get_one(Organisation, "aldermoor").name = name
    found = read(service, "by=organisation&region=east")
    assert len(found.pages) == 2
    assert (shown or name) in text(found)


def test_all_letters_are_of_the_fonts_of_the_pages(service: Service) -> None:
    resources: list[Any] = [page["/Resources"] for page in read(service).pages]
    found = [font.get_object() for each in resources for font in each["/Font"].values()]
    fonts = {str(each["/BaseFont"]).split("+")[-1] for each in found}
    assert fonts
    assert all(each.startswith("AtkinsonHyperlegible") for each in fonts)


def test_a_paper_of_the_demonstration_says_so_on_both_pages(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "Demonstration: people and figures are invented."
    assert all(words not in " ".join(page.extract_text().split()) for page in read(service, "").pages)
    monkeypatch.setitem(service.app.jinja_env.globals, name="demonstration", value=True)
    assert all(words in " ".join(page.extract_text().split()) for page in read(service, "").pages)


@pytest.mark.parametrize(
    ("choice", "by", "words"),
    [
        ("by=organisation", "appointments", "6 more organisations, with fewer people in these roles, are on"),
        ("by=role", "share_below", "1 more row, with a smaller gap, is on the page."),
    ],
)
def test_of_too_many_rows_the_paper_has_the_widest_but_ranks_no_organisation(
    service: Service, monkeypatch: pytest.MonkeyPatch, choice: str, by: str, words: str
) -> None:
    monkeypatch.setattr(paper, "MOST_ROWS", 2)
    values = values_of(service, monkeypatch, f"{choice}&competency=risk")
    assert words in text(pages_of(values))
    order = list(dict.fromkeys(row for row, _ in table(service.open(f"{PAGE}?{choice}&competency=risk"))))
    titles = [row["title"] for row in values["table"]["rows"]]
    assert titles == [each for each in order if each in titles]
    every = rows(service.client(), f"/reports/gaps.csv?{choice}")
    lines = [each for each in every if each["competency"] == "risk"]
    needs = {title: float(line[by] or -1) for title, line in zip(order, lines, strict=True)}
    assert min(needs[each] for each in titles) >= max(needs[each] for each in order if each not in titles)


def test_many_rows_long_names_and_long_words_stay_on_two_pages(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = values_of(service, monkeypatch, "by=organisation")
    row = values["table"]["rows"][0]
    name = "The Constabulary of a Place with an Uncommonly Long Name that is Written Out in Full"
    values["table"]["rows"] = [{**deepcopy(row), "title": f"{name} {number}"} for number in range(30)]
    values["sentence"] *= 12
    values["place"] = f"{name}, {name}"
    values["counted"]["pairs"] = [("Not on board yet", ", ".join([name] * 40))] * 3
    values["codes"]["codes"] *= 20
    said = text(pages_of(values))
    assert all(f"{name} {number} " in said for number in range(30))


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("by=role&role=buyer&competency=fraud", "Nobody in this choice has a role that requires"),
        ("by=role&organisation=thornmere", "0 of 1 organisation counted."),
        ("by=region&region=east&role=buyer&pillar=energy", "no figure of"),
    ],
)
def test_a_choice_that_shows_nothing_makes_a_true_paper(service: Service, choice: str, words: str) -> None:
    assert words in text(read(service, choice))


def test_before_any_framework_the_paper_says_so(
    make_app: Callable[..., Flask], service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = values_of(service, monkeypatch)
    values |= dict.fromkeys(("table", "map", "trend", "codes"))
    said = text(pages_of(values))
    assert "No group of this choice is counted on this day, so there is no table and no map." in said


@pytest.mark.parametrize(
    ("choice", "status", "words"),
    [
        ("as_of=soon", 400, "Enter a date like 30/11/2026"),
        ("as_of=1/12/2026", 400, "Enter today’s date or an earlier one"),
        ("region=nowhere", 404, ""),
        ("organisation=aldermoor&role=buyer&pillar=energy", 400, "Choose at most two"),
    ],
)
def test_an_address_that_does_not_hold_answers_as_other_files_do(
    service: Service, choice: str, status: int, words: str
) -> None:
    other = service.client().get(f"/reports/gaps.csv?{choice}")
    found = service.client().get(f"{FILE}?{choice}")
    assert found.status_code == other.status_code == status
    assert words in found.text


def test_the_page_links_to_the_paper_of_its_choice(service: Service) -> None:
    page = service.open(f"{PAGE}?by=role&region=east")
    links = page.tree.cssselect(".downloads a")
    (link,) = [str(each.get("href")) for each in links if "PDF" in words_of(each)]
    found = service.client().get(link)
    assert 'filename="skills-gaps-by-role-2026-11-30.pdf"' in found.headers["Content-Disposition"]
    assert f"/reports/gaps?{link.split('?')[1]}" in text(PdfReader(io.BytesIO(found.data)))


NAMES = {"colours", "language", "address", "columns", "codes", "tiles", "place", "foot"}
"""What of a paper is no text of ours, or holds one that stands elsewhere on it."""
ORGANISATIONS = re.compile(r"[\w-]+ Police")


def strings(values: Any) -> Iterator[str]:  # noqa: ANN401 whatever JSON holds
    """Every text of a paper, runs joined to paragraphs."""
    if isinstance(values, dict):
        named = ("cells", "title") if "cells" in values else ()
        for key, each in values.items():
            if key not in (*NAMES, *named) or (key in {"address", "codes"} and isinstance(each, dict)):
                yield from strings(each)
    elif isinstance(values, list | tuple):
        if values and all(isinstance(each, tuple) and isinstance(each[-1], bool) for each in values):
            yield "".join(each[0] for each in values)
        else:
            for each in values:
                yield from strings(each)
    elif isinstance(values, str):
        yield values


@pytest.mark.parametrize(
    "choice", ["", "by=organisation&measure=cover", "by=role&columns=area", "by=pillar&measure=missing"]
)
def test_every_word_of_a_paper_can_be_translated(
    service: Service, monkeypatch: pytest.MonkeyPatch, choice: str
) -> None:
    with pseudo_language():
        values = values_of(service, monkeypatch, choice)
    left: list[str] = []
    for each in strings(values):
        bare = each
        while (inner := re.sub(r"⟦[^⟦⟧]*⟧", "", bare)) != bare:
            bare = inner
        left += LETTERS.findall(ORGANISATIONS.sub("", DATES.sub("", bare)))
    assert left == []
    assert len(pages_of(values).pages) == 2


def test_papers_that_are_made_at_once_do_not_mix(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    values = values_of(service, monkeypatch, "by=role&organisation=thornmere")
    papers = [{**values, "made": f"Made by Number {number}"} for number in range(8)]
    with ThreadPoolExecutor(4) as several:
        found = list(several.map(pages_of, papers))
    assert all(f"Made by Number {number}" in text(each) for number, each in enumerate(found))


def test_a_paper_costs_no_more_statements_than_the_page(service: Service) -> None:
    client = service.client()
    client.get(PAGE)

    def sent(address: str) -> int:
        for kept in ("pages", "sheets", "atoms", "requirements", "first days"):
            service.app.extensions.pop(kept, None)
        with statements() as seen:
            client.get(address)
        return len(seen)

    assert 0 < sent(FILE) <= sent(PAGE)
