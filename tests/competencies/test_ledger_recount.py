"""`flask ledger recount --check` counts everything again, and finds what was changed behind its back."""

from datetime import date

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import delete, text

from lms.competencies.folding import fold
from lms.competencies.models import Ledger
from lms.competencies.recounting import FIRST_DIFFERENCES
from lms.core.database import db, writing


def ledger(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["ledger", *words])


def test_all_agrees_after_a_story_and_again_when_it_is_folded(told: Flask) -> None:
    for _ in range(2):
        found = ledger(told, "recount", "--check")
        number, words = found.stdout.split(" ", 1)
        assert (found.exit_code, words) == (0, "figures compared, all agree.\n")
        assert int(number) > 100
        with told.app_context():
            fold()


WRITTEN_BEHIND = """
    INSERT INTO evidence (person_id, competency_id, level, basis, from_day, words, act_id)
    SELECT person_id, 'law', 4, 'import', '2024-03-03', 'seen', act_id FROM evidence WHERE id = 1
"""
ON_A_ROW = {
    "a movement": (
        "UPDATE movement SET lapsed = lapsed + 1 WHERE id = (SELECT max(id) FROM movement)",
        "movements: region west, organisation brack, team ",
    ),
    "a movement that is lost": (
        "DELETE FROM movement WHERE effective = '2024-09-15'",
        "movements: region west, organisation brack, team ",
    ),
    "a balance": (
        "UPDATE balance SET missing = missing + 2 WHERE competency_id = 'risk'",
        "balance: region west, organisation brack, role buyer, pillar none, 2024-10-05, risk: kept ",
    ),
    "a flow of a month": (
        "UPDATE flow SET short = short + 1 WHERE month AND day = '2024-09-01' AND competency_id = 'law'",
        "flow of a month: region west, 2024-09-01, law, ",
    ),
    "a flow of a day": (
        "DELETE FROM flow WHERE NOT month AND cause = 'lapsed'",
        "flow of a day: role buyer, 2024-09-15, law, lapsed: kept nothing; counted ",
    ),
    "a flow in another month": (
        "UPDATE flow SET day = '2024-10-01' WHERE month AND day = '2024-09-01' AND cause = 'lapsed'",
        "flow of a month: role buyer, 2024-10-01, law, lapsed: kept ",
    ),
    "a fact": (WRITTEN_BEHIND, "report: region "),
    "a place": (
        "UPDATE cell SET region_id = 'east' WHERE shape = 'atom' AND organisation_id = 'brack'",
        "balance: region east, organisation brack, ",
    ),
}


@pytest.mark.parametrize("what", ON_A_ROW)
def test_what_was_changed_by_hand_is_found_and_named(told: Flask, what: str) -> None:
    change, named = ON_A_ROW[what]
    with told.app_context(), db.engine.begin() as connection:
        assert connection.execute(text(change)).rowcount >= 1
    found = ledger(told, "recount", "--check")
    *lines, last = found.stdout.splitlines()
    assert found.exit_code == 1
    assert any(line.startswith(named) for line in lines), found.stdout
    assert last.endswith(" figures differ.")


def test_no_more_differences_are_listed_than_can_be_read(told: Flask) -> None:
    with told.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE flow SET appointments = appointments + 1"))
    *lines, last = ledger(told, "recount", "--check").stdout.splitlines()
    assert len(lines) == FIRST_DIFFERENCES
    assert int(last.split(" of ")[0]) > FIRST_DIFFERENCES


def test_where_there_is_nothing_to_compare_nothing_is_proved(app: Flask) -> None:
    found = ledger(app, "recount", "--check")
    assert (found.exit_code, found.stdout) == (1, "There is nothing to compare yet.\n")


@pytest.mark.parametrize("words", [("recount", "--check"), ("recount",), ("fold",)])
def test_a_ledger_that_is_not_filled_says_so(app: Flask, words: tuple[str, ...]) -> None:
    with app.app_context(), writing():
        db.session.execute(delete(Ledger))
    found = ledger(app, *words)
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr == "The ledger is not filled: run flask ledger fill.\n"


def test_without_a_check_it_says_how_far_the_ledger_is(told: Flask) -> None:
    found = ledger(told, "recount")
    assert found.exit_code == 0
    assert found.stdout.endswith(f"with balances of {date(2024, 10, 5)}.\n")


def test_filling_a_ledger_again_gives_the_same(told: Flask) -> None:
    with told.app_context(), writing():
        db.session.execute(delete(Ledger))
    assert "The ledger is filled." in ledger(told, "fill").stdout
    assert ledger(told, "fill").stdout == "The ledger is kept already.\n"
    assert ledger(told, "recount", "--check").exit_code == 0
