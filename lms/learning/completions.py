"""What a pass does: it writes the completion, and the evidence of every level that is now shown."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import exists, or_, select

from lms.competencies.evidence import end_evidence, record_evidence
from lms.competencies.facts import facts_of
from lms.competencies.models import Basis, Ending, EndingKind, Evidence
from lms.competencies.standing import PersonFacts, Piece, after_absence, end_of
from lms.content import catalogue
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.content.documents import ModuleDocument
from lms.content.framework import Framework
from lms.core import clock
from lms.core.database import db
from lms.learning.enrolments import finish_enrolments
from lms.learning.models import Attempt, Completion, CompletionEvidence
from lms.learning.module_states import Pass
from lms.learning.passes import counts_until, longest, new_until
from lms.people.acts import act

BATCH = 1_000


def complete(attempt: Attempt, document: ModuleDocument) -> Completion:
    """Write what an attempt that passed proves; inside the act that finishes it."""
    today = clock.today()
    published = catalogue.current()
    facts = facts_of([attempt.person_id])[attempt.person_id]
    kept = completions_of(attempt.person_id, published)
    module_id = published.resolve(attempt.module_id)
    module = published.module(module_id)
    old = _longest(kept[module_id], module, facts, today)
    completion = Completion(
        person_id=attempt.person_id,
        module_id=attempt.module_id,
        version_id=attempt.version_id,
        edition=document.edition,
        attempt_id=attempt.id,
        passed_on=today,
        until_day=new_until(_pass(old) if old else None, document.valid_for, today, facts.absences),
    )
    db.session.add(completion)
    db.session.flush()
    kept[module_id].append(completion)
    for competency, level, modules in shown_with(module_id, published.framework):
        counting = [_longest(kept[each], published.module(each), facts, today) for each in modules]
        rests_on = [each for each in counting if each is not None]
        if len(rests_on) == len(modules):
            _show(competency, level, rests_on, published, facts)
    finish_enrolments(attempt.person_id, {attempt.module_id, *published.ids_of(module_id)}, completion.id)
    return completion


def completions_of(person_id: int, published: Catalogue) -> defaultdict[str, list[Completion]]:
    """A person's completions, oldest first, by the id that each module has now; one statement."""
    query = select(Completion).where(Completion.person_id == person_id, Completion.void_act_id.is_(None))
    found: defaultdict[str, list[Completion]] = defaultdict(list)
    for completion in db.session.scalars(query.order_by(Completion.id)):
        found[published.resolve(completion.module_id)].append(completion)
    return found


def shown_with(module_id: str, framework: Framework) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """The levels that a module helps to show: competency, level and all modules that it takes."""
    for competency in framework.competencies:
        for level, modules in sorted(competency.shown_by.items()):
            if module_id in modules:
                yield competency.id, level, modules


def end_earlier_editions(module_ids: Collection[str], edition: int, day: date, *, by: int | None) -> int:
    """End, from a day, the evidence that rests on completions of editions below this one, in one act.

    `module_ids` are all ids that the module has had. Evidence that ends by then already is left
    alone. Returns how many pieces were ended.
    """
    rests_on_earlier = (
        select(CompletionEvidence.evidence_id)
        .join(Completion, Completion.id == CompletionEvidence.completion_id)
        .where(
            Completion.module_id.in_(module_ids),
            Completion.edition < edition,
            Completion.void_act_id.is_(None),
        )
    )
    ended = exists().where(Ending.evidence_id == Evidence.id, Ending.day <= day, Ending.void_act_id.is_(None))
    query = select(Evidence.id, Evidence.person_id).where(
        Evidence.id.in_(rests_on_earlier),
        Evidence.void_act_id.is_(None),
        or_(Evidence.until_day.is_(None), Evidence.until_day > day),
        ~ended,
    )
    people = {row.person_id for row in db.session.execute(query)}
    if not people:
        return 0
    with act("edition", by, people=people):
        # Read again behind the locks: somebody may have passed meanwhile.
        ids = [row.id for row in db.session.execute(query.order_by(Evidence.id))]
        for start in range(0, len(ids), BATCH):
            end_evidence(ids[start : start + BATCH], day, EndingKind.EDITION, by=by)
    return len(ids)


def _show(
    competency: str, level: int, rests_on: Sequence[Completion], published: Catalogue, facts: PersonFacts
) -> None:
    """Write evidence that counts from its first day, unless learning shows the level for as long already."""
    ends = [counts_until(_pass(each), _module(each, published)) for each in rests_on]
    until = min(ends, key=lambda end: _moved(end, facts) or date.max)
    pieces = facts.pieces.get(competency, ())
    begins = _first_day(pieces, level)
    if not _extends(pieces, level, begins, _moved(until, facts), facts):
        return
    words = "; ".join(
        _("%(title)s, edition %(edition)s", title=_title(each, published), edition=each.edition)
        for each in rests_on
    )
    person_id = rests_on[0].person_id
    evidence = record_evidence(
        person_id,
        competency,
        level,
        Basis.LEARNING,
        from_day=begins,
        until_day=until,
        words=words,
        by=person_id,
    )
    db.session.add_all(
        CompletionEvidence(completion_id=each.id, evidence_id=evidence.id) for each in rests_on
    )


def _first_day(pieces: Iterable[Piece], level: int) -> date:
    """Today; tomorrow after an assessment of today at a lower level, which ends the learning of its day."""
    today = clock.today()
    lower = any(
        piece.basis is Basis.ASSESSMENT and piece.start == today and piece.level < level for piece in pieces
    )
    return today + timedelta(days=1) if lower else today


def _extends(
    pieces: Sequence[Piece], level: int, begins: date, until: date | None, facts: PersonFacts
) -> bool:
    """Whether learning of a level until a day (None: no end) adds to what learning shows when it begins."""
    for piece in pieces:
        if piece.basis is not Basis.LEARNING or piece.level != level or piece.start > begins:
            continue
        end = end_of(piece, pieces, facts.absences)
        if end is None or (until is not None and end.day >= until):
            return False
    return True


def _longest(
    completions: Iterable[Completion], module: ModuleEntry | None, facts: PersonFacts, today: date
) -> Completion | None:
    by_pass = {_pass(each): each for each in completions}
    found = longest(by_pass, module, today, facts.absences)
    return by_pass[found] if found else None


def _moved(end: date | None, facts: PersonFacts) -> date | None:
    return after_absence(end, facts.absences) if end else None


def _pass(completion: Completion) -> Pass:
    return Pass(completion.edition, completion.passed_on, completion.until_day)


def _title(completion: Completion, published: Catalogue) -> str:
    module = _module(completion, published)
    return module.title if module else completion.module_id


def _module(completion: Completion, published: Catalogue) -> ModuleEntry | None:
    return published.module(published.resolve(completion.module_id))
