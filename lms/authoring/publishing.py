"""Publishing: what passed its checks reaches learners, and the facts that follow from it are written.

One transaction does all of it: the framework's requirements, the texts, and the day on which passes
of an earlier edition stop counting. What changes nothing writes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select

from lms.authoring.changes import Changes, before_of, changes_between
from lms.authoring.revisions import Snapshot, Source, plain_folder
from lms.competencies.requirements import Pair, publish_requirements
from lms.content import catalogue
from lms.content.catalogue import Catalogue, ModuleEntry, Problem
from lms.content.checking import Checked, check
from lms.content.fingerprint import fingerprint
from lms.content.framework import Framework
from lms.content.mistakes import Mistake, in_order
from lms.content.models import Publication, RoleProfileRow
from lms.content.origins import Origins
from lms.content.publishing import newest, publish
from lms.core import clock
from lms.core.database import db, writing
from lms.learning.completions import end_earlier_editions
from lms.learning.models import Completion
from lms.people.acts import act, hold_acts

TURNS = 5


class HeldBackError(Exception):
    """All was to be published or nothing, and some files do not pass."""

    def __init__(self, published: "Published") -> None:
        super().__init__("some files do not pass")
        self.published = published


class OutrunError(Exception):
    """Each time, others published or files changed before this publication was ready."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did, and what was not published.

    `number` is that of the publication in force, `written` whether this one made it. `mistakes` are
    all that were found; of an unchanged folder, which nobody reads again, those that stop a file.
    """

    number: int | None = None
    written: bool = False
    changes: Changes = field(default_factory=Changes)
    requirements: int = 0
    evidence_ended: int = 0
    problems: tuple[Problem, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)


def publish_courses(folder: Path, *, by: int | None) -> Published:
    """Check a folder and publish what passes; what fails keeps its last good version and is named."""
    return publish_from(partial(plain_folder, folder), by=by)


def publish_from(source: Source, *, by: int | None, all_or_nothing: bool = False) -> Published:
    """Publish what passes of a folder or a revision, which is opened again when others were quicker.

    It is opened again, too, when a file was saved while it was read. So the last publication to be
    written has what its source held after all others were written.
    Raises HeldBackError when all was asked for and something fails, and OutrunError.
    """
    for _ in range(TURNS):
        last = newest()
        seen, known = (last.id, last.fingerprint) if last else (None, None)
        db.session.rollback()
        with source() as snapshot:
            mark = fingerprint(snapshot.folder)
            if mark == known:
                return _unchanged(seen, snapshot, all_or_nothing=all_or_nothing)
            checked = check(snapshot.folder)
            origins = snapshot.origins()
            if fingerprint(snapshot.folder) != mark:
                continue  # somebody saved a file while it was read
        done = _write(checked, mark, origins, seen, by=by, all_or_nothing=all_or_nothing)
        if done:
            return done
    raise OutrunError


def _unchanged(seen: int | None, snapshot: Snapshot, *, all_or_nothing: bool) -> Published:
    """The publication that was made from the very same files; what failed then fails still."""
    problems = catalogue.current().problems
    mistakes = in_order(mistake for problem in problems for mistake in problem.mistakes)
    paths = {mistake.path for mistake in mistakes}
    sources = {path: _text(snapshot.folder.parent / path) for path in paths}
    done = Published(number=seen, problems=problems, mistakes=tuple(mistakes), sources=sources)
    if all_or_nothing and problems:
        raise HeldBackError(done)
    return done


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return ""


def _write(
    checked: Checked,
    mark: str,
    origins: Origins,
    seen: int | None,
    *,
    by: int | None,
    all_or_nothing: bool,
) -> Published | None:
    """Publish in one transaction; None when somebody has published since `seen` was the newest."""
    with writing():
        hold_acts()
        last = newest()
        if (last.id if last else None) != seen:
            return None
        before = catalogue.current()
        publication = publish(checked, clock.now(), mark, origins)
        after = catalogue.current()
        told = Published(
            number=publication.id,
            written=publication.id != seen,
            problems=after.problems,
            mistakes=tuple(_mistakes(checked, after.problems)),
            sources=checked.sources,
        )
        if all_or_nothing and after.problems:
            raise HeldBackError(told)
        return _with_facts(publication, before, after, told, by) if told.written else told


def _mistakes(checked: Checked, problems: Iterable[Problem]) -> list[Mistake]:
    return in_order([*checked.mistakes, *(each for problem in problems for each in problem.mistakes)])


def _with_facts(
    publication: Publication, before: Catalogue, after: Catalogue, told: Published, by: int | None
) -> Published:
    """Write the facts that follow, and keep with the publication what it changed."""
    people = _passed_what_ends(before, after)
    roles = db.session.scalars(select(RoleProfileRow.id)).all()
    with act("publish", by, everybody=True, people=people, roles=roles):
        requirements = publish_requirements(asked_by(after.framework), clock.today(), by=by)
        ended = sum(end_earlier(entry, before, after, by) for entry in after.modules)
        changes = changes_between(before, after)
        publication.changes = kept_changes(changes, requirements, ended)
    return replace(told, changes=changes, requirements=requirements, evidence_ended=ended)


def kept_changes(changes: Changes, requirements: int, evidence_ended: int) -> dict[str, Any]:
    """What a publication changed, as its row keeps it."""
    return {**changes.as_json(), "requirements": requirements, "evidence_ended": evidence_ended}


def asked_by(framework: Framework) -> dict[Pair, tuple[int, date | None]]:
    """What every role profile of a framework asks, and from which day where it says so."""
    return {
        (role.id, asked.competency): (asked.level, asked.from_day)
        for role in framework.roles
        for asked in role.requires
    }


def _passed_what_ends(before: Catalogue, after: Catalogue) -> Sequence[int]:
    """Who passed a module whose edition rises; the act locks them first, since people come before roles."""
    names = {name for entry in after.modules if ends_now(entry, before) for name in after.ids_of(entry.id)}
    query = select(Completion.person_id).where(Completion.module_id.in_(names)).distinct()
    return db.session.scalars(query).all() if names else ()


def ends_now(entry: ModuleEntry, before: Catalogue) -> list[catalogue.EarlierUntil]:
    """The days of grace that this publication has set on earlier editions, lowest edition first."""
    old = before_of(entry, before)
    new = set(entry.earlier_until) - set(old.earlier_until if old else ())
    return sorted(new, key=lambda until: until.edition)


def end_earlier(entry: ModuleEntry, before: Catalogue, after: Catalogue, by: int | None) -> int:
    """End the evidence of earlier editions on those days; gives how many pieces were ended."""
    return sum(
        end_earlier_editions(after.ids_of(entry.id), each.edition, each.day, by=by)
        for each in ends_now(entry, before)
    )
