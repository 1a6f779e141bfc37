"""What must hold between modules and courses: ids, lists, earlier names, prerequisites."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lms.content.documents import CourseDocument, ModuleDocument
from lms.content.mistakes import Mistakes, Span, in_order, near
from lms.content.opening import Reading

Modules = Sequence[Reading[ModuleDocument]]
Courses = Mapping[str, Reading[CourseDocument]]


def aliases(modules: Modules) -> dict[str, str]:
    """The present name of a module by each of its earlier names."""
    return {alias: one.id for one in modules if one.document for alias in one.document.aliases}


def check(courses: Courses, modules: Modules, path: Callable[..., str]) -> None:
    """Add what does not hold to the readings that it is about."""
    readings: list[Reading[Any]] = [*courses.values(), *modules]
    notes = {one.path: Mistakes(one.path) for one in readings}
    _check_ids(modules, notes)
    _check_lists(courses, modules, notes, path)
    _check_aliases(modules, notes)
    _check_prerequisites(modules, notes)
    for reading in readings:
        reading.mistakes = in_order([*reading.mistakes, *notes[reading.path].found])


def _check_ids(modules: Modules, notes: Mapping[str, Mistakes]) -> None:
    """Both files of one id fail: nobody can say which is meant, and what is published stays."""
    by_id: defaultdict[str, list[str]] = defaultdict(list)
    for module in modules:
        by_id[module.id].append(module.path)
    for name, paths in by_id.items():
        for here, other in zip(paths, [*paths[1:], paths[0]], strict=True):
            if here != other:
                notes[here].add("duplicate-module", Span(line=1), id=name, other=other)


def _check_lists(
    courses: Courses, modules: Modules, notes: Mapping[str, Mistakes], path: Callable[..., str]
) -> None:
    in_folder: defaultdict[str, set[str]] = defaultdict(set)
    for module in modules:
        course = module.path.split("/")[-2]
        in_folder[course].add(module.id)
        reading = courses[course]
        if reading.document and module.id not in reading.document.modules:
            notes[module.path].add(
                "module-not-listed", Span(line=1), id=module.id, course=path(course, "course.md")
            )
    for course, reading in courses.items():
        seen: set[str] = set()
        for index, name in enumerate(reading.document.modules if reading.document else ()):
            span = reading.tree.span("modules", index)
            if name in seen:
                notes[reading.path].add("listed-twice", span, target=name)
            elif name not in in_folder[course]:
                close = near(name, in_folder[course])
                notes[reading.path].add("not-in-course", span, target=name, near=close)
            seen.add(name)


def _check_aliases(modules: Modules, notes: Mapping[str, Mistakes]) -> None:
    owners = {module.id: module.id for module in modules}
    for module in modules:
        for index, alias in enumerate(module.document.aliases if module.document else ()):
            if alias in owners:
                span = module.tree.span("aliases", index)
                notes[module.path].add("alias-taken", span, alias=alias, id=owners[alias])
            owners.setdefault(alias, module.id)


def _check_prerequisites(modules: Modules, notes: Mapping[str, Mistakes]) -> None:
    asked = {one.id: one.document.prerequisites if one.document else () for one in modules}
    for module in modules:
        for index, first in enumerate(asked[module.id]):
            way = _way(first, module.id, asked)
            if way:
                cycle = " → ".join((module.id, *way))
                notes[module.path].add(
                    "prerequisite-cycle", module.tree.span("prerequisites", index), cycle=cycle
                )


def _way(start: str, goal: str, asked: Mapping[str, Sequence[str]]) -> list[str]:
    """The modules from one to another along prerequisites; empty when there is no way."""
    before: dict[str, str] = {start: ""}
    waiting = [start]
    while waiting:
        here = waiting.pop(0)
        if here == goal:
            way = [here]
            while before[way[0]]:
                way.insert(0, before[way[0]])
            return way
        for following in asked.get(here, ()):
            if following not in before:
                before[following] = here
                waiting.append(following)
    return []
