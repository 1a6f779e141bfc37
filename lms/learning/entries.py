"""Every entry of a person's record: what was written when and by whom, and what ended it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import aliased

from lms.competencies.models import Assessment, AssessmentKind, Basis, Ending, EndingKind, Evidence, Reply
from lms.competencies.standing import End, PersonFacts, end_of
from lms.core.database import db
from lms.learning.models import CompletionEvidence
from lms.people.models import Act, Person


class EntryKind(StrEnum):
    """What an entry says."""

    EVIDENCE = "evidence"
    """A level was shown."""
    ERROR = "error"
    """An earlier entry was never true."""
    WITHDRAWN = "withdrawn"
    """An earlier entry was true until a day."""
    EDITION = "edition"
    """An earlier entry counts until the grace of a new edition ends."""
    WAITING = "waiting"
    """A level was seen, and counts once an assessor of another organisation has confirmed it."""
    REFUSED = "refused"
    """A level that waited was not confirmed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What an assessment adds to its evidence; `second` is who confirmed it, None where nobody had to."""

    baseline: bool
    first: date | None
    last: date | None
    reference: str | None
    second: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """What the person says to an assessment; `stands` is what was decided of a dispute, None until then.

    Moments are in UTC.
    """

    words: str
    disputes: bool
    at: datetime
    stands: bool | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record, about one piece of evidence, or about a level that never became one.

    `at` (UTC) is when it was written, `by` who wrote it (None: the installation itself). `end` is
    when the evidence stops counting, `day` when an entry that ends another lets it end. `about_at` is
    when the evidence was written that a later entry speaks of. `modules` is how many modules the
    evidence rests on. An assessment names in `by` who judged it first.
    """

    kind: EntryKind
    evidence_id: int | None
    competency: str
    level: int
    basis: Basis
    at: datetime
    by: str | None
    words: str = ""
    modules: int = 0
    from_day: date | None = None
    end: End | None = None
    day: date | None = None
    in_error: bool = False
    reason: str | None = None
    about_at: datetime | None = None
    seen: Seen | None = None
    replies: tuple[Said, ...] = ()
    refused: bool = False
    """A level that waited, and was not confirmed."""
    waiting: tuple[int, int] | None = None
    """Of a level that waits still, its assessment and who judged it."""

    @property
    def is_evidence(self) -> bool:
        """Whether it is a piece of evidence, and not a word about one."""
        return self.kind is EntryKind.EVIDENCE

    @property
    def may_be_answered(self) -> bool:
        """Whether the person it is about may say something to it."""
        return self.is_evidence and self.basis is Basis.ASSESSMENT and not self.in_error


def entries_of(person_id: int, known_no: int | None, facts: PersonFacts) -> list[Entry]:
    """All entries, newest first, as known now or at an act; three statements.

    `facts` are the person's by the same knowledge: they say until when each piece counts.
    """
    ends = {
        piece.id: end_of(piece, pieces, facts.absences)
        for pieces in facts.pieces.values()
        for piece in pieces
    }
    found: dict[tuple[EntryKind, int, int], Entry] = {}
    said = _replies(person_id, known_no)
    for row in db.session.execute(_query(person_id)):
        if _known(row.written_no, known_no):
            found |= dict(_lines(row, known_no, ends, said.get(row.Evidence.id, ())))
    for row in db.session.execute(_unconfirmed(person_id)):
        if _known(row.written_no, known_no):
            found |= dict(_waited(row, known_no))
    return [
        found[key] for key in sorted(found, key=lambda key: (found[key].at, key[2], key[1]), reverse=True)
    ]


def _lines(
    row: Row[Any], known_no: int | None, ends: dict[int, End | None], said: Sequence[Said]
) -> Iterator[tuple[tuple[EntryKind, int, int], Entry]]:
    evidence: Evidence = row.Evidence
    about = (evidence.id, evidence.competency_id, evidence.level, Basis(evidence.basis))
    in_error = evidence.void_act_id is not None and _known(row.voided_no, known_no)
    yield (
        (EntryKind.EVIDENCE, evidence.id, row.written_no or 0),
        Entry(
            EntryKind.EVIDENCE,
            *about,
            row.written_at,
            row.first or row.writer,
            words=evidence.words,
            modules=row.modules,
            from_day=evidence.from_day,
            end=ends.get(evidence.id),
            in_error=in_error,
            seen=_seen(row),
            replies=tuple(said),
        ),
    )
    if in_error:
        yield (
            (EntryKind.ERROR, evidence.id, row.voided_no or 0),
            Entry(
                EntryKind.ERROR,
                *about,
                row.voided_at,
                row.voider,
                reason=row.voided_reason,
                about_at=row.written_at,
            ),
        )
    if row.ending_kind is not None and _known(row.ended_no, known_no):
        kind = EntryKind(EndingKind(row.ending_kind))
        yield (
            (kind, evidence.id, row.ended_no or 0),
            Entry(
                kind,
                *about,
                row.ended_at,
                row.ender,
                day=row.ending_day,
                reason=row.ended_reason,
                about_at=row.written_at,
            ),
        )


