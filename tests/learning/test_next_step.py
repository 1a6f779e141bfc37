from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from lms.learning.next_step import Item, Why, by_day, in_order

SOON, LATER = date(2026, 12, 9), date(2027, 1, 17)


def modules(items: list[Item]) -> list[str]:
    return [item.module for item in items]


def test_of_two_assignments_the_one_due_soonest_comes_first() -> None:
    items = [Item(Why.ASSIGNED, "later", 5, LATER), Item(Why.ASSIGNED, "soon", 25, SOON)]
    assert modules(in_order(items)) == ["soon", "later"]


def test_an_assignment_without_a_day_comes_after_those_with_one_and_before_an_update() -> None:
    items = [
        Item(Why.UPDATE, "update", 5, SOON),
        Item(Why.ASSIGNED, "whenever", 5),
        Item(Why.ASSIGNED, "due", 5, LATER),
    ]
    assert modules(in_order(items)) == ["due", "whenever", "update"]


def test_without_an_assignment_an_update_comes_first_then_a_lapse_then_a_gap_then_a_choice() -> None:
    items = [
        Item(Why.CHOSEN, "chosen", 5),
        Item(Why.GAP, "gap", 5, levels=2),
        Item(Why.LAPSE, "lapse", 5, SOON),
        Item(Why.UPDATE, "update", 5, LATER),
    ]
    assert modules(in_order(items)) == ["update", "lapse", "gap", "chosen"]


def test_the_largest_gap_comes_first_and_of_equal_ones_the_quickest() -> None:
    items = [
        Item(Why.GAP, "small-and-quick", 5, levels=1),
        Item(Why.GAP, "large-and-slow", 25, levels=2),
        Item(Why.GAP, "large-and-quick", 15, levels=2),
    ]
    assert modules(in_order(items)) == ["large-and-quick", "large-and-slow", "small-and-quick"]


def test_equal_gaps_stand_in_the_order_of_the_framework() -> None:
    items = [
        Item(Why.GAP, "a-second", 15, levels=1, position=1),
        Item(Why.GAP, "z-first", 15, levels=1, position=0),
    ]
    assert modules(in_order(items)) == ["z-first", "a-second"]


def test_a_module_that_is_asked_for_twice_is_listed_once_for_the_first_reason() -> None:
    items = [Item(Why.GAP, "one", 20, levels=1), Item(Why.ASSIGNED, "one", 20, LATER)]
    assert in_order(items) == [Item(Why.ASSIGNED, "one", 20, LATER)]


def test_what_else_is_asked_stands_by_day_whatever_the_reason() -> None:
    gap = Item(Why.GAP, "gap", 5, levels=2)
    assigned = Item(Why.ASSIGNED, "assigned", 5, LATER)
    update = Item(Why.UPDATE, "update", 5, SOON)
    assert by_day([gap, assigned, update]) == [update, assigned, gap]


items = st.builds(
    Item,
    st.sampled_from(Why),
    st.sampled_from(["a", "b", "c", "d"]),
    st.integers(1, 60),
    st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    st.none(),
    st.integers(0, 4),
    st.integers(0, 14),
)


@given(st.lists(items), st.randoms())
def test_the_order_does_not_depend_on_the_order_in_which_things_were_asked(
    asked: list[Item], chance: Random
) -> None:
    shuffled = list(asked)
    chance.shuffle(shuffled)
    assert modules(in_order(asked)) == modules(in_order(shuffled))
    assert sorted(modules(in_order(asked))) == sorted({item.module for item in asked})
