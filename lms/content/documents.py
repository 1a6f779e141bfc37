"""What authors write, read into plain values: modules, courses, standards.

Every `html` is clean: it was rendered from Markdown and passed through the sanitiser. Its links to
modules, clauses, laws, competencies, terms and pictures keep their scheme (`module:award`), so that
a stored text never holds an address that can change; `rendering.linked` resolves them for a page.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, JsonValue, StringConstraints, TypeAdapter

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=600)]
Mail = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254)]
NoMail = Annotated[str, StringConstraints(pattern=r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$", max_length=254)]
Web = Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$", max_length=600)]
LawReference = Annotated[
    str, StringConstraints(pattern=r"^([a-z0-9-]+/[0-9A-Za-z-]+(/[0-9A-Za-z-]+)?)?$", max_length=80)
]
ClauseReference = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[0-9]+(\.[0-9]+)*$", max_length=120)]
Months = Annotated[int, Field(ge=1, le=120)]
Minutes = Annotated[int, Field(ge=1, le=240)]
Level = Annotated[int, Field(ge=1, le=4)]

LEVELS: tuple[int, ...] = (1, 2, 3, 4)


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a rule or a practice comes from; `law` is a reference such as `pa23/51`."""

    title: Text
    law: LawReference = ""
    address: Web = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What the present edition asks of those who passed the one before, in one part, and why."""

    part: Text
    asks: Literal["nothing", "reading", "questions"]
    why: Text


@dataclass(frozen=True, kw_only=True)
class ModuleFront:
    """The front matter of a module. `minutes` include the check; `grace`, `valid_for` are months."""

    title: Text
    summary: Text
    minutes: Minutes
    law_at: date
    edition: Annotated[int, Field(ge=1, le=9999)]
    changes: tuple[Change, ...] = ()
    grace: Annotated[int, Field(ge=0, le=120)] = 3
    ask: Annotated[int, Field(ge=1, le=50)]
    clauses: tuple[ClauseReference, ...] = ()
    outcomes: Annotated[tuple[Text, ...], Field(min_length=1, max_length=12)]
    pass_mark: Annotated[int, Field(ge=1, le=100)]
    valid_for: Months | None = None
    reviewed_by: NoMail = ""
    reviewed_on: date | None = None
    review_by: date
    owner: Mail
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    aliases: tuple[Id, ...] = ()
    prerequisites: tuple[Id, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PartEntry:
    """A part in a list of contents: its slug, title and reading time in minutes."""

    slug: str
    title: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Reflection:
    """What a part asks its reader to write down for themselves; `id` is unique in a module."""

    id: str
    html: str


@dataclass(frozen=True, kw_only=True)
class Calculator:
    """A calculator that stands in a part, and what its form holds at first, by the names of its fields."""

    id: str
    given: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Part(PartEntry):
    """A `##` section of a module: one page of the reader. `line` is that of its heading.

    A reflection stands in `html` where `blocks.reflection_mark` is, a calculator where
    `calculators.calculator_mark` is.
    """

    html: str
    line: int = field(default=0, compare=False)
    reflections: tuple[Reflection, ...] = ()
    calculators: tuple[Calculator, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Option:
    """One answer that can be chosen, or one item to order or to match.

    `text` is `html` without marks, for lists that can hold text alone. `value` is the number of a
    number question, "" for “otherwise”. `match` is the right-hand text of a match. `leads_to` is the
    place of the step that a decision of a scenario leads to, None when it ends the case.
    """

    html: str
    text: str
    right: bool = False
    feedback_html: str = ""
    value: str = ""
    match: str = ""
    leads_to: int | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One decision of a scenario: a situation and the options in it; `right` marks the sound ones.

    `title` says when or where it is, and may be empty. `stands` holds pairs of words: what, and how
    it stands when the step is reached.
    """

    id: str
    title: str
    html: str
    options: tuple[Option, ...]
    stands: tuple[tuple[str, str], ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of a check. Responses name options by their place in `options`.

    `outcome` counts from 1. `about` completes “You missed …”. `low` and `high` are decimals as text
    and both count as right. `headings` are those of a match's two columns. `feedback_html` is that
    of the whole question, for kinds that have no right option. A scenario has a `title` and `steps`
    instead of options, and its stem may be empty.
    """

    id: str
    kind: str
    outcome: int
    about: str
    part: str
    stem_html: str
    options: tuple[Option, ...]
    low: str = ""
    high: str = ""
    unit: str = ""
    headings: tuple[str, ...] = ()
    feedback_html: str = ""
    title: str = ""
    steps: tuple[Step, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class ModuleDocument(ModuleFront):
    """A module as learners read it. `pictures` maps file names to hashes of their bytes."""

    id: str
    course: str
    parts: tuple[Part, ...]
    questions: tuple[Question, ...]
    check_minutes: int
    pictures: dict[str, str] = field(default_factory=dict)

    def part(self, slug: str) -> Part | None:
        """The part with this slug, if there is one."""
        return next((part for part in self.parts if part.slug == slug), None)

    def question(self, question_id: str) -> Question | None:
        """The question with this id, if there is one."""
        return next((question for question in self.questions if question.id == question_id), None)

    def reflection(self, reflection_id: str) -> tuple[Part, Reflection] | None:
        """The reflection with this id and the part that it stands in, if there is one."""
        pairs = ((part, each) for part in self.parts for each in part.reflections)
        return next(((part, each) for part, each in pairs if each.id == reflection_id), None)


@dataclass(frozen=True, kw_only=True)
class CourseFront:
    """The front matter of a course: `modules` in their order; courses stand by `order`, then title."""

    title: Text
    summary: Text
    modules: Annotated[tuple[Id, ...], Field(min_length=1)]
    order: Annotated[int, Field(ge=0, le=9999)] = 1000


@dataclass(frozen=True, kw_only=True)
class CourseDocument(CourseFront):
    """A course with its description."""

    id: str
    html: str


@dataclass(frozen=True, kw_only=True)
class StandardFront:
    """The front matter of an operating standard; standards stand by `order`, then title."""

    title: Text
    summary: Text
    law_at: date
    owner: Mail
    review_by: date
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    order: Annotated[int, Field(ge=0, le=9999)] = 1000


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One numbered clause: what must be done, by whom, and what shows that it was."""

    number: str
    title: str
    html: str
    line: int = field(default=0, compare=False)

    @property
    def anchor(self) -> str:
        """The id of its heading on the page of its standard."""
        return clause_anchor(self.number)


def clause_anchor(number: str) -> str:
    """The id of a clause's heading on the page of its standard."""
    return f"clause-{number.replace('.', '-')}"


@dataclass(frozen=True, kw_only=True)
class StandardDocument(StandardFront):
    """One published operating standard."""

    id: str
    html: str
    clauses: tuple[Clause, ...]

    def clause(self, number: str) -> Clause | None:
        """The clause with this number, if there is one."""
        return next((clause for clause in self.clauses if clause.number == number), None)


T = TypeVar("T")


def to_json(document: object) -> dict[str, JsonValue]:
    """A document as plain JSON values, for keeping."""
    values: dict[str, JsonValue] = _adapter(type(document)).dump_python(document, mode="json", by_alias=True)
    return values


def from_json(kind: type[T], values: object) -> T:
    """The document that `to_json` made these values of."""
    found: T = _adapter(kind).validate_python(values)
    return found


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 any dataclass
    """Made once for each kind: it takes longer to make than to use."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]
