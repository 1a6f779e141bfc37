"""Writing evidence: each function is one act, or joins the one that the caller has begun."""

from datetime import date

from sqlalchemy import select

from lms.competencies.models import Basis, Ending, EndingKind, Evidence
from lms.core.database import db
from lms.people.acts import act, void


class EvidenceError(ValueError):
    """The evidence cannot be written; the message says why."""


def record_evidence(
    person_id: int,
    competency: str,
    level: int,
    basis: Basis,
    *,
    from_day: date,
    until_day: date | None,
    words: str,
    by: int | None,
) -> Evidence:
    """Keep that a person has shown a level; `until_day` is the first day that no longer counts.

    Raises EvidenceError when somebody assesses themselves, or nothing says what was seen.
    """
    if basis is Basis.ASSESSMENT and by == person_id:
        message = "nobody assesses themselves"
        raise EvidenceError(message)
    if not words.strip():
        message = "evidence says what was seen"
        raise EvidenceError(message)
    with act(f"evidence-{basis}", by, people=[person_id]):
        evidence = Evidence(
            person_id=person_id,
            competency_id=competency,
            level=level,
            basis=basis,
            from_day=from_day,
            until_day=until_day,
            words=words.strip(),
        )
        db.session.add(evidence)
        db.session.flush()
    return evidence


def enter_in_error(evidence_id: int, *, by: int | None, reason: str) -> None:
    """Mark evidence as never true; it stays visible, struck through, with the reason."""
    person_id = _person_of(evidence_id)
    with act("evidence-error", by, reason=reason, people=[person_id]):
        void(db.session.get_one(Evidence, evidence_id))


def withdraw(evidence_id: int, day: date, *, by: int | None, reason: str) -> None:
    """End evidence that was true until a day, the first that no longer counts."""
    end_evidence([evidence_id], day, EndingKind.WITHDRAWN, by=by, reason=reason)


def end_evidence(
    evidence_ids: list[int], day: date, kind: EndingKind, *, by: int | None, reason: str | None = None
) -> None:
    """Write one ending for each of these pieces of evidence, in one act."""
    query = select(Evidence.person_id).where(Evidence.id.in_(evidence_ids)).distinct()
    people = list(db.session.scalars(query))
    with act(f"evidence-{kind}", by, reason=reason, people=people):
        db.session.add_all(Ending(evidence_id=each, day=day, kind=kind) for each in evidence_ids)


def _person_of(evidence_id: int) -> int:
    return db.session.scalars(select(Evidence.person_id).where(Evidence.id == evidence_id)).one()
