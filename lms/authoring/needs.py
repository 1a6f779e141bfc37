"""What needs one author: files that do not pass, questions that mislead, comments, reviews, unchecked law."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from babel.lists import format_list
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l

from lms.authoring.comments import Told
from lms.authoring.item_analysis import Verdict
from lms.authoring.items import Item
from lms.authoring.modules import ModuleRow, State
from lms.content.catalogue import Catalogue, ModuleEntry, Problem
from lms.content.documents import CourseDocument, StandardDocument
from lms.content.mistakes import Mistake

MISTAKES_SHOWN = 20
PLACES_NAMED = 3
NUMBERS = (
    _l("Nothing"), _l("One"), _l("Two"), _l("Three"), _l("Four"),
    _l("Five"), _l("Six"), _l("Seven"), _l("Eight"), _l("Nine"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownMistake:
    """A mistake in words, with its number on the page."""

    number: int
    place: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that does not pass; `mistakes` counts what stops it, `first` numbers the first one shown."""

    title: str
    entry: ModuleEntry | None
    """The module as learners still read it."""
    stands: bool
    """Whether something of it was good before, and still stands."""
    mistakes: int
    places: str
    first: int | None


@dataclass(frozen=True, slots=True)
class Needs:
    """What needs an author, most urgent first; `more` mistakes are not among those shown."""

    failures: tuple[Failure, ...]
    mistakes: tuple[ShownMistake, ...]
    more: int
    misleading: tuple[Item, ...]
    comments: tuple[Told, ...]
    overdue: tuple[ModuleRow, ...]
    soon: tuple[ModuleRow, ...]
    unchecked: tuple[ModuleRow, ...]

    @property
    def count(self) -> int:
        """How many things there are; all law that nobody has checked is one."""
        listed = (self.failures, self.misleading, self.comments, self.overdue, self.soon)
        return sum(map(len, listed)) + bool(self.unchecked)

    @property
    def in_words(self) -> str:
        """The count as the beginning of a sentence."""
        return str(NUMBERS[self.count]) if self.count < len(NUMBERS) else str(self.count)


def needs_of(
    email: str,
    rows: Iterable[ModuleRow],
    published: Catalogue,
    items: Iterable[Item] = (),
    comments: Iterable[Told] = (),
) -> Needs:
    """What needs the author with this address: what they own, and files whose owner nobody knows.

    `items` are the questions of their modules, `comments` those on them that are open.
    """
    owner = email.casefold()
    own = [row for row in rows if row.owner == owner]
    problems = [each for each in published.problems if owner_of(each, published) in {owner, ""}]
    shown = _shown(problems)
    failures, before = [], 0
    for problem in problems:
        failures.append(_failure(problem, published, before + 1 if before < len(shown) else None))
        before += len(_stopping(problem))
    return Needs(
        tuple(failures),
        tuple(shown),
        before - len(shown),
        tuple(item for item in items if item.verdict is Verdict.MISLEADS),
        tuple(comments),
        _by_day(row for row in own if State.OVERDUE in row.states),
        _by_day(row for row in own if State.SOON in row.states),
        tuple(row for row in own if State.UNCHECKED in row.states),
    )


def owner_of(problem: Problem, published: Catalogue) -> str:
    """Who owns a file that does not pass, by what was published of it; empty when nothing says."""
    before = _before(problem, published)
    return before.owner.casefold() if isinstance(before, ModuleEntry | StandardDocument) else ""


def _before(problem: Problem, published: Catalogue) -> ModuleEntry | CourseDocument | StandardDocument | None:
    """What was published of a file, and still stands."""
    match problem.kind:
        case "module":
            return published.module(problem.id)
        case "course":
            return published.course(problem.id)
        case "standard":
            return published.standard(problem.id)
        case _:
            return None


def _stopping(problem: Problem) -> list[Mistake]:
    return [each for each in problem.mistakes if each.severity == "error"]


def _shown(problems: Iterable[Problem]) -> list[ShownMistake]:
    mistakes = [each for problem in problems for each in _stopping(problem)]
    shown = []
    for number, each in enumerate(mistakes[:MISTAKES_SHOWN], 1):
        message, hint = each.worded(gettext)
        shown.append(ShownMistake(number, f"{each.path}:{each.line}:{each.column}", message, hint))
    return shown


def _failure(problem: Problem, published: Catalogue, first: int | None) -> Failure:
    mistakes = _stopping(problem)
    before = _before(problem, published)
    return Failure(
        before.title if before else problem.path.rpartition("/")[2],
        before if isinstance(before, ModuleEntry) else None,
        before is not None or (problem.kind == "framework" and bool(published.framework.competencies)),
        len(mistakes),
        places_of(problem.path, mistakes),
        first,
    )


def places_of(path: str, mistakes: Sequence[Mistake]) -> str:
    """The path with line and column of the first mistakes, and how many more there are."""
    named = [f":{each.line}:{each.column}" for each in mistakes[:PLACES_NAMED]]
    if more := len(mistakes) - len(named):
        named.append(gettext("%(number)s more", number=more))
    return path + format_list(named, locale=get_locale())


def _by_day(rows: Iterable[ModuleRow]) -> tuple[ModuleRow, ...]:
    days = [(row.entry.review_by, row) for row in rows if row.entry]
    return tuple(row for _, row in sorted(days, key=lambda pair: pair[0]))
