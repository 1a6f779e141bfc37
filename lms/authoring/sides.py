"""The two sides of a comparison of courses: what learners have, or a revision, and what lies there now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from lms.content import catalogue
from lms.content.checking import check
from lms.content.documents import (
    CourseDocument,
    ModuleDocument,
    StandardDocument,
    from_json,
)
from lms.content.framework import Framework
from lms.content.models import ModuleVersion
from lms.core.database import db

BATCH = 500


@dataclass(frozen=True, slots=True)
class Text:
    """A module as learners read it, and its file."""

    document: ModuleDocument
    source: str


@dataclass(frozen=True, slots=True)
class Side:
    """Courses by id. `failing` are paths of files that do not pass, by the id of their module."""

    modules: Mapping[str, Text] = field(default_factory=dict)
    courses: Mapping[str, CourseDocument] = field(default_factory=dict)
    standards: Mapping[str, StandardDocument] = field(default_factory=dict)
    framework: Framework | None = None
    failing: Mapping[str, str] = field(default_factory=dict)

    def earlier(self, document: ModuleDocument) -> Text | None:
        """A module of this side, by the name that it has on the other or by one that it had before."""
        names = (document.id, *document.aliases)
        return next((found for name in names if (found := self.modules.get(name))), None)


def side_of_folder(folder: Path) -> Side:
    """A folder, as far as it passes its checks."""
    checked = check(folder)
    modules = {one.id: Text(one.document, one.source) for one in checked.passed_modules() if one.document}
    return Side(
        modules,
        {one.id: one for one in checked.passed_courses()},
        {one.id: one for one in checked.passed_standards()},
        checked.passed_framework(),
        {one.id: one.path for one in checked.modules if one.id not in modules},
    )


def side_of_learners() -> Side:
    """What is published now."""
    now = catalogue.current()
    texts = _texts({entry.version_id for entry in now.modules})
    return Side(
        {entry.id: texts[entry.version_id] for entry in now.modules},
        {one.id: one for one in now.courses},
        {one.id: one for one in now.standards},
        now.framework,
    )


def _texts(versions: set[int]) -> dict[int, Text]:
    found: dict[int, Text] = {}
    wanted = sorted(versions)
    columns = select(ModuleVersion.id, ModuleVersion.document, ModuleVersion.source)
    for start in range(0, len(wanted), BATCH):
        for row in db.session.execute(columns.where(ModuleVersion.id.in_(wanted[start : start + BATCH]))):
            found[row.id] = Text(from_json(ModuleDocument, row.document), row.source)
    return found
