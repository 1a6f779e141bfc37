"""Whom the facts of an act are about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from lms.competencies.models import Ending, Evidence, Requirement
from lms.core.database import db
from lms.people.acts import OutsideActError, reaches_everybody
from lms.people.models import Absence, Act, Appointment, Closing, Fact, Onboarding, Placement


@dataclass(slots=True)
class Touched:
    """Whose movements an act may change, and of which competencies (None: of all)."""

    people: set[int] = field(default_factory=set)
    competencies: set[str] | None = field(default_factory=set)

    def add(self, people: Iterable[int], competency: str | None = None) -> None:
        """Add people with one competency, or with all."""
        self.people.update(people)
        if competency is None:
            self.competencies = None
        elif self.competencies is not None:
            self.competencies.add(competency)


def touched_by(act: Act, facts: Sequence[Fact]) -> Touched:
    """Whom the facts of an act are about, those among them who only hold a role or belong to a team.

    Raises OutsideActError when there may be such people, and the act is not one for everybody.
    """
    found = Touched()
    evidence = _ids(facts, Evidence, "id") | _ids(facts, Ending, "evidence_id")
    for person, competency in (
        db.session.execute(
            select(Evidence.person_id, Evidence.competency_id).where(Evidence.id.in_(evidence))
        )
        if evidence
        else ()
    ):
        found.add([person], competency)
    if posts := _ids(facts, Appointment, "id") | _ids(facts, Closing, "appointment_id"):
        found.add(_people(Appointment.person_id, Appointment.id.in_(posts)))
    if absences := _ids(facts, Absence, "id") | _ids(facts, Closing, "absence_id"):
        found.add(_people(Absence.person_id, Absence.id.in_(absences)))
    roles = _ids(facts, Requirement, "role_profile_id")
    organisations = _ids(facts, Onboarding, "organisation_id")
    teams = _moved(_ids(facts, Placement, "team_id"), act)
    if (roles or organisations or teams) and not reaches_everybody():
        message = f"{act.kind} writes what is asked or where teams stand, and is no act for everybody"
        raise OutsideActError(message)
    if roles:
        holders = _people(Appointment.person_id, Appointment.role_profile_id.in_(roles))
        for competency in _ids(facts, Requirement, "competency_id"):
            found.add(holders, competency)
    if organisations:
        placed = select(Placement.team_id).where(Placement.organisation_id.in_(organisations))
        found.add(_people(Appointment.person_id, Appointment.team_id.in_(placed)))
    if teams:
        found.add(_people(Appointment.person_id, Appointment.team_id.in_(teams)))
    return found


def _ids(facts: Sequence[Fact], kind: type[Fact], key: str) -> set[Any]:
    """What the facts of one kind name under a key."""
    found = {getattr(fact, key) for fact in facts if isinstance(fact, kind)}
    return found - {None}


def _people(column: InstrumentedAttribute[int], wanted: ColumnElement[bool]) -> set[int]:
    return set(db.session.scalars(select(column).where(wanted).distinct()))


def _moved(teams: set[int], act: Act) -> set[int]:
    """Those of the teams that stood somewhere, or held people, before; nobody else holds a new one yet."""
    if not teams:
        return set()
    placed = select(Placement.team_id).where(Placement.team_id.in_(teams), Placement.act_id != act.id)
    held = select(Appointment.team_id).where(Appointment.team_id.in_(teams), Appointment.act_id != act.id)
    return set(db.session.scalars(placed.union(held)))
