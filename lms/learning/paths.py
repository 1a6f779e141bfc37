"""The order through modules that leads to what a role asks: a pure rule over the framework and the courses.

Each level that learning shows comes with all of its modules: level 1 of everything before level 2,
then what the role asks most of, then the order of the courses; what a module builds on goes before it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lms.content.catalogue import Catalogue, ModuleEntry
from lms.content.framework import Competency


@dataclass(frozen=True, slots=True)
class Serves:
    """A level that a step helps to show, as one of `of` modules; `completes` when it is the last of them."""

    competency: Competency
    level: int
    of: int
    completes: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A level that the role asks for and only an assessment shows."""

    competency: Competency
    level: int


@dataclass(frozen=True, slots=True)
class Step:
    """One module of a path, from 1, in the stage of the lowest level that it is there for.

    `serves` begins with the levels that it completes; `before` are the ids of later modules that build
    on it.
    """

    number: int
    stage: int
    module: ModuleEntry
    serves: tuple[Serves, ...]
    prepares: tuple[Prepared, ...]
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessed:
    """A level that only an assessment shows, above the one that modules lead to (0: to none).

    `missing` are the ids of modules that would show it and are not published.
    """

    competency: Competency
    level: int
    learned: int
    modules: tuple[ModuleEntry, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Path:
    """The steps in their order, what they do not reach, and which modules are left out, by id."""

    required: Mapping[str, int]
    steps: tuple[Step, ...]
    assessed: tuple[Assessed, ...]
    missing: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """The minutes of all steps, their checks among them."""
        return sum(step.module.minutes for step in self.steps)

    @property
    def reached(self) -> int:
        """In how many competencies learning shows the level that is asked."""
        return len(self.required) - len(self.assessed)

    @property
    def stages(self) -> list[int]:
        """The levels of its stages, in order."""
        return sorted({step.stage for step in self.steps})

    def numbers_of(self, modules: Iterable[str]) -> list[int]:
        """The places of these modules, in order."""
        return sorted(self.numbers[module] for module in modules)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The place of each module on the path, by id."""
        return {step.module.id: step.number for step in self.steps}


@dataclass(frozen=True, slots=True)
class _Level:
    """A level on the way to a requirement, with the modules that show it; `missing` are not published."""

    competency: Competency
    level: int
    required: int
    modules: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass
class _Order:
    """Modules in the order in which they were put down, each with its stage.

    `before` has the later modules that build on each, `lost` what they build on and is not published.
    """

    published: Catalogue
    places: Mapping[str, tuple[int, int]]
    stages: dict[str, int] = field(default_factory=dict)
    before: dict[str, list[str]] = field(default_factory=dict)
    lost: dict[str, None] = field(default_factory=dict)

    def put(self, module: ModuleEntry, stage: int, trail: tuple[str, ...] = ()) -> None:
        """Put a module down after all that it builds on; what stands already stays where it is."""
        if module.id in self.stages or module.id in trail:
            return
        for needed in sorted(map(self.published.resolve, module.prerequisites), key=self.place):
            entry = self.published.module(needed)
            if entry is None:
                self.lost[needed] = None
                continue
            self.put(entry, stage, (*trail, module.id))
            self.before.setdefault(needed, []).append(module.id)
        self.stages[module.id] = stage

    def place(self, module_id: str) -> tuple[int, int]:
        """The place of a module in the order of courses; last when no course lists it."""
        return self.places.get(module_id, (len(self.published.courses), 0))


def path_of(required: Mapping[str, int], published: Catalogue) -> Path:
    """The path to the levels that a role asks for, by competency; it knows nobody’s standing."""
    asked = {
        competency.id: level
        for competency in published.framework.competencies
        if (level := required.get(competency.id, 0))
    }
    levels = list(_levels(asked, published))
    order = _in_order(levels, published)
    assessed = tuple(_assessed(asked, levels, published))
    missing = dict.fromkeys(each for level in levels for each in level.missing)
    return Path(asked, tuple(_steps(order, levels, assessed)), assessed, (*(missing | order.lost),))


def _levels(asked: Mapping[str, int], published: Catalogue) -> Iterator[_Level]:
    for competency in published.framework.competencies:
        required = asked.get(competency.id, 0)
        for level, listed in sorted(competency.shown_by.items()):
            if level <= required and listed:
                modules = tuple(dict.fromkeys(published.resolve(each) for each in listed))
                missing = tuple(each for each in modules if published.module(each) is None)
                yield _Level(competency, level, required, modules, missing)


def _in_order(levels: Iterable[_Level], published: Catalogue) -> _Order:
    order = _Order(
        published,
        {
            module: (number, place)
            for number, course in enumerate(published.courses)
            for place, module in enumerate(course.modules)
        },
    )
    ranks: dict[str, tuple[int, int, tuple[int, int], str]] = {}
    for each in levels:
        for module_id in each.modules:
            rank = (each.level, -each.required, order.place(module_id), module_id)
            ranks[module_id] = min(rank, ranks.get(module_id, rank))
    for module_id, rank in sorted(ranks.items(), key=lambda pair: pair[1]):
        module = published.module(module_id)
        if module is not None:
            order.put(module, rank[0])
    return order


def _assessed(asked: Mapping[str, int], levels: Iterable[_Level], published: Catalogue) -> Iterator[Assessed]:
    for competency in published.framework.competencies:
        required = asked.get(competency.id, 0)
        own = [each for each in levels if each.competency.id == competency.id]
        learned = max((each.level for each in own if not each.missing), default=0)
        if learned >= required:
            continue
        prepared = (competency.prepared_by.get(level, ()) for level in range(learned + 1, required + 1))
        ids = dict.fromkeys(published.resolve(module_id) for listed in prepared for module_id in listed)
        modules = tuple(module for module_id in ids if (module := published.module(module_id)))
        missing = tuple(
            dict.fromkeys(each for level in own if level.level > learned for each in level.missing)
        )
        yield Assessed(competency, required, learned, modules, missing)


def _steps(order: _Order, levels: Sequence[_Level], assessed: Sequence[Assessed]) -> Iterator[Step]:
    done: set[str] = set()
    for number, (module_id, stage) in enumerate(order.stages.items(), 1):
        module = order.published.module(module_id)
        if module is None:
            continue
        done.add(module_id)
        serves = (
            Serves(each.competency, each.level, len(each.modules), done.issuperset(each.modules))
            for each in levels
            if module_id in each.modules
        )
        shown_first = tuple(sorted(serves, key=lambda each: not each.completes))
        prepares = tuple(Prepared(each.competency, each.level) for each in assessed if module in each.modules)
        yield Step(number, stage, module, shown_first, prepares, tuple(order.before.get(module_id, ())))
