"""One question as its page shows it: options with their shares, and its lines in the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from lms.authoring import item_words
from lms.authoring.item_analysis import PICKED_EACH
from lms.authoring.items import Item
from lms.content.models import ModuleVersion
from lms.content.questions.choice import MARKER
from lms.core.database import db

CLOSING = "///"


@dataclass(frozen=True, slots=True)
class Chosen:
    """An option with the shares that chose it, in whole percent; without thirds where there are none."""

    text: str
    right: bool
    everyone: int
    strongest: int | None
    weakest: int | None
    says: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the module's file; marked where the verdict points at it."""

    number: int
    text: str
    marked: bool


def chosen_of(item: Item) -> list[Chosen]:
    """The options in the order of the file; none below 50 answers, and none for kinds without options."""
    found, question = item.analysis, item.text.question
    if found.everyone is None:
        return []
    return [
        Chosen(
            option.text if not option.match else f"{option.text}: {option.match}",
            option.right and question.kind in PICKED_EACH,
            _percent(found.everyone.options[place]),
            _percent(found.strongest.options[place]) if found.strongest else None,
            _percent(found.weakest.options[place]) if found.weakest else None,
            item_words.says(item, place),
        )
        for place, option in enumerate(question.options)
    ]


def whole_of(items: Sequence[Item]) -> int | None:
    """The share of right answers in the check as a whole, in percent; None where too few answered."""
    groups = [each.analysis.everyone for each in items if each.analysis.everyone]
    people = sum(group.people for group in groups)
    return _percent(sum(group.right * group.people for group in groups) / people) if people else None


def source_of(item: Item) -> list[SourceLine]:
    """The block of a question in the text that is published; one statement."""
    query = select(ModuleVersion.source).where(ModuleVersion.id == item.entry.version_id)
    lines = (db.session.scalar(query) or "").splitlines()
    first = item.text.question.line
    block = list(_block(lines, first)) if 0 < first <= len(lines) else []
    marked = _marked(block, item.analysis.about) if item.verdict.concern else set()
    return [SourceLine(number, text, number in marked) for number, text in block]


def _block(lines: Sequence[str], first: int) -> Iterator[tuple[int, str]]:
    for number, text in enumerate(lines[first - 1 :], first):
        yield number, text
        if number > first and text.strip() == CLOSING:
            return


def _marked(block: Sequence[tuple[int, str]], about: int | None) -> set[int]:
    """The opening line, and that of the option which the verdict is about."""
    answers = [number for number, text in block if MARKER.match(text)]
    marked = {number for number, _ in block[:1]}
    return marked | ({answers[about]} if about is not None and about < len(answers) else set())


def _percent(share: float) -> int:
    return round(100 * share)
