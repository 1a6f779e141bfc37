"""What the leads of the demonstration have saved for their boards."""

import pytest

from tests.demonstration.conftest import Enter

SAVED = 'nav[aria-label="Saved views"] a[data-content]'


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("region-lead", ["Monthly board, East Midlands", "Quarter’s end"]),
        ("national-lead", ["Lapsed, by region", "Monthly board, all regions"]),
    ],
)
def test_each_lead_finds_two_views_and_each_opens(enter: Enter, who: str, names: list[str]) -> None:
    client = enter(who).client
    page = client.page("/reports/gaps")
    assert page.select(SAVED) == names
    for each in page.tree.cssselect(SAVED):
        opened = client.page(str(each.get("href")))
        assert opened.path == "/reports/gaps"
        assert opened.select(".sentence p")
