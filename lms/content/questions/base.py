"""What every kind of question shares: its settings, its items, and the shape of a kind."""

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lms.content.documents import Question
from lms.content.lines import Block, Line
from lms.content.mistakes import Mistakes, Span, listed, near

LEAST_ITEMS = 3

_SETTING = re.compile(r"([ \t]*)([A-Za-z_-]+):[ \t]*(.*?)[ \t]*$")
_FEEDBACK = re.compile(r"(?:[ ]{2,}|\t)>[ ]?(.*)$")
_WHOLE = re.compile(r"[ ]?>[ ]?(.*)$")


@dataclass
class Item:
    """One answer as written, and where it stands; `led` where an arrow says what follows."""

    line: Line
    text: str
    right: bool = False
    feedback: str = ""
    value: str = ""
    match: str = ""
    leads_to: int | None = None
    led: bool = False


@dataclass
class StepDraft:
    """One step of a scenario as written."""

    id: str
    title: str
    line: Line
    text: str = ""
    items: list[Item] = field(default_factory=list)
    stands: tuple[tuple[str, str], ...] = ()


@dataclass
class Draft:
    """A question as written, before its Markdown is rendered."""

    kind: str
    id: str
    line: Line
    part: str
    outcome: int
    about: str
    id_span: Span
    outcome_span: Span
    stem: str = ""
    items: list[Item] = field(default_factory=list)
    feedback: str = ""
    low: str = ""
    high: str = ""
    unit: str = ""
    headings: tuple[str, ...] = ()
    title: str = ""
    steps: list[StepDraft] = field(default_factory=list)


class Feedback(NamedTuple):
    """What to say of an answer: on one option, or on the whole question (None)."""

    option: int | None
    html: str


@dataclass(frozen=True)
class Written:
    """A question's block taken apart: settings with their places, and the lines below them."""

    block: Block
    settings: dict[str, str]
    spans: dict[str, Span]
    lines: list[Line]

    @property
    def span(self) -> Span:
        """The opening line."""
        return self.block.opening.span()


@dataclass(frozen=True)
class Kind:
    """A kind of question. To add one, write a file with a `KIND` and list it in `questions`.

    `block` is the word after `///`, `names` the values of `Question.kind` that it makes, `settings`
    its own settings with an example of each, `optional` those that may be left out. `needs_stem` says
    whether something is asked before the answers.
    `complete` says whether a response is well formed, `places` how many of its places are right and
    how many there are, `feedback` what to say of it before a pass, `shuffle` in which order a
    learner sees the options.
    """

    block: str
    names: tuple[str, ...]
    read: Callable[[Written, Draft, Mistakes], None]
    complete: Callable[[Question, object], bool]
    places: Callable[[Question, object], tuple[int, int]]
    feedback: Callable[[Question, object], tuple[Feedback, ...]]
    shuffle: Callable[[Question, random.Random], list[int]]
    settings: Mapping[str, str] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    needs_stem: bool = True


def take_settings(block: Block, known: Iterable[str], mistakes: Mistakes) -> Written:
    """Read the indented settings directly below the opening line, up to the first empty line."""
    names = sorted(known)
    settings: dict[str, str] = {}
    spans: dict[str, Span] = {}
    rest = list(block.lines)
    while rest and rest[0].text.strip():
        line = rest[0]
        found = _SETTING.match(line.text)
        indented = bool(found and found[1].expandtabs(4) == "    ")
        if not indented:
            mistakes.add("option-form", line.span())
        if not found or not (indented or found[2] in names):
            break
        rest.pop(0)
        key, span = found[2], line.span(found.start(2) + 1, len(found[2]))
        if key not in names:
            mistakes.add(
                "unknown-option", span, kind=block.kind, key=key, known=listed(names), near=near(key, names)
            )
        elif key in settings:
            mistakes.add("duplicate-option", span, key=key)
        else:
            settings[key] = found[3]
            spans[key] = line.span(found.start(3) + 1, max(1, len(found[3])))
    return Written(block, settings, spans, rest)


