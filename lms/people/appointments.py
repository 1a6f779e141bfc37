"""People, teams, and the facts of who works where: every change is written inside the caller's act."""

from datetime import date

from sqlalchemy import select

from lms.core.database import db
from lms.people.acts import act, void
from lms.people.models import (
    Absence,
    Appointment,
    Closing,
    Onboarding,
    Organisation,
    Person,
    Placement,
    Sharing,
    Team,
)


def find_person(email: str) -> Person | None:
    """The person with this address, whatever its capitals."""
    return db.session.scalars(select(Person).where(Person.email == email.strip().lower())).first()


def add_person(name: str, email: str) -> Person:
    """A new person; the address is kept in lower case, since it names one person."""
    person = Person(name=name.strip(), email=email.strip().lower())
    db.session.add(person)
    db.session.flush()
    return person


def add_team(
    name: str, organisation: Organisation, from_day: date, *, parent: Team | None, by: int | None
) -> Team:
    """A new team, placed in an organisation and its region from a day."""
    with act("team", by, organisations=[organisation.id]):
        team = Team(name=name, parent_id=parent.id if parent else None)
        db.session.add(team)
        db.session.flush()
        db.session.add(
            Placement(
                team_id=team.id,
                organisation_id=organisation.id,
                region_id=organisation.region_id,
                from_day=from_day,
            )
        )
        db.session.flush()
    return team


def appoint(
    person_id: int,
    team_id: int,
    role_profile_id: str,
    from_day: date,
    *,
    by: int | None,
    pillar_id: str | None = None,
    to_day: date | None = None,
) -> Appointment:
    """Give a person a role profile in a team from a day; `to_day` is the first that no longer counts."""
    with act("appointment", by, people=[person_id], roles=[role_profile_id], teams=[team_id]):
        appointment = Appointment(
            person_id=person_id,
            team_id=team_id,
            role_profile_id=role_profile_id,
            pillar_id=pillar_id,
            from_day=from_day,
            to_day=to_day,
        )
        db.session.add(appointment)
        db.session.flush()
    return appointment


def close_appointment(appointment: Appointment, day: date, *, by: int | None) -> None:
    """End an appointment: `day` is the first on which it no longer holds."""
    with act("appointment-end", by, people=[appointment.person_id], teams=[appointment.team_id]):
        db.session.add(Closing(appointment_id=appointment.id, day=day))


def record_absence(person_id: int, from_day: date, to_day: date | None, *, by: int | None) -> Absence:
    """A person is away from a day to the day of return, which may be open; no reason is kept."""
    with act("absence", by, people=[person_id]):
        absence = Absence(person_id=person_id, from_day=from_day, to_day=to_day)
        db.session.add(absence)
        db.session.flush()
    return absence


def end_absence(absence: Absence, day: date, *, by: int | None) -> None:
    """Record the return of a person who was away: `day` is the first day back."""
    with act("absence-end", by, people=[absence.person_id]):
        db.session.add(Closing(absence_id=absence.id, day=day))


def absence_in_error(absence: Absence, *, by: int | None) -> None:
    """Mark an absence as entered in error: the person was never away; no reason is kept here either."""
    with act("absence-error", by, people=[absence.person_id]):
        void(absence)


def onboard(organisation_id: str, day: date, *, by: int | None, reason: str | None = None) -> None:
    """Count an organisation from a day."""
    with act("onboarding", by, reason=reason, everybody=True, organisations=[organisation_id]):
        db.session.add(Onboarding(organisation_id=organisation_id, from_day=day))


def set_sharing(
    organisation: Organisation, sharing: Sharing, *, by: int | None, reason: str | None = None
) -> None:
    """Keep how an organisation has agreed that its figures leave it."""
    with act("sharing", by, reason=reason, organisations=[organisation.id]):
        kept = db.session.get_one(Organisation, organisation.id)
        kept.sharing = sharing
