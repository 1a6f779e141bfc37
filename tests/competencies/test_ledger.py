"""The ledger keeps what every act moves: it gives the figures of a count of all facts, on any day."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
from random import Random

import pytest
from flask import Flask

from lms.competencies import ledger
from lms.competencies.bridges import RESTATED, bridges
from lms.competencies.disclosure import Viewpoint
from lms.competencies.folding import fold
from lms.competencies.sheets import forget
from lms.competencies.suppression import Group
from lms.core import clock
from lms.people.acts import no_known_on
from tests.support.histories import FIRST, LAST, days_to_ask, write
from tests.support.ledgers import (
    Counts,
    assert_agrees,
    begin_ledger_on,
    counted,
    hide_nothing,
    kept,
    noon,
    tally_of,
)
from tests.support.recount import Numbers

NATIONS, DAYS = 13, 14
Recounted = Callable[[date, date | None], Counts]


@pytest.mark.parametrize("first", range(0, 12 * NATIONS, NATIONS))
def test_the_kept_figures_are_those_of_a_count_on_any_day_and_as_known_on_any_other(
    app: Flask, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    random = Random(first)  # noqa: S311 chooses days
    every = random.choice((7, 20, 10_000))
    monkeypatch.setattr(ledger, "FOLDED_EVERY", every)
    hide_nothing(monkeypatch)
    again = cache(counted)
    with app.app_context(), clock.at(noon(LAST)):
        begin_ledger_on(FIRST)
        days = write(range(first, first + NATIONS))
        asked = [days_to_ask(random, days) for _ in range(DAYS)]
        for day, known_at in asked:
            no = None if known_at is None else no_known_on(known_at)
            assert kept(day, no) == again(day, known_at), (day, known_at, every)
        assert_causes_add_up(random, asked[:4], again)
        if first % (2 * NATIONS):
            assert_agrees()
        fold()
        forget()
        for day, known_at in asked[:6]:
            no = None if known_at is None else no_known_on(known_at)
            assert kept(day, no) == again(day, known_at), (day, known_at, "folded")
        assert_causes_add_up(random, asked[4:6], again)


def assert_causes_add_up(random: Random, asked: list[tuple[date, date | None]], again: Recounted) -> None:
    """Between days that were asked for: from what was known then to what is known now, or was at a day."""
    for (one, _), (other, known_at) in zip(asked[::2], asked[1::2], strict=True):
        first, last = min(one, other), max(one, other)
        start = again(first, first if known_at is None else min(first, known_at))
        same_day, end = again(first, known_at), again(last, known_at)
        for group in groups(random, end):
            wanted = sorted({key[-1] for key in end})[:6]
            for competency, bridge in bridges(group, (first, last), known_at, Viewpoint(), wanted).items():
                assert bridge is not None
                moved: dict[bool, Numbers] = defaultdict(Numbers)
                for cause, tally in bridge.moved.items():
                    moved[cause == RESTATED] += Numbers(*tally_of(tally).numbers)
                figures = [total(each, group, competency) for each in (start, same_day, end)]
                assert Numbers(*tally_of(bridge.start).numbers) == figures[0]
                assert Numbers(*tally_of(bridge.end).numbers) == figures[2]
                assert figures[0] + moved[True] == figures[1], (group, first, last, known_at, competency)
                assert figures[1] + moved[False] == figures[2], (group, first, last, known_at, competency)


def groups(random: Random, counts: Counts) -> list[Group]:
    """A group of each kind in which somebody is counted."""
    region, organisation, role, pillar, _ = random.choice(sorted(counts))
    return [
        Group(),
        Group(region=region),
        Group(organisation=organisation),
        Group(role=role),
        Group(pillar=pillar),
        Group(region=region, role=role),
        Group(region=region, pillar=pillar),
        Group(region=region, role=role, pillar=pillar),
        Group(organisation=organisation, role=role),
        Group(role=role, pillar=pillar),
    ]


def total(counts: Counts, group: Group, competency: str) -> Numbers:
    """The count of a group, added up one by one."""
    found = Numbers()
    for (*atom, key), numbers in counts.items():
        if key == competency and all(wanted in {None, own} for wanted, own in zip(group, atom, strict=True)):
            found += numbers
    return found
