"""A question after a pass: every answer explained; plain values for the templates."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from lms.content.documents import Option, Question
from lms.content.questions import feedback_for, shuffled
from lms.learning.links import Linked
from lms.learning.responses import Response


@dataclass(frozen=True, slots=True)
class Told:
    """One answer: whether it was given, whether it is right, and why.

    `given` and `belongs` are the right sides of a match, as chosen and as they are.
    """

    text: Markup | str
    chosen: bool
    right: bool
    why: Markup | None = None
    given: str = ""
    belongs: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """A question with all of its answers; `why` is the feedback on the whole."""

    kind: str
    stem: Markup
    right: bool
    told: tuple[Told, ...]
    headings: tuple[str, ...] = ()
    why: Markup | None = None


def explained(question: Question, seed: int, response: Response, *, right: bool, linked: Linked) -> Explained:
    """The question with every answer explained; only for a check that was passed."""
    match question.kind:
        case "number":
            told = _of_a_number(question, str(response), linked, right=right)
        case "order":
            told = (_of_an_order(each, linked) for each in question.options)
        case "match":
            told = _of_a_match(question, response, linked)
        case _:
            chosen = response if isinstance(response, list) else []
            options = ((item, question.options[item]) for item in shuffled(question, seed))
            told = (
                Told(linked(each.html), chosen=item in chosen, right=each.right, why=_why(each, linked))
                for item, each in options
            )
    whole = linked(question.feedback_html) if question.feedback_html else None
    return Explained(question.kind, linked(question.stem_html), right, tuple(told), question.headings, whole)


def _why(option: Option, linked: Linked) -> Markup | None:
    return linked(option.feedback_html) if option.feedback_html else None


def _of_an_order(option: Option, linked: Linked) -> Told:
    return Told(linked(option.html), chosen=True, right=True, why=_why(option, linked))


def _of_a_number(question: Question, response: str, linked: Linked, *, right: bool) -> Iterator[Told]:
    """What was typed, the right answer where that is another, then the wrong ones that people give."""
    given = feedback_for(question, response)
    option = given[0].option if given else None
    why = linked(given[0].html) if given else None
    yield Told(f"{response} {question.unit}".strip(), chosen=True, right=right, why=why)
    others = [each for place, each in enumerate(question.options) if place != option and each.value]
    for each in sorted(others, key=lambda one: not one.right):
        words = f"{each.value} {question.unit}".strip()
        yield Told(words, chosen=False, right=each.right, why=_why(each, linked))


def _of_a_match(question: Question, response: Response, linked: Linked) -> Iterator[Told]:
    given = response if isinstance(response, list) else []
    for place, each in enumerate(question.options):
        side = question.options[given[place]].match if place < len(given) else ""
        yield Told(
            linked(each.html),
            chosen=True,
            right=side == each.match,
            why=_why(each, linked),
            given=side,
            belongs=each.match,
        )
