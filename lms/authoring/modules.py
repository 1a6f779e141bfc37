"""The modules as authors see them: what is published, what does not pass, and what else needs somebody."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lms.content.catalogue import Catalogue, ModuleEntry, Problem

SOON = timedelta(days=30)


class State(StrEnum):
    """What can be said of a module, most urgent first; several hold at once."""

    FAILS = "fails"
    """Its file does not pass its checks."""
    OVERDUE = "overdue"
    """The day by which it was to be reviewed is over."""
    SOON = "soon"
    """It is to be reviewed within 30 days."""
    UNCHECKED = "unchecked"
    """Nobody but its owner has checked the law."""
    PUBLISHED = "published"
    """Learners read what its file says."""


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """A module that is published, or a file that never was; `path` is that below the courses."""

    id: str
    title: str
    path: str
    entry: ModuleEntry | None
    states: frozenset[State]

    @property
    def owner(self) -> str:
        """The owner's address in small letters; nobody knows that of a file that never passed."""
        return self.entry.owner.casefold() if self.entry else ""

    @property
    def urgency(self) -> int:
        """The place of what is most urgent about it, from 0."""
        return next(place for place, state in enumerate(State) if state in self.states)

    @property
    def presses(self) -> bool:
        """Whether its file fails, or a review is over or near."""
        return bool(self.states & {State.FAILS, State.OVERDUE, State.SOON})


def module_rows(published: Catalogue, today: date) -> list[ModuleRow]:
    """All modules, those with a concern first, then by title."""
    failing = defaultdict(list)
    for problem in published.problems:
        if problem.kind == "module":
            failing[problem.id].append(problem)
    rows = [
        ModuleRow(
            entry.id,
            entry.title,
            f"{entry.course}/{entry.id}.md",
            entry,
            frozenset(_states(entry, failing[entry.id], today)),
        )
        for entry in published.modules
    ]
    rows += [
        ModuleRow(name, name, below_courses(problem.path), None, frozenset({State.FAILS}))
        for name, problems in failing.items()
        if published.module(name) is None
        for problem in problems
    ]
    return sorted(rows, key=lambda row: (row.urgency, row.title.casefold(), row.path))


def _states(entry: ModuleEntry, problems: Iterable[Problem], today: date) -> Iterator[State]:
    yield State.FAILS if any(problems) else State.PUBLISHED
    if entry.review_by < today:
        yield State.OVERDUE
    elif entry.review_by <= today + SOON:
        yield State.SOON
    if not entry.reviewed_by:
        yield State.UNCHECKED


def below_courses(path: str) -> str:
    """A path without the name of the folder that all courses lie in."""
    return path.partition("/")[2]