def _query(person_id: int) -> Select[*tuple[Any, ...]]:
    written, voided, ended = aliased(Act), aliased(Act), aliased(Act)
    writer, voider, ender, first = aliased(Person), aliased(Person), aliased(Person), aliased(Person)
    modules = select(func.count()).where(CompletionEvidence.evidence_id == Evidence.id).scalar_subquery()
    return (
        select(
            Evidence,
            modules.label("modules"),
            written.no.label("written_no"),
            written.at.label("written_at"),
            writer.name.label("writer"),
            voided.no.label("voided_no"),
            voided.at.label("voided_at"),
            voided.reason.label("voided_reason"),
            voider.name.label("voider"),
            Ending.kind.label("ending_kind"),
            Ending.day.label("ending_day"),
            ended.no.label("ended_no"),
            ended.at.label("ended_at"),
            ended.reason.label("ended_reason"),
            ender.name.label("ender"),
            Assessment.kind.label("assessment_kind"),
            Assessment.seen_from,
            Assessment.seen_to,
            Assessment.reference,
            Assessment.by_id.label("first_id"),
            first.name.label("first"),
            written.by_id.label("writer_id"),
        )
        .join(written, written.id == Evidence.act_id)
        .outerjoin(writer, writer.id == written.by_id)
        .outerjoin(voided, voided.id == Evidence.void_act_id)
        .outerjoin(voider, voider.id == voided.by_id)
        .outerjoin(Ending, (Ending.evidence_id == Evidence.id) & Ending.void_act_id.is_(None))
        .outerjoin(ended, ended.id == Ending.act_id)
        .outerjoin(ender, ender.id == ended.by_id)
        .outerjoin(Assessment, Assessment.evidence_id == Evidence.id)
        .outerjoin(first, first.id == Assessment.by_id)
        .where(Evidence.person_id == person_id)
        .order_by(Evidence.id, Ending.id)
    )


def _unconfirmed(person_id: int) -> Select[*tuple[Any, ...]]:
    """The levels that waited for a second assessor, also those that were confirmed later."""
    written, settled = aliased(Act), aliased(Act)
    first, settler = aliased(Person), aliased(Person)
    return (
        select(
            Assessment,
            written.no.label("written_no"),
            written.at.label("written_at"),
            first.name.label("first"),
            settled.no.label("settled_no"),
            settled.at.label("settled_at"),
            settled.reason.label("settled_reason"),
            settler.name.label("settler"),
        )
        .join(written, written.id == Assessment.act_id)
        .join(first, first.id == Assessment.by_id)
        .outerjoin(settled, settled.id == Assessment.settled_act_id)
        .outerjoin(settler, settler.id == settled.by_id)
        .where(Assessment.person_id == person_id)
        .where(or_(Assessment.evidence_id.is_(None), Assessment.settled_act_id.is_not(None)))
        .order_by(Assessment.id)
    )


def _waited(row: Row[Any], known_no: int | None) -> Iterator[tuple[tuple[EntryKind, int, int], Entry]]:
    kept: Assessment = row.Assessment
    settled = kept.settled_act_id is not None and _known(row.settled_no, known_no)
    if settled and kept.evidence_id is not None:
        return
    about = (None, kept.competency_id, kept.level, Basis.ASSESSMENT)
    yield (
        (EntryKind.WAITING, kept.id, row.written_no or 0),
        Entry(
            EntryKind.WAITING,
            *about,
            row.written_at,
            row.first,
            words=kept.words,
            seen=Seen(
                kept.kind == AssessmentKind.BASELINE, kept.seen_from, kept.seen_to, kept.reference, None
            ),
            refused=settled,
            waiting=None if settled else (kept.id, kept.by_id),
        ),
    )
    if settled:
        yield (
            (EntryKind.REFUSED, kept.id, row.settled_no or 0),
            Entry(
                EntryKind.REFUSED,
                *about,
                row.settled_at,
                row.settler,
                reason=row.settled_reason,
                about_at=row.written_at,
            ),
        )


def _seen(row: Row[Any]) -> Seen | None:
    if row.assessment_kind is None:
        return None
    return Seen(
        row.assessment_kind == AssessmentKind.BASELINE,
        row.seen_from,
        row.seen_to,
        row.reference,
        row.writer if row.writer_id != row.first_id else None,
    )


def _replies(person_id: int, known_no: int | None) -> dict[int, list[Said]]:
    """What the person said, by the evidence that it is about, the oldest first."""
    written, decided, decider = aliased(Act), aliased(Act), aliased(Person)
    query = (
        select(
            Reply.evidence_id,
            Reply.words,
            Reply.disputes,
            Reply.stands,
            written.no,
            written.at,
            decided.no.label("decided_no"),
            decided.at.label("decided_at"),
            decided.reason,
            decider.name.label("decided_by"),
        )
        .join(Evidence, Evidence.id == Reply.evidence_id)
        .join(written, written.id == Reply.act_id)
        .outerjoin(decided, decided.id == Reply.decided_act_id)
        .outerjoin(decider, decider.id == decided.by_id)
        .where(Evidence.person_id == person_id)
        .order_by(Reply.id)
    )
    found: dict[int, list[Said]] = {}
    for row in db.session.execute(query):
        if _known(row.no, known_no):
            said = Said(row.words, row.disputes, row.at)
            if row.stands is not None and _known(row.decided_no, known_no):
                said = replace(
                    said,
                    stands=row.stands,
                    decided_by=row.decided_by,
                    decided_at=row.decided_at,
                    reason=row.reason,
                )
            found.setdefault(row.evidence_id, []).append(said)
    return found


def _known(no: int | None, known_no: int | None) -> bool:
    return known_no is None or (no is not None and no <= known_no)
