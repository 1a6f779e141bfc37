"""Rule 7 of the domain: small groups stay unknown, whatever a reader of all tables adds and takes away."""

import random
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.competencies import suppression
from lms.competencies.alternatives import Trades
from lms.competencies.suppression import NO_PILLAR, Atom, Group, suppressed
from tests.support.attacker import Attacker, Figures
from tests.support.nations import Nation, demonstration_size, small_nation

PRIVATE = vars(suppression)
SMALL_NATIONS = 250
RARE = (510,)  # in which rows that are hidden later leave a remainder of none
HOME = {"alder": "north", "birch": "north", "cedar": "north", "dunes": "south", "elms": "south"}


def hidden_groups(
    figures: Figures,
    region_of: dict[str, str],
    smallest: int = 5,
    unnamed: frozenset[str] = frozenset(),
    besides: frozenset[Group] = frozenset(),
) -> frozenset[Group]:
    """The rows that are hidden; of everybody the same level is asked."""
    return suppressed(figures, region_of, {}, smallest=smallest, unnamed=unnamed, besides=besides).rows


def force(name: str) -> Group:
    return Group(organisation=name)


def one_role(**people: tuple[int, int]) -> dict[Atom, tuple[int, int]]:
    return {(name, "buyer", None): figures for name, figures in people.items()}


def forces_hidden(figures: Figures, smallest: int = 5) -> set[str | None]:
    hidden = hidden_groups(figures, HOME, smallest)
    return {row.organisation for row in hidden if row == force(row.organisation or "")}


# The rule, one sentence a test.


def test_nothing_is_hidden_where_every_row_is_large() -> None:
    atoms = [
        (name, role, pillar) for name in HOME for role in ("buyer", "lead") for pillar in (None, "energy")
    ]
    assert hidden_groups(dict.fromkeys(atoms, (12, 5)), HOME) == frozenset()


def test_without_people_nothing_is_hidden() -> None:
    assert hidden_groups({}, HOME) == frozenset()
    assert hidden_groups(one_role(alder=(0, 0)), HOME) == frozenset()


def test_one_to_four_are_hidden_and_five_are_not() -> None:
    figures = one_role(alder=(4, 1), birch=(30, 9), cedar=(3, 2), dunes=(5, 1), elms=(20, 4))
    assert forces_hidden(figures) == {"alder", "cedar"}


def test_a_lone_small_row_takes_the_smallest_beside_it_along() -> None:
    figures = one_role(alder=(3, 1), birch=(30, 9), cedar=(9, 2), dunes=(25, 6), elms=(20, 4))
    assert forces_hidden(figures) == {"alder", "cedar"}


def test_a_force_without_a_name_is_hidden_and_takes_the_smallest_beside_it_along() -> None:
    figures = one_role(alder=(40, 9), birch=(30, 9), cedar=(20, 2), dunes=(25, 6), elms=(20, 4))
    unnamed = frozenset({"alder"})
    hidden = hidden_groups(figures, HOME, unnamed=unnamed)
    assert {row for row in hidden if row == force(row.organisation or "")} == {force("alder"), force("cedar")}
    assert hidden_groups(figures, HOME, unnamed=unnamed | {"elsewhere"}) == hidden


def test_two_small_rows_that_hold_four_together_are_not_enough() -> None:
    figures = one_role(alder=(3, 1), birch=(30, 9), cedar=(1, 0), dunes=(25, 6), elms=(20, 4))
    assert forces_hidden(figures) == {"alder", "birch", "cedar"}


def test_all_of_fewer_than_ten_are_hidden_and_all_of_ten_are_not() -> None:
    assert forces_hidden(one_role(alder=(9, 9), birch=(30, 9), cedar=(20, 4))) == {"alder", "cedar"}
    assert forces_hidden(one_role(alder=(10, 10), birch=(30, 9), cedar=(20, 4))) == set()


def test_none_of_five_may_be_shown() -> None:
    assert forces_hidden(one_role(alder=(5, 0), birch=(30, 9), cedar=(20, 4))) == set()


def test_no_difference_says_all_of_fewer_than_ten() -> None:
    figures = one_role(alder=(4, 4), birch=(30, 9), cedar=(2, 2), dunes=(25, 6), elms=(20, 4))
    assert forces_hidden(figures) == {"alder", "birch", "cedar"}


def test_no_difference_says_none_or_all_of_any_number() -> None:
    figures = one_role(alder=(6, 2), birch=(4, 0), cedar=(3, 0), dunes=(25, 6), elms=(20, 4))
    assert forces_hidden(figures) == {"alder", "birch", "cedar"}
    figures = one_role(alder=(6, 2), birch=(4, 4), cedar=(8, 8), dunes=(25, 6), elms=(20, 4))
    assert forces_hidden(figures) == {"alder", "birch", "cedar"}


