"""Where people and teams stand today, in the form in which permission is asked about them."""

from sqlalchemy import ColumnElement, and_, literal, select

from lms.core import clock
from lms.core.database import db
from lms.people.access import Subject
from lms.people.models import Appointment, Organisation, Team
from lms.people.structure import holding, latest_placement


def person_subject(person_id: int) -> Subject:
    """The person, the teams of their present appointments with all above, and where those lie."""
    held = holding(clock.today()).where(Appointment.person_id == person_id).subquery()
    return _subject(person_id, Team.id.in_(select(held.c.team_id)))


def team_subject(team_id: int) -> Subject:
    """A team with all above it, and where it lies."""
    return _subject(None, Team.id == team_id)


def organisation_subject(organisation: Organisation) -> Subject:
    """An organisation in its region."""
    return Subject(organisations=frozenset({organisation.id}), regions=frozenset({organisation.region_id}))


def _subject(person_id: int | None, own: ColumnElement[bool]) -> Subject:
    """What is asked about, from its own teams; one statement."""
    line = select(Team.id, Team.parent_id, literal(1).label("own")).where(own).cte("line", recursive=True)
    line = line.union(select(Team.id, Team.parent_id, literal(0)).join(line, Team.id == line.c.parent_id))
    placed = latest_placement(clock.today()).subquery()
    rows = db.session.execute(
        select(line.c.id, placed.c.organisation_id, placed.c.region_id).outerjoin(
            placed, and_(line.c.own == 1, placed.c.team_id == line.c.id)
        )
    ).all()
    return Subject(
        person_id,
        frozenset(row.id for row in rows),
        frozenset(row.organisation_id for row in rows if row.organisation_id is not None),
        frozenset(row.region_id for row in rows if row.region_id is not None),
    )
