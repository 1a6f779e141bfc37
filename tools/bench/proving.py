"""Proves on a sample that what is kept is what follows from the facts."""

import time
from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import func, select

from lms.competencies.balances import counted, head
from lms.competencies.folding import sums
from lms.competencies.histories import PENDING, histories, roles_and_teams, structure_history
from lms.competencies.ledger import chunks
from lms.competencies.models import CellRow, Movement
from lms.competencies.movements import Lines, moves
from lms.competencies.suppression import NO_PILLAR
from lms.competencies.tally import Cell, Tally
from lms.core.database import db
from lms.people.models import Appointment
from tools.steps import SetUpError

TEAMS_APART = 997
MOST_TEAMS = 40


def recounted_teams() -> dict[str, Any]:
    """Whole teams counted again from the facts of everybody who ever held a post there."""
    begun = time.perf_counter()
    last = db.session.scalar(select(func.max(Appointment.team_id))) or 0
    teams = set(range(1, last + 1, max(1, min(TEAMS_APART, last // MOST_TEAMS))))
    held = select(Appointment.person_id).where(Appointment.team_id.in_(teams)).distinct()
    people = set(db.session.scalars(held))
    counted_again: Lines = defaultdict(Tally)
    for some in chunks(people):
        found = histories(some)
        structure = structure_history(*roles_and_teams(found.values())).at(PENDING)
        for history in found.values():
            for line, tally in moves(history.at(PENDING), structure).items():
                if line[1].team in teams:
                    counted_again[line].merge(tally)
    kept = _kept(teams)
    different = kept.items() ^ {line: each.numbers for line, each in counted_again.items() if each}.items()
    if different or not kept:
        message = f"{len(different)} of {len(kept)} movements are not those that follow from the facts."
        raise SetUpError(message)
    seconds = time.perf_counter() - begun
    return {"people recounted": len(people), "people recounted a second": round(len(people) / seconds)}


def _kept(teams: set[int]) -> dict[Any, tuple[int, ...]]:
    place = (CellRow.region_id, CellRow.organisation_id, CellRow.team_id, CellRow.role_profile_id)
    keys = (*place, CellRow.pillar_id, Movement.effective, Movement.competency_id, Movement.cause)
    query = select(*keys, *sums(Movement)).join(CellRow, CellRow.id == Movement.cell_id)
    rows = db.session.execute(query.where(CellRow.team_id.in_(teams)).group_by(*keys))
    found = {}
    for region, organisation, team, role, pillar, day, competency, cause, *numbers in rows:
        cell = Cell(region, organisation, team, role, None if pillar == NO_PILLAR else pillar)
        if any(numbers):
            found[day, cell, competency, cause] = tuple(map(int, numbers))
    return found


def folded_agrees(today: date) -> str:
    """What is kept of today, compared with the sums of all movements, competency by competency."""
    at = head()
    by_competency: dict[str, Tally] = defaultdict(Tally)
    for (_, competency), tally in (counted(at, today, at.latest) or {}).items():
        by_competency[competency].merge(tally)
    query = select(Movement.competency_id, *sums(Movement)).where(Movement.effective <= today)
    rows = db.session.execute(query.group_by(Movement.competency_id))
    kept = {key: tally.numbers for key, tally in by_competency.items()}
    if kept != {key: tuple(map(int, numbers)) for key, *numbers in rows}:
        message = "What is kept of today is not what all movements come to."
        raise SetUpError(message)
    return "yes"
