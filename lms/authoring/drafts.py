"""Texts to preview: what the last publish kept of a module, and what an author pastes or sends."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from lms.authoring.previewing import Draft, known_in
from lms.authoring.sides import Text
from lms.content import catalogue
from lms.content.advice.advising import advise_on_module
from lms.content.catalogue import Catalogue, ModuleEntry, Problem
from lms.content.checking import check_module
from lms.content.mistakes import Mistake, in_order
from lms.content.models import Asset, ModuleVersion
from lms.content.opening import PictureFile
from lms.content.pictures import read_picture
from lms.content.reading import read_module
from lms.core.database import db

NEW = "your-module"
COURSES = "courses"


def kept_draft(module_id: str, published: Catalogue, today: date) -> Draft | None:
    """The text of a module as the last publish found it, failing or not; None when it found none."""
    entry = published.module(module_id)
    problem = next((one for one in published.problems if (one.kind, one.id) == ("module", module_id)), None)
    if problem is not None and problem.source:
        return draft_of(problem.source, module_id, problem.path, published, today, kept=problem)
    if entry is None:
        return None
    path = f"{COURSES}/{entry.course}/{entry.id}.md"
    return draft_of(text_of(entry).source, module_id, path, published, today)


def text_of(entry: ModuleEntry) -> Text:
    """A module as learners read it now, and its file."""
    query = select(ModuleVersion.source).where(ModuleVersion.id == entry.version_id)
    return Text(catalogue.module_version(entry.version_id).document, db.session.scalars(query).one())


def draft_of(
    source: str,
    module_id: str,
    path: str,
    published: Catalogue,
    today: date,
    *,
    kept: Problem | None = None,
) -> Draft:
    """A text with what the check and its advice say of it, beside what is published.

    Of a text that the last publish refused, `kept` has the mistakes that were found then.
    """
    pictures = pictures_of(published.module(module_id))
    course = path.split("/")[-2]
    reading = read_module(source.encode(), path, module_id, course, pictures)
    check_module(reading, known_in(published))
    mistakes: list[Mistake] = [*(kept.mistakes if kept else reading.mistakes)]
    if not any(one.severity == "error" for one in mistakes):
        mistakes += advise_on_module(reading, published.framework, today)
    return Draft(module_id, path, reading.source, reading.document, in_order(mistakes), pictures)


def pictures_of(entry: ModuleEntry | None) -> Mapping[str, PictureFile]:
    """The pictures that learners see in a module, by name; one statement."""
    if entry is None:
        return {}
    names = catalogue.module_version(entry.version_id).document.pictures
    rows = db.session.execute(select(Asset.hash, Asset.data).where(Asset.hash.in_(names.values())))
    data = {row.hash: row.data for row in rows}
    return {
        name: PictureFile(*read_picture(name, data[hash_])) for name, hash_ in names.items() if hash_ in data
    }
