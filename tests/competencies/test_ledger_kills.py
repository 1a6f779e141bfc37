"""A process that is killed in the middle of a write or a fold leaves nothing half done."""

import signal
import subprocess
import sys

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.competencies.folding import fold
from lms.competencies.models import Balance, Flow, Movement
from lms.core.database import db
from lms.people.acts import latest_no
from lms.people.models import Person
from tests.support import build
from tests.support.ledgers import assert_agrees

PROGRAM = """
import os, signal, sys

from lms import create_app
from lms.competencies import folding, ledger
from lms.competencies.models import Balance
from lms.core.database import db
from lms.people.models import Person
from tests.support import build
from tests.support.application import settings_for

address, point = sys.argv[1:]
append, add = ledger.append, folding._add


def append_and_die(*arguments):
    append(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)


def add_flows_and_die(table, query):
    if table is Balance:
        os.kill(os.getpid(), signal.SIGKILL)
    add(table, query)


if point == "write":
    ledger.append = append_and_die
else:
    folding._add = add_flows_and_die
    ledger.FOLDED_EVERY = 1
with create_app(settings_for(address)).app_context():
    if point == "fold":
        folding.fold()
    build.evidence(db.session.get(Person, 1), "law", 4)
"""


def kept() -> list[int | None]:
    """How many rows each table holds, and the newest act."""
    tables = (Movement, Balance, Flow)
    return [latest_no(), *(db.session.scalar(select(func.count()).select_from(each)) for each in tables)]


@pytest.mark.parametrize("point", ["write", "fold", "fold in a write"])
def test_what_was_killed_half_way_was_never_begun(told: Flask, point: str) -> None:
    with told.app_context():
        before = kept()
        address = db.engine.url.render_as_string(hide_password=False)
        db.session.remove()
        killed = subprocess.run(
            [sys.executable, "-c", PROGRAM, address, point], capture_output=True, check=False
        )
        assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
        assert kept() == before
        assert_agrees()
        build.evidence(db.session.get_one(Person, 1), "law", 4)
        assert fold() > 0
        assert kept() != before
        assert_agrees()
