"""The text of a part, cut where its reader writes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from lms.content.blocks import reflection_mark
from lms.content.documents import Part, Reflection
from lms.learning.links import Linked
from lms.learning.models import CpdEntry


@dataclass(frozen=True, slots=True)
class Piece:
    """Text, and the reflection that stands below it with what was written; the last piece has none."""

    html: Markup
    reflection: Reflection | None = None
    entry: CpdEntry | None = None


def pieces_of(part: Part, linked: Linked, written: Mapping[str, CpdEntry]) -> Iterator[Piece]:
    """The text of a part in order."""
    rest = part.html
    for reflection in part.reflections:
        before, mark, after = rest.partition(reflection_mark(reflection.id))
        if mark:
            yield Piece(linked(before), reflection, written.get(reflection.id))
            rest = after
    yield Piece(linked(rest))
