"""Where things stand in the files of published modules: questions with their text, and lines of parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from lms.content.catalogue import ModuleEntry
from lms.content.documents import ModuleDocument, Question, from_json
from lms.content.models import ModuleVersion
from lms.core.database import db
from lms.learning.counting import text_of

FOLDER = "courses"
"""The folder in which authors find all files, as the check names it."""


@dataclass(frozen=True, slots=True)
class QuestionText:
    """A question as its module's file says it."""

    question: Question
    hash: str

    @property
    def rights(self) -> tuple[bool, ...]:
        """Which of its options are right."""
        return tuple(option.right for option in self.question.options)


@dataclass(frozen=True, slots=True)
class Lines:
    """The questions of a version in their order, and the line of the heading of each part."""

    questions: tuple[QuestionText, ...]
    parts: Mapping[str, int]

    def line(self, place: str) -> int:
        """The line of a part or a question; 0 when it is not there."""
        found = (each.question.line for each in self.questions if each.question.id == place)
        return self.parts.get(place) or next(found, 0)


def path_of(entry: ModuleEntry) -> str:
    """The file of a module, as the check names it."""
    return f"{FOLDER}/{entry.course}/{entry.id}.md"


def lines_of(entries: Iterable[ModuleEntry]) -> Mapping[int, Lines]:
    """What stands where in the versions of modules; at most one statement.

    A version never changes, so that a process reads it once.
    """
    kept: dict[int, Lines] = current_app.extensions.setdefault("lines-of-versions", {})
    missing = {entry.version_id for entry in entries} - kept.keys()
    if missing:
        query = select(ModuleVersion.id, ModuleVersion.document).where(ModuleVersion.id.in_(missing))
        for row in db.session.execute(query):
            document = from_json(ModuleDocument, row.document)
            kept[row.id] = Lines(
                tuple(QuestionText(each, text_of(each)) for each in document.questions),
                {part.slug: part.line for part in document.parts},
            )
    return kept
