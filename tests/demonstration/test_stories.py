"""The five stories, as the people see them to whom they are told."""

from datetime import date, timedelta

from flask import Flask

from lms.competencies.counts import count
from lms.competencies.tally import Tally
from tests.demonstration.conftest import TODAY, Enter
from tests.support.heat import table

HALF_A_YEAR_AGO = TODAY - timedelta(days=190)
BEFORE_MORE_WAS_ASKED = TODAY - timedelta(days=160)
BEFORE_THE_LATE_IMPORT = TODAY - timedelta(days=100)


def share(enter: Enter, address: str, row: str, competency: str) -> int:
    """What the national lead reads in a cell."""
    return int(table(enter("national-lead").client.page(address))[row, competency])


def test_a_force_lapses_in_one_week(open_door: Flask) -> None:
    # In so small a nation a page hides a force in which all are below, so this counts itself.
    with open_door.app_context():
        before, now = (
            counted(day, organisation="woldmarsh", competency="contract-management")
            for day in (TODAY - timedelta(days=60), TODAY)
        )
    assert now.below >= 0.9 * now.appointments
    assert now.lapsed > now.appointments / 2
    assert before.below <= 0.3 * before.appointments


def test_a_region_is_improved_by_assessment(enter: Enter) -> None:
    before = share(enter, f"/reports/gaps?as_of={HALF_A_YEAR_AGO}", "South West", "Negotiation")
    assert share(enter, "/reports/gaps", "South West", "Negotiation") <= before - 20


def test_a_role_asks_more(open_door: Flask) -> None:
    # In so small a nation a page hides what single roles have, so this counts itself.
    with open_door.app_context():
        before, now = (
            counted(day, role="contract-manager", competency="supplier-risk")
            for day in (BEFORE_MORE_WAS_ASKED, TODAY)
        )
    assert now.below / now.appointments >= before.below / before.appointments + 0.2


def counted(day: date, *, competency: str, organisation: str = "", role: str = "") -> Tally:
    """Everybody of an organisation or a role in the nation, on a day."""
    found = Tally()
    for (cell, key), tally in count(day).counts.items():
        if key == competency and organisation in {"", cell.organisation} and role in {"", cell.role_profile}:
            found.merge(tally)
    return found


def test_a_team_is_thin(enter: Enter) -> None:
    page = enter("manager").client.page("/team")
    heads = page.select("table.matrix thead th")
    thin = {
        head
        for row in page.tree.cssselect("table.matrix tfoot tr")
        for head, cell in zip(heads[-len(row.cssselect("td")) :], row.cssselect("td"), strict=True)
        if "thin" in cell.text_content()
    }
    assert thin & {"Tendering and evaluation", "Contract management"}


def test_an_import_is_late(enter: Enter) -> None:
    client = enter("national-lead").client
    address = f"/reports/gaps?by=organisation&organisation=elmfen&as_of={BEFORE_THE_LATE_IMPORT}"
    now = table(client.page(address))
    then = table(client.page(f"{address}&known_at={BEFORE_THE_LATE_IMPORT}"))
    known = {key for key in now if now[key].isdigit() and then[key].isdigit()}
    assert len(known) >= 10
    assert sum(int(then[key]) - int(now[key]) for key in known) / len(known) >= 20
