"""Reads the files of `framework/` into one framework, and names what does not hold together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Annotated, Any, TypeVar, cast

from pydantic import Field

from lms.content.documents import LEVELS, Id, Note, Text
from lms.content.framework import (
    Accreditation,
    Area,
    AssessmentRules,
    Competency,
    Figure,
    Framework,
    Law,
    Pillar,
    RequiredLevel,
    RoleProfile,
    Term,
    Work,
)
from lms.content.frontmatter import Tree, read_yaml, validate
from lms.content.lines import decode
from lms.content.mistakes import Mistake, Mistakes, Span, in_order, near
from lms.content.opening import text_of
from lms.content.references import Known, Reference, resolve, resolve_module

T = TypeVar("T")

LISTS = ("competencies.yaml", "roles.yaml", "works.yaml", "pillars.yaml")
FRAMEWORK_FILES = (*LISTS, "laws.yaml", "figures.yaml", "glossary.yaml")
NEEDED = {"competencies.yaml": ("areas", "competencies"), "roles.yaml": ("roles",)}


@dataclass(frozen=True, kw_only=True)
class _LevelFrom:
    level: Annotated[int, Field(ge=0, le=4)]
    from_day: Annotated[date | None, Field(alias="from")] = None


@dataclass(frozen=True, kw_only=True)
class _Role:
    id: Id
    title: Text
    summary: Note = ""
    requires: dict[Id, _LevelFrom]


@dataclass(frozen=True, kw_only=True)
class _Lists:
    """What the files of lists may hold; each list stands in one of them."""

    areas: tuple[Area, ...] = ()
    competencies: tuple[Competency, ...] = ()
    roles: tuple[_Role, ...] = ()
    pillars: tuple[Pillar, ...] = ()
    works: tuple[Work, ...] = ()
    assessments: AssessmentRules | None = None
    accreditations: tuple[Accreditation, ...] = ()


@dataclass
class FrameworkReading:
    """The framework if all of its files hold, and of each file what can be relied on."""

    framework: Framework | None = None
    mistakes: list[Mistake] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    laws: Mapping[str, Law] | None = None
    figures: Mapping[str, Figure] | None = None
    terms: Mapping[str, Term] | None = None
    competencies: set[str] | None = None


class _Files:
    """The files of the folder, each with its own mistakes."""

    def __init__(self, files: Mapping[str, bytes], folder: str) -> None:
        self.files = files
        self.folder = folder
        self.mistakes: list[Mistakes] = []
        self.sources: dict[str, str] = {}

    def read(self, name: str, kind: type[T]) -> tuple[T | None, Tree, Mistakes]:
        """One file by its schema; a file that is not needed may be missing."""
        mistakes = Mistakes(f"{self.folder}/{name}")
        self.mistakes.append(mistakes)
        data = self.files.get(name)
        if data is None:
            if name in NEEDED:
                mistakes.add("file-missing", Span(line=1), name=name)
            return (None if name in NEEDED else validate(kind, Tree(), mistakes)), Tree(), mistakes
        self.sources[mistakes.path] = text_of(data)
        lines = decode(data, mistakes)
        tree = read_yaml(lines, mistakes) if lines is not None else None
        if tree is None:
            return None, Tree(), mistakes
        _spell_out_levels(tree.value)
        return validate(kind, tree, mistakes), tree, mistakes


def _spell_out_levels(value: Any) -> None:  # noqa: ANN401 what YAML holds
    """A role may write `buying: 2` for `buying: {level: 2}`."""
    roles = value.get("roles") if isinstance(value, dict) else None
    for role in roles if isinstance(roles, list) else ():
        requires = role.get("requires") if isinstance(role, dict) else None
        if isinstance(requires, dict):
            role["requires"] = {
                key: {"level": level} if isinstance(level, int) else level for key, level in requires.items()
            }


def read_framework(files: Mapping[str, bytes], folder: str, known: Known) -> FrameworkReading:
    """The framework from its files by name; `known` has the modules, and is given what is read here."""
    reader = _Files(files, folder)
    laws, law_tree, law_mistakes = reader.read("laws.yaml", cast("type[dict[Id, Law]]", dict[Id, Law]))
    figures, figure_tree, figure_mistakes = reader.read(
        "figures.yaml", cast("type[dict[Id, Figure]]", dict[Id, Figure])
    )
    terms, term_tree, term_mistakes = reader.read(
        "glossary.yaml", cast("type[dict[Id, Term]]", dict[Id, Term])
    )
    known.laws, known.figures, known.terms = laws, figures, None if terms is None else set(terms)
    _check_laws(laws or {}, law_tree, law_mistakes)
    for name, figure in (figures or {}).items():
        _check_law((name, "source"), figure.source, figure_tree, known, figure_mistakes)
        _check_values(name, figure, figure_tree, figure_mistakes)
    for name, term in (terms or {}).items():
        _check_law((name, "source"), term.source, term_tree, known, term_mistakes)
    lists = _read_lists(reader, known)
    found = [mistake for mistakes in reader.mistakes for mistake in mistakes.found]
    reading = FrameworkReading(mistakes=in_order(found), sources=reader.sources)
    reading.laws, reading.figures, reading.terms, reading.competencies = (
        laws,
        figures,
        terms,
        known.competencies,
    )
    if lists and not any(mistake.severity == "error" for mistake in found):
        reading.framework = Framework(**lists, laws=laws or {}, figures=figures or {}, terms=terms or {})
    return reading


@dataclass(frozen=True)
class _List:
    """One file of lists as read."""

    name: str
    lists: _Lists | None
    tree: Tree
    mistakes: Mistakes


def _read_lists(reader: _Files, known: Known) -> dict[str, Any] | None:
    """The lists of all files together; None when one cannot be read."""
    read = [_List(name, *reader.read(name, _Lists)) for name in LISTS]
    owners = _owners(read)
    merged = {key: getattr(file.lists, key) for key, file in owners.items()}
    known.competencies = {one.id for one in merged["competencies"]} if "competencies" in merged else None
    areas = {area.id for area in merged.get("areas", ())}
    for key, file in owners.items():
        if key != "assessments":
            _check_list(key, merged[key], file.tree, file.mistakes, known=known, areas=areas)
    if any(file.lists is None for file in read):
        return None
    merged["roles"] = tuple(_role(role) for role in merged.get("roles", ()))
    return {key: value for key, value in merged.items() if value is not None}


def _owners(read: Iterable[_List]) -> dict[str, _List]:
    """The file that each list stands in; names lists that stand twice or nowhere."""
    owners: dict[str, _List] = {}
    for file in read:
        for one in fields(_Lists):
            if (one.name,) in file.tree.keys and file.lists is not None:
                first = owners.setdefault(one.name, file)
                if first is not file:
                    span = file.tree.key_span(one.name)
                    file.mistakes.add("duplicate-section", span, key=one.name, other=first.name)
    for file in read:
        for key in NEEDED.get(file.name, ()):
            if file.lists is not None and key not in owners:
                file.mistakes.add("missing-key", file.tree.span(), key=key)
    return owners


def _role(role: _Role) -> RoleProfile:
    asked = (
        RequiredLevel(competency=name, level=one.level, from_day=one.from_day)
        for name, one in role.requires.items()
    )
    return RoleProfile(id=role.id, title=role.title, summary=role.summary, requires=tuple(asked))


def _check_list(
    key: str, values: Sequence[Any], tree: Tree, mistakes: Mistakes, *, known: Known, areas: set[str]
) -> None:
    first: dict[str, int] = {}
    for index, value in enumerate(values):
        span = tree.span(key, index, "id")
        if value.id in first:
            mistakes.add("duplicate-id", span, id=value.id, first=first[value.id])
        first.setdefault(value.id, span.line)
        if key == "competencies":
            _check_competency(value, index, tree, mistakes, known=known, areas=areas)
        inside = {"roles": "requires", "works": "needs", "accreditations": "shows"}.get(key)
        for name in getattr(value, inside) if inside else ():
            if known.competencies is not None and name not in known.competencies:
                place = tree.key_span(key, index, inside, name)
                close = near(name, known.competencies)
                mistakes.add("unknown-competency", place, target=name, near=close)


def _check_competency(
    competency: Competency, index: int, tree: Tree, mistakes: Mistakes, *, known: Known, areas: set[str]
) -> None:
    place = ("competencies", index)
    if competency.area not in areas:
        span = tree.span(*place, "area")
        mistakes.add("unknown-area", span, target=competency.area, near=near(competency.area, areas))
    for level in LEVELS:
        if level not in competency.levels:
            mistakes.add("levels-incomplete", tree.key_span(*place, "levels"), id=competency.id, level=level)
    for key, listed in (("shown_by", competency.shown_by), ("prepared_by", competency.prepared_by)):
        for level, modules in listed.items():
            for number, module in enumerate(modules):
                span = tree.span(*place, key, level, number)
                resolve_module(Reference("module", module, "", span), known, mistakes)


def _check_laws(laws: Mapping[str, Law], tree: Tree, mistakes: Mistakes) -> None:
    for name, law in laws.items():
        if "{section}" not in law.address and any(not key.startswith("sch") for key in law.sections):
            mistakes.add("law-address", tree.span(name, "address"))


def _check_law(place: tuple[str, str], target: str, tree: Tree, known: Known, mistakes: Mistakes) -> None:
    if target:
        resolve(Reference("law", target, "", tree.span(*place)), known, None, mistakes)


def _check_values(name: str, figure: Figure, tree: Tree, mistakes: Mistakes) -> None:
    for index, (before, value) in enumerate(zip(figure.values, figure.values[1:], strict=False), 1):
        if before.to_day is None or before.to_day > value.from_day:
            mistakes.add("figure-order", tree.span(name, "values", index, "from"), day=value.from_day)
