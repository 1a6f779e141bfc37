"""The plan that the region’s lead of the demonstration sent some weeks ago."""

from tests.demonstration.conftest import Enter


def test_a_plan_was_sent_and_answered_and_the_pictured_manager_has_some_of_it_left(enter: Enter) -> None:
    page = enter("region-lead").client.page("/reports/plans")
    plan = page.follow("Cost and price, East Midlands, by 29 January 2027")
    assert plan.h1 == "Plan: Cost and price, East Midlands"
    assert "Whole-life cost decides the vehicle and energy lots in spring." in plan.text
    team = enter("manager").client.page("/team").follow("1 plan from a lead waits for your answer")
    own = team.follow("Cost and price, by 29 January 2027")
    states = {words.split()[0] for words in own.select("td.plan-became")}
    assert "Waits" in states
    assert len(states) > 1
