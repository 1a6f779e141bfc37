"""The text of a part, cut where its reader writes or works something out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from lms.content.blocks import reflection_mark
from lms.content.calculators import calculator_mark, filled_in
from lms.content.documents import Calculator, Part, Reflection
from lms.content.framework import Framework
from lms.learning.calculator_forms.kinds import CALCULATORS, Shown, blank
from lms.learning.links import Linked
from lms.learning.models import CpdEntry


@dataclass(frozen=True, slots=True)
class Piece:
    """Text, and what stands below it: a reflection with what was written, or a calculator.

    The last piece has neither.
    """

    html: Markup
    reflection: Reflection | None = None
    entry: CpdEntry | None = None
    calculator: Shown | None = None


def pieces_of(
    part: Part, linked: Linked, written: Mapping[str, CpdEntry], framework: Framework
) -> Iterator[Piece]:
    """The text of a part in order."""
    rest = part.html
    for mark, each in sorted(_marks(part), key=lambda pair: part.html.find(pair[0])):
        before, found, after = rest.partition(mark)
        if not found:
            continue
        rest = after
        if isinstance(each, Reflection):
            yield Piece(linked(before), each, written.get(each.id))
        else:
            kind = CALCULATORS.get(each.id)
            shown = blank(kind, framework, filled_in(each)) if kind else None
            yield Piece(linked(before), calculator=shown)
    yield Piece(linked(rest))


def _marks(part: Part) -> Iterator[tuple[str, Reflection | Calculator]]:
    for reflection in part.reflections:
        yield reflection_mark(reflection.id), reflection
    for calculator in part.calculators:
        yield calculator_mark(calculator.id), calculator
