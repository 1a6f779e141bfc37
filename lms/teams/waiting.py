"""What waits for a manager or an assessor, and whom they may assess."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from lms.competencies.assessing import elsewhere
from lms.competencies.models import Assessment, Qualification
from lms.competencies.replies import reach_over
from lms.core.database import db
from lms.learning.models import Application
from lms.people.identity import Identity
from lms.people.models import Act, Appointment, Duty, Person
from lms.people.reports import reports_of
from lms.people.structure import holding
from lms.people.subjects import person_subjects

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Second:
    """A level that waits for a second assessor; `at` is in UTC."""

    id: int
    person_id: int
    person: str
    competency: str
    level: int
    words: str
    reference: str | None
    seen_from: date | None
    seen_to: date | None
    assessor_id: int
    assessor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """A qualification that waits for somebody to see its certificate; entered at `at`, in UTC."""

    id: int
    person_id: int
    person: str
    accreditation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Used:
    """A use at work that waits for somebody to confirm it; sent at `at`, in UTC."""

    id: int
    person_id: int
    person: str
    used_on: date
    at: datetime


def uses_for(who: Identity, day: date) -> list[Used]:
    """The uses at work of those who report to somebody that wait, the oldest first."""
    names = reports_of(who.person_id, who.held(Duty.MANAGER), day).names
    rows = db.session.execute(
        select(Application.id, Application.person_id, Application.used_on, Act.at)
        .join(Act, Act.id == Application.act_id)
        .where(Application.person_id.in_(names), Application.confirmed.is_(None))
        .order_by(Application.act_id, Application.id)
    )
    return [Used(id_, person, names[person], used_on, at) for id_, person, used_on, at in rows]


def papers_for(who: Identity, day: date) -> list[Paper]:
    """The qualifications of those who report to somebody that nobody has seen yet, the oldest first."""
    names = reports_of(who.person_id, who.held(Duty.MANAGER), day).names
    rows = db.session.execute(
        select(Qualification.id, Qualification.person_id, Qualification.accreditation_id, Act.at)
        .join(Act, Act.id == Qualification.act_id)
        .where(Qualification.person_id.in_(names), Qualification.seen.is_(None))
        .order_by(Qualification.id)
    )
    return [Paper(id_, person, names[person], key, at) for id_, person, key, at in rows]


def seconds_for(assessor_id: int) -> list[Second]:
    """The levels that wait for somebody of another organisation, the oldest first.

    To whoever holds no post they are shown, so that the page can say why they may not be confirmed.
    """
    person, assessor = aliased(Person), aliased(Person)
    query = (
        select(
            Assessment.id,
            Assessment.person_id,
            person.name.label("person"),
            Assessment.competency_id.label("competency"),
            Assessment.level,
            Assessment.words,
            Assessment.reference,
            Assessment.seen_from,
            Assessment.seen_to,
            Assessment.by_id.label("assessor_id"),
            assessor.name.label("assessor"),
            Act.at,
        )
        .join(person, person.id == Assessment.person_id)
        .join(assessor, assessor.id == Assessment.by_id)
        .join(Act, Act.id == Assessment.act_id)
        .where(Assessment.evidence_id.is_(None), Assessment.settled_act_id.is_(None))
        .where(Assessment.by_id != assessor_id, Assessment.person_id != assessor_id)
        .order_by(Assessment.id)
    )
    found = [Second(**row._mapping) for row in db.session.execute(query)]  # noqa: SLF001 its documented way to names
    reach = reach_over(assessor_id, {each.person_id for each in found})
    found = [each for each in found if reach.get(each.person_id, 0) >= each.level]
    return _elsewhere(assessor_id, found)


def _elsewhere(assessor_id: int, found: list[Second]) -> list[Second]:
    people = {assessor_id, *(each.person_id for each in found)}
    where = {key: subject.organisations for key, subject in person_subjects(people).items()}
    own = where[assessor_id]
    return [each for each in found if not own or elsewhere(own, where[each.person_id])]


def people_found(who: Identity, words: str, day: date) -> list[tuple[int, str]]:
    """The first people whom somebody may assess, by a part of their name or address; three statements."""
    reports = reports_of(who.person_id, who.held(Duty.MANAGER, Duty.ASSESSOR), day)
    teams = [each.id for each in reports.teams]
    held = holding(day).where(Appointment.team_id.in_(teams)).subquery()
    named = or_(Person.name.icontains(words, autoescape=True), Person.email.icontains(words, autoescape=True))
    query = select(Person.id, Person.name).where(
        named, Person.id != who.person_id, Person.id.in_(select(held.c.person_id))
    )
    rows = db.session.execute(query.order_by(Person.name, Person.id).limit(MOST_FOUND))
    return [(person_id, name) for person_id, name in rows]
