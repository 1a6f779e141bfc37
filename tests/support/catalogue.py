"""Publishes a catalogue of plain values, for tests in which no text is read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from lms.competencies.requirements import publish_requirements
from lms.content import catalogue
from lms.content.catalogue import Catalogue, EarlierUntil, ModuleEntry
from lms.content.documents import (
    Change,
    Clause,
    CourseDocument,
    PartEntry,
    Source,
    StandardDocument,
    to_json,
)
from lms.content.framework import Area, Competency, Framework, Pillar, RequiredLevel, RoleProfile
from lms.content.models import CompetencyRow, Module, ModuleVersion, PillarRow, Publication, RoleProfileRow
from lms.core import clock
from lms.core.database import db, writing
from tests.support.build import START

SOURCE = Source(title="Procurement Act 2023", law="pa23/51")
Shown = Mapping[int, tuple[str, ...]]


def competency(key: str, shown_by: Shown | None = None, prepared_by: Shown | None = None) -> Competency:
    """A competency whose title is its id in words."""
    title = key.replace("-", " ").capitalize()
    return Competency(
        id=key,
        area="source",
        title=title,
        short=key[:20],
        summary=f"What {title} is.",
        levels={level: f"Does what level {level} of {title} asks." for level in (1, 2, 3, 4)},
        shown_by=dict(shown_by or {}),
        prepared_by=dict(prepared_by or {}),
    )


def role(key: str, requires: Mapping[str, int]) -> RoleProfile:
    """A role profile whose title is its id in words."""
    levels = tuple(RequiredLevel(competency=each, level=level) for each, level in requires.items())
    return RoleProfile(id=key, title=key.replace("-", " ").capitalize(), requires=levels)


def module(
    key: str,
    minutes: int = 20,
    *,
    edition: int = 1,
    changes: tuple[Change, ...] = (),
    earlier_until: tuple[EarlierUntil, ...] = (),
) -> ModuleEntry:
    """A published module in three parts, with a check of eight minutes."""
    return ModuleEntry(
        id=key,
        course="one-course",
        title=key.replace("-", " ").capitalize(),
        summary=f"What {key} is about.",
        minutes=minutes,
        law_at=START,
        edition=edition,
        changes=changes,
        ask=3,
        outcomes=("do it",),
        pass_mark=80,
        review_by=date(2030, 1, 1),
        owner="an.author@example.org",
        sources=(SOURCE,),
        version_id=0,
        published_at=clock.now(),
        edition_on=START,
        parts=tuple(
            PartEntry(slug=slug, title=title, minutes=(minutes - 8) // 3)
            for slug, title in (("one", "Part one"), ("two", "Part two"), ("three", "Part three"))
        ),
        check_minutes=8,
        question_count=5,
        earlier_until=earlier_until,
    )


def standard(key: str, *numbers: str) -> StandardDocument:
    """A standard with these clauses."""
    return StandardDocument(
        id=key,
        title=f"The {key} standard",
        summary=f"What {key} asks.",
        law_at=START,
        owner="an.author@example.org",
        review_by=date(2030, 1, 1),
        sources=(SOURCE,),
        html="",
        clauses=tuple(Clause(number=number, title=f"Do {key} {number}", html="") for number in numbers),
    )


def publish(
    competencies: tuple[Competency, ...],
    roles: tuple[RoleProfile, ...],
    modules: tuple[ModuleEntry, ...],
    pillars: tuple[Pillar, ...] = (),
    standards: tuple[StandardDocument, ...] = (),
) -> Catalogue:
    """Publish a framework, modules and standards; what the roles require counts from the first day."""
    with writing():
        for kind, keys in (
            (CompetencyRow, [each.id for each in competencies]),
            (RoleProfileRow, [each.id for each in roles]),
            (PillarRow, [each.id for each in pillars]),
            (Module, [each.id for each in modules]),
        ):
            db.session.add_all(kind(id=key) for key in keys if db.session.get(kind, key) is None)
        db.session.flush()
        published = Catalogue(
            framework=Framework(
                areas=(Area(id="source", title="Source"),),
                competencies=competencies,
                roles=roles,
                pillars=pillars,
            ),
            courses=(
                CourseDocument(
                    id="one-course",
                    title="One course",
                    summary="All modules.",
                    modules=tuple(each.id for each in modules),
                    html="",
                ),
            ),
            modules=tuple(replace(each, version_id=_version(each)) for each in modules),
            standards=standards,
        )
        db.session.add(Publication(at=clock.now(), document=to_json(published)))
    asked = {
        (each.id, required.competency): (required.level, START)
        for each in roles
        for required in each.requires
    }
    publish_requirements(asked, START, by=None)
    return catalogue.current()


def _version(entry: ModuleEntry) -> int:
    mark = f"{entry.id}-{entry.edition}"
    known = db.session.scalars(select(ModuleVersion.id).where(ModuleVersion.hash == mark)).first()
    if known is not None:
        return known
    row = ModuleVersion(
        module_id=entry.id,
        edition=entry.edition,
        hash=mark,
        document={},
        source="",
        published_at=entry.published_at,
    )
    db.session.add(row)
    db.session.flush()
    return row.id
