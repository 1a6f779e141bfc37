"""What leads are shown who may also see the people of a team by name."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from lms.competencies.disclosure import Disclosure, Viewpoint
from lms.competencies.sheets import Atom, DaySheets, Sheet
from lms.competencies.standing import Requirements
from lms.competencies.suppression import NO_PILLAR, Group
from lms.competencies.tally import Cell, Tally

TODAY = date(2026, 11, 28)
PEOPLE = {"alder": (4, 1), "birch": (30, 9), "cedar": (9, 2), "dunes": (25, 6)}
TEAM = 1


@pytest.fixture(autouse=True)
def _service(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A team of all of alder, and an application that knows the setting."""
    cell = Cell("north", "alder", TEAM, "buyer", None)
    named = {(cell, "law"): Tally(4, short=1)}
    monkeypatch.setattr("lms.competencies.disclosure.counted_in_teams", lambda *_: named)
    monkeypatch.setattr("lms.competencies.disclosure.requirements", lambda _: Requirements({}))
    app = Flask(__name__)
    app.config["SMALLEST_GROUP"] = 5
    with app.app_context():
        yield


def disclosed(viewpoint: Viewpoint) -> set[str | None]:
    atoms = {
        Atom("north", name, "buyer", NO_PILLAR): Tally(size, short=below)
        for name, (size, below) in PEOPLE.items()
    }
    hidden = Disclosure(TODAY, 1, DaySheets({"law": Sheet(atoms)}, whole=True), viewpoint).hidden("law")
    return {row.organisation for row in hidden if row == Group(organisation=row.organisation)} - {None}


def test_what_is_hidden_from_other_leads_stays_hidden_from_who_names_a_team() -> None:
    assert disclosed(Viewpoint()) == {"alder", "cedar"}
    assert "cedar" in disclosed(Viewpoint(teams=frozenset({TEAM})))


def test_a_group_of_named_people_alone_is_shown() -> None:
    assert "alder" not in disclosed(Viewpoint(teams=frozenset({TEAM})))
