"""Each mistake is named with its column, value and mend; so is what rows say against each other."""

from datetime import date

import pytest

from lms.administration.importing.reading import read_lines
from lms.administration.importing.rows import ImportRow, Names, check_lines
from tests.support.imports import file_of, row

NAMES = Names(
    organisations={"aldermoor": "Aldermoor Police", "brackenshire": "Brackenshire Police"},
    roles={"buyer": "Buyer", "senior-buyer": "Senior buyer"},
    pillars={"it": "Information technology"},
)


def problems_of(*rows: dict[str, str]) -> list[str]:
    lines, problems = read_lines(file_of(*rows))
    assert problems == []
    return [str(each) for each in check_lines(lines, NAMES)[1]]


def rows_of(*rows: dict[str, str]) -> list[ImportRow]:
    found, problems = check_lines(read_lines(file_of(*rows))[0], NAMES)
    assert problems == []
    return found


@pytest.mark.parametrize("column", ["email", "name", "organisation", "team", "role_profile", "from"])
def test_a_value_that_every_row_needs(column: str) -> None:
    assert problems_of(row(**{column: ""})) == [f"Row 2, {column}: The value is missing. Fill it in."]


LONG = f"{'r' * 60}@{'x' * 60}.{'y' * 60}.{'z' * 60}.{'w' * 60}.org"
NO_DATE = "This is not a date. Write 2026-01-31 or 31/01/2026."
NO_ADDRESS = "This is not an email address. Write one address, such as rowan.sample@example.org."
NO_ORGANISATION = "There is no organisation with this id."
NO_ROLE = "There is no role profile with this id."


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("email", "rowan.sample", NO_ADDRESS),
        ("email", "rowan <r@example.org>", NO_ADDRESS),
        ("email", "r@example", NO_ADDRESS),
        ("email", LONG, NO_ADDRESS),
        ("manager_email", "morgan@", NO_ADDRESS),
        ("manager_email", "rowan.sample@example.org", "Nobody is their own manager."),
        ("organisation", "aldermor", f"{NO_ORGANISATION} Did you mean “aldermoor”?"),
        ("organisation", "Aldermoor police", f"{NO_ORGANISATION} Did you mean “aldermoor”?"),
        ("role_profile", "buyre", f"{NO_ROLE} Did you mean “buyer”?"),
        ("role_profile", "pilot", f"{NO_ROLE} Known are: buyer, senior-buyer."),
        ("pillar", "Information Technology", "There is no pillar with this id. Did you mean “it”?"),
        ("from", "31/02/2026", NO_DATE),
        ("from", "01/31/2026", NO_DATE),
        ("from", "0206-01-31", NO_DATE),
        ("to", "soon", NO_DATE),
        ("to", "31/12/2025", "The last day comes before the first."),
        ("to", "2026-01-05", "The span has no day."),
        ("parent_team", "BUYING", "A team cannot stand under itself."),
    ],
)
def test_a_value_that_does_not_hold(column: str, value: str, said: str) -> None:
    found = problems_of(row(**{column: value}))
    assert len(found) == 1
    assert found[0].startswith(f"Row 2, {column} “{value}”: {said}")


def test_a_name_that_is_too_long() -> None:
    found = problems_of(row(team="B" * 121))
    said = "The value has more than 120 characters. Shorten it."
    assert found == [f"Row 2, team “{'B' * 40}…”: {said}"]


def test_an_address_is_one_address_whatever_its_capitals() -> None:
    assert rows_of(row(email="Rowan.Sample@Example.org"))[0].email == "rowan.sample@example.org"


def test_without_a_published_framework_there_is_no_role() -> None:
    lines, _ = read_lines(file_of(row()))
    _, problems = check_lines(lines, Names(NAMES.organisations, {}, {}))
    assert [each.mend for each in problems] == ["None is known yet. Publish the courses first."]


def test_every_mistake_is_named_and_not_only_the_first() -> None:
    found = problems_of(row(role_profile="x", from_="x"), row("Bryn Mockford", organisation="x", to="x"))
    assert [each.partition(" “")[0] for each in found] == [
        "Row 2, role_profile",
        "Row 2, from",
        "Row 3, organisation",
        "Row 3, to",
    ]


def test_dates_are_read_as_both_kinds_of_spreadsheet_write_them() -> None:
    found = rows_of(row(from_="2026-01-31", to="01/12/2026"))[0]
    assert (found.from_day, found.to_day) == (date(2026, 1, 31), date(2026, 12, 1))


def test_the_same_row_twice() -> None:
    found = problems_of(row(), row("Bryn Mockford"), row(to="2027-01-01"))
    said = "Row 2 states the same appointment. Take one of the rows out."
    assert found == [f"Row 4, email “rowan.sample@example.org”: {said}"]


def test_the_same_appointment_from_two_days() -> None:
    found = problems_of(row(), row(from_="2026-03-01"))
    assert found[0].startswith(
        "Row 3, from “2026-03-01”: Row 2 states the same appointment for some of these"
    )
    assert problems_of(row(to="2026-03-01"), row(from_="2026-03-01")) == []


def test_one_address_has_one_name() -> None:
    said = "Row 2 gives this address to Rowan Sample. Write one name for one address."
    found = problems_of(row(), row(name="Robin Sample", team="Custody"))
    assert found == [f"Row 3, name “Robin Sample”: {said}"]


def test_two_teams_of_one_name_under_different_parents() -> None:
    found = problems_of(row(parent_team="North"), row("Bryn Mockford", parent_team="South"))
    said = "Row 2 puts the team Buying under North. Within an organisation, give two teams two names."
    assert found == [f"Row 3, parent_team “South”: {said}"]
    other = row("Bryn Mockford", parent_team="South", organisation="brackenshire")
    assert problems_of(row(parent_team="North"), other) == []


def test_teams_that_stand_under_each_other() -> None:
    found = problems_of(
        row(team="North", parent_team="South"),
        row("Bryn Mockford", team="South", parent_team="East"),
        row("Asha Testwood", team="East", parent_team="North"),
        row("Ellis Octavo", team="Custody", parent_team="North"),
    )
    said = "The teams stand under each other in a circle. Leave parent_team empty for the team at the top."
    assert found == [f"Row 2, parent_team “South”: {said}"]
