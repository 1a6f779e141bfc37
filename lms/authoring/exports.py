"""What the desk knows as files for a spreadsheet: all modules, and all questions."""

from collections.abc import Iterable, Sequence

from flask import Response

from lms.authoring.counts import counts_of
from lms.authoring.desk import READ_WITHIN
from lms.authoring.items import Item, answered_items, said_of
from lms.authoring.modules import module_rows
from lms.authoring.views import blueprint
from lms.content import catalogue
from lms.core import clock
from lms.core.spreadsheets import attachment, csv_text
from lms.people.access import requires

MODULES = (
    "module", "title", "path", "state", "edition", "owner", "review_by", "readers_90_days",
    "finished", "passed_first", "verdict", "questions",
)  # fmt: skip
ITEMS = (
    "module", "edition", "question", "kind", "path", "line", "verdict", "since",
    "answers", "facility", "discrimination",
)  # fmt: skip


@blueprint.get("/modules.csv")
@requires("authoring")
def modules_file() -> Response:
    """Give the table of modules as CSV; a share of fewer than 20 people is left out."""
    published = catalogue.current()
    entries = published.modules
    items = answered_items(entries, published)
    counts = counts_of((each.id for each in entries), published, clock.now() - READ_WITHIN)
    rows: list[list[object]] = []
    for row in module_rows(published, clock.today()):
        states = " ".join(sorted(row.states))
        if row.entry is None:
            rows.append([row.id, row.title, row.path, states])
            continue
        said, counted = said_of(items.get(row.id, ())), counts[row.id]
        passed = counted.passed_first if counted.share is not None else ""
        found = [row.entry.edition, row.owner, row.entry.review_by, counted.readers, counted.finished, passed]
        rows.append([row.id, row.title, row.path, states, *found, said.verdict, said.number])
    return _file("modules", MODULES, rows)


@blueprint.get("/items.csv")
@requires("authoring")
def items_file() -> Response:
    """Give every question that was answered as CSV; shares are 0 to 1, and left out below 50 answers."""
    published = catalogue.current()
    found = answered_items(published.modules, published)
    return _file("questions", ITEMS, (_item_row(item) for some in found.values() for item in some))


def _item_row(item: Item) -> Sequence[object]:
    found, question = item.analysis, item.text.question
    return (
        item.entry.id,
        item.entry.edition,
        item.id,
        question.kind,
        item.path,
        question.line,
        item.verdict,
        item.run.first_on if item.run else "",
        found.answers,
        f"{found.everyone.right:.4f}" if found.everyone else "",
        f"{found.discrimination:.4f}" if found.discrimination is not None else "",
    )


def _file(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    return attachment(f"{name}-{clock.today()}.csv", csv_text(columns, rows))
