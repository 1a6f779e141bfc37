"""Where people and teams stand today, in the form in which permission is asked about them."""

from lms.core import clock
from lms.core.database import db
from lms.people.access import Subject
from lms.people.models import Appointment, Organisation
from lms.people.structure import holding, places, team_line


def person_subject(person_id: int) -> Subject:
    """The person, the teams of their present appointments with all above, and where those lie."""
    day = clock.today()
    held = db.session.execute(holding(day).where(Appointment.person_id == person_id)).all()
    return _subject(person_id, [team for _, team in held])


def team_subject(team_id: int) -> Subject:
    """A team with all above it, and where it lies."""
    return _subject(None, [team_id])


def organisation_subject(organisation: Organisation) -> Subject:
    """An organisation in its region."""
    return Subject(organisations=frozenset({organisation.id}), regions=frozenset({organisation.region_id}))


def _subject(person_id: int | None, team_ids: list[int]) -> Subject:
    known = places(clock.today()) if team_ids else {}
    found = [known[team] for team in team_ids if team in known]
    return Subject(
        person_id,
        frozenset(above for team in team_ids for above in team_line(team)),
        frozenset(place.organisation_id for place in found),
        frozenset(place.region_id for place in found),
    )
