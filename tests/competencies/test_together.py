"""Two measures that say the same of some people, opened together by one who adds and takes away.

One is a competency of the gap report. The other asks level 2 of some roles, so that it says the same of
whoever is asked level 2, and counts people whom the report does not count.
"""

import random
from typing import NamedTuple

import pytest

from lms.competencies import together as module
from lms.competencies.disclosure import Counts
from lms.competencies.sheets import Atom as Place
from lms.competencies.suppression import NO_PILLAR, Atom, Group, suppressed
from lms.competencies.together import Known, hidden_together
from tests.support.attacker import Attacker, Figures, free_directions, narrow
from tests.support.nations import small_nation

SEEDS = range(150)
ASKED = 2


class Pair(NamedTuple):
    """The figures of both measures, the roles of which both say the same, and where organisations lie."""

    report: dict[Atom, tuple[int, int]]
    other: dict[Atom, tuple[int, int]]
    same: frozenset[str]
    region_of: dict[str, str]

    @property
    def hidden(self) -> tuple[frozenset[Group], frozenset[Group]]:
        """What is hidden of each by itself."""
        return suppressed(self.report, self.region_of, {}).rows, self._other_hidden

    @property
    def _other_hidden(self) -> frozenset[Group]:
        places: dict[Atom, tuple[int, int]] = {}
        for (organisation, _, _), (people, unmet) in self.other.items():
            before = places.get((organisation, "", None), (0, 0))
            places[organisation, "", None] = (before[0] + people, before[1] + unmet)
        return frozenset(filter(is_place, suppressed(places, self.region_of, {}).rows))


def is_place(row: Group) -> bool:
    """Whether a row is the nation, a region or an organisation: the other measure has no others."""
    return row.role is row.pillar is None


def drawn(seed: int, *, everybody: bool) -> Pair:
    """Measures at random: of all roles, or of some of them."""
    nation = small_nation(seed)
    raw = {atom: pair for atom, pair in nation.competencies[0].items() if pair[0]}
    chance = random.Random(seed)  # noqa: S311 - invented figures
    asked = {role: chance.choice([0, 1, 2, 2, 2, 3]) for role in sorted({role for _, role, _ in raw})}
    scope = [role for role in asked if everybody or chance.random() < 0.6]
    other = {
        atom: (size, chance.randint(*_range(asked[atom[1]], size, below)))
        for atom, (size, below) in raw.items()
        if atom[1] in scope
    }
    return Pair(
        {atom: pair for atom, pair in raw.items() if asked[atom[1]]},
        other,
        frozenset(role for role in scope if asked[role] == ASKED),
        nation.region_of,
    )


def _range(asked: int, size: int, below: int) -> tuple[int, int]:
    """How many can be below level 2 where so many are below the level that is asked."""
    return {0: (0, size), 1: (below, size), 2: (below, below), 3: (0, below)}[asked]


def found(pair: Pair, *hidden: frozenset[Group]) -> list[Group]:
    """The small hidden rows of either measure that both give: by sums and differences, or by ranges."""
    tables = [
        Attacker(pair.report, pair.region_of, hidden[0]),
        Attacker(pair.other, pair.region_of, hidden[1]),
    ]
    figures = {**tables[0].figures}
    rows: list[tuple[frozenset[Atom], bool, Group]] = []
    for place, each in enumerate(tables):
        names = {
            atom: atom if not place or atom[1] in pair.same else ("other", *atom) for atom in each.figures
        }
        figures.update({names[atom]: each.figures[atom] for atom in each.figures})  # type: ignore[misc]
        rows += [
            (frozenset(names[atom] for atom in atoms), row in hidden[place], row)  # type: ignore[misc]
            for row, atoms in each.tables.items()
            if not place or is_place(row)
        ]
    shown = [atoms for atoms, is_hidden, _ in rows if not is_hidden]
    told = frozenset(
        atom for atoms in shown if _sum(figures, atoms)[1] in {0, _sum(figures, atoms)[0]} for atom in atoms
    )
    free = free_directions(sorted(figures, key=str), [atoms - told for atoms in shown], told)
    ranges = {atom: (below, below) if atom in told else (0, size) for atom, (size, below) in figures.items()}
    while narrow(ranges, {atoms: _sum(figures, atoms)[1] for atoms in shown}):
        pass
    return [
        row
        for atoms, is_hidden, row in rows
        if is_hidden
        and not atoms <= told
        and _small(*_sum(figures, atoms))
        and (
            all(sum(direction[atom] for atom in atoms) == 0 for direction in free)
            or all(ranges[atom][0] == ranges[atom][1] for atom in atoms)
        )
    ]


