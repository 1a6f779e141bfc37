"""A question as a page shows it: before an answer, and after it; plain values for the templates.

Before a submission nothing here tells which option is right, and before a pass an answer shows
only its own feedback.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lms.content.documents import Question
from lms.content.questions import feedback_for, shuffled
from lms.learning.links import Linked
from lms.learning.responses import ANSWER, Response, Sent, field_of


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a choice, or of a select."""

    value: str
    text: Markup | str
    checked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An item of an order or a match, with the select that stands beside it."""

    name: str
    text: Markup
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that waits for its answer: one of `choices`, `lines` or a number is used."""

    kind: str
    stem: Markup
    headings: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    lines: tuple[Line, ...] = ()
    unit: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One option after the answer; `why` is its feedback, where that may be read."""

    text: Markup | str
    chosen: bool
    why: Markup | None = None
    match: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with the answer that was given; `why` is the feedback on the whole."""

    kind: str
    stem: Markup
    right: bool
    options: tuple[Shown, ...]
    headings: tuple[str, ...] = ()
    why: Markup | None = None

    @property
    def explained(self) -> bool:
        """Whether some option says why."""
        return any(option.why for option in self.options)


def asking(question: Question, seed: int, sent: Sent, linked: Linked) -> Asking:
    """A question before its answer, with what was chosen in `sent` where something was missing."""
    order = shuffled(question, seed)
    stem = linked(question.stem_html)
    match question.kind:
        case "number":
            return Asking(question.kind, stem, unit=question.unit, typed=sent.get(ANSWER, ""))
        case "order":
            places = [str(n) for n in range(1, len(order) + 1)]
            lines = tuple(_line(question, item, [(n, n) for n in places], sent, linked) for item in order)
            return Asking(question.kind, stem, lines=lines)
        case "match":
            sides = [(str(item), question.options[item].match) for item in order]
            lines = tuple(_line(question, item, sides, sent, linked) for item in range(len(question.options)))
            return Asking(question.kind, stem, headings=question.headings, lines=lines)
        case _:
            chosen = sent.getlist(ANSWER)
            choices = tuple(
                Choice(str(item), linked(question.options[item].html), str(item) in chosen) for item in order
            )
            return Asking(question.kind, stem, choices=choices)


def answered(question: Question, seed: int, response: Response, *, right: bool, linked: Linked) -> Answered:
    """A question after its answer, with the feedback that may be read before a pass."""
    feedback = {each.option: linked(each.html) for each in feedback_for(question, response)}
    stem, whole = linked(question.stem_html), feedback.pop(None, None)
    match question.kind:
        case "number":
            words = f"{response} {question.unit}".strip()
            why = next(iter(feedback.values()), None)
            return Answered(question.kind, stem, right, (Shown(words, chosen=True, why=why),))
        case "order":
            shown = [_shown(question, item, feedback, linked) for item in _places(response)]
            return Answered(question.kind, stem, right, tuple(shown), why=whole)
        case "match":
            pairs = enumerate(_places(response))
            shown = [
                Shown(linked(question.options[left].html), chosen=True, match=question.options[side].match)
                for left, side in pairs
            ]
            return Answered(question.kind, stem, right, tuple(shown), question.headings, whole)
        case _:
            chosen = _places(response)
            shown = [
                _shown(question, item, feedback, linked, chosen=item in chosen)
                for item in shuffled(question, seed)
            ]
            return Answered(question.kind, stem, right, tuple(shown), why=whole)


def _line(
    question: Question, item: int, offered: Sequence[tuple[str, str]], sent: Sent, linked: Linked
) -> Line:
    name, option = field_of(item), question.options[item]
    chosen = sent.get(name, "")
    choices = tuple(Choice(value, text, value == chosen) for value, text in offered)
    return Line(name, linked(option.html), option.text, choices)


def _shown(
    question: Question, item: int, feedback: dict[int | None, Markup], linked: Linked, *, chosen: bool = True
) -> Shown:
    return Shown(linked(question.options[item].html), chosen, feedback.get(item))


def _places(response: Response) -> list[int]:
    return response if isinstance(response, list) else []
