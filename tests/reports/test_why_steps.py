"""How a bridge is read: what stands by itself, what is joined, in which order, and its biggest cause."""

import pytest

from lms.competencies.bridges import CAUSES, Bridge
from lms.competencies.disclosure import Shown
from lms.competencies.tally import Tally
from lms.reports.why_steps import SMALL, biggest, closed_by_showing, net, steps_of
from lms.reports.why_words import CAUSE_WORDS


def bridge(start: int, **moved: int | Tally) -> Bridge:
    """A bridge from so many below of 100; a number is people below of whom nothing is recorded."""
    tallies = {
        cause.replace("_", "-"): each if isinstance(each, Tally) else Tally(unrecorded=each)
        for cause, each in moved.items()
    }
    end = Tally(100, start)
    for tally in tallies.values():
        end.merge(tally)
    shown = {cause: Shown.of(tally) for cause, tally in tallies.items()}
    return Bridge(Shown.of(Tally(100, start)), Shown.of(end), shown)


def read(found: Bridge) -> list[tuple[str, int, int]]:
    return [(step.cause, step.moved.below, step.after) for step in steps_of(found)]


def test_openings_come_first_then_small_changes_then_closings_each_with_the_largest_first() -> None:
    found = bridge(
        62, left=-3, joined=7, role=5, learning=-16, assessment=-7, lapsed=19, edition=3, withdrawn=1
    )
    assert read(found) == [
        ("lapsed", 19, 81),
        ("joined", 7, 88),
        ("role", 5, 93),
        (SMALL, 1, 94),
        ("learning", -16, 78),
        ("assessment", -7, 71),
    ]
    assert net(found) == 9


def test_small_changes_name_each_cause_and_how_much_they_moved_in_all() -> None:
    (small,) = [step for step in steps_of(bridge(10, left=-3, edition=3, withdrawn=1)) if step.cause == SMALL]
    assert [(cause, tally.below) for cause, tally in small.parts] == [
        ("left", -3),
        ("edition", 3),
        ("withdrawn", 1),
    ]
    assert small.gross == 7


@pytest.mark.parametrize(("moved", "alone"), [(4, []), (-4, []), (5, ["lapsed"]), (-5, ["lapsed"])])
def test_a_cause_is_joined_when_its_net_is_under_five(moved: int, alone: list[str]) -> None:
    steps = steps_of(bridge(20, lapsed=moved, left=-1, role=1))
    assert [step.cause for step in steps if step.cause != SMALL] == alone


def test_one_small_change_alone_keeps_its_name() -> None:
    assert read(bridge(20, lapsed=9, left=-2)) == [("lapsed", 9, 29), ("left", -2, 27)]


def test_a_cause_that_changed_no_kind_and_no_people_in_roles_is_no_step() -> None:
    assert read(bridge(20, learning=Tally(unrecorded=-3, short=3))) == [("learning", 0, 20)]
    assert read(bridge(20, joined=Tally(appointments=4))) == [("joined", 0, 20)]
    assert read(bridge(20, learning=Tally(missing=-2, practitioners=1))) == []


def test_no_step_goes_below_nothing() -> None:
    steps = steps_of(bridge(6, left=-6, learning=-4, lapsed=8, joined=3))
    assert min(step.after for step in steps) >= 0


@pytest.mark.parametrize(
    ("moved", "cause"),
    [
        ({"lapsed": 19, "learning": -16}, "lapsed"),
        ({"lapsed": 5, "learning": -16}, "learning"),
        ({"lapsed": 5, "role": 4, "learning": -12}, "learning"),
        ({"lapsed": 4, "role": 3, "learning": -7}, "learning"),
        ({"joined": Tally(appointments=3)}, None),
    ],
)
def test_the_biggest_cause_goes_the_way_of_the_net(moved: dict[str, int | Tally], cause: str | None) -> None:
    found = biggest(bridge(30, **moved))
    assert (found and found[0]) == cause


def test_learning_and_assessment_are_counted_when_they_closed_gaps() -> None:
    assert closed_by_showing(bridge(30, learning=-16, assessment=-7, lapsed=4)) == 23
    assert closed_by_showing(bridge(30, lapsed=4)) == 0


def test_every_cause_has_its_words() -> None:
    assert set(CAUSE_WORDS) == {*CAUSES, SMALL}
