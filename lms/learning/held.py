"""All that is held about one person, as plain values: the answer to “what do you know about me?”."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from lms.competencies.models import (
    Assessment,
    Ending,
    Evidence,
    HelpOffer,
    Qualification,
    Reply,
    SelfAssessment,
)
from lms.content.models import ModuleVersion
from lms.core.database import db
from lms.learning.comments import Comment, writer_of
from lms.learning.held_above import held_above
from lms.learning.held_initiatives import initiatives_by
from lms.learning.held_plans import plans_about
from lms.learning.held_rows import AnySelect, Values, plain, rows_of
from lms.learning.held_works import works_by
from lms.learning.held_written import written_by
from lms.learning.models import Answer, Attempt, Completion, Enrolment, ReadingPlace
from lms.people.models import (
    Absence,
    Account,
    Act,
    Appointment,
    Closing,
    Digest,
    Fact,
    Grant,
    Organisation,
    Person,
    RecordReading,
    Team,
)
from lms.people.structure import latest_placement


def held_about(person_id: int) -> Values:
    """Everything that is kept about a person, oldest first, with when it was written and by whom.

    Days and moments (UTC) are ISO 8601. `until_day` and `to_day` are the first day that no longer
    counts. A fixed number of statements, however much there is.
    """
    return {
        "person": _person(person_id),
        "appointments": _appointments(person_id),
        "absences": _absences(person_id),
        "grants": _grants(person_id),
        "weekly_mail": _mail(person_id),
        "evidence": _evidence(person_id),
        "assessments": _assessments(person_id),
        "replies": _replies(person_id),
        "self_assessments": _said(person_id),
        "qualifications": _qualifications(person_id),
        "may_be_asked_about": _offers(person_id),
        "completions": _completions(person_id),
        "attempts": _attempts(person_id),
        "enrolments": _enrolments(person_id),
        "plans_of_leads": plans_about(person_id),
        **written_by(person_id),
        "comments": _comments(person_id),
        "reading_places": _places(person_id),
        "readings_of_the_record": _readings(person_id),
        "works_of_teams": works_by(person_id),
        "initiatives": initiatives_by(person_id),
        **held_above(person_id),
    }


def _person(person_id: int) -> Values:
    query = (
        select(
            Person.name,
            Person.email,
            Account.id.is_not(None).label("has_account"),
            Account.password_hash.is_not(None).label("has_password"),
        )
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Person.id == person_id)
    )
    return plain(db.session.execute(query).one())


def _appointments(person_id: int) -> list[Values]:
    placed = latest_placement().subquery()
    query = (
        select(
            Appointment.role_profile_id.label("role_profile"),
            Appointment.pillar_id.label("pillar"),
            Team.name.label("team"),
            Organisation.name.label("organisation"),
            Appointment.from_day,
            Appointment.to_day,
            _closed(Closing.appointment_id, Appointment.id),
        )
        .join(Team, Team.id == Appointment.team_id)
        .outerjoin(placed, placed.c.team_id == Team.id)
        .outerjoin(Organisation, Organisation.id == placed.c.organisation_id)
        .where(Appointment.person_id == person_id)
    )
    return _facts(query, Appointment)


def _absences(person_id: int) -> list[Values]:
    query = select(Absence.from_day, Absence.to_day, _closed(Closing.absence_id, Absence.id))
    return _facts(query.where(Absence.person_id == person_id), Absence)


def _grants(person_id: int) -> list[Values]:
    given, ended, giver = aliased(Act), aliased(Act), aliased(Person)
    query = (
        select(
            Grant.duty,
            Grant.scope,
            Team.name.label("team"),
            Grant.organisation_id.label("organisation"),
            Grant.region_id.label("region"),
            Grant.highest_level,
            Grant.from_day,
            Grant.to_day,
            given.at.label("written_at"),
            giver.name.label("written_by"),
            given.reason,
            ended.at.label("ended_at"),
            ended.reason.label("ended_reason"),
        )
        .join(given, given.id == Grant.act_id)
        .outerjoin(giver, giver.id == given.by_id)
        .outerjoin(ended, ended.id == Grant.end_act_id)
        .outerjoin(Team, Team.id == Grant.team_id)
        .where(Grant.person_id == person_id)
        .order_by(Grant.id)
    )
    return rows_of(query)


def _mail(person_id: int) -> list[Values]:
    return rows_of(select(Digest.sent_at, Digest.stopped_at).where(Digest.person_id == person_id))


def _evidence(person_id: int) -> list[Values]:
    query = select(
        Evidence.id,
        Evidence.competency_id.label("competency"),
        Evidence.level,
        Evidence.basis,
        Evidence.from_day,
        Evidence.until_day,
        Evidence.words,
    ).where(Evidence.person_id == person_id)
    ended = (
        select(Ending.evidence_id.label("of"), Ending.day, Ending.kind, Act.reason)
        .join(Evidence, Evidence.id == Ending.evidence_id)
        .where(Evidence.person_id == person_id)
    )
    return _nested(_facts(query, Evidence), "endings", _facts(ended, Ending))


def _assessments(person_id: int) -> list[Values]:
    settled, assessor, second = aliased(Act), aliased(Person), aliased(Person)
    query = (
        select(
            Assessment.evidence_id.label("evidence"),
            Assessment.competency_id.label("competency"),
            Assessment.level,
            Assessment.kind,
            Assessment.words,
            Assessment.reference,
            Assessment.seen_from,
            Assessment.seen_to,
            assessor.name.label("assessed_by"),
            Act.at.label("written_at"),
            second.name.label("settled_by"),
            settled.at.label("settled_at"),
            settled.reason.label("settled_reason"),
        )
        .join(assessor, assessor.id == Assessment.by_id)
        .join(Act, Act.id == Assessment.act_id)
        .outerjoin(settled, settled.id == Assessment.settled_act_id)
        .outerjoin(second, second.id == settled.by_id)
        .where(Assessment.person_id == person_id)
        .order_by(Assessment.id)
    )
    return rows_of(query)


def _replies(person_id: int) -> list[Values]:
    decided, decider = aliased(Act), aliased(Person)
    query = (
        select(
            Reply.evidence_id.label("evidence"),
            Reply.words,
            Reply.disputes,
            Act.at.label("written_at"),
            Reply.stands,
            decider.name.label("decided_by"),
            decided.at.label("decided_at"),
            decided.reason.label("decided_reason"),
        )
        .join(Evidence, Evidence.id == Reply.evidence_id)
        .join(Act, Act.id == Reply.act_id)
        .outerjoin(decided, decided.id == Reply.decided_act_id)
        .outerjoin(decider, decider.id == decided.by_id)
        .where(Evidence.person_id == person_id)
        .order_by(Reply.id)
    )
    return rows_of(query)


def _said(person_id: int) -> list[Values]:
    query = select(SelfAssessment.competency_id.label("competency"), SelfAssessment.level, SelfAssessment.at)
    return rows_of(query.where(SelfAssessment.person_id == person_id).order_by(SelfAssessment.id))


def _qualifications(person_id: int) -> list[Values]:
    settled, settler = aliased(Act), aliased(Person)
    query = (
        select(
            Qualification.accreditation_id.label("accreditation"),
            Qualification.number,
            Qualification.awarded_on,
            Act.at.label("written_at"),
            Qualification.seen,
            settler.name.label("settled_by"),
            settled.at.label("settled_at"),
            settled.reason.label("settled_reason"),
        )
        .join(Act, Act.id == Qualification.act_id)
        .outerjoin(settled, settled.id == Qualification.settled_act_id)
        .outerjoin(settler, settler.id == settled.by_id)
        .where(Qualification.person_id == person_id)
        .order_by(Qualification.id)
    )
    return rows_of(query)


def _completions(person_id: int) -> list[Values]:
    query = select(
        Completion.module_id.label("module"), Completion.edition, Completion.passed_on, Completion.until_day
    ).where(Completion.person_id == person_id)
    return _facts(query, Completion)


def _attempts(person_id: int) -> list[Values]:
    query = (
        select(
            Attempt.id,
            Attempt.module_id.label("module"),
            ModuleVersion.edition,
            Attempt.begun_at,
            Attempt.finished_at,
            Attempt.passed,
            Attempt.decided.label("decided_in_a_case"),
        )
        .join(ModuleVersion, ModuleVersion.id == Attempt.version_id)
        .where(Attempt.person_id == person_id)
        .order_by(Attempt.id)
    )
    answers = (
        select(
            Answer.attempt_id.label("of"),
            Answer.position,
            Answer.question_id.label("question"),
            Answer.response,
            Answer.right,
            Answer.at,
        )
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .where(Attempt.person_id == person_id)
        .order_by(Answer.attempt_id, Answer.position)
    )
    return _nested(rows_of(query), "answers", rows_of(answers))


def _enrolments(person_id: int) -> list[Values]:
    changed, excused = aliased(Act), aliased(Act)
    query = (
        select(
            Enrolment.module_id.label("module"),
            Person.name.label("asked_by"),
            Act.at.label("asked_at"),
            Enrolment.due_day,
            Enrolment.reason,
            Enrolment.done_completion_id.is_not(None).label("done"),
            Enrolment.assignment_id.label("assignment"),
            changed.at.label("changed_at"),
            changed.reason.label("changed_reason"),
            excused.at.label("excused_at"),
            excused.reason.label("excused_reason"),
        )
        .join(Person, Person.id == Enrolment.by_id)
        .join(Act, Act.id == Enrolment.act_id)
        .outerjoin(changed, changed.id == Enrolment.changed_act_id)
        .outerjoin(excused, excused.id == Enrolment.excused_act_id)
        .where(Enrolment.person_id == person_id)
        .order_by(Enrolment.id)
    )
    return rows_of(query)


def _comments(person_id: int) -> list[Values]:
    query = select(
        Comment.kind,
        Comment.source,
        Comment.place,
        Comment.words,
        Comment.at,
        Comment.person_id.is_not(None).label("with_name"),
        Comment.answer,
        Comment.answered_at,
        Comment.closed_at,
    )
    return rows_of(query.where(Comment.writer == writer_of(person_id)).order_by(Comment.id))


def _offers(person_id: int) -> list[Values]:
    query = select(HelpOffer.competency_id.label("competency"), HelpOffer.at)
    return rows_of(query.where(HelpOffer.person_id == person_id).order_by(HelpOffer.competency_id))


def _places(person_id: int) -> list[Values]:
    query = select(
        ReadingPlace.module_id.label("module"), ReadingPlace.part, ReadingPlace.seen, ReadingPlace.at
    ).where(ReadingPlace.person_id == person_id)
    return rows_of(query.order_by(ReadingPlace.module_id))


def _readings(person_id: int) -> list[Values]:
    query = (
        select(Person.name.label("reader"), RecordReading.at, RecordReading.page)
        .join(Person, Person.id == RecordReading.reader_id)
        .where(RecordReading.person_id == person_id)
        .order_by(RecordReading.id)
    )
    return rows_of(query)


def _closed(column: InstrumentedAttribute[int | None], subject: InstrumentedAttribute[int]) -> Any:  # noqa: ANN401
    return (
        select(func.min(Closing.day))
        .where(column == subject, Closing.void_act_id.is_(None))
        .correlate(subject.class_)
        .scalar_subquery()
        .label("closed_on")
    )


def _facts(query: AnySelect, table: type[Fact]) -> list[Values]:
    """The rows of a fact table, each with its act and, when it was entered in error, with that act."""
    voided, writer = aliased(Act), aliased(Person)
    return rows_of(
        query.join(Act, Act.id == table.act_id)
        .outerjoin(writer, writer.id == Act.by_id)
        .outerjoin(voided, voided.id == table.void_act_id)
        .add_columns(
            Act.at.label("written_at"),
            writer.name.label("written_by"),
            voided.at.label("entered_in_error_at"),
            voided.reason.label("entered_in_error_reason"),
        )
        .order_by(table.act_id)
    )


def _nested(rows: list[Values], name: str, inner: Iterable[Values]) -> list[Values]:
    found: defaultdict[int, list[Values]] = defaultdict(list)
    for each in inner:
        found[each.pop("of")].append(each)
    return [{**row, name: found[row["id"]]} for row in rows]
