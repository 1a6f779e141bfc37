"""Publishing: what passed its checks reaches learners, and the facts that follow from it are written.

One act does all of it: the framework's requirements, the texts, and the day on which passes of an
earlier edition stop counting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from lms.competencies.requirements import Pair, publish_requirements
from lms.content import catalogue
from lms.content.catalogue import Catalogue, ModuleEntry, Problem
from lms.content.checking import Checked, check
from lms.content.framework import Framework
from lms.content.models import RoleProfileRow
from lms.content.publishing import publish
from lms.core import clock
from lms.core.database import db
from lms.learning.completions import end_earlier_editions
from lms.learning.models import Completion
from lms.people.acts import act


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did: module ids by what happened to them, and what was not published."""

    new: tuple[str, ...]
    editions: tuple[str, ...]
    corrected: tuple[str, ...]
    retired: tuple[str, ...]
    requirements: int
    evidence_ended: int
    problems: tuple[Problem, ...]
    checked: Checked


def publish_courses(folder: Path, *, by: int | None) -> Published:
    """Check a folder and publish what passes; what fails keeps its last good version and is named."""
    checked = check(folder)
    people = _passed_what_rises(checked, catalogue.current())
    roles = db.session.scalars(select(RoleProfileRow.id)).all()
    with act("publish", by, everybody=True, people=people, roles=roles):
        before = catalogue.current()
        publish(checked, clock.now())
        after = catalogue.current()
        requirements = publish_requirements(asked_by(after.framework), clock.today(), by=by)
        ended = sum(_end_earlier(entry, before, after, by) for entry in after.modules)
    return Published(
        new=tuple(entry.id for entry in after.modules if _before(entry, before) is None),
        editions=_changed(before, after, edition=True),
        corrected=_changed(before, after, edition=False),
        retired=tuple(entry.id for entry in before.modules if after.module(after.resolve(entry.id)) is None),
        requirements=requirements,
        evidence_ended=ended,
        problems=after.problems,
        checked=checked,
    )


def asked_by(framework: Framework) -> dict[Pair, tuple[int, date | None]]:
    """What every role profile of a framework asks, and from which day where it says so."""
    return {
        (role.id, asked.competency): (asked.level, asked.from_day)
        for role in framework.roles
        for asked in role.requires
    }


def _passed_what_rises(checked: Checked, before: Catalogue) -> Sequence[int]:
    """Who passed a module whose edition rises; the act locks them first, since people come before roles."""
    names: set[str] = set()
    for reading in checked.passed_modules():
        document = reading.document
        for name in (document.id, *document.aliases) if document else ():
            old = before.module(name)
            if document and old and old.edition < document.edition:
                names |= {document.id, *before.ids_of(name)}
    query = select(Completion.person_id).where(Completion.module_id.in_(names)).distinct()
    return db.session.scalars(query).all() if names else ()


def _before(entry: ModuleEntry, before: Catalogue) -> ModuleEntry | None:
    """The module as it was published before, under this name or an earlier one."""
    names = (entry.id, *entry.aliases)
    return next((found for name in names if (found := before.module(name))), None)


def _changed(before: Catalogue, after: Catalogue, *, edition: bool) -> tuple[str, ...]:
    return tuple(
        entry.id
        for entry in after.modules
        if (old := _before(entry, before))
        and old.version_id != entry.version_id
        and (old.edition < entry.edition) is edition
    )


def _end_earlier(entry: ModuleEntry, before: Catalogue, after: Catalogue, by: int | None) -> int:
    """End the evidence of earlier editions on the day of grace that this publication has set."""
    old = _before(entry, before)
    new = set(entry.earlier_until) - set(old.earlier_until if old else ())
    return sum(
        end_earlier_editions(after.ids_of(entry.id), each.edition, each.day, by=by)
        for each in sorted(new, key=lambda until: until.edition)
    )
