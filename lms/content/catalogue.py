"""What is published now, and every text that was published once."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from threading import Lock
from typing import Generic, TypeVar

from flask import current_app
from sqlalchemy import select

from lms.content.documents import (
    CourseDocument,
    ModuleDocument,
    ModuleFront,
    PartEntry,
    StandardDocument,
    from_json,
)
from lms.content.framework import Framework
from lms.content.mistakes import Mistake
from lms.content.models import ModuleVersion, Publication
from lms.core.database import db

T = TypeVar("T")

CATALOGUES_KEPT = 2
VERSIONS_KEPT = 256


@dataclass(frozen=True, kw_only=True)
class EarlierUntil:
    """The first day on which passes of editions before `edition` no longer count."""

    edition: int
    day: date


@dataclass(frozen=True, kw_only=True)
class ModuleEntry(ModuleFront):
    """What is known of a published module without its text. `edition_on` is the edition's first day."""

    id: str
    course: str
    version_id: int
    published_at: datetime
    edition_on: date
    parts: tuple[PartEntry, ...]
    check_minutes: int
    question_count: int
    earlier_until: tuple[EarlierUntil, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A file that failed its checks, and why; `kind` is framework, standard, course or module.

    `source` is its text as it was read.
    """

    kind: str
    id: str
    path: str
    mistakes: tuple[Mistake, ...]
    source: str = ""


@dataclass(frozen=True)
class Catalogue:
    """All that is published at a moment. Courses stand in their order; problems name what failed."""

    framework: Framework = field(default_factory=Framework)
    courses: tuple[CourseDocument, ...] = ()
    modules: tuple[ModuleEntry, ...] = ()
    standards: tuple[StandardDocument, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def _modules(self) -> dict[str, ModuleEntry]:
        return {module.id: module for module in self.modules}

    @cached_property
    def _names(self) -> dict[str, str]:
        return {alias: module.id for module in self.modules for alias in module.aliases}

    def course(self, course_id: str) -> CourseDocument | None:
        """The course with this id, if it is published."""
        return next((course for course in self.courses if course.id == course_id), None)

    def module(self, module_id: str) -> ModuleEntry | None:
        """The module with this id, if it is published."""
        return self._modules.get(module_id)

    def standard(self, standard_id: str) -> StandardDocument | None:
        """The standard with this id, if it is published."""
        return next((standard for standard in self.standards if standard.id == standard_id), None)

    def modules_of(self, course_id: str) -> list[ModuleEntry]:
        """The published modules of a course, in its order."""
        course = self.course(course_id)
        listed = (self.module(module_id) for module_id in course.modules) if course else ()
        return [module for module in listed if module and module.course == course_id]

    def resolve(self, module_id: str) -> str:
        """The present id of a module, for an earlier name too; an unknown id stays as it is."""
        return module_id if module_id in self._modules else self._names.get(module_id, module_id)

    def ids_of(self, module_id: str) -> tuple[str, ...]:
        """The id of a module and all of its earlier ones."""
        module = self.module(module_id)
        return (module_id, *module.aliases) if module else (module_id,)

    def shown_by(self, module_id: str) -> list[tuple[str, int]]:
        """The competencies and levels that a module helps to show."""
        return [
            (competency.id, level)
            for competency in self.framework.competencies
            for level, modules in sorted(competency.shown_by.items())
            if module_id in modules
        ]

    def closing(self, competency_id: str, level: int) -> list[ModuleEntry]:
        """The modules that together show a level; none where it needs an assessment."""
        competency = self.framework.competency(competency_id)
        listed = competency.shown_by.get(level, ()) if competency else ()
        return [module for module_id in listed if (module := self.module(module_id))]


@dataclass(frozen=True)
class Version:
    """The exact text of a module that was published once."""

    id: int
    module_id: str
    edition: int
    published_at: datetime
    document: ModuleDocument


class _Kept(Generic[T]):
    """The values that were asked for last; each application has its own."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.values: OrderedDict[Hashable, T] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable) -> T | None:
        with self.lock:
            if key in self.values:
                self.values.move_to_end(key)
            return self.values.get(key)

    def put(self, key: Hashable, value: T) -> None:
        with self.lock:
            self.values[key] = value
            if len(self.values) > self.most:
                self.values.popitem(last=False)


class _Cache:
    def __init__(self) -> None:
        self.catalogues: _Kept[Catalogue] = _Kept(CATALOGUES_KEPT)
        self.versions: _Kept[Version] = _Kept(VERSIONS_KEPT)


def _cache() -> _Cache:
    cache: _Cache = current_app.extensions.setdefault("content", _Cache())
    return cache


def _is_lasting() -> bool:
    """What a transaction reads of its own writes may be undone, and must not be kept."""
    return not db.session().info.get("writing")


def current() -> Catalogue:
    """What is published now: one statement, and one more for a publication not seen before.

    Nothing published gives an empty catalogue.
    """
    newest = db.session.execute(
        select(Publication.id, Publication.at).order_by(Publication.id.desc()).limit(1)
    ).first()
    return _catalogue(newest.id, newest.at) if newest else Catalogue()


def _catalogue(publication_id: int, at: datetime) -> Catalogue:
    kept = _cache().catalogues
    known = kept.get((publication_id, at))
    if known:
        return known
    document = db.session.scalars(select(Publication.document).where(Publication.id == publication_id)).one()
    found = from_json(Catalogue, document)
    if _is_lasting():
        kept.put((publication_id, at), found)
    return found


def module_version(version_id: int) -> Version:
    """One text of a module; it never changes, so that it is read once.

    Raises LookupError when there is none.
    """
    kept = _cache().versions
    known = kept.get(version_id)
    if known:
        return known
    row = db.session.execute(
        select(
            ModuleVersion.module_id, ModuleVersion.edition, ModuleVersion.published_at, ModuleVersion.document
        ).where(ModuleVersion.id == version_id)
    ).first()
    if row is None:
        message = f"no module version {version_id}"
        raise LookupError(message)
    document = from_json(ModuleDocument, row.document)
    found = Version(version_id, row.module_id, row.edition, row.published_at, document)
    if _is_lasting():
        kept.put(version_id, found)
    return found