def _sum(figures: Figures, atoms: frozenset[Atom]) -> tuple[int, int]:
    return sum(figures[atom][0] for atom in atoms), sum(figures[atom][1] for atom in atoms)


def _small(people: int, unmet: int) -> bool:
    return people < 5 or (people < 10 and people == unmet)


def _counts(figures: Figures, region_of: dict[str, str]) -> Counts:
    return {
        Place(region_of[organisation], organisation, role, pillar or NO_PILLAR): pair
        for (organisation, role, pillar), pair in figures.items()
    }


def together(pair: Pair) -> tuple[frozenset[Group], frozenset[Group]]:
    """What is hidden of each once both are shown."""
    report, other = pair.hidden
    known = Known(_counts(pair.report, pair.region_of), report, pair.same)
    return report, other | hidden_together(_counts(pair.other, pair.region_of), other, [known], 5)


@pytest.mark.parametrize("everybody", [True, False])
def test_two_measures_that_say_the_same_of_some_roles_give_no_small_row_away(*, everybody: bool) -> None:
    alone, both = 0, []
    for seed in SEEDS:
        pair = drawn(seed, everybody=everybody)
        alone += len(found(pair, *pair.hidden))
        both += found(pair, *together(pair))
    assert both == []
    assert alone > 10, "each hidden by itself gives nothing away, so that this test tells nothing"


def test_the_same_measure_of_the_same_people_shows_no_place_that_the_report_hides() -> None:
    shown = 0
    for seed in SEEDS:
        nation = small_nation(seed)
        figures = nation.competencies[0]
        roles = frozenset(role for _, role, _ in figures)
        pair = Pair(figures, figures, roles, nation.region_of)
        report, other = together(pair)
        assert found(pair, report, other) == []
        places = {Group(organisation=each) for each, _, _ in figures}
        shown += len(places - other)
    assert shown > 100


def test_leaving_a_small_role_out_of_a_measure_tells_nothing_of_it() -> None:
    report: dict[Atom, tuple[int, int]] = {}
    for force in ("alder", "birch", "cedar"):
        report[force, "buyer", None] = (20, 7)
        report[force, "head", None] = (1, int(force == "birch"))
    other = {atom: pair for atom, pair in report.items() if atom[1] == "buyer"}
    pair = Pair(report, other, frozenset({"buyer"}), dict.fromkeys(("alder", "birch", "cedar"), "north"))
    assert Group(organisation="birch") not in set().union(*pair.hidden)
    assert {Group(organisation="birch"), Group("north"), Group()} <= together(pair)[1]


@pytest.mark.parametrize("step", ["shows", "uncertain"])
def test_each_of_its_two_steps_is_needed(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one of them a small row can be worked out in some nation."""
    without = {"shows": lambda _reader, row: bool(row), "uncertain": lambda _reader, shown: shown}
    together_again()
    monkeypatch.setattr(f"lms.competencies.together._Reader.{step}", without[step])
    pairs = [drawn(seed, everybody=each) for seed in SEEDS for each in (True, False)]
    assert any(found(pair, *together(pair)) for pair in pairs)
    together_again()


def together_again() -> None:
    vars(module)["_hidden_together"].cache_clear()
