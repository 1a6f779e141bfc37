"""Checks everything in a folder of courses, and says which files pass.

Framework first, then standards, courses and modules; every mistake of every file at once. A file
that fails holds back nothing but itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from lms.content import relations
from lms.content.calculators import TITLES
from lms.content.documents import CourseDocument, Id, ModuleDocument, ModuleFront, Source, StandardDocument
from lms.content.folder import FRAMEWORK, STANDARDS, Folder
from lms.content.framework import Framework
from lms.content.framework_files import FrameworkReading, read_framework
from lms.content.frontmatter import Tree
from lms.content.mistakes import Mistake, Mistakes, Span, in_order
from lms.content.network import FIRST
from lms.content.network_files import NETWORK_FILE, NetworkReading, read_network
from lms.content.opening import Reading
from lms.content.references import Known, Reference, resolve
from lms.content.rendering import Picture
from lms.content.standards import clause_numbers


@dataclass
class Checked:
    """A folder of courses as read. What is in `passed_…` can be published."""

    framework: FrameworkReading
    standards: dict[str, Reading[StandardDocument]] = field(default_factory=dict)
    courses: dict[str, Reading[CourseDocument]] = field(default_factory=dict)
    modules: list[Reading[ModuleDocument]] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    stray: list[Mistake] = field(default_factory=list)
    network: NetworkReading = field(default_factory=lambda: NetworkReading(FIRST))

    @property
    def readings(self) -> list[Reading[Any]]:
        """Every standard, course and module as read."""
        return [*self.standards.values(), *self.courses.values(), *self.modules]

    @property
    def mistakes(self) -> list[Mistake]:
        """Every mistake, by file and place."""
        inside = (mistake for reading in self.readings for mistake in reading.mistakes)
        return in_order([*self.framework.mistakes, *self.network.mistakes, *self.stray, *inside])

    @property
    def sources(self) -> dict[str, str]:
        """The text of every file by its path."""
        named = {self.network.path: self.network.source} if self.network.path else {}
        return self.framework.sources | named | {reading.path: reading.source for reading in self.readings}

    def passed_framework(self) -> Framework | None:
        """The framework, if all of its files hold."""
        return self.framework.framework

    def passed_standards(self) -> list[StandardDocument]:
        """The standards that hold."""
        return [one.document for one in self.standards.values() if one.document and one.passes()]

    def passed_courses(self) -> list[CourseDocument]:
        """The courses that hold."""
        return [one.document for one in self.courses.values() if one.document and one.passes()]

    def passed_modules(self) -> list[Reading[ModuleDocument]]:
        """The modules that hold."""
        return [one for one in self.modules if one.passes()]


def check(folder: Path, known: Known | None = None) -> Checked:
    """Check a folder of courses; paths in it begin with the folder's name.

    Fills `known` with what may be referred to there.
    """
    reader = Folder(folder)
    known = known or Known()
    standards = {path.stem: reader.standard(path) for path in reader.texts(STANDARDS)}
    courses: dict[str, Reading[CourseDocument]] = {}
    modules: list[Reading[ModuleDocument]] = []
    for course in reader.courses():
        courses[course] = reader.course(course)
        modules += reader.modules(course)
    known.modules = {module.id for module in modules}
    known.aliases = relations.aliases(modules)
    known.clauses = {name: clause_numbers(reading) for name, reading in standards.items()}
    files = reader.framework()
    framework = read_framework(files, reader.path(FRAMEWORK), known)
    checked = Checked(framework, standards, courses, modules, reader.pictures, reader.stray)
    if NETWORK_FILE in files:
        checked.network = read_network(files[NETWORK_FILE], reader.path(FRAMEWORK, NETWORK_FILE))
    _check_references(checked, known)
    _check_calculators(checked)
    relations.check(courses, modules, reader.path)
    return checked


def check_module(module: Reading[ModuleDocument], known: Known) -> None:
    """Add what a module refers to and nobody knows to its mistakes."""
    front = module.document
    references = [*_of_sources(front.sources, module.tree), *_of_front(front, module.tree)] if front else []
    _resolve(module, references, known, front.law_at if front else None)


def _check_references(checked: Checked, known: Known) -> None:
    """What modules, courses and standards refer to, in their text and in their front matter."""
    for module in checked.modules:
        check_module(module, known)
    for standard in checked.standards.values():
        document = standard.document
        references = _of_sources(document.sources, standard.tree) if document else []
        _resolve(standard, references, known, document.law_at if document else None)
    for course in checked.courses.values():
        _resolve(course, [], known, None)


def _check_calculators(checked: Checked) -> None:
    """Name the calculators that stand in a module and that the network does not offer."""
    network = checked.network.network
    if network is None:
        return
    for module in checked.modules:
        mistakes = Mistakes(module.path)
        for part in module.document.parts if module.document else ():
            for each in part.calculators:
                if each.id in TITLES and each.id not in network.calculators:
                    mistakes.add("calculator-not-offered", Span(line=part.line), id=each.id)
        module.mistakes = in_order([*module.mistakes, *mistakes.found])


def _resolve(
    reading: Reading[Any],
    more: Iterable[Reference],
    known: Known,
    law_at: date | None,
) -> None:
    mistakes = Mistakes(reading.path)
    for reference in (*reading.found.references, *more):
        resolve(reference, known, law_at, mistakes)
    reading.mistakes = in_order([*reading.mistakes, *mistakes.found])


def _of_sources(sources: Iterable[Source], tree: Tree) -> list[Reference]:
    return [
        Reference("law", source.law, "", tree.span("sources", index, "law"))
        for index, source in enumerate(sources)
        if source.law
    ]


def _of_front(front: ModuleFront, tree: Tree) -> Iterator[Reference]:
    lists: Mapping[str, tuple[str, Iterable[Id]]] = {
        "clauses": ("clause", front.clauses),
        "prerequisites": ("module", front.prerequisites),
    }
    for key, (scheme, targets) in lists.items():
        for index, target in enumerate(targets):
            yield Reference(scheme, target, "", tree.span(key, index))
