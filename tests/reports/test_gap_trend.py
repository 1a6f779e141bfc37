"""Two years of the chosen competency: its days, its figures, and what it leaves out."""

from datetime import date

import pytest

from lms.reports.history import quarter_before, quarter_ends
from tests.support.heat import percent, rows
from tests.support.pages import Page
from tests.support.service import Service

PAGE = "/reports/gaps"
DAYS = [
    "30 November 2026",
    "30 September 2026",
    "30 June 2026",
    "31 March 2026",
    "31 December 2025",
    "30 September 2025",
    "30 June 2025",
    "31 March 2025",
    "31 December 2024",
]


def lines(page: Page) -> list[list[str]]:
    found = page.tree.cssselect(".table--trend tbody tr")
    return [[" ".join(cell.text_content().split()) for cell in row.cssselect("th, td")] for row in found]


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 30), date(2026, 8, 31)),
        (date(2026, 11, 28), date(2026, 8, 28)),
        (date(2026, 5, 31), date(2026, 2, 28)),
        (date(2024, 5, 31), date(2024, 2, 29)),
        (date(2026, 2, 28), date(2025, 11, 30)),
        (date(2026, 1, 15), date(2025, 10, 15)),
    ],
)
def test_a_quarter_ago_is_the_same_day_and_the_end_of_a_month_for_an_end(day: date, before: date) -> None:
    assert quarter_before(day) == before


def test_quarters_end_on_four_days_of_a_year_and_before_the_day_itself() -> None:
    ends = quarter_ends(date(2026, 6, 30))
    assert [next(ends) for _ in range(3)] == [date(2026, 3, 31), date(2025, 12, 31), date(2025, 9, 30)]
    assert next(quarter_ends(date(2026, 7, 1))) == date(2026, 6, 30)


def test_two_years_of_quarter_ends_and_the_day_itself(service: Service) -> None:
    page = service.open(f"{PAGE}?competency=law")
    assert [line[0] for line in lines(page)] == DAYS
    assert page.select("#trend") == ["law: two years, all regions"]
    labels = page.select(".chart--wide .chart__scale")
    assert (labels[4], labels[-1]) == ("Dec 24", "Nov 26")


@pytest.mark.parametrize("choice", ["by=region", "by=role&region=east", "by=organisation&pillar=energy"])
@pytest.mark.parametrize("known", ["", "&known_at=2026-08-31"])
def test_each_day_has_the_figure_that_its_own_page_has(service: Service, choice: str, known: str) -> None:
    client = service.client()
    page = client.page(f"{PAGE}?{choice}&competency=law{known}")
    for day, *cells in lines(page):
        there = client.page(f"{PAGE}?{choice}&competency=law{known}&as_of={day}", fragment=False)
        shown = lines(there)[0]
        assert shown == [day, *cells]
        whole = there.tree.cssselect(".heat-table tfoot .heat--chosen a")
        # A row that is hidden leads nowhere.
        assert (f"{whole[0].text_content().strip()}%" if whole else "not shown") == cells[0]


def test_a_day_on_which_the_group_is_hidden_has_a_word_and_a_gap_in_the_line(service: Service) -> None:
    page = service.open(f"{PAGE}?by=role&organisation=fire-aldermoor&competency=law")
    assert [line[1] for line in lines(page)] == ["not shown"] * 9
    assert page.select(".chart") == []
    assert "nothing can be said of a change" in page.text
    assert "The line leaves out a day that shows no figure." in page.text


def test_days_before_the_first_record_are_left_out(service: Service) -> None:
    page = service.open(f"{PAGE}?competency=law&as_of=2024-07-15")
    assert [line[0] for line in lines(page)] == ["15 July 2024", "30 June 2024", "31 March 2024"]


def test_what_was_entered_late_is_in_the_line_as_known_now_alone(service: Service) -> None:
    def june(known: str) -> list[str]:
        page = service.open(f"{PAGE}?by=role&region=north&competency=law{known}")
        return next(line for line in lines(page) if line[0] == "30 June 2026")

    assert int(june("&known_at=2026-08-31")[2]) - int(june("")[2]) == 6


def test_the_figures_are_those_of_the_files_of_these_days(service: Service) -> None:
    client = service.client()
    page = client.page(f"{PAGE}?by=role&region=east&competency=law")
    for day, *cells in lines(page):
        file = rows(client, f"{PAGE}.csv?by=region&region=east&as_of={day}")
        (row,) = [each for each in file if each["competency"] == "law"]
        assert cells == [f"{percent(row)}%", row["below"], row["appointments"], "4"]
