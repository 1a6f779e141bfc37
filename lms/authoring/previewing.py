"""What the preview of a module shows: the text with its mistakes, and what publishing it would do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from lms.authoring.differences import Difference, difference
from lms.authoring.sides import Text
from lms.content.catalogue import Catalogue
from lms.content.documents import ModuleDocument
from lms.content.laid_out import LaidOut, lay_out
from lms.content.messages import BLOCKS, FILES, FRONT_MATTER, PROSE, REFERENCES, WHOLES
from lms.content.mistakes import Mistake, in_order, pointed, source_line
from lms.content.opening import PictureFile
from lms.content.question_messages import QUESTIONS
from lms.content.references import Known

MOST_SHOWN = 20
AROUND = 1
"""Lines of the source before and after the one with the mistake."""

Owing = Callable[[Iterable[Difference]], Mapping[str, int]]
"""Counts by module the people who would owe an update."""

_PICTURES = frozenset(code for code in PROSE if code.startswith("picture"))
_OUTCOMES = frozenset({"outcome-without-question", "unknown-outcome", "ask-too-few", "questions-too-few"})
CHECKS: Mapping[str, frozenset[str]] = {
    "front matter": frozenset({*FILES, *FRONT_MATTER, *WHOLES}),
    "text": frozenset({*BLOCKS, *PROSE}) - _PICTURES,
    "questions": frozenset(QUESTIONS) - _OUTCOMES,
    "outcomes": _OUTCOMES,
    "pictures": _PICTURES,
    "references": frozenset(REFERENCES),
}
"""The checks in the order in which a page lists them, each with the messages that it may bring."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the source beside a mistake; `carets` stand below the place, empty on other lines."""

    number: int
    text: str
    carets: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text before it is published: where it is from, what was found in it, what lies beside it.

    `document` is None when the front matter does not hold.
    """

    module_id: str
    path: str
    source: str
    document: ModuleDocument | None
    found: Sequence[Mistake]
    pictures: Mapping[str, PictureFile]


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as a page shows it. `earlier` is the text that it replaces, None for a new module.

    `since` is the day from which learners read that one; None of a text that was only committed.

    `difference` is None where nothing differs, or where the draft's front matter does not hold. `owing`
    counts the people who would owe an update, None where nobody can know.
    """

    draft: Draft
    title: str
    laid_out: LaidOut
    errors: tuple[Mistake, ...]
    advice: tuple[Mistake, ...]
    checks: tuple[tuple[str, int], ...]
    earlier: Text | None
    since: date | None
    difference: Difference | None
    owing: int | None

    @property
    def more(self) -> int:
        """How many mistakes are not shown one by one."""
        return max(0, len(self.errors) - MOST_SHOWN)

    def number_of(self, mistake: Mistake) -> int:
        """The number by which the page leads to a mistake, from 1."""
        return (*self.errors, *self.advice).index(mistake) + 1

    def words_of(self, mistake: Mistake) -> tuple[str, str]:
        """What is wrong and how to mend it, in the language of the page."""
        return mistake.worded(gettext)

    def lines_of(self, mistake: Mistake) -> list[SourceLine]:
        """The source at a mistake, with carets below the place."""
        found = []
        for number in range(mistake.line - AROUND, mistake.line + AROUND + 1):
            text = source_line(self.draft.source, number)
            if number == mistake.line:
                shown, carets = pointed(text, mistake.column, mistake.length)
                found.append(SourceLine(number, shown, carets if text.strip() else ""))
            elif text.strip() and number > 0:
                found.append(SourceLine(number, pointed(text, 1, 1)[0]))
        return found


def preview(
    draft: Draft, earlier: Text | None, since: date | None = None, owing: Owing | None = None
) -> Preview:
    """A draft as a page shows it, beside the text that it replaces."""
    errors = tuple(one for one in draft.found if one.severity == "error")
    advice = tuple(one for one in draft.found if one.severity != "error")
    shown = in_order([*errors[:MOST_SHOWN], *advice])
    title = draft.document.title if draft.document else earlier.document.title if earlier else draft.module_id
    document = draft.document
    differs = difference(earlier, Text(document, draft.source)) if document else None
    people = owing([differs]).get(differs.id) if owing and differs else None
    return Preview(
        draft=draft,
        title=title,
        laid_out=lay_out(draft.source, draft.path, shown, draft.pictures),
        errors=errors,
        advice=advice,
        checks=tuple((name, _count(errors, codes)) for name, codes in CHECKS.items()),
        earlier=earlier,
        since=since,
        difference=differs,
        owing=people,
    )


def _count(mistakes: Iterable[Mistake], codes: frozenset[str]) -> int:
    return sum(1 for one in mistakes if one.code in codes)


def known_in(published: Catalogue) -> Known:
    """What a text may refer to, going by what is published."""
    framework = published.framework
    return Known(
        modules={module.id for module in published.modules},
        aliases={alias: module.id for module in published.modules for alias in module.aliases},
        clauses={one.id: [clause.number for clause in one.clauses] for one in published.standards},
        laws=framework.laws,
        figures=framework.figures,
        terms=set(framework.terms),
        competencies={competency.id for competency in framework.competencies},
    )
