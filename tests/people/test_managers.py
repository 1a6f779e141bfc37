from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from lms.people.grants import NATION, Reach, end_grant, give_grant
from lms.people.managers import administrator_for, manager_of
from lms.people.models import Duty, Scope
from tests.support import build

TODAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def test_the_manager_is_whoever_holds_a_grant_over_the_nearest_team_upwards() -> None:
    top = build.team(build.organisation(), "Top")
    below = build.team(build.organisation("other"), "Below", parent=top)
    chief, lead, buyer = (build.person(name) for name in ("Sam Chief", "Ash Lead", "Rowan Sample"))
    build.grant(chief, Duty.MANAGER, top)
    found = manager_of(buyer.id, [below.id], TODAY)
    assert found is not None
    assert (found.name, found.first_name) == ("Sam Chief", "Sam")
    build.grant(lead, Duty.MANAGER, below)
    found = manager_of(buyer.id, [below.id], TODAY)
    assert found is not None
    assert found.name == "Ash Lead"


def test_nobody_is_their_own_manager_and_a_grant_that_has_ended_counts_no_more() -> None:
    team = build.team(build.organisation())
    lead = build.person("Ash Lead")
    given = give_grant(
        lead.id,
        Duty.MANAGER,
        Reach(Scope.TEAM, team_id=team.id),
        from_day=date(2026, 1, 1),
        by=None,
        reason="leads it",
    )
    buyer = build.person("Rowan Sample")
    assert manager_of(lead.id, [team.id], TODAY) is None
    assert manager_of(buyer.id, [team.id], date(2025, 12, 31)) is None
    assert manager_of(buyer.id, [team.id], TODAY) is not None
    end_grant(given.id, date(2026, 11, 30), by=None, reason="moved on")
    assert manager_of(buyer.id, [team.id], TODAY) is None
    assert manager_of(buyer.id, [], TODAY) is None


def test_the_administrator_to_ask_is_the_one_who_gave_the_duty_else_one_of_the_widest_scope() -> None:
    force = build.organisation()
    local, national = build.person("Lo Admin"), build.person("Na Admin")
    build.grant(local, Duty.ADMINISTRATOR, force)
    build.grant(national, Duty.ADMINISTRATOR)
    new = build.person("Sky Testford")
    found = administrator_for(new.id, TODAY)
    assert found is not None
    assert found.name == "Na Admin"
    give_grant(new.id, Duty.AUTHOR, NATION, from_day=TODAY, by=local.id, reason="writes")
    found = administrator_for(new.id, TODAY)
    assert found is not None
    assert found.name == "Lo Admin"