def test_the_nation_and_its_regions_stay_when_a_force_has_to_go() -> None:
    hidden = hidden_groups(one_role(alder=(3, 1), birch=(30, 9), dunes=(25, 6)), HOME)
    assert force("birch") in hidden
    assert not hidden & {Group(), Group("north"), Group("south")}


def test_the_smallest_size_is_a_setting() -> None:
    figures = one_role(alder=(3, 1), birch=(30, 9), cedar=(9, 2), dunes=(25, 6), elms=(20, 4))
    assert forces_hidden(figures, 3) == set()
    assert forces_hidden(figures, 10) == {"alder", "cedar"}


def test_people_in_no_pillar_are_a_row_of_their_own() -> None:
    figures = {("alder", "buyer", None): (3, 1), ("alder", "buyer", "energy"): (20, 4)}
    assert Group(pillar=NO_PILLAR) in hidden_groups(figures, HOME)


def test_what_a_row_of_none_tells_helps_to_work_out_nothing_else() -> None:
    figures: dict[Atom, tuple[int, int]] = {
        ("alder", "buyer", None): (6, 0),
        ("alder", "lead", None): (3, 1),
        ("birch", "buyer", None): (20, 7),
        ("birch", "lead", None): (20, 7),
    }
    hidden = hidden_groups(figures, HOME)
    assert force("alder") not in hidden
    assert Group(organisation="alder", role="buyer") in hidden


# Whoever reads all tables finds nothing.


def forget() -> None:
    PRIVATE["_hidden"].cache_clear()
    PRIVATE["_rows"].cache_clear()


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    forget()
    yield
    forget()


@lru_cache(maxsize=3)
def nation(seed: int) -> Nation:
    return demonstration_size(seed)


def attack(figures: Figures, region_of: dict[str, str], smallest: int = 5) -> Attacker:
    return Attacker(figures, region_of, hidden_groups(figures, region_of, smallest), smallest)


def found_in_small_nations() -> Iterator[list[str]]:
    for seed in (*range(SMALL_NATIONS), *RARE):
        small = small_nation(seed)
        yield attack(small.competencies[0], small.region_of).finds()


def test_nothing_follows_in_any_of_many_small_nations() -> None:
    assert [found for found in found_in_small_nations() if found] == []


def test_small_nations_show_and_hide_enough_to_be_a_test() -> None:
    attacks = [
        attack(each.competencies[0], each.region_of) for each in map(small_nation, range(SMALL_NATIONS))
    ]
    assert sum(len(each.shown) for each in attacks) > SMALL_NATIONS * 5
    assert sum(len(each.hidden) for each in attacks) > SMALL_NATIONS * 5
    assert sum(bool(each.told) for each in attacks) > SMALL_NATIONS // 10


CELLS = st.tuples(
    st.sampled_from(sorted(HOME)),
    st.sampled_from(["buyer", "lead"]),
    st.sampled_from([None, "energy", "technology"]),
)
COUNTS = st.integers(0, 12).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size)))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(CELLS, COUNTS, max_size=14), st.sampled_from([2, 3, 5]))
def test_nothing_follows_whatever_the_figures(figures: dict[Atom, tuple[int, int]], smallest: int) -> None:
    attacker = attack(figures, HOME, smallest)
    assert [*attacker.finds(), *attacker.certain()] == []


@pytest.mark.parametrize(("seed", "competency"), [(0, 10), (1, 4), (2, 6)])
def test_nothing_follows_in_a_nation_of_real_size(seed: int, competency: int) -> None:
    assert attack(nation(seed).competencies[competency], nation(seed).region_of).finds_by_chance() == []


def without_a_team(figures: Figures, seed: int) -> Figures:
    """The people who are not in the team of a manager: some of one organisation are taken out."""
    chance = random.Random(seed)  # noqa: S311 - any team
    named = chance.choice(sorted({organisation for organisation, *_ in figures}))
    others = dict(figures)
    for atom, (size, below) in figures.items():
        if atom[0] == named:
            left = chance.randint(0, size)
            others[atom] = (left, chance.randint(max(0, below - size + left), min(left, below)))
    return others


