"""Errors planted in what keeps, folds and reads the ledger: each is noticed, and the table says by what."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from flask import Flask

from lms.competencies import balances, cells, folding, histories, ledger, sheets, touching
from lms.competencies import bridges as bridging
from lms.competencies.balances import counted, head
from lms.competencies.bridges import bridges
from lms.competencies.disclosure import Viewpoint
from lms.competencies.folding import fold
from lms.competencies.recounting import recount
from lms.competencies.sheets import forget
from lms.competencies.suppression import Group
from lms.core import clock
from lms.people.acts import latest_no, no_known_on
from tests.support.ledger_plants import LedgerPlant
from tests.support.ledgers import STORY_ENDS, Office, hide_nothing, kept, noon, tally_of
from tests.support.ledgers import counted as counted_again
from tests.support.planted import instead

DAYS = tuple(
    date(*each)
    for each in ((2024, 2, 11), (2024, 4, 12), (2024, 6, 30), (2024, 9, 15), (2024, 11, 10), (2025, 2, 1))
)
KNOWN = (None, date(2024, 4, 12))
WHY_BETWEEN = ((DAYS[0], DAYS[3]), (DAYS[1], DAYS[4]))
GROUPS = (Group(), Group(region="west"), Group(region="east", role="buyer"))
REPORT, KEPT_REPORT, RECOUNT, WHY, GUARD = ("report", "report that was kept", "recount", "why", "guard")
FRESH = frozenset({REPORT, RECOUNT, WHY})
KEPT = frozenset({REPORT, KEPT_REPORT, RECOUNT})

PLANTS = (
    LedgerPlant(
        "a requirement reaches those alone who hold the role today",
        touching,
        "touched_by",
        instead(
            "_people(Appointment.person_id, Appointment.role_profile_id.in_(roles))",
            "_people(Appointment.person_id, Appointment.role_profile_id.in_(roles) & Appointment.id.not_in("
            "select(Closing.appointment_id).where(Closing.appointment_id.is_not(None))))",
        ),
        KEPT,
    ),
    LedgerPlant(
        "an ending forgets whose evidence it ends",
        touching,
        "touched_by",
        instead(' | _ids(facts, Ending, "evidence_id")', ""),
        KEPT,
    ),
    LedgerPlant(
        "a closing forgets whose post it closes",
        touching,
        "touched_by",
        instead(' | _ids(facts, Closing, "appointment_id")', ""),
        KEPT,
    ),
    LedgerPlant(
        "a team that moves takes nobody along",
        touching,
        "touched_by",
        instead("if teams:\n        found.add(", "if not teams:\n        found.add("),
        KEPT,
    ),
    LedgerPlant(
        "what was asked before the act is asked as after it",
        ledger,
        "difference",
        instead("with_act = structures.at(PENDING - 1)", "with_act = structures.at(PENDING)"),
        KEPT,
    ),
    LedgerPlant(
        "nothing is late",
        ledger,
        "rows_of",
        instead("(day, no, day < today,", "(day, no, False,"),
        frozenset({REPORT, WHY}),
    ),
    LedgerPlant(
        "what was before is not taken away",
        ledger,
        "add_difference",
        instead("for line in before.keys() - after.keys():", "for line in ():"),
        KEPT,
    ),
    LedgerPlant(
        "a fact in error counts on",
        histories,
        "Entry.known",
        instead("<= no < self.voided", "<= no <= self.voided"),
        KEPT,
    ),
    LedgerPlant(
        "an atom forgets its pillar",
        cells,
        "sums_of",
        instead("0, cell.role_profile, pillar", "0, cell.role_profile, NO_PILLAR"),
        KEPT,
    ),
    LedgerPlant(
        "the last act that was folded is folded again",
        folding,
        "fold",
        instead("Movement.recorded > before", "Movement.recorded >= before"),
        FRESH,
    ),
    LedgerPlant(
        "balances are not taken to today",
        folding,
        "fold",
        instead("if today > day:", "if today < day:"),
        frozenset({REPORT, RECOUNT}),
    ),
    LedgerPlant(
        "the day of the balances is not kept",
        folding,
        "fold",
        instead("max(day, today)\n", "day\n"),
        frozenset({REPORT, RECOUNT}),
    ),
    LedgerPlant(
        "flows of a day stand under the first of its month",
        folding,
        "_new",
        instead("NEW.c.first if month else NEW.c.day", "NEW.c.first"),
        frozenset({RECOUNT, WHY}),
    ),
    LedgerPlant(
        "a past day adds what it should take away",
        balances,
        "_between",
        instead("else (-1, day", "else (1, day"),
        FRESH,
    ),
    LedgerPlant(
        "the days beside the nearest month are always added",
        balances,
        "_between",
        instead("times if begin < end else -times", "times"),
        FRESH,
    ),
    LedgerPlant(
        "the month after the nearest one counts too",
        balances,
        "_between",
        instead("Flow.day < last", "Flow.day <= last"),
        FRESH,
    ),
    LedgerPlant(
        "the month after the last one counts too",
        balances,
        "_Days.months",
        instead("column < self._last", "column <= self._last"),
        frozenset({WHY}),
    ),
    LedgerPlant(
        "what was not known then is not taken away",
        balances,
        "_acts",
        instead("if no < at.folded_to:\n        yield -1", "if no < 0:\n        yield -1"),
        frozenset({REPORT, WHY}),
    ),
    LedgerPlant(
        "what was restated is forgotten",
        bridging,
        "_bridge",
        instead("moved[RESTATED] = restated - start", "moved[RESTATED] = start - start"),
        frozenset({WHY}),
    ),
    LedgerPlant(
        "nobody minds who folds meanwhile",
        balances,
        "_answer",
        instead("unchanged = row[width] == at.folds", "unchanged = True"),
        frozenset({GUARD}),
    ),
    LedgerPlant(
        "a day that is kept forgets what takes effect on it",
        sheets,
        "_changed",
        instead("if effective <= day and", "if effective < day and"),
        frozenset({KEPT_REPORT}),
    ),
)  # fmt: skip


def live() -> None:
    """The story of an office, with days that are kept in memory from its third month on."""
    office = Office()
    with clock.at(noon(date(2024, 3, 1))):
        for day in DAYS:
            kept(day, None)
    office.story()


def noticing(app: Flask) -> Iterator[str]:
    """By what an error is noticed at the end of the story."""
    with clock.at(noon(STORY_ENDS)):
        if any(kept(day, None) != counted_again(day, None) for day in DAYS):
            yield KEPT_REPORT
        forget()
        if any(not report_is_a_count(day, known_at) for day, known_at in product(DAYS, KNOWN)):
            yield REPORT
        if not recount().agrees:
            yield RECOUNT
        if any(not causes_add_up(*asked) for asked in product(GROUPS, WHY_BETWEEN, KNOWN)):
            yield WHY
        before = head()
        fold()
        if counted(before, DAYS[0], latest_no()) is not None:
            yield GUARD


def report_is_a_count(day: date, known_at: date | None) -> bool:
    no = None if known_at is None else no_known_on(known_at)
    return kept(day, no) == counted_again(day, known_at)


def causes_add_up(group: Group, days: tuple[date, date], known_at: date | None) -> bool:
    for bridge in bridges(group, days, known_at, Viewpoint(), ("law", "risk")).values():
        if bridge is None:
            return False
        total = tally_of(bridge.start)
        for each in bridge.moved.values():
            total.merge(tally_of(each))
        if total != tally_of(bridge.end):
            return False
    return True


@pytest.mark.parametrize(
    "plant", [each for each in PLANTS if each.module is not balances], ids=lambda plant: plant.error
)
def test_an_error_in_what_is_kept_is_noticed(
    app: Flask, plant: LedgerPlant, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide_nothing(monkeypatch)
    with plant.grown(), app.app_context():
        live()
        assert set(noticing(app)) == plant.noticed_by


@pytest.mark.parametrize(
    "plant", [each for each in PLANTS if each.module is balances], ids=lambda plant: plant.error
)
def test_an_error_in_what_is_read_is_noticed(
    told: Flask, plant: LedgerPlant, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide_nothing(monkeypatch)
    with plant.grown(), told.app_context():
        assert set(noticing(told)) - {KEPT_REPORT} == plant.noticed_by


def test_without_an_error_nothing_is_noticed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    hide_nothing(monkeypatch)
    with app.app_context():
        live()
        assert set(noticing(app)) == set()
