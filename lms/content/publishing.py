"""Publishes what passed its checks: a new snapshot, new versions of texts, anchors for facts.

What fails keeps its last good version and is named; a file that is gone leaves the catalogue, and
its records stay. Nothing here commits: the caller's transaction does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from lms.content.catalogue import Catalogue, EarlierUntil, ModuleEntry, Problem
from lms.content.checking import Checked
from lms.content.documents import (
    CourseDocument,
    ModuleDocument,
    ModuleFront,
    PartEntry,
    StandardDocument,
    from_json,
    to_json,
)
from lms.content.folder import FRAMEWORK
from lms.content.framework import Framework
from lms.content.mistakes import Mistake, Mistakes
from lms.content.models import (
    Asset,
    CompetencyRow,
    Module,
    ModuleVersion,
    PillarRow,
    Publication,
    RoleProfileRow,
)
from lms.content.opening import Reading
from lms.content.origins import Origin, Origins
from lms.content.searching.indexing import follow
from lms.core.clock import london_day
from lms.core.database import db
from lms.core.dates import add_months


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)
Readings = Sequence[Reading[ModuleDocument]]


def newest() -> Publication | None:
    """The publication that is in force, without its document until that is asked for; one statement."""
    query = select(Publication).options(defer(Publication.document)).order_by(Publication.id.desc())
    return db.session.scalars(query.limit(1)).first()


def publish(
    checked: Checked, at: datetime, mark: str | None = None, origins: Origins | None = None
) -> Publication:
    """Publish at a moment (UTC); gives the new publication, or the last one when nothing differs.

    `mark` is the fingerprint of the folder that was checked, `origins` where its files come from.
    """
    origins = origins or Origins()
    last = newest()
    before = from_json(Catalogue, last.document) if last else Catalogue()
    lower = edition_mistakes(checked, before)
    passed = [one for one in checked.passed_modules() if one.path not in {mistake.path for mistake in lower}]
    framework = checked.passed_framework() or before.framework
    courses = _kept_or_new(before.courses, checked.passed_courses(), checked.courses)
    standards = _kept_or_new(before.standards, checked.passed_standards(), checked.standards)
    passed = [one for one in passed if one.path.split("/")[-2] in {course.id for course in courses}]
    _add_anchors(framework, passed)
    _add_pictures(checked, passed)
    new = [_entry(one, version, before, at) for one, version in _versions(passed, at, origins)]
    good = {one.path for one in passed}
    failed = [one.document for one in checked.modules if one.document and one.path not in good]
    # A module that is renamed with a mistake in it stays under its old name until that is mended.
    names = {one.id for one in checked.modules} | {alias for one in failed for alias in one.aliases}
    modules = _kept_or_new(before.modules, new, names)
    catalogue = Catalogue(
        framework=framework,
        courses=tuple(sorted(courses, key=_place)),
        modules=tuple(sorted(modules, key=lambda module: module.id)),
        standards=tuple(sorted(standards, key=_place)),
        problems=tuple(_problems(checked, lower)),
    )
    document = to_json(catalogue)
    if last and last.document == document:
        last.fingerprint = mark  # the files differ in what nobody reads, or the code does
        return last
    publication = Publication(at=at, document=document, fingerprint=mark, **_columns(origins.whole))
    db.session.add(publication)
    db.session.flush()
    follow(catalogue)
    return publication


def edition_mistakes(checked: Checked, before: Catalogue | None = None) -> list[Mistake]:
    """Modules whose edition is lower than one that was published, under this name or an earlier one.

    After a rollback the edition in force (`before`) may be mended, though a higher one was published.
    That higher one comes back with the text that it had, and with no other.
    """
    rows = db.session.execute(
        select(ModuleVersion.module_id, func.max(ModuleVersion.edition)).group_by(ModuleVersion.module_id)
    )
    highest: dict[str, int] = {row[0]: row[1] for row in rows}
    found: list[Mistake] = []
    for module in checked.modules:
        document = module.document
        if document is None:
            continue
        names = (module.id, *document.aliases)
        published = max(highest.get(name, 0) for name in names)
        now = max((one.edition for name in names if before and (one := before.module(name))), default=0)
        mistakes = Mistakes(module.path)
        span = module.tree.span("edition")
        if document.edition < published and document.edition != now:
            mistakes.add("edition-lower", span, edition=document.edition, published=published)
        elif 0 < now < document.edition == published and not _was_published(names, module.hash):
            mistakes.add("edition-used", span, edition=document.edition, next=published + 1)
        found += mistakes.found
    return found


def _was_published(names: Iterable[str], text_hash: str) -> bool:
    """Whether this text was published once, under one of these names."""
    query = select(ModuleVersion.id).where(
        ModuleVersion.module_id.in_(list(names)), ModuleVersion.hash == text_hash
    )
    return db.session.scalars(query.limit(1)).first() is not None


def _place(document: CourseDocument | StandardDocument) -> tuple[int, str, str]:
    """Where a course stands among courses, or a standard among standards."""
    return document.order, document.title, document.id


def _kept_or_new(before: Iterable[N], new: Iterable[N], files: Iterable[str]) -> list[N]:
    """What passed, and what was good before of those whose file is still there."""
    there = set(files)
    good = {one.id: one for one in before if one.id in there} | {one.id: one for one in new}
    return [good[name] for name in sorted(good)]


def _add_anchors(framework: Framework, passed: Readings) -> None:
    _add_missing(CompetencyRow, (one.id for one in framework.competencies))
    _add_missing(RoleProfileRow, (one.id for one in framework.roles))
    _add_missing(PillarRow, (one.id for one in framework.pillars))
    _add_missing(Module, (one.id for one in passed))
    db.session.flush()


def _add_missing(
    kind: type[CompetencyRow] | type[RoleProfileRow] | type[PillarRow] | type[Module], names: Iterable[str]
) -> None:
    known = set(db.session.scalars(select(kind.id)))
    db.session.add_all(kind(id=name) for name in sorted(set(names) - known))


def _add_pictures(checked: Checked, passed: Readings) -> None:
    shown = {value for one in passed if one.document for value in one.document.pictures.values()}
    known = set(db.session.scalars(select(Asset.hash).where(Asset.hash.in_(shown))))
    for value in sorted(shown - known):
        picture = checked.pictures[value]
        db.session.add(Asset(hash=value, media_type=picture.media_type, data=picture.data))


def _versions(
    passed: Readings, at: datetime, origins: Origins
) -> list[tuple[Reading[ModuleDocument], ModuleVersion]]:
    """The version of each module: the one that has this hash, or a new one."""
    hashes = {one.hash for one in passed}
    query = select(ModuleVersion).options(defer(ModuleVersion.document), defer(ModuleVersion.source))
    rows = db.session.scalars(query.where(ModuleVersion.hash.in_(hashes)))
    known = {(row.module_id, row.hash): row for row in rows}
    for one in passed:
        if (one.id, one.hash) not in known and one.document:
            known[one.id, one.hash] = ModuleVersion(
                module_id=one.id,
                edition=one.document.edition,
                hash=one.hash,
                document=to_json(one.document),
                source=one.source,
                published_at=at,
                **_columns(origins.files.get(one.path.partition("/")[2])),
            )
    db.session.add_all(known.values())
    db.session.flush()
    return [(one, known[one.id, one.hash]) for one in passed]


def _columns(origin: Origin | None) -> dict[str, Any]:
    """A commit for the columns that keep it."""
    return {"commit": origin.commit, "author": origin.author, "committed_at": origin.at} if origin else {}


def _entry(
    one: Reading[ModuleDocument], version: ModuleVersion, before: Catalogue, at: datetime
) -> ModuleEntry:
    document = one.document
    if document is None:
        message = f"{one.path} has no document to publish"
        raise ValueError(message)
    names = (one.id, *document.aliases)
    earlier = next((entry for name in names if (entry := before.module(name))), None)
    day = london_day(at)
    same = earlier is not None and earlier.edition == document.edition
    until = earlier.earlier_until if earlier else ()
    if earlier and not same and any(change.asks != "nothing" for change in document.changes):
        until = (*until, EarlierUntil(edition=document.edition, day=add_months(day, document.grace)))
    return ModuleEntry(
        **{one.name: getattr(document, one.name) for one in fields(ModuleFront)},
        id=document.id,
        course=document.course,
        version_id=version.id,
        published_at=version.published_at,
        edition_on=earlier.edition_on if earlier and same else day,
        parts=tuple(PartEntry(slug=p.slug, title=p.title, minutes=p.minutes) for p in document.parts),
        check_minutes=document.check_minutes,
        question_count=len(document.questions),
        earlier_until=until,
    )


def _problems(checked: Checked, lower: Iterable[Mistake]) -> list[Problem]:
    """Every file that failed, with its mistakes."""
    names: dict[str, tuple[str, str]] = {}
    for kind, readings in (
        ("standard", checked.standards.values()),
        ("course", checked.courses.values()),
        ("module", checked.modules),
    ):
        names |= {one.path: (kind, one.id) for one in readings}
    by_path: dict[str, list[Mistake]] = {}
    for mistake in (*checked.mistakes, *lower):
        by_path.setdefault(mistake.path, []).append(mistake)
    sources = checked.sources
    found = []
    for path, mistakes in sorted(by_path.items()):
        if any(one.severity == "error" for one in mistakes):
            stem = path.rpartition("/")[2].partition(".")[0]
            kind, name = names.get(path, (FRAMEWORK if f"/{FRAMEWORK}/" in path else "file", stem))
            source = sources.get(path, "")
            found.append(Problem(kind=kind, id=name, path=path, mistakes=tuple(mistakes), source=source))
    return found