@pytest.mark.parametrize("smallest", [3, 5])
def test_whoever_manages_a_team_gains_no_row_for_those_who_do_not(smallest: int) -> None:
    more = 0
    for seed in range(100):
        small = small_nation(seed)
        if not (figures := small.competencies[0]):
            continue
        others = without_a_team(figures, seed)
        published = hidden_groups(figures, small.region_of, smallest)
        hidden = hidden_groups(others, small.region_of, smallest, besides=published)
        attacker = Attacker(others, small.region_of, hidden, smallest)
        assert published & attacker.tables.keys() <= hidden
        assert [*attacker.finds(), *attacker.certain()] == []
        more += hidden != hidden_groups(others, small.region_of, smallest)
    assert more > 10


def reader_alone(patch: pytest.MonkeyPatch) -> None:
    """Without the quick rule, which hides nearly all that would give something away."""
    patch.setattr(
        f"{SERVICE}_Remainders.leaving_enough",
        lambda self, candidates: [row for row in candidates if not self._day.protected(row)],
    )


def followed_in_small_nations() -> Iterator[list[str]]:
    for seed in range(SMALL_NATIONS // 2):
        small = small_nation(seed)
        yield attack(small.competencies[0], small.region_of).follow()


def test_nothing_follows_even_without_the_quick_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    reader_alone(monkeypatch)
    assert [found for found in followed_in_small_nations() if found] == []


def certain_in_small_nations() -> Iterator[list[Group]]:
    for seed in range(SMALL_NATIONS):
        small = small_nation(seed)
        yield attack(small.competencies[0], small.region_of).certain()


def test_every_small_row_of_many_small_nations_could_hold_another_number() -> None:
    assert [found for found in certain_in_small_nations() if found] == []


def test_no_small_row_can_be_told_by_hand_from_numbers_between_none_and_all() -> None:
    attacker = attack(nation(0).competencies[2], nation(0).region_of)
    assert attacker.small_rows() > len(nation(0).region_of)
    assert attacker.pinned() == []


def test_little_is_hidden_of_what_a_nation_looks_at_first() -> None:
    regions = forces = hidden_regions = hidden_forces = 0
    region_of = nation(0).region_of
    for figures in nation(0).competencies[::4]:
        hidden = hidden_groups(figures, region_of)
        assert Group() not in hidden
        names = {name for name, _, _ in figures if name.startswith("force")}
        regions += len(set(region_of.values()))
        hidden_regions += sum(Group(region) in hidden for region in set(region_of.values()))
        forces += len(names)
        hidden_forces += sum(force(name) in hidden for name in names)
    assert hidden_regions <= regions / 10
    assert hidden_forces <= forces / 5


# The answer depends on the figures alone.


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_figures_changes_nothing(seed: int) -> None:
    small = small_nation(seed)
    figures = list(small.competencies[0].items())
    first = hidden_groups(dict(figures), small.region_of)
    random.Random(seed).shuffle(figures)  # noqa: S311 - any order
    forget()
    assert hidden_groups(dict(figures), small.region_of) == first


def test_other_names_in_the_same_order_change_nothing() -> None:
    figures, region_of = nation(0).competencies[4], nation(0).region_of
    renamed = {(f"x{name}", f"x{role}", pillar): pair for (name, role, pillar), pair in figures.items()}
    regions = {f"x{name}": f"x{region}" for name, region in region_of.items()}
    renamed_rows = {
        Group(
            row.region and f"x{row.region}",
            row.organisation and f"x{row.organisation}",
            row.role and f"x{row.role}",
            row.pillar,
        )
        for row in hidden_groups(figures, region_of)
    }
    assert hidden_groups(renamed, regions) == renamed_rows


def test_the_answer_does_not_say_why_a_row_is_hidden() -> None:
    hidden = hidden_groups(one_role(alder=(3, 1), birch=(30, 9), cedar=(9, 2)), HOME)
    assert {type(row) for row in hidden} == {Group}
    assert Group._fields == ("region", "organisation", "role", "pillar")


# Planted errors: the attacker notices each.

Plant = Callable[[pytest.MonkeyPatch], None]
SERVICE = "lms.competencies.suppression."
OTHERS = "lms.competencies.alternatives."
SETS = "lms.competencies.deduction.Unknowns.small_sets"


def trusting(patch: pytest.MonkeyPatch) -> None:
    """Rows that the quick rule lets through are shown unseen."""
    patch.setattr(f"{SERVICE}Reader.shown", lambda self: frozenset(self._candidates))


def alternatives_are_not_asked_for(patch: pytest.MonkeyPatch) -> None:
    """Without the last rule, which hides much of what would give something away."""
    patch.setattr(f"{SERVICE}_beside_others", lambda _, shown: shown)


def no_complement(patch: pytest.MonkeyPatch) -> None:
    trusting(patch)
    patch.setattr(f"{SERVICE}_Remainders._leaves_few", lambda *_: False)


def complement_by_count_only(patch: pytest.MonkeyPatch) -> None:
    trusting(patch)
    patch.setattr(f"{SERVICE}_Day.says_too_much", lambda _, atoms: atoms.bit_count() == 1)


def all_below_is_like_any_other(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(f"{SERVICE}_Day.protected", lambda self, row: self.rows.heads[row] < self.smallest)


def remainders_of_none_are_left(patch: pytest.MonkeyPatch) -> None:
    too_much = PRIVATE["_Day"].says_too_much

    def but_for_none(self: Any, atoms: int) -> bool:  # noqa: ANN401 - the private class
        return bool(atoms & self.any_below) and too_much(self, atoms)

    patch.setattr(f"{SERVICE}_Day.says_too_much", but_for_none)


def remainders_of_all_are_left(patch: pytest.MonkeyPatch) -> None:
    too_much = PRIVATE["_Day"].says_too_much

    def but_for_all(self: Any, atoms: int) -> bool:  # noqa: ANN401 - the private class
        return bool(atoms & self.any_above) and too_much(self, atoms)

    patch.setattr(f"{SERVICE}_Day.says_too_much", but_for_all)


def pillars_are_not_added_up(patch: pytest.MonkeyPatch) -> None:
    totals_of = PRIVATE["_totals_of"]
    trusting(patch)
    patch.setattr(
        f"{SERVICE}_totals_of",
        lambda *row: tuple((total, by) for total, by in totals_of(*row) if by != "pillar"),
    )


def tables_by_pillar_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    groups_of = PRIVATE["_groups_of"]
    patch.setattr(
        f"{SERVICE}_groups_of", lambda *atom: tuple(row for row in groups_of(*atom) if row.pillar is None)
    )


def hidden_rows_are_not_asked_for(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(f"{SERVICE}Reader._keep", lambda *_: None)
    patch.setattr(SETS, lambda *_: set())


def sets_are_not_asked_for(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(SETS, lambda *_: set())


def what_rows_tell_is_not_learned(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(f"{SERVICE}Reader._learn_all", lambda *_: None)


@pytest.mark.parametrize(
    "plant",
    [
        no_complement,
        complement_by_count_only,
        all_below_is_like_any_other,
        remainders_of_none_are_left,
        remainders_of_all_are_left,
        pillars_are_not_added_up,
        tables_by_pillar_are_forgotten,
        trusting,
        hidden_rows_are_not_asked_for,
        sets_are_not_asked_for,
        what_rows_tell_is_not_learned,
    ],
)
def test_a_planted_error_is_found(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    alternatives_are_not_asked_for(monkeypatch)
    plant(monkeypatch)
    assert any(found_in_small_nations())


def test_that_rows_that_follow_tell_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    reader_alone(monkeypatch)
    alternatives_are_not_asked_for(monkeypatch)
    monkeypatch.setattr(f"{SERVICE}Reader._read_on", lambda self, known: (self._unknowns.begun(), known))
    assert any(followed_in_small_nations())


def anybody_could_be_below_or_not(patch: pytest.MonkeyPatch) -> None:
    asked = Trades.__init__

    def whatever(self: Trades, places: Any, rows_of: Any, prices: Any, *_: Any) -> None:  # noqa: ANN401
        asked(self, places, rows_of, prices, range(len(places)), range(len(places)))

    patch.setattr(Trades, "__init__", whatever)


def a_row_that_changes_is_left(patch: pytest.MonkeyPatch) -> None:
    changed = vars(Trades)["_changed"]
    patch.setattr(Trades, "_changed", lambda self, *parts: changed(self, *parts)[1:])


def trades_need_an_atom_twice(patch: pytest.MonkeyPatch) -> bool:
    trades: list[list[int]] = []
    changed = vars(Trades)["_changed"]

    def noted(self: Trades, more: list[int], less: list[int]) -> list[int]:
        trades.append([*more, *less])
        found: list[int] = changed(self, more, less)
        return found

    patch.setattr(Trades, "_changed", noted)
    hidden_groups(nation(0).competencies[2], nation(0).region_of)
    assert len(trades) > 100
    return any(len({*atoms}) < len(atoms) for atoms in trades)


def test_no_trade_needs_an_atom_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not trades_need_an_atom_twice(monkeypatch)
    forget()
    monkeypatch.setattr(f"{OTHERS}_twice", lambda _: set())
    assert trades_need_an_atom_twice(monkeypatch)


@pytest.mark.parametrize(
    "plant",
    [
        alternatives_are_not_asked_for,
        anybody_could_be_below_or_not,
        a_row_that_changes_is_left,
    ],
)
def test_a_planted_error_makes_a_row_certain(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    assert any(certain_in_small_nations())
