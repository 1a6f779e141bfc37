"""What may be shown of a measure of posts: as the gap report hides, for everybody who may look."""

from collections.abc import Iterator

import pytest
from flask import Flask

from lms.competencies.disclosure import Counts, Viewpoint
from lms.competencies.sheets import Atom
from lms.competencies.suppression import NO_PILLAR, Group, suppressed
from lms.competencies.suppression import Atom as AtomOfNation
from lms.reports.shares import Share, Shares, hidden_rows
from tests.support.attacker import Attacker
from tests.support.nations import small_nation

NORTH, SOUTH = "north", "south"
SEEDS = range(60)
ALDER, BIRCH, CEDAR = (Group(organisation=each) for each in ("alder", "birch", "cedar"))


@pytest.fixture(autouse=True)
def _service() -> Iterator[None]:
    """An application that knows the setting."""
    app = Flask(__name__)
    app.config["SMALLEST_GROUP"] = 5
    with app.app_context():
        yield


def counts(**people: tuple[int, int]) -> Counts:
    return {Atom(NORTH, name, "buyer", NO_PILLAR): pair for name, pair in people.items()}


def test_a_group_that_is_large_is_said_with_its_share() -> None:
    shares = Shares(counts(alder=(20, 15), birch=(30, 10)), Viewpoint())
    assert shares.share(ALDER) == Share(20, 5)
    whole = shares.share(Group())
    assert whole is not None
    assert (whole.people, whole.met, whole.unmet, whole.percent) == (50, 25, 25, 50)
    assert shares.share(Group(SOUTH)) == Share(0, 0)
    assert Share(0, 0).percent is None


def test_small_groups_and_those_that_give_them_away_are_hidden_alike() -> None:
    shares = Shares(counts(alder=(4, 1), birch=(20, 8), cedar=(30, 9)), Viewpoint())
    found = [shares.share(each) for each in (ALDER, BIRCH, CEDAR)]
    assert found == [None, None, Share(30, 21)]
    assert hidden_rows(found) == 2


def test_fewer_than_ten_of_whom_nobody_meets_it_are_hidden_and_ten_are_not() -> None:
    assert Shares(counts(alder=(9, 9), birch=(20, 8), cedar=(30, 9)), Viewpoint()).share(ALDER) is None
    assert Shares(counts(alder=(10, 10), birch=(20, 8)), Viewpoint()).share(ALDER) == Share(10, 0)


def test_who_keeps_figures_is_counted_nowhere_and_who_gives_no_name_is_hidden() -> None:
    people = counts(alder=(20, 5), birch=(20, 8), cedar=(30, 9))
    kept = Shares(people, Viewpoint(excluded=frozenset({"alder"})))
    assert (kept.share(Group()), kept.share(ALDER)) == (Share(50, 33), Share(0, 0))
    unnamed = Shares(people, Viewpoint(unnamed=frozenset({"alder"})))
    assert unnamed.share(ALDER) is None
    assert hidden_rows(map(unnamed.share, (ALDER, BIRCH, CEDAR))) == 2
    assert unnamed.share(Group()) == Share(70, 48)


def test_people_seen_by_name_are_taken_away_first_and_what_others_do_not_see_stays_hidden() -> None:
    people, named = counts(alder=(8, 3), birch=(20, 8), cedar=(30, 9)), counts(alder=(5, 1))
    assert Shares(people, Viewpoint()).share(ALDER) == Share(8, 5)
    manager = Shares(people, Viewpoint(teams=frozenset({1})), named)
    assert manager.share(ALDER) is None
    assert Shares(people, Viewpoint()).hidden <= manager.hidden


def test_places_alone_decide_what_is_hidden_and_none_that_is_hidden_can_be_worked_out() -> None:
    hidden = 0
    for seed in SEEDS:
        nation = small_nation(seed)
        people = {
            Atom(nation.region_of[organisation], organisation, role, pillar or NO_PILLAR): pair
            for (organisation, role, pillar), pair in nation.competencies[0].items()
        }
        shares = Shares(people, Viewpoint())
        figures: dict[AtomOfNation, tuple[int, int]] = {}
        for atom, (counted, unmet) in people.items():
            before = figures.get((atom.organisation, "", None), (0, 0))
            figures[atom.organisation, "", None] = (before[0] + counted, before[1] + unmet)
        rows = suppressed(figures, nation.region_of, {}).rows
        assert shares.hidden == {row for row in rows if row.role is row.pillar is None}
        attacker = Attacker(figures, nation.region_of, rows)
        assert attacker.finds() == []
        assert attacker.certain() == []
        hidden += len(shares.hidden)
    assert hidden > 50
