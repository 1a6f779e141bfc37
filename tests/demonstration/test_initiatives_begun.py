"""The two initiatives that the national lead of the demonstration began some weeks ago."""

from tests.demonstration.conftest import Enter

PLATFORM = "One e-sourcing and contract-management platform"


def test_the_national_lead_has_begun_two_and_the_manager_sees_them_by_name(enter: Enter) -> None:
    page = enter("national-lead").client.page("/reports/initiatives")
    assert {PLATFORM, "New thresholds on 1 January"} <= page.links().keys()
    platform = page.follow(PLATFORM)
    assert "people" in platform.select(".sentence strong")[0]
    own = enter("manager").client.page("/team").follow("Initiatives").follow(PLATFORM)
    assert own.h1 == PLATFORM
    assert any("will be ready on the day" in words for words in own.select(".sentence p"))
