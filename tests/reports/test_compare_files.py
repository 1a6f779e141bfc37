"""The files of a comparison: the figures of the page, all its parts, what is hidden, and what is refused."""

import pytest

from tests.reports.test_gap_more_files import sheets
from tests.support.heat import rows
from tests.support.service import BEFORE, COMPETENCIES, TODAY, Service

FILE = "/reports/gaps/compare"
COLUMNS = (
    "by,group,competency,measure,first,first_appointments,first_number,first_per_hundred,first_suppressed,"
    "second,second_appointments,second_number,second_per_hundred,second_suppressed,points,difference"
)
DAYS = f"region=east&with_day={BEFORE}"
PLACES = "region=east&with_region=north"
Line = dict[str, str]


def gaps(service: Service, choice: str) -> dict[tuple[str, str], Line]:
    found = rows(service.client(), f"/reports/gaps.csv?{choice}")
    return {(row["group"], row["competency"]): row for row in found}


def compared(service: Service, choice: str, by: str = "") -> list[Line]:
    return [row for row in rows(service.client(), f"{FILE}.csv?{choice}") if row["by"] == by]


def test_the_columns_are_those_that_others_rely_on(service: Service) -> None:
    text = service.client().get(f"{FILE}.csv?{DAYS}").text
    assert text.split("\r\n")[0] == COLUMNS
    assert [row["competency"] for row in compared(service, DAYS)] == list(COMPETENCIES)


@pytest.mark.parametrize(
    ("choice", "by", "sides"),
    [
        (DAYS, "organisation", (f"region=east&as_of={BEFORE}", "region=east")),
        (DAYS, "role", (f"region=east&as_of={BEFORE}", "region=east")),
        (f"with_day={BEFORE}", "region", (f"as_of={BEFORE}", "")),
        (
            f"{DAYS}&role=buyer",
            "organisation",
            (f"region=east&role=buyer&as_of={BEFORE}", "region=east&role=buyer"),
        ),
        (PLACES, "role", ("region=east", "region=north")),
        (f"{PLACES}&role=buyer", "pillar", ("region=east&role=buyer", "region=north&role=buyer")),
        ("region=east&with_organisation=fellmoor", "role", ("region=east", "organisation=fellmoor")),
    ],
)
@pytest.mark.parametrize("measure", ["below", "lapsed"])
def test_each_part_has_on_both_sides_the_figures_of_the_gap_report_and_hides_the_same(
    service: Service, choice: str, by: str, sides: tuple[str, str], measure: str
) -> None:
    both = [gaps(service, f"by={by}&{each}") for each in sides]
    found = compared(service, f"{choice}&measure={measure}", by)
    assert found
    for row in found:
        for side, figures in zip(("first", "second"), both, strict=True):
            same = figures[row["group"], row["competency"]]
            assert row[f"{side}_suppressed"] == same["suppressed"]
            assert (row[f"{side}_appointments"], row[f"{side}_number"]) == (
                same["appointments"],
                same[measure],
            )
        shown = row["first_per_hundred"] and row["second_per_hundred"]
        assert bool(shown) == bool(row["points"])
        if shown:
            assert int(row["points"]) == int(row["second_per_hundred"]) - int(row["first_per_hundred"])
        assert bool(row["difference"]) == bool(shown and "with_day" in choice)


def test_two_places_are_not_split_into_places(service: Service) -> None:
    assert {row["by"] for row in rows(service.client(), f"{FILE}.csv?{PLACES}")} == {"", "role", "pillar"}
    both = {(row["first"], row["second"]) for row in rows(service.client(), f"{FILE}.csv?{PLACES}")}
    assert both == {("east", "north")}


def test_at_most_two_of_organisation_role_and_pillar_stand_together(service: Service) -> None:
    choice = f"organisation=aldermoor&role=buyer&with_day={BEFORE}"
    assert {row["by"] for row in rows(service.client(), f"{FILE}.csv?{choice}")} == {""}


@pytest.mark.parametrize("choice", [DAYS, PLACES, f"{DAYS}&measure=missing"])
def test_the_spreadsheet_has_the_rows_of_the_file_with_names(service: Service, choice: str) -> None:
    client = service.client()
    file = rows(client, f"{FILE}.csv?{choice}")
    figures, about = sheets(client, choice, FILE)
    assert len(figures) == len(file) + 1
    for row, cells in zip(file, figures[1:], strict=True):
        numbers = [
            float(row[f"first_{each}"]) if row[f"first_{each}"] else None
            for each in ("appointments", "number", "per_hundred")
        ]
        assert cells[4:7] == numbers
        assert cells[7] == ("yes" if row["first_suppressed"] == "yes" else "no")
    said = {(line[0], line[1]) for line in about}
    assert ("Region", "East Midlands") in said
    assert ("As of", "30 November 2026") in said


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("with_day=soon", 400, "Enter a date like 30/11/2026"),
        ("with_day=01/12/2026", 400, "Enter today’s date or an earlier one"),
        ("with_day=1/6/1999", 400, "Enter 1 January 2024 or a later date"),
        (f"with_day={TODAY}", 400, "this is compared with itself"),
        ("measure=luck", 400, "Choose a measure of the list"),
        ("role=mars", 404, ""),
        ("with_region=mars", 404, ""),
    ],
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_that_cannot_be_made_says_why(
    service: Service, asked: str, status: int, said: str, ending: str
) -> None:
    page = service.open(f"{FILE}.{ending}?{asked}", status=status)
    assert said in page.text


def test_the_page_leads_to_both_files_with_the_same_choice(service: Service) -> None:
    page = service.open(f"{FILE}?{DAYS}&role=buyer&measure=cover")
    for words, ending in (("Download (Excel)", "xlsx"), ("Download (CSV)", "csv")):
        address = page.links()[words]
        assert address.startswith(f"{FILE}.{ending}?")
        assert {"region=east", "role=buyer", "measure=cover", f"with_day={BEFORE}"} <= set(
            address.partition("?")[2].split("&")
        )
