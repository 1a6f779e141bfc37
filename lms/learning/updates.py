"""What brings an earlier pass up to date: reading what changed, answering what is new, and no more."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from lms.content import catalogue
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.content.documents import Change, ModuleDocument, Part
from lms.content.models import ModuleVersion
from lms.core import clock
from lms.core.database import db
from lms.learning.compared import compared
from lms.learning.completions import completions_of
from lms.learning.models import Completion

STRENGTH = ("nothing", "reading", "questions")


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A part that is other than it was when it was passed, with the author's reasons.

    `html` has both texts as one; where too much differs it is empty, and `before` and `after` are shown
    whole. A part that is new has no `before`.
    """

    part: Part
    reasons: tuple[str, ...]
    html: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Update:
    """What brings a pass up to date. `questions` are ids in the order of the text; `kept` counts others."""

    passed: Completion
    document: ModuleDocument
    parts: tuple[ChangedPart, ...]
    questions: tuple[str, ...]
    kept: int
    unchanged: int

    @property
    def minutes(self) -> int:
        """About how long it takes: the parts to read, and a minute for each question."""
        return sum(each.part.minutes for each in self.parts) + len(self.questions)


def update_of(person_id: int, module: ModuleEntry, published: Catalogue) -> Update | None:
    """The update that a person owes of a module; None when they owe none; at most three statements.

    A pass whose own time is over is renewed by the whole check.
    """
    passed = latest_of(completions_of(person_id, published)[module.id])
    if passed is None or not any(passed.edition < each.edition for each in module.earlier_until):
        return None
    if passed.until_day is not None and passed.until_day <= clock.today():
        return None
    before = catalogue.module_version(passed.version_id).document
    after = catalogue.module_version(module.version_id).document
    changes = [*_changes_between(module, passed.edition, published), *after.changes]
    asks = strongest(changes)
    parts = tuple(
        _changed(part, before.part(part.slug), changes)
        for part in after.parts
        if asks.get(part.slug, "nothing") != "nothing"
    )
    questions = asked_anew(before, after, asks)
    return Update(
        passed=passed,
        document=after,
        parts=parts,
        questions=questions,
        kept=len(after.questions) - len(questions),
        unchanged=len(after.parts) - len(parts),
    )


def latest_of(completions: Iterable[Completion]) -> Completion | None:
    """The pass of the highest edition, of several the newest."""
    return max(completions, key=lambda each: (each.edition, each.passed_on, each.id), default=None)


def strongest(changes: Iterable[Change]) -> Mapping[str, str]:
    """What each part asks at most, over all editions since the pass."""
    found: dict[str, str] = {}
    for change in changes:
        found[change.part] = max(found.get(change.part, "nothing"), change.asks, key=STRENGTH.index)
    return found


def asked_anew(before: ModuleDocument, after: ModuleDocument, asks: Mapping[str, str]) -> tuple[str, ...]:
    """The questions to answer: of each part that asks for it those that differ, or all when none does."""
    chosen: set[str] = set()
    for part, what in asks.items():
        if what != "questions":
            continue
        here = [question for question in after.questions if question.part == part]
        differing = {question.id for question in here if before.question(question.id) != question}
        chosen |= differing or {question.id for question in here}
    return tuple(question.id for question in after.questions if question.id in chosen)


def _changed(part: Part, old: Part | None, changes: Sequence[Change]) -> ChangedPart:
    reasons = tuple(change.why for change in changes if change.part == part.slug and change.asks != "nothing")
    both = compared(old.html, part.html) if old else None
    return ChangedPart(part, reasons, both or "", old.html if old else "", part.html)


def _changes_between(module: ModuleEntry, edition: int, published: Catalogue) -> Iterator[Change]:
    """What the editions between the passed one and the present one asked; the last text of each says it."""
    if module.edition - edition <= 1:
        return
    names = published.ids_of(module.id)
    query = (
        select(func.max(ModuleVersion.id))
        .where(ModuleVersion.module_id.in_(names))
        .where(ModuleVersion.edition > edition, ModuleVersion.edition < module.edition)
        .group_by(ModuleVersion.edition)
        .order_by(ModuleVersion.edition)
    )
    for version_id in db.session.scalars(query).all():
        yield from catalogue.module_version(version_id).document.changes


def counts_to(update: Update, module: ModuleEntry) -> date | None:
    """The day on which the earlier pass stops counting."""
    days = [each.day for each in module.earlier_until if update.passed.edition < each.edition]
    return min(days, default=None)
