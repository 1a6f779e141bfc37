"""The spreadsheet and the file for programs: the rows of the table, and what they are."""

import io
import json
import zipfile
from typing import Any

import pytest
from lxml import etree

from tests.support.heat import rows
from tests.support.pages import CheckedClient
from tests.support.service import BEFORE, Service

FILE = "/reports/gaps"
CHOICES = ("by=region", "by=organisation&region=east", "by=role&organisation=fenvale", "by=pillar&role=buyer")
MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def data(client: CheckedClient, choice: str) -> dict[str, Any]:
    response = client.get(f"{FILE}.json?{choice}")
    assert response.mimetype == "application/json"
    found: dict[str, Any] = json.loads(response.text)
    return found


def sheets(client: CheckedClient, choice: str, file: str = FILE) -> list[list[list[str | float | None]]]:
    """The sheets of the workbook, by row and column."""
    with zipfile.ZipFile(io.BytesIO(client.get(f"{file}.xlsx?{choice}").data)) as book:
        shared = etree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(each.itertext()) for each in shared.iterfind("m:si", MAIN)]
        names = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        return [_cells(etree.fromstring(book.read(name)), texts) for name in names]


def _cells(sheet: Any, texts: list[str]) -> list[list[str | float | None]]:  # noqa: ANN401 an element of lxml
    found = []
    for row in sheet.iterfind(".//m:row", MAIN):
        values: list[str | float | None] = [None] * 14
        for cell in row.iterfind("m:c", MAIN):
            value = cell.find("m:v", MAIN)
            assert cell.find("m:f", MAIN) is None
            place = ord(cell.get("r")[0]) - ord("A")
            if value is not None:
                values[place] = texts[int(value.text)] if cell.get("t") == "s" else float(value.text)
        found.append(values)
    return found


@pytest.mark.parametrize("choice", CHOICES)
def test_the_data_have_the_rows_of_the_table_and_hide_the_same(service: Service, choice: str) -> None:
    client = service.client()
    table = rows(client, f"{FILE}.csv?{choice}")
    found = data(client, choice)["rows"]
    for row, same in zip(table, found, strict=True):
        assert (same["group"], same["competency"]) == (row["group"], row["competency"])
        assert same["suppressed"] == (row["suppressed"] == "yes")
        for key in ("appointments", "below", "unrecorded", "lapsed", "short", "share_below", "mean_gap"):
            assert same[key] == (float(row[key]) if row[key] else None)
        if same["suppressed"]:
            assert {same[key] for key in ("missing_levels", "practitioners", "experts")} == {None}


def test_the_data_say_what_was_chosen_the_days_and_who_is_left_out(service: Service) -> None:
    found = data(service.client(), f"by=role&region=north&pillar=energy&as_of={BEFORE}&known_at=2026-08-31")
    assert found["by"] == "role"
    assert found["choice"] == {
        "region": {"id": "north", "name": "North East"},
        "organisation": None,
        "role": None,
        "pillar": {"id": "energy", "name": "Energy pillar"},
    }
    assert (found["as_of"], found["known_at"]) == ("2026-06-01", "2026-08-31")
    assert found["organisations_counted"] == 2
    assert found["left_out"]["not_on_board"] == [{"id": "thornmere", "name": "Thornmere Police"}]
    assert found["left_out"]["not_sharing"] == []
    assert found["rows"][0]["group_name"] == "Buyer"
    whole = data(service.client(), "")
    assert (whole["posts_of_people_with_two"], whole["left_out"]["posts_of_people_away"]) == (2, 2)
    assert whole["known_at"] is None


@pytest.mark.parametrize("choice", CHOICES)
def test_the_sheet_has_numbers_and_empty_cells_for_what_is_hidden(service: Service, choice: str) -> None:
    client = service.client()
    table = rows(client, f"{FILE}.csv?{choice}")
    head, *found = sheets(client, choice)[0]
    assert head[3:6] == ["Appointments", "Below", "Nothing recorded yet"]
    for row, same in zip(table, found, strict=True):
        keys = ("appointments", "below", "unrecorded", "lapsed", "short")
        assert same[3:8] == [float(row[key]) if row[key] else None for key in keys]
        assert same[11] == (float(row["share_below"]) if row["share_below"] else None)
        assert same[13] == row["suppressed"]
        if row["suppressed"] == "yes":
            assert same[3:13] == [None] * 10


def test_a_second_sheet_says_what_the_figures_are(service: Service) -> None:
    about = {row[0]: row[1] for row in sheets(service.client(), "by=role&region=north")[1]}
    assert about["Place"] == "North East"
    assert about["Region"] == "North East"
    assert about["Organisation"] == "All"
    assert about["As of"] == "30 November 2026"
    assert about["As known on"] == "Now"
    assert about["Not on board yet"] == "Thornmere Police"
    assert about["Posts whose holders are away, not counted"] == "1"
    assert {"Below", "Lapsed", "Short", "Mean gap", "Not shown"} <= set(about)


def test_the_sheet_has_a_head_that_stays_a_filter_and_no_formula(service: Service) -> None:
    response = service.client().get(f"{FILE}.xlsx")
    assert 'filename="skills-gaps-by-region-2026-11-30.xlsx"' in response.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(response.data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in sheet
    assert "<autoFilter" in sheet
    assert "<f>" not in sheet


def test_the_page_leads_to_every_file_with_the_same_choice(service: Service) -> None:
    page = service.open(f"{FILE}?by=role&region=north&as_of={BEFORE}")
    for kind, ending in (("Excel", "xlsx"), ("CSV", "csv"), ("JSON", "json")):
        address = page.links()[f"All groups and competencies ({kind})"]
        assert address.startswith(f"{FILE}.{ending}?by=role&region=north&as_of={BEFORE}")


@pytest.mark.parametrize("ending", ["xlsx", "json"])
@pytest.mark.parametrize(
    ("choice", "who", "status"),
    [
        ("as_of=soon", "national-lead", 400),
        ("as_of=1999-01-01", "national-lead", 400),
        ("by=role&organisation=aldermoor&pillar=energy", "national-lead", 400),
        ("region=nowhere", "national-lead", 404),
        ("by=organisation&region=north", "region-lead", 404),
        ("by=role&organisation=fenvale", "organisation-lead", 404),
        ("by=team&organisation=aldermoor", "national-lead", 404),
        ("", "manager", 403),
    ],
)
def test_a_file_is_refused_as_the_page_is(
    service: Service, ending: str, choice: str, who: str, status: int
) -> None:
    assert service.client(who).get(f"{FILE}.{ending}?{choice}").status_code == status
