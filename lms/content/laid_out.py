"""A module as its readers see it, with every mistake where it happens; for authors.

Works for a text that does not pass too, as far as it can be taken apart at all.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lms.content import blocks
from lms.content.documents import ModuleDocument, Question
from lms.content.lines import Line, Prose, Section, as_markdown, decode, read_body
from lms.content.mistakes import Mistake, Mistakes
from lms.content.opening import PictureFile
from lms.content.questions import BLOCKS as QUESTIONS
from lms.content.reading import ABBREVIATION, KINDS, read_module
from lms.content.rendering import Renderer, slug

FENCE = "---"
_MISTAKE = re.compile("\ue000([0-9]{1,6})\ue001")
_STAND_IN = (
    "{title: x, summary: x, minutes: 9, law_at: 2000-01-01, edition: 1, ask: 1, outcomes: [x], pass_mark: 1, "
    "review_by: 2000-01-01, owner: a@example.org, sources: [{title: x}]}"
)
"""Front matter in one line, for a text whose own does not hold, so that the rest can be shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of a part: HTML as learners see it, or a mistake that stands here."""

    html: str = ""
    mistake: Mistake | None = None


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part with its mistakes."""

    slug: str
    title: str
    pieces: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question with its mistakes; None in the place of one that could not be read."""

    question: Question | None
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A whole module: the mistakes before its first part, its parts and its questions."""

    above: tuple[Mistake, ...] = ()
    parts: tuple[ShownPart, ...] = ()
    questions: tuple[ShownQuestion, ...] = ()


def sections_of(source: str, path: str) -> list[Section]:
    """The sections of a text, the first of which has no heading; none when it cannot be taken apart."""
    unread = Mistakes(path)
    lines = decode(source.encode(), unread) or []
    ends = [index for index, line in enumerate(lines) if line.text.rstrip() == FENCE][:2]
    if len(ends) < 2 or ends[0] != 0:  # noqa: PLR2004 front matter stands between two of them
        return []
    body = as_markdown(lines[ends[1] + 1 :], unread)
    return read_body(body, KINDS, unread) if body else []


def lay_out(
    source: str, path: str, mistakes: Sequence[Mistake], pictures: Mapping[str, PictureFile]
) -> LaidOut:
    """The text with its mistakes; `pictures` are those that lie beside it, by name."""
    sections = sections_of(source, path)
    document = _document(source, path, pictures) if len(sections) > 1 else None
    if document is None:
        return LaidOut(above=tuple(mistakes))
    layout = _Layout(sections, document, pictures, mistakes)
    above = layout.before(_start(sections[1]))
    parts = [
        layout.part(section, _start(following) if following else None)
        for section, following in zip(sections[1:], [*sections[2:], None], strict=True)
    ]
    return LaidOut(tuple(above), tuple(parts), tuple(layout.questions))


def _start(section: Section) -> int:
    return section.heading.number if section.heading else 1


def _document(source: str, path: str, pictures: Mapping[str, PictureFile]) -> ModuleDocument | None:
    """The document; of a text whose front matter does not hold, that of the same body below another one."""
    document = read_module(source.encode(), path, "preview", "preview", pictures).document
    if document:
        return document
    lines = source.split("\n")
    end = next(index for index, line in enumerate(lines) if index and line.rstrip() == FENCE)
    filled = [FENCE, _STAND_IN, *[""] * (end - 2), *lines[end:]]
    return read_module("\n".join(filled).encode(), path, "preview", "preview", pictures).document


class _Layout:
    """Walks the sections once, and lets each mistake stand after what it is in."""

    def __init__(
        self,
        sections: Sequence[Section],
        document: ModuleDocument,
        pictures: Mapping[str, PictureFile],
        mistakes: Sequence[Mistake],
    ) -> None:
        prose = (line for section in sections for piece in section.pieces for line in piece.lines)
        abbreviations = [line.text for line in prose if ABBREVIATION.match(line.text)]
        shown = {name: file.picture for name, file in pictures.items()}
        self.renderer = Renderer(shown, abbreviations)
        self.by_line = {question.line: question for question in document.questions}
        self.titles = {part.slug: part.title for part in document.parts}
        self.waiting = sorted(mistakes, key=lambda one: (one.line, one.column), reverse=True)
        self.placed: list[Mistake] = []
        self.questions: list[ShownQuestion] = []

    def before(self, line: int | None) -> list[Mistake]:
        """The mistakes that wait and stand above a line; all of them without one."""
        found = []
        while self.waiting and (line is None or self.waiting[-1].line < line):
            found.append(self.waiting.pop())
        return found

    def part(self, section: Section, end: int | None) -> ShownPart:
        """A part, whose questions go to the others; `end` is the line at which the next part begins."""
        name = slug(section.title)
        written: list[str | tuple[str]] = list(self._marks(self.before(_start(section) + 1)))
        for number, piece in enumerate(section.pieces, 1):
            if isinstance(piece, Prose):
                written += self._prose(piece)
                continue
            begins, ends = piece.opening.number, piece.opening.number + len(piece.lines) + 1
            written += self._marks(self.before(begins))
            if piece.kind in QUESTIONS:
                found = self.by_line.get(begins)
                self.questions.append(ShownQuestion(found, tuple(self.before(ends + 1))))
            else:
                written.append((blocks.render(piece, self.renderer, f"{name}-block-{number}"),))
                written += self._marks(self.before(ends + 1))
        written += self._marks(self.before(end))
        html = self.renderer.render_around(written, name)
        return ShownPart(name, self.titles.get(name, section.title), tuple(self._split(html)))

    def _prose(self, piece: Prose) -> Iterator[str | tuple[str]]:
        """Prose, broken after each paragraph in which a mistake stands."""
        chunk: list[Line] = []
        for line in piece.lines:
            if not line.text.strip() and not line.code and self._is_due(line.number):
                yield "\n".join(each.text for each in chunk)
                yield from self._marks(self.before(line.number))
                chunk = []
            chunk.append(line)
        yield "\n".join(each.text for each in chunk)
        yield from self._marks(self.before(piece.lines[-1].number + 1))

    def _is_due(self, line: int) -> bool:
        return bool(self.waiting) and self.waiting[-1].line < line

    def _marks(self, mistakes: Sequence[Mistake]) -> Iterator[tuple[str]]:
        for mistake in mistakes:
            yield (f"\ue000{len(self.placed)}\ue001",)
            self.placed.append(mistake)

    def _split(self, html: str) -> Iterator[Shown]:
        for number, piece in enumerate(_MISTAKE.split(html)):
            if number % 2 and int(piece) < len(self.placed):  # an author’s text may hold such marks too
                yield Shown(mistake=self.placed[int(piece)])
            elif piece.strip():
                yield Shown(html=piece)
