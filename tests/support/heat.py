"""Reads the gap report as a person reads its page, and as a program reads its file."""

import csv
import io

from lxml.html import HtmlElement

from tests.support.markup import words_of
from tests.support.pages import CheckedClient, Page

HIDDEN, NOBODY = "s", "–"
Cells = dict[tuple[str, str], str]
"""Row and competency, in their words, to a percentage, HIDDEN or NOBODY."""


def table(page: Page, part: str = "tbody") -> Cells:
    """The cells of the table on a page; `part` is tbody, or tfoot for the whole."""
    heads = page.select(".heat-table thead th.heat-table__competency")
    found: Cells = {}
    for row in page.tree.cssselect(f".heat-table {part} tr"):
        title = _title(row.cssselect("th")[0])
        values = [_value(cell) for cell in row.cssselect("td")]
        found |= {(title, head): value for head, value in zip(heads, values, strict=True)}
    return found


def tiles(page: Page) -> dict[str, str]:
    """The tiles of the map: code to a percentage, HIDDEN or NOBODY."""
    groups = page.tree.cssselect(".tile-map__tile")
    return dict([words_of(each) for each in group.cssselect("text")] for group in groups)


def rows(client: CheckedClient, address: str) -> list[dict[str, str]]:
    """The rows of a file."""
    response = client.get(address)
    assert response.status_code == 200, f"{address} answered {response.status}"
    return list(csv.DictReader(io.StringIO(response.text)))


def percent(row: dict[str, str]) -> str:
    """What the page shows for a row of the file: whole percent, half up."""
    if row["suppressed"] == "yes":
        return HIDDEN
    asked, below = int(row["appointments"]), int(row["below"])
    return str((200 * below + asked) // (2 * asked)) if asked else NOBODY


def _value(cell: HtmlElement) -> str:
    marks = cell.cssselect("span[aria-hidden], a")
    return words_of(marks[0] if marks else cell)


def _title(head: HtmlElement) -> str:
    texts = [words_of(each) for each in head.cssselect("a")]
    return texts[0] if texts else words_of(head).removesuffix(" Yours")
