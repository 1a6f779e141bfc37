"""Small groups stay unknown to one who reckons with kinds, missing levels and cover too.

Every row is read as a page reads it, so that whatever the product says is what there is to reckon with.
"""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask

from lms.competencies import suppression
from lms.competencies.disclosure import Disclosure, Shown, Viewpoint
from lms.competencies.sheets import Atom, DaySheets, Sheet
from lms.competencies.standing import Requirements
from lms.competencies.suppression import NO_PILLAR, Group, Suppressed, suppressed
from lms.competencies.tally import Cell, Tally
from tests.support.attacker import Attacker, Figures
from tests.support.measuring import Measurer, measured
from tests.support.nations import small_nation

TODAY = date(2026, 11, 28)
SEEDS = range(120)


@pytest.fixture(autouse=True)
def _service() -> Iterator[None]:
    """An application that knows the setting."""
    app = Flask(__name__)
    app.config["SMALLEST_GROUP"] = 5
    with app.app_context():
        yield


def disclosure(
    atoms: dict[Atom, Tally],
    asked: dict[str, int],
    monkeypatch: pytest.MonkeyPatch,
    viewpoint: Viewpoint | None = None,
) -> Disclosure:
    steps = {(role, "law"): [(TODAY, level)] for role, level in asked.items()}
    monkeypatch.setattr("lms.competencies.disclosure.requirements", lambda _: Requirements(dict(steps)))
    sheets = DaySheets({"law": Sheet(atoms)}, whole=True)
    return Disclosure(TODAY, hash(str(steps)), sheets, viewpoint or Viewpoint())


def readers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Measurer]:
    for seed in SEEDS:
        small = small_nation(seed)
        atoms, asked = measured(small.competencies[0], small.region_of, seed)
        shown = disclosure(atoms, asked, monkeypatch)
        yield Measurer(atoms, asked, lambda group, shown=shown: shown.figure(group, "law"))  # type: ignore[misc]


def test_no_small_row_is_told_by_what_rows_say_of_kinds_missing_levels_and_cover(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = list(readers(monkeypatch))
    assert [each.told() for each in found if each.told()] == []
    assert sum(len(each.small_rows()) for each in found) > 500
    assert sum(len(each.detailed()) for each in found) > 100


def test_small_rows_could_differ_with_as_many_below_of_each_level_in_places_with_detail() -> None:
    """Then all that such a place says can be the same, since its people only change their places in it."""
    undetailed = 0
    for seed in SEEDS:
        small = small_nation(seed)
        figures = {atom: pair for atom, pair in small.competencies[0].items() if pair[0]}
        asked = measured(figures, small.region_of, seed)[1]
        found = suppressed(figures, small.region_of, asked)
        undetailed += len(found.plain)
        assert LevelReader(figures, small.region_of, found, asked).certain() == []
    assert undetailed > 0


class LevelReader(Attacker):
    """One who also knows how many are below of those of whom a level is asked, wherever detail is said."""

    def __init__(
        self, figures: Figures, region_of: dict[str, str], found: Suppressed, asked: dict[str, int]
    ) -> None:
        super().__init__(figures, region_of, found.rows)
        self._levels: dict[frozenset[tuple[str, str, str | None]], int] = {}
        for place in {Group(), *map(Group, region_of.values())} - found.plain - found.rows:
            for level in set(asked.values()):
                inside = self.tables.get(place, frozenset())
                atoms = frozenset(atom for atom in inside if asked[atom[1]] == level)
                if atoms:
                    self._levels[atoms] = self._below(atoms)

    def _sums(self) -> dict[frozenset[tuple[str, str, str | None]], int]:
        return {**super()._sums(), **self._levels}


Plant = Callable[[pytest.MonkeyPatch], None]


def said_by_role_again(patch: pytest.MonkeyPatch) -> None:
    say(patch, lambda group: group.organisation is group.pillar is None)


def said_of_organisations_again(patch: pytest.MonkeyPatch) -> None:
    say(patch, lambda group: group.role is group.pillar is None)


def said_of_every_row_again(patch: pytest.MonkeyPatch) -> None:
    say(patch, lambda _: True)


def say(patch: pytest.MonkeyPatch, of: Callable[[Group], bool]) -> None:
    patch.setattr(Disclosure, "_is_named", lambda _self, group, _competency: of(group))


def said_of_every_region(patch: pytest.MonkeyPatch) -> None:
    whole = suppression.suppressed
    patch.setattr(
        "lms.competencies.disclosure.suppressed",
        lambda *given, **named: Suppressed(whole(*given, **named).rows),
    )


def levels_are_not_kept(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("lms.competencies.disclosure.Disclosure.asked", lambda *_: {})


@pytest.mark.parametrize(
    "plant",
    [
        said_by_role_again,
        said_of_organisations_again,
        said_of_every_row_again,
        said_of_every_region,
        levels_are_not_kept,
    ],
)
def test_a_planted_error_tells_a_small_row(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    assert any(each.told() for each in readers(monkeypatch))


def test_whoever_sees_the_people_by_name_is_told_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    atoms = {
        Atom("north", "alder", "buyer", NO_PILLAR): Tally(12, lapsed=2, short=1, missing=4, practitioners=3),
        Atom("north", "birch", "buyer", NO_PILLAR): Tally(30, short=9, missing=9),
    }
    cell = Cell("north", "alder", 1, "buyer", None)
    named = {(cell, "law"): atoms[Atom("north", "alder", "buyer", NO_PILLAR)]}
    monkeypatch.setattr("lms.competencies.disclosure.counted_in_teams", lambda *_: named)
    own, other = Group(organisation="alder"), Group(organisation="birch")
    manager = disclosure(atoms, {"buyer": 2}, monkeypatch, Viewpoint(teams=frozenset({1})))
    assert manager.figure(own, "law").tally == Shown(12, 3, 0, 2, 1, 4, 3, 0)
    assert manager.figure(other, "law").tally == Shown(30, 9)
    lead = disclosure(atoms, {"buyer": 2}, monkeypatch)
    assert lead.figure(own, "law").tally == Shown(12, 3)
    assert lead.figure(Group("north"), "law").tally == Shown(42, 12, 0, 2, 10, 13, 3, 0)
