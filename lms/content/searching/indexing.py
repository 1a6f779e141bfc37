"""Keeps the index in step with what is published: inside the publish transaction, and at an upgrade."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import delete, func, insert, select

from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.content.models import ModuleVersion
from lms.content.searching.engines import engine
from lms.content.searching.models import SearchSection
from lms.content.searching.sections import Section, module_sections, sources
from lms.core.database import db, writing
from lms.core.migrations import upgraded

T = TypeVar("T")
TOGETHER = 200
"""Texts that are taken in one statement; a thousand modules are never in memory at once."""


@upgraded.connect
def catch_up(_sender: object) -> None:
    """Make the index of a database that was published into before it had one, or by an earlier rule."""
    if set(sources(catalogue.current()).names()) != _known():
        with writing():
            follow(catalogue.current())


def follow(published: Catalogue) -> None:
    """Let exactly what is published be found, in the transaction that is writing."""
    wanted, known = sources(published), _known()
    gone = known - wanted.names()
    for names in _some(sorted(gone)):
        _forget(names)
    for name, make in wanted.ready.items():
        if name not in known:
            _add((name, section) for section in make())
    new = {name: version_id for name, version_id in wanted.modules.items() if name not in known}
    for pairs in _some(list(new.items())):
        _add_modules(dict(pairs))


def _known() -> set[str]:
    return set(db.session.scalars(select(SearchSection.source).distinct()))


def _add_modules(new: dict[str, int]) -> None:
    names = {version_id: name for name, version_id in new.items()}
    query = select(ModuleVersion.id, ModuleVersion.document).where(ModuleVersion.id.in_(names))
    rows = db.session.execute(query.order_by(ModuleVersion.id)).all()
    _add((names[row.id], section) for row in rows for section in module_sections(row.document))


def _add(found: Iterable[tuple[str, Section]]) -> None:
    """Write sections under new ids: the last one is known, since only one transaction writes at a time."""
    first = (db.session.scalar(select(func.max(SearchSection.id))) or 0) + 1
    sections = list(enumerate(found, first))
    if not sections:
        return
    rows = [
        {
            "id": number,
            "source": name,
            "kind": section.kind,
            "parent": section.parent,
            "item": section.item,
            "place": section.place,
            "title": section.title,
            "heading": section.heading,
            "text": section.text,
        }
        for number, (name, section) in sections
    ]
    db.session.execute(insert(SearchSection), rows)
    engine().add([(number, section) for number, (_, section) in sections])


def _forget(names: Sequence[str]) -> None:
    ids = db.session.scalars(select(SearchSection.id).where(SearchSection.source.in_(names))).all()
    for some in _some(ids):
        engine().remove(some)
        db.session.execute(delete(SearchSection).where(SearchSection.id.in_(some)))


def _some(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), TOGETHER):
        yield values[start : start + TOGETHER]
