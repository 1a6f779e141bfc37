"""What a rollback takes back: days that a later edition has set on evidence of earlier ones.

An edition sets them in two ways: publishing ends the evidence that is there, and evidence that is
written later takes the day as its end. Both are mended as mistakes are: marked, and written again.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import Select, exists, select

from lms.competencies.evidence import record_evidence
from lms.competencies.models import Basis, Ending, EndingKind, Evidence
from lms.content.catalogue import Catalogue, EarlierUntil, ModuleEntry
from lms.core.database import db
from lms.learning.models import Completion, CompletionEvidence
from lms.learning.module_states import Pass
from lms.learning.passes import counts_until
from lms.people.acts import void


def endings_of(before: Catalogue, after: Catalogue) -> list[tuple[int, Ending]]:
    """The last days that hold no longer, each with its person, in the order in which they were written."""
    found: dict[int, tuple[int, Ending]] = {}
    for names, until in _taken_back(before, after):
        query = (
            select(Evidence.person_id, Ending)
            .join(Evidence, Evidence.id == Ending.evidence_id)
            .where(
                Ending.kind == EndingKind.EDITION,
                Ending.day == until.day,
                Ending.void_act_id.is_(None),
                Ending.evidence_id.in_(_resting_on(names, until)),
            )
        )
        found |= {ending.id: (person_id, ending) for person_id, ending in db.session.execute(query)}
    return [found[each] for each in sorted(found)]


def ends_of(before: Catalogue, after: Catalogue) -> list[Evidence]:
    """Evidence that took such a day as its end when it was written, and was not ended otherwise since."""
    found: dict[int, Evidence] = {}
    ended = exists().where(Ending.evidence_id == Evidence.id, Ending.void_act_id.is_(None))
    for names, until in _taken_back(before, after):
        query = select(Evidence).where(
            Evidence.basis == Basis.LEARNING,
            Evidence.until_day == until.day,
            Evidence.void_act_id.is_(None),
            ~ended,
            Evidence.id.in_(_resting_on(names, until)),
        )
        found |= {each.id: each for each in db.session.scalars(query)}
    return [found[each] for each in sorted(found)]


def give_its_own_end(evidence: Evidence, after: Catalogue, *, by: int | None) -> None:
    """Write evidence again with the end that its passes have now; inside the act that takes back."""
    query = (
        select(Completion)
        .join(CompletionEvidence, CompletionEvidence.completion_id == Completion.id)
        .where(CompletionEvidence.evidence_id == evidence.id)
        .order_by(Completion.id)
    )
    passes = list(db.session.scalars(query))
    ends = [
        counts_until(
            Pass(each.edition, each.passed_on, each.until_day), after.module(after.resolve(each.module_id))
        )
        for each in passes
    ]
    void(evidence)
    again = record_evidence(
        evidence.person_id,
        evidence.competency_id,
        evidence.level,
        evidence.basis,
        from_day=evidence.from_day,
        until_day=min((end for end in ends if end is not None), default=None),
        words=evidence.words,
        by=by,
    )
    db.session.add_all(CompletionEvidence(completion_id=each.id, evidence_id=again.id) for each in passes)


def _taken_back(before: Catalogue, after: Catalogue) -> Iterator[tuple[tuple[str, ...], EarlierUntil]]:
    """The days of grace that the earlier publication does not know, with all names of their module.

    A module that goes keeps its own: nothing says that its edition was wrong.
    """
    for old in before.modules:
        entry = _again(old, after)
        if entry:
            names = tuple({*before.ids_of(old.id), *after.ids_of(entry.id)})
            for until in set(old.earlier_until) - set(entry.earlier_until):
                yield names, until


def _again(old: ModuleEntry, after: Catalogue) -> ModuleEntry | None:
    names = (after.resolve(old.id), *old.aliases)
    return next((found for name in names if (found := after.module(name))), None)


def _resting_on(names: Iterable[str], until: EarlierUntil) -> Select[int]:
    """Evidence that rests on a pass of an edition below the one that set the day."""
    return (
        select(CompletionEvidence.evidence_id)
        .join(Completion, Completion.id == CompletionEvidence.completion_id)
        .where(Completion.module_id.in_(list(names)), Completion.edition < until.edition)
    )
