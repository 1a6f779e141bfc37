"""Going back to an earlier publication: a new one with the earlier document, and the facts that follow.

No fact is deleted. The last days that the later publications gave to evidence of earlier editions
are marked as entered in error, so that it counts as if they had not been published; as known before
the rollback, nothing changes. What roles ask changes from today, never backwards.
"""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from lms.authoring.changes import Changes, before_of, changes_between
from lms.authoring.publishing import asked_by, end_earlier, kept_changes
from lms.authoring.taking_back import endings_of, ends_of, give_its_own_end
from lms.competencies.requirements import Pair, publish_requirements
from lms.content import catalogue
from lms.content.catalogue import Catalogue, EarlierUntil, ModuleEntry
from lms.content.documents import from_json, to_json
from lms.content.models import Publication, RoleProfileRow
from lms.content.publishing import newest
from lms.content.searching.indexing import follow
from lms.core import clock
from lms.core.database import db, writing
from lms.core.dates import add_months
from lms.learning.models import Completion
from lms.people.acts import act, hold_acts, void


class RollbackError(Exception):
    """There is nothing to go back to; the message says so to a person."""


@dataclass(frozen=True, slots=True)
class RolledBack:
    """What a rollback did; `restores` is the number of the publication that holds again."""

    number: int
    restores: int
    changes: Changes
    requirements: int
    endings_voided: int
    ends_mended: int
    evidence_ended: int


def roll_back(number: int | None, *, by: int | None) -> RolledBack:
    """Restore the publication with this number, else the one before what is in force, in one act.

    Raises RollbackError when there is none, or it is in force already.
    """
    with writing():
        hold_acts()
        target = _target(number)
        before = catalogue.current()
        after = _restored(from_json(Catalogue, target.document), before, clock.today())
        if after == before:
            message = f"Publication {target.id} is what learners have already."
            raise RollbackError(message)
        publication = Publication(
            at=clock.now(),
            document=to_json(after),
            restores_id=target.id,
            commit=target.commit,
            author=target.author,
            committed_at=target.committed_at,
        )
        db.session.add(publication)
        db.session.flush()
        follow(after)
        return _with_facts(publication, target.id, before, after, by)


def _target(number: int | None) -> Publication:
    now = newest()
    if now is None:
        message = "Nothing has been published yet."
        raise RollbackError(message)
    if number is None:
        # After a rollback, the one before is that before the one restored.
        held = now.restores_id or now.id
        query = select(Publication).where(Publication.id < held, Publication.restores_id.is_(None))
        found = db.session.scalars(query.order_by(Publication.id.desc()).limit(1)).first()
        if found is None:
            message = "There is no publication before this one."
            raise RollbackError(message)
        return found
    found = db.session.get(Publication, number)
    if found is None:
        message = f"There is no publication {number}. See flask courses publications."
        raise RollbackError(message)
    return found


def _restored(target: Catalogue, before: Catalogue, today: date) -> Catalogue:
    """The earlier document; an edition that rises by it gives its grace from today."""
    modules = tuple(_with_grace(entry, before, today) for entry in target.modules)
    return replace(target, modules=modules)


def _with_grace(entry: ModuleEntry, before: Catalogue, today: date) -> ModuleEntry:
    old = before_of(entry, before)
    if old is None:
        return entry
    kept = set(old.earlier_until)
    begun = EarlierUntil(edition=entry.edition, day=add_months(today, entry.grace))
    until = tuple(one if one in kept else replace(begun, edition=one.edition) for one in entry.earlier_until)
    return replace(entry, earlier_until=until)


def _with_facts(
    publication: Publication, restores: int, before: Catalogue, after: Catalogue, by: int | None
) -> RolledBack:
    passed = _passed(before, after)
    endings, ends = endings_of(before, after), ends_of(before, after)
    people = {*passed, *(person for person, _ in endings), *(each.person_id for each in ends)}
    roles = db.session.scalars(select(RoleProfileRow.id)).all()
    with act("rollback", by, everybody=True, people=people, roles=roles):
        for _, ending in endings:
            void(ending)
        db.session.flush()
        for evidence in ends:
            give_its_own_end(evidence, after, by=by)
        requirements = publish_requirements(_asked_from_today(after), clock.today(), by=by)
        ended = sum(end_earlier(entry, before, after, by) for entry in after.modules)
        changes = changes_between(before, after)
        publication.changes = {
            **kept_changes(changes, requirements, ended),
            "endings_voided": len(endings),
            "ends_mended": len(ends),
        }
    return RolledBack(publication.id, restores, changes, requirements, len(endings), len(ends), ended)


def _asked_from_today(after: Catalogue) -> dict[Pair, tuple[int, date | None]]:
    """What roles ask by the earlier framework; a day that is past would change what was true since."""
    today = clock.today()
    return {
        pair: (level, day if day and day > today else None)
        for pair, (level, day) in asked_by(after.framework).items()
    }


def _passed(before: Catalogue, after: Catalogue) -> set[int]:
    """Who passed a module that has another edition from now on."""
    names = {
        name
        for entry in after.modules
        if (old := before_of(entry, before)) and old.edition != entry.edition
        for name in {*after.ids_of(entry.id), *before.ids_of(old.id)}
    }
    query = select(Completion.person_id).where(Completion.module_id.in_(names)).distinct()
    return set(db.session.scalars(query)) if names else set()
