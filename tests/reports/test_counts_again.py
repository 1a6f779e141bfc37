"""The plain count against a second one that shares no code with it, on histories at random."""

from itertools import chain
from random import Random

import pytest
from flask import Flask

from lms.competencies.counts import Day, count
from lms.competencies.tally import Tally
from lms.people.acts import no_known_on
from tests.support.histories import days_to_ask, write
from tests.support.recount import Key, Numbers, recount

NATIONS, DAYS = 16, 32


def numbers(tally: Tally) -> Numbers:
    return Numbers(*tally.numbers)


def keyed(day: Day) -> dict[Key, Numbers]:
    return {
        (cell.region, cell.organisation, cell.team, cell.role_profile, cell.pillar, key): numbers(tally)
        for (cell, key), tally in day.counts.items()
    }


@pytest.mark.parametrize("first", range(0, 4 * NATIONS, NATIONS))
def test_both_counts_agree_on_any_day_and_as_known_on_any_other(app: Flask, first: int) -> None:
    random = Random(first)  # noqa: S311 chooses days
    kinds = Numbers()
    with app.app_context():
        days = write(range(first, first + NATIONS))
        for day, known_at in (days_to_ask(random, days) for _ in range(DAYS)):
            found = count(day, None if known_at is None else no_known_on(known_at))
            again = recount(day, known_at)
            assert keyed(found) == again.numbers, (day, known_at)
            assert sorted(chain.from_iterable(found.held.values())) == sorted(again.people)
            assert sorted(chain.from_iterable(found.absent.values())) == sorted(again.away)
            kinds = kinds + again.total(lambda _key: True)
    assert min(kinds.unrecorded, kinds.lapsed, kinds.short) > 0, "the histories leave a kind out"
