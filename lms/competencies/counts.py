"""The plain count of a report: the state of each counted appointment on one day, nothing kept.

Slow and exact: it reads every fact. It is also the recount that a quicker way must agree with.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import func, select

from lms.competencies.facts import facts_of, known, requirements
from lms.competencies.standing import AppointmentFacts, PersonFacts, Requirements, State, standing_on
from lms.competencies.tally import Cell, Tally
from lms.core.database import db
from lms.people.models import Onboarding, Placement
from lms.people.structure import Place

Counts = dict[tuple[Cell, str], Tally]
"""Cell and competency to what is counted there."""


@dataclass(frozen=True)
class Day:
    """All counts of one day, with who is counted and who is left out.

    `held` has the person of each appointment that is counted in a cell, `absent` the person of each
    that is left out there since they are away.
    """

    counts: Counts
    held: dict[Cell, list[int]]
    absent: dict[Cell, list[int]]
    on_board: frozenset[str]

    @cached_property
    def people(self) -> frozenset[int]:
        """Everybody who is counted."""
        return frozenset(person for people in self.held.values() for person in people)

    @property
    def appointments(self) -> int:
        """How many appointments are counted."""
        return sum(map(len, self.held.values()))

    @property
    def away(self) -> int:
        """How many appointments are left out since their person is away."""
        return sum(map(len, self.absent.values()))


def count(day: date, no: int | None = None, people: Iterable[int] | None = None) -> Day:
    """Count every appointment that is counted on a day, as known now or at an act; of all or some people."""
    facts = facts_of(people, no)
    asked = requirements(no)
    placed = placements(day, no)
    on_board = organisations_on_board(day, no)
    found = Day({}, {}, {}, frozenset(on_board))
    for person_id, person in facts.items():
        away = person.away(day)
        for appointment in person.appointments:
            place = placed.get(appointment.team_id)
            if day not in appointment.span or place is None or place.organisation_id not in on_board:
                continue
            cell = _cell(appointment, place)
            (found.absent if away else found.held).setdefault(cell, []).append(person_id)
            if away:
                continue
            for competency, state in states(appointment, person, asked, day).items():
                found.counts.setdefault((cell, competency), Tally()).add(state)
    return found


def states(
    appointment: AppointmentFacts, person: PersonFacts, asked: Requirements, day: date
) -> dict[str, State]:
    """The state of one appointment in each competency that its role asks for on a day."""
    return {
        competency: State(level, standing_on(person.pieces.get(competency, ()), person.absences, day))
        for competency, level in asked.on(appointment.role_profile, day).items()
    }


def placements(day: date, no: int | None = None) -> dict[int, Place]:
    """Every placed team's organisation and region on a day, as known."""
    query = select(Placement.team_id, Placement.organisation_id, Placement.region_id)
    query = query.where(Placement.from_day <= day).order_by(Placement.from_day, Placement.id)
    rows = db.session.execute(known(query, Placement, no))
    return {team: Place(organisation, region) for team, organisation, region in rows}


def organisations_on_board(day: date, no: int | None = None) -> dict[str, date]:
    """The organisations that are counted on a day, with their first day, as known."""
    query = select(Onboarding.organisation_id, func.min(Onboarding.from_day))
    query = query.where(Onboarding.from_day <= day).group_by(Onboarding.organisation_id)
    return dict(db.session.execute(known(query, Onboarding, no)).all())


def _cell(appointment: AppointmentFacts, place: Place) -> Cell:
    return Cell(
        place.region_id,
        place.organisation_id,
        appointment.team_id,
        appointment.role_profile,
        appointment.pillar,
    )
