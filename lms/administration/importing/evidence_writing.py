"""Imports a file of earlier courses, attendance and qualifications: all of it in one act, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import select

from lms.administration.importing.evidence import EVIDENCE_COLUMNS, EvidenceRow, check_evidence
from lms.administration.importing.known import people_by_email
from lms.administration.importing.problems import Problem
from lms.administration.importing.reading import read_lines
from lms.competencies.evidence import record_evidence
from lms.competencies.models import Basis, Evidence
from lms.content import catalogue
from lms.core import clock
from lms.core.database import db
from lms.people.acts import act
from lms.people.models import Person

REASON = "import of evidence"


@dataclass(slots=True)
class EvidenceOutcome:
    """What an import wrote, or would write; with problems it wrote nothing. `no` is the number of its act.

    `repeated` are rows that another row states already, with that row; `recorded` those that were
    written before, also when that entry was marked as entered in error since.
    """

    new: list[EvidenceRow] = field(default_factory=list)
    repeated: list[tuple[EvidenceRow, int]] = field(default_factory=list)
    recorded: list[EvidenceRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    no: int | None = None


class _NothingNewError(Exception):
    """Now that the rows are locked, the file states nothing new."""


def import_evidence(data: bytes, *, by: int | None, dry_run: bool = False) -> EvidenceOutcome:
    """Check a CSV file of evidence and write what it states, as one act.

    A file with a problem, and one that states what is recorded already, write nothing.
    """
    bare = Problem(
        None, "", "", _("The file has headings and no rows"), _("Write a row for each level that was shown.")
    )
    lines, problems = read_lines(data, EVIDENCE_COLUMNS, bare)
    known = set(db.session.scalars(select(Person.email))) if lines else set()
    rows, found = check_evidence(lines, known, catalogue.current().framework, clock.today())
    problems = sorted(problems + found, key=lambda each: each.row or 0)
    if problems:
        return EvidenceOutcome(problems=problems)
    people = {email: each.id for email, each in people_by_email({row.email for row in rows}).items()}
    planned = _plan(rows, people)
    if dry_run or not planned.new:
        return planned
    try:
        return _write(rows, people, by)
    except _NothingNewError:
        return _plan(rows, people)


def _write(rows: list[EvidenceRow], people: dict[str, int], by: int | None) -> EvidenceOutcome:
    with act("import", by, reason=REASON, people=people.values()) as current:
        outcome = _plan(rows, people)
        if not outcome.new:
            raise _NothingNewError
        for row in outcome.new:
            record_evidence(
                people[row.email],
                row.competency,
                row.level,
                Basis.IMPORT,
                from_day=row.from_day,
                until_day=row.until_day,
                words=row.words,
                by=by,
            )
    outcome.no = current.no
    return outcome


def _plan(rows: Iterable[EvidenceRow], people: dict[str, int]) -> EvidenceOutcome:
    """Sort the rows into what is new, what the file states twice, and what is recorded."""
    outcome = EvidenceOutcome()
    recorded = _recorded(people)
    first: dict[object, int] = {}
    for row in rows:
        if (other := first.setdefault(row.stated, row.row)) != row.row:
            outcome.repeated.append((row, other))
        elif row.stated in recorded:
            outcome.recorded.append(row)
        else:
            outcome.new.append(row)
    return outcome


def _recorded(people: dict[str, int]) -> set[object]:
    """What imports have written of these people, as a row would state it."""
    emails = {key: email for email, key in people.items()}
    query = select(
        Evidence.person_id,
        Evidence.competency_id,
        Evidence.level,
        Evidence.from_day,
        Evidence.until_day,
        Evidence.words,
    ).where(Evidence.basis == Basis.IMPORT)
    return {(emails[person], *stated) for person, *stated in db.session.execute(query) if person in emails}
