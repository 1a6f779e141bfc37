"""The ledger keeps what every act moves: it gives the figures of a count of all facts, on any day."""

from collections import defaultdict
from datetime import date
from random import Random

import pytest
from flask import Flask

from lms.competencies import ledger
from lms.competencies.folding import fold
from lms.competencies.movements import AWAY, SECOND_POST
from lms.competencies.sheets import sheets_on
from lms.competencies.suppression import NO_PILLAR
from lms.people.acts import no_known_on
from tests.support.histories import days_to_ask, write
from tests.support.recount import Numbers, recount

NATIONS, DAYS = 13, 26
Counts = dict[tuple[str, str, str, str, str], Numbers]


def kept(day: date, no: int | None) -> Counts:
    """What the ledger gives, by region, organisation, role, pillar and competency."""
    sheets, _ = sheets_on(day, no)
    found = {
        (*atom, competency): Numbers(*tally.numbers)
        for competency, sheet in sheets.sheets.items()
        for atom, tally in sheet.atoms.items()
        if competency not in {AWAY, SECOND_POST}
    }
    return {key: numbers for key, numbers in found.items() if numbers != Numbers()}


def counted(day: date, known_at: date | None) -> Counts:
    """The same by a count of all facts."""
    found: Counts = defaultdict(Numbers)
    for (region, organisation, _, role, pillar, key), numbers in recount(day, known_at).numbers.items():
        atom = (region, organisation, role, pillar or NO_PILLAR, key)
        found[atom] = found[atom] + numbers
    return dict(found)


@pytest.mark.parametrize("first", range(0, 12 * NATIONS, NATIONS))
def test_the_kept_figures_are_those_of_a_count_on_any_day_and_as_known_on_any_other(
    app: Flask, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    random = Random(first)  # noqa: S311 chooses days
    every = random.choice((7, 60, 10_000))
    monkeypatch.setattr(ledger, "FOLDED_EVERY", every)
    with app.app_context():
        days = write(range(first, first + NATIONS))
        asked = [days_to_ask(random, days) for _ in range(DAYS)]
        for day, known_at in asked:
            no = None if known_at is None else no_known_on(known_at)
            assert kept(day, no) == counted(day, known_at), (day, known_at, every)
        fold()
        app.extensions.pop("sheets")
        for day, known_at in asked[:6]:
            no = None if known_at is None else no_known_on(known_at)
            assert kept(day, no) == counted(day, known_at), (day, known_at, "folded")
