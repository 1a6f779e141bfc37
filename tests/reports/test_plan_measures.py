"""Small groups stay unknown to one who reckons with the steps of every plan too.

A step says from which level to which some people go, and what they do for it. Whoever knows what each role
asks adds that up with all rows of the gap report, of the nation and of each region.
"""

import random
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import product

import pytest
from flask import Flask

from lms.competencies.disclosure import Disclosure, Viewpoint
from lms.competencies.sheets import Atom, DaySheets, Sheet
from lms.competencies.standing import Requirements
from lms.competencies.suppression import Group
from lms.competencies.tally import Tally
from lms.learning.to_do import Need, Task, TaskKind
from lms.reports.planning import all_closed, bundles_of, steps_of
from tests.support.measuring import Equation, Measurer, measured
from tests.support.nations import small_nation

TODAY = date(2026, 11, 28)
SEEDS = range(120)
SMALLEST = 5


@pytest.fixture(autouse=True)
def _service() -> Iterator[None]:
    """An application that knows the setting."""
    app = Flask(__name__)
    app.config["SMALLEST_GROUP"] = SMALLEST
    with app.app_context():
        yield


def ways(required: int) -> list[Need]:
    """Every need of somebody of whom a level is asked: each level held, with one or both modules to pass."""
    return [
        Need("law", held, required, tuple(Task(TaskKind.MODULE, f"module-{n}", 20) for n in range(modules)))
        for held, modules in product(range(required), (1, 2))
    ]


def needs_of(tally: Tally, required: int, chance: random.Random) -> list[Need]:
    """A need of each person who is below, with so many levels missing as the tally says."""
    missing = [required] * tally.unrecorded
    others = tally.below - tally.unrecorded
    rest = tally.missing - sum(missing)
    for left in range(others - 1, -1, -1):
        one = chance.randint(max(1, rest - left * required), min(required, rest - left))
        missing.append(one)
        rest -= one
    return [
        chance.choice([need for need in ways(required) if need.held == required - one]) for one in missing
    ]


def shown_steps(needs: Collection[Need], smallest: int) -> Counter[Need]:
    """The people of each step of a plan that is shown."""
    steps = steps_of(all_closed(bundles_of([need] for need in needs)))
    return Counter({step.need: step.people for step in steps if step.people >= smallest})


def people_of(atoms: Mapping[Atom, Tally], asked: Mapping[str, int], seed: int) -> dict[Atom, list[Need]]:
    chance = random.Random(seed)  # noqa: S311 - invented figures
    return {atom: needs_of(tally, asked[atom.role], chance) for atom, tally in atoms.items()}


def named(need: Need) -> str:
    return f"{need.held}-{len(need.tasks)}"


def of_people(atoms: Collection[Atom], asked: Mapping[str, int]) -> Iterator[Equation]:
    """How the needs of an atom go together with what rows say of it."""
    for atom in atoms:
        level = asked[atom.role]
        yield {**{(atom, named(each)): 1 for each in ways(level)}, (atom, "below"): -1}, 0, 0
        held = {(atom, named(each)): level - each.held for each in ways(level)}
        yield {**held, (atom, "missing"): -1}, 0, 0
        nothing = {(atom, named(each)): 1 for each in ways(level) if each.held == 0}
        yield {**nothing, (atom, "unrecorded"): -1}, 0, 99


def of_steps(
    people: Mapping[Atom, list[Need]], asked: Mapping[str, int], places: Collection[Group], smallest: int
) -> Iterator[Equation]:
    """What the plan of each place says: the people of each step, and that the others are few of each."""
    for place in places:
        inside = [atom for atom in people if place.region in {None, atom.region}]
        shown = shown_steps([need for atom in inside for need in people[atom]], smallest)
        for level in sorted({asked[atom.role] for atom in inside}):
            for need in ways(level):
                known = {(atom, named(need)): 1 for atom in inside if asked[atom.role] == level}
                yield known, shown[need], shown[need] or smallest - 1


def told(monkeypatch: pytest.MonkeyPatch, *, by_organisation: bool = False, smallest: int = SMALLEST) -> int:
    """How many small rows are told in all nations together."""
    found = steps = 0
    for seed in SEEDS:
        nation = small_nation(seed)
        atoms, asked = measured(nation.competencies[0], nation.region_of, seed)
        tallies = {(role, "law"): [(TODAY, level)] for role, level in asked.items()}
        monkeypatch.setattr(
            "lms.competencies.disclosure.requirements", lambda _, kept=tallies: Requirements(dict(kept))
        )
        day = Disclosure(TODAY, seed, DaySheets({"law": Sheet(atoms)}, whole=True), Viewpoint())
        reader = Measurer(atoms, asked, lambda group, day=day: day.figure(group, "law"))  # type: ignore[misc]
        people = people_of(atoms, asked, seed)
        places = reader.detailed()
        reader.equations += of_people(list(atoms), asked)
        reader.equations += of_steps(people, asked, places, smallest)
        if by_organisation:
            for name in nation.region_of:
                own = {atom: needs for atom, needs in people.items() if atom.organisation == name}
                reader.equations += of_steps(own, asked, [Group()], smallest)
        steps += sum(
            len(shown_steps([need for needs in people.values() for need in needs], smallest)) for _ in places
        )
        found += len(reader.told())
    assert steps > 100
    return found


@pytest.mark.parametrize("smallest", [SMALLEST, 1])
def test_no_small_row_is_told_by_the_steps_of_plans(smallest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also by one who works out the steps of few people from the totals: places without detail have none."""
    assert told(monkeypatch, smallest=smallest) == 0


def test_steps_of_single_people_by_organisation_would_tell_small_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert told(monkeypatch, by_organisation=True, smallest=1) > 0


def test_steps_of_single_people_in_every_region_would_tell_small_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the gap report does not say the kinds, a plan must not either."""
    monkeypatch.setattr(
        Measurer, "detailed", lambda self: [group for group in self._rows if group == Group(group.region)]
    )
    assert told(monkeypatch, smallest=1) > 0
