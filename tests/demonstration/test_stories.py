"""The five stories, as the people see them to whom they are told."""

from datetime import date, timedelta

from flask import Flask

from lms.competencies.counts import count
from lms.competencies.tally import Tally
from tests.demonstration.conftest import TODAY, Enter
from tests.support.heat import rows, table

HALF_A_YEAR_AGO = TODAY - timedelta(days=190)
BEFORE_MORE_WAS_ASKED = TODAY - timedelta(days=160)
BEFORE_THE_LATE_IMPORT = TODAY - timedelta(days=100)


def share(enter: Enter, address: str, row: str, competency: str) -> int:
    """What the national lead reads in a cell."""
    return int(table(enter("national-lead").client.page(address))[row, competency])


def test_a_force_lapses_in_one_week(enter: Enter) -> None:
    client = enter("region-lead").client
    page = client.page("/reports/gaps?by=organisation&competency=contract-management")
    assert int(table(page)["Woldmarsh Constabulary", "Contract management"]) >= 90
    (found,) = [
        row
        for row in rows(client, "/reports/gaps.csv?by=organisation&organisation=woldmarsh")
        if row["competency"] == "contract-management"
    ]
    assert int(found["lapsed"]) > int(found["appointments"]) / 2
    before = client.page(f"/reports/gaps?by=organisation&as_of={TODAY - timedelta(days=60)}")
    assert int(table(before)["Woldmarsh Constabulary", "Contract management"]) <= 30


def test_a_region_is_improved_by_assessment(enter: Enter) -> None:
    before = share(enter, f"/reports/gaps?as_of={HALF_A_YEAR_AGO}", "South West", "Negotiation")
    assert share(enter, "/reports/gaps", "South West", "Negotiation") <= before - 20


def test_a_role_asks_more(open_door: Flask) -> None:
    # In so small a nation a page hides what single roles have, so this counts itself.
    with open_door.app_context():
        before, now = (_short_of_risk(day) for day in (BEFORE_MORE_WAS_ASKED, TODAY))
    assert now >= before + 20


def _short_of_risk(day: date) -> int:
    """The percentage of contract managers below in supplier risk on a day."""
    found = Tally()
    for (cell, competency), tally in count(day).counts.items():
        if (cell.role_profile, competency) == ("contract-manager", "supplier-risk"):
            found.merge(tally)
    return 100 * found.below // found.appointments


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