def joined(lines: Iterable[str]) -> str:
    """Lines as Markdown, without empty ones around."""
    return "\n".join(lines).strip("\n")


class _Taker:
    """Sorts the lines of a question into stem, items with feedback, and feedback on the whole."""

    def __init__(self, marker: re.Pattern[str], draft: Draft, mistakes: Mistakes) -> None:
        self.marker = marker
        self.draft = draft
        self.mistakes = mistakes
        self.stem: list[str] = []
        self.whole: list[str] = []
        self.texts: list[list[str]] = []
        self.feedbacks: list[list[str]] = []
        self.after_gap = False

    def take(self, line: Line, *, whole: bool) -> None:
        found = None if line.code else self.marker.match(line.text)
        feedback = None if line.code else _FEEDBACK.match(line.text)
        overall = _WHOLE.match(line.text) if whole and not line.code else None
        if found:
            right = (found["mark"] or "").lower() == "x"
            self.draft.items.append(Item(line, "", right=right))
            self.texts.append([found["text"] or ""])
            self.feedbacks.append([])
        elif not self.draft.items:
            self.stem.append(line.text)
        elif not line.text.strip():
            self.after_gap = True
            return
        elif feedback:
            self.feedbacks[-1].append(feedback[1])
        elif overall:
            self.whole.append(overall[1])
        elif self.after_gap or self.feedbacks[-1] or self.whole:
            self.mistakes.add("text-after-answers", line.span())
        else:
            self.texts[-1].append(line.text.strip())
        self.after_gap = False

    def finish(self) -> None:
        self.draft.stem = joined(self.stem)
        self.draft.feedback = joined(self.whole)
        for item, text, feedback in zip(self.draft.items, self.texts, self.feedbacks, strict=True):
            item.text, item.feedback = joined(text), joined(feedback)


def take_items(
    written: Written, draft: Draft, marker: re.Pattern[str], mistakes: Mistakes, *, whole: bool = False
) -> None:
    """Fill the draft with stem and items; with `whole`, a quotation at the margin is its feedback.

    The marker has the groups `mark` (x for right) and `text`.
    """
    taker = _Taker(marker, draft, mistakes)
    for line in written.lines:
        taker.take(line, whole=whole)
    taker.finish()


def demand_items(draft: Draft, mistakes: Mistakes, least: int) -> None:
    """Name items without words, items that stand twice, and too few of them."""
    first: dict[str, int] = {}
    for item in draft.items:
        words = " ".join(item.text.split()).casefold()
        if not words:
            mistakes.add("answer-empty", item.line.span())
        elif words in first:
            mistakes.add("duplicate-answer", item.line.span(), first=first[words])
        first.setdefault(words, item.line.number)
    if len(draft.items) < least:
        mistakes.add("too-few-answers", draft.line.span(), id=draft.id, count=len(draft.items), least=least)


def demand_feedback(draft: Draft, mistakes: Mistakes) -> None:
    """Name items without feedback."""
    for item in draft.items:
        if not item.feedback:
            mistakes.add("answer-without-feedback", item.line.span())


def demand_whole(draft: Draft, mistakes: Mistakes) -> None:
    """Name a question whose whole has no feedback."""
    if not draft.feedback:
        mistakes.add("whole-feedback", draft.line.span(), id=draft.id)


def indexes(response: object, count: int) -> list[int] | None:
    """The response as different places of options, or None when it is not that."""
    if not isinstance(response, list) or not all(type(one) is int and 0 <= one < count for one in response):
        return None
    return response if len(set(response)) == len(response) else None


def mixed(numbers: Sequence[int], chance: random.Random) -> list[int]:
    """The numbers in another order than they came in."""
    order = list(numbers)
    chance.shuffle(order)
    return order if order != list(numbers) else order[1:] + order[:1]
