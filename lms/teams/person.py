"""One person's record for somebody who may read it: the record itself, where they work, what is new."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select, true

from lms.competencies.facts import facts_of, known, requirements
from lms.competencies.standing import PersonFacts
from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.core.database import db
from lms.learning.entries import Entry, entries_of
from lms.learning.models import Completion, CompletionEvidence
from lms.learning.record import Record, appointments_on, build_record
from lms.people.models import Person, Team


@dataclass(frozen=True, slots=True)
class LatestPass:
    """The newest completion, and the entries of the levels that it showed."""

    title: str
    edition: int
    passed_on: date
    shown: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person's record with the teams that they work in; of a past day, by what was known then."""

    name: str
    teams: tuple[str, ...]
    record: Record
    latest: LatestPass | None
    facts: PersonFacts


def name_of(person_id: int) -> str:
    """A person's name; one statement."""
    return db.session.scalars(select(Person.name).where(Person.id == person_id)).one()


def person_record(person_id: int, day: date, known_no: int | None) -> PersonRecord:
    """The record as of a day, as known now (None) or at an act; eight statements, however much it holds."""
    facts = facts_of([person_id], known_no)[person_id]
    published = catalogue.current()
    record = build_record(
        person_id,
        day,
        known_no,
        facts=facts,
        asked=requirements(known_no),
        published=published,
        entries=entries_of(person_id, known_no, facts),
    )
    teams = [each.team_id for each in appointments_on(facts, day)]
    rows = _about(person_id, teams, day, known_no)
    return PersonRecord(
        rows[0].name,
        tuple(dict.fromkeys(row.team for row in rows if row.team)),
        record,
        _latest(rows, record, published),
        facts,
    )


def _about(person_id: int, teams: Iterable[int], day: date, known_no: int | None) -> list[Row[Any]]:
    """The person's name, beside each team and each level that the newest completion showed."""
    passed = select(Completion.id, Completion.module_id, Completion.edition, Completion.passed_on).where(
        Completion.person_id == person_id, Completion.passed_on <= day
    )
    newest = (
        known(passed, Completion, known_no)
        .order_by(Completion.passed_on.desc(), Completion.id.desc())
        .limit(1)
        .subquery()
    )
    query = (
        select(
            Person.name,
            Team.name.label("team"),
            newest.c.module_id,
            newest.c.edition,
            newest.c.passed_on,
            CompletionEvidence.evidence_id,
        )
        .select_from(Person)
        .outerjoin(Team, Team.id.in_(list(teams)))
        .outerjoin(newest, true())
        .outerjoin(CompletionEvidence, CompletionEvidence.completion_id == newest.c.id)
        .where(Person.id == person_id)
        .order_by(Team.name, Team.id, CompletionEvidence.evidence_id)
    )
    return list(db.session.execute(query))


def _latest(rows: list[Row[Any]], record: Record, published: Catalogue) -> LatestPass | None:
    first = rows[0]
    if first.module_id is None:
        return None
    module = published.module(published.resolve(first.module_id))
    ids = {row.evidence_id for row in rows}
    shown = tuple(each for each in record.entries if each.is_evidence and each.evidence_id in ids)
    return LatestPass(module.title if module else first.module_id, first.edition, first.passed_on, shown)
