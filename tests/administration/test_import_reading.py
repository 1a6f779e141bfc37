"""A file that cannot be read is refused with the place and the mend; a row counts as a spreadsheet does."""

import pytest

from lms.administration.importing.problems import Problem
from lms.administration.importing.reading import COLUMNS, read_lines
from tests.support.imports import USUAL, file_of, row

HEAD = ",".join(COLUMNS)
LINE = ",".join(USUAL.values())


def only_problem(data: bytes | str) -> Problem:
    lines, problems = read_lines(data.encode() if isinstance(data, str) else data)
    assert len(problems) == 1
    assert lines == []
    return problems[0]


@pytest.mark.parametrize("data", [b"", b"  \r\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file(data: bytes) -> None:
    problem = only_problem(data)
    assert (problem.row, problem.message) == (None, "The file is empty")
    assert HEAD.replace(",", ", ") in problem.mend


def test_headings_without_people() -> None:
    assert (
        str(only_problem(f"{HEAD}\n")) == "The file has headings and no people. Write a row for each person."
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (f"{HEAD}\n{LINE}".encode("utf-16"), "The file is UTF-16 text. Save it again as “CSV UTF-8”."),
        (b"PK\x03\x04rest", "The file is a spreadsheet. Save it again as “CSV UTF-8”."),
        (f"{HEAD}\n{LINE}\0".encode(), "The file is not text. Save it again as “CSV UTF-8”."),
        (
            f"{HEAD}\n{LINE}\n{LINE}\n".encode().replace(b"Rowan", b"R\xe9wan"),
            "Row 2 “0xE9”: The file is not UTF-8 text. Save it again as “CSV UTF-8”.",
        ),
    ],
)
def test_a_file_in_another_encoding(data: bytes, said: str) -> None:
    assert str(only_problem(data)) == said


def test_utf_8_with_and_without_a_mark_at_its_beginning() -> None:
    plain = file_of(row("Siân Ffôn"))
    for data in (plain, b"\xef\xbb\xbf" + plain):
        lines, problems = read_lines(data)
        assert problems == []
        assert lines[0].values["name"] == "Siân Ffôn"


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (HEAD.replace("team,", "teem,", 1), "Row 1, teem: There is no such column. Did you mean “team”?"),
        (f"{HEAD},wage", "Row 1, wage: There is no such column. Take the column out."),
        (f"{HEAD},to", "Row 1, to: The column is there more than once. Keep one of them."),
        (
            HEAD.replace(",pillar", ""),
            "Row 1, pillar: The column is missing. Add it; its values may be empty where nothing is known.",
        ),
        (
            HEAD.replace(",", ";"),
            "Row 1: The columns are not separated by commas. Save it again as “CSV UTF-8”.",
        ),
        (f"\n{HEAD}", f"Row 1: The first row has no headings. Write the headings {HEAD.replace(',', ', ')}."),
    ],
)
def test_headings_that_are_not_those_of_the_file(headings: str, said: str) -> None:
    _, problems = read_lines(f"{headings}\n{LINE}\n".encode())
    assert said in [str(each) for each in problems]


def test_headings_in_another_order_and_with_capitals() -> None:
    headings = ",".join(each.replace("_", " ").title() for each in reversed(COLUMNS))
    lines, problems = read_lines(f"{headings}\n{','.join(reversed(USUAL.values()))}\n".encode())
    assert problems == []
    assert lines[0].values == USUAL


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"{LINE},more", "Row 3 “more”: The row has more values than there are headings."),
        ("rowan@example.org,Rowan", "Row 3: The row has fewer values than there are headings."),
        ('"Rowan"x,' + LINE, "Row 3: The quotation marks do not close as they should."),
        ('"Rowan,' + LINE, "Row 3: The quotation marks do not close as they should."),
    ],
)
def test_a_row_of_another_shape(line: str, said: str) -> None:
    lines, problems = read_lines(f"{HEAD}\n{LINE}\n{line}\n".encode())
    assert [each.row for each in lines] == [2]
    assert len(problems) == 1
    assert str(problems[0]).startswith(said)


def test_empty_rows_are_left_out_and_counted() -> None:
    lines, problems = read_lines(f"{HEAD}\n\n,,,,,,,,,\n{LINE}\n".encode())
    assert problems == []
    assert [each.row for each in lines] == [4]


def test_a_column_without_a_heading_may_only_be_empty() -> None:
    assert read_lines(f"{HEAD},\n{LINE},\n".encode())[1] == []
    assert len(read_lines(f"{HEAD},\n{LINE},x\n".encode())[1]) == 1


def test_spaces_round_and_inside_a_value_do_not_matter() -> None:
    lines, _ = read_lines(file_of(row(name="  Rowan \N{NO-BREAK SPACE} Sample ")))
    assert lines[0].values["name"] == "Rowan Sample"
