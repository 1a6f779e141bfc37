"""Every entry of a person's record: what was written when and by whom, and what ended it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import aliased

from lms.competencies.models import Basis, Ending, EndingKind, Evidence
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


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record, about one piece of evidence.

    `at` (UTC) is when it was written, `by` who wrote it (None: the installation itself). `end` is
    when the evidence stops counting, `day` when an entry that ends another lets it end. `about_at` is
    when the evidence was written that a later entry speaks of. `modules` is how many modules the
    evidence rests on.
    """

    kind: EntryKind
    evidence_id: int
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

    @property
    def is_evidence(self) -> bool:
        """Whether it is a piece of evidence, and not a word about one."""
        return self.kind is EntryKind.EVIDENCE


def entries_of(person_id: int, known_no: int | None, facts: PersonFacts) -> list[Entry]:
    """All entries, newest first, as known now or at an act; one statement.

    `facts` are the person's by the same knowledge: they say until when each piece counts.
    """
    ends = {
        piece.id: end_of(piece, pieces, facts.absences)
        for pieces in facts.pieces.values()
        for piece in pieces
    }
    found: dict[tuple[EntryKind, int, int], Entry] = {}
    for row in db.session.execute(_query(person_id)):
        if _known(row.written_no, known_no):
            found |= dict(_lines(row, known_no, ends))
    return [
        found[key] for key in sorted(found, key=lambda key: (found[key].at, key[2], key[1]), reverse=True)
    ]


def _lines(
    row: Row[Any], known_no: int | None, ends: dict[int, End | None]
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
            row.writer,
            words=evidence.words,
            modules=row.modules,
            from_day=evidence.from_day,
            end=ends.get(evidence.id),
            in_error=in_error,
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
    writer, voider, ender = aliased(Person), aliased(Person), aliased(Person)
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
        )
        .join(written, written.id == Evidence.act_id)
        .outerjoin(writer, writer.id == written.by_id)
        .outerjoin(voided, voided.id == Evidence.void_act_id)
        .outerjoin(voider, voider.id == voided.by_id)
        .outerjoin(Ending, (Ending.evidence_id == Evidence.id) & Ending.void_act_id.is_(None))
        .outerjoin(ended, ended.id == Ending.act_id)
        .outerjoin(ender, ender.id == ended.by_id)
        .where(Evidence.person_id == person_id)
        .order_by(Evidence.id, Ending.id)
    )


def _known(no: int | None, known_no: int | None) -> bool:
    return known_no is None or (no is not None and no <= known_no)
