"""Reads a file into lines that keep their numbers, and a body into sections, prose and blocks.

Markdown would turn a misspelt or unclosed block silently into text; this reader names it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lms.content.mistakes import Mistakes, Span, listed, near

FILE_BYTES = 256 * 1024
LINE_CHARACTERS = 5_000
PARAGRAPH_CHARACTERS = 8_000
PARAGRAPH_BRACKETS = 300
LIST_DEPTH = 6

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]"
)
_NESTING = re.compile(r"(?:[ \t]*(?:[-*+]|\d+[.)]|>)(?=[ \t>]|$))+")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_FENCE = re.compile(r"(`{3,}|~{3,}) *[\w#.+-]* *$")
_BLOCK_LIKE = re.compile(r"//+")
_OPENING = re.compile(r"/// ([A-Za-z][A-Za-z-]*)(?: *\| *(.*?))? *$")
_CLOSING = re.compile(r"/// *$")
_INDENTED = re.compile(r"[ \t]+///(?: |$)")
_HEADING = re.compile(r"(#{1,6})[ \t]*(.*?)[ \t]*#*$")


@dataclass(frozen=True)
class Line:
    """One line of a file, counted from 1; `code` inside a fence."""

    number: int
    text: str
    code: bool = False

    def span(self, column: int = 1, length: int = 0) -> Span:
        """The whole line from its first character that is no space, or a place in it."""
        if length:
            return Span(line=self.number, column=column, length=length)
        start = len(self.text) - len(self.text.lstrip()) if column == 1 else column - 1
        return Span(line=self.number, column=start + 1, length=max(1, len(self.text.rstrip()) - start))


@dataclass(frozen=True)
class Prose:
    """Lines of ordinary Markdown."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Block:
    """What stands between `/// kind | argument` and `///`."""

    kind: str
    argument: str
    opening: Line
    lines: tuple[Line, ...]

    def argument_span(self) -> Span:
        """Where the argument stands, or the whole opening line without one."""
        if not self.argument:
            return self.opening.span()
        return self.opening.span(
            self.opening.text.index(self.argument, self.opening.text.index("|")) + 1, len(self.argument)
        )


@dataclass
class Section:
    """What stands below one `##` heading; the first section has no heading."""

    heading: Line | None
    title: str
    pieces: list[Prose | Block] = field(default_factory=list)

    def blocks(self) -> Iterator[Block]:
        """The blocks of the section."""
        return (piece for piece in self.pieces if isinstance(piece, Block))


def decode(data: bytes, mistakes: Mistakes) -> list[Line] | None:
    """The lines of a file, or None when it breaks a limit; limits are looked at before anything else."""
    if len(data) > FILE_BYTES:
        mistakes.add("too-large", Span(line=1))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace").split("\n")
        mistakes.add("not-utf-8", Span(line=len(before), column=len(before[-1]) + 1))
        return None
    texts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = [Line(number, line) for number, line in enumerate(texts, 1)]
    _limit_lines(lines, mistakes)
    return None if mistakes.has_errors() else lines


def as_markdown(lines: Sequence[Line], mistakes: Mistakes) -> list[Line] | None:
    """Lines of Markdown with their code fences marked, or None when they break a limit."""
    marked = _with_fences(lines, mistakes)
    before = len(mistakes.found)
    for line in marked:
        depth = 0 if line.code else _depth(line.text)
        if depth > LIST_DEPTH:
            mistakes.add("deep-list", line.span(), depth=depth)
    _limit_paragraphs(marked, mistakes)
    return None if len(mistakes.found) > before else marked


def _with_fences(plain: Sequence[Line], mistakes: Mistakes) -> list[Line]:
    """Mark the lines of code fences; a fence that nothing closes is no fence, as in Markdown."""
    lines: list[Line] = []
    index = 0
    last = {line.text.rstrip(): place for place, line in enumerate(plain) if _FENCE.match(line.text)}
    while index < len(plain):
        opening = _FENCE.match(plain[index].text)
        end = index
        if opening and last.get(opening[1], -1) > index:
            end = next(n for n in range(index + 1, len(plain)) if plain[n].text.rstrip() == opening[1])
        elif opening:
            mistakes.add("unclosed-fence", plain[index].span(), fence=opening[1])
        code = end > index
        lines += [Line(line.number, line.text, code) for line in plain[index : end + 1]]
        index = end + 1
    return lines


def _limit_lines(lines: Sequence[Line], mistakes: Mistakes) -> None:
    for line in lines:
        if len(line.text) > LINE_CHARACTERS:
            mistakes.add("long-line", line.span(LINE_CHARACTERS + 1, 1), length=len(line.text))
            continue
        if hidden := _HIDDEN.search(line.text):
            mistakes.add(
                "hidden-character", line.span(hidden.start() + 1, 1), character=f"U+{ord(hidden[0]):04X}"
            )


def _depth(text: str) -> int:
    found = None if _RULE.match(text) else _NESTING.match(text)
    if not found:
        return 0
    indent = len(text.expandtabs(4)) - len(text.expandtabs(4).lstrip())
    return indent // 4 + len(re.findall(r"[-*+>]|\d+[.)]", found[0]))


def _limit_paragraphs(lines: Sequence[Line], mistakes: Mistakes) -> None:
    """Markdown's inline rules take time that grows with the square of a paragraph's brackets."""
    for paragraph in paragraphs(lines):
        length = sum(len(line.text) for line in paragraph)
        brackets = sum(line.text.count("[") for line in paragraph)
        if length > PARAGRAPH_CHARACTERS or brackets > PARAGRAPH_BRACKETS:
            mistakes.add("long-paragraph", paragraph[0].span(), length=length, brackets=brackets)


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines between empty ones, without code."""
    run: list[Line] = []
    for line in lines:
        if line.text.strip() and not line.code:
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def heading_of(line: Line) -> tuple[int, str] | None:
    """The level and the words of a heading."""
    found = None if line.code else _HEADING.match(line.text)
    return (len(found[1]), found[2]) if found else None


class _Reader:
    """Walks the lines of a body once."""

    def __init__(self, lines: Sequence[Line], kinds: Sequence[str], mistakes: Mistakes) -> None:
        self.lines = lines
        self.kinds = kinds
        self.mistakes = mistakes
        self.sections = [Section(None, "")]
        self.prose: list[Line] = []

    def read(self) -> list[Section]:
        index = 0
        while index < len(self.lines):
            line = self.lines[index]
            heading = heading_of(line)
            if heading and heading[0] == 2:  # noqa: PLR2004 a part is a heading of level 2
                self.end_prose()
                self.sections.append(Section(line, heading[1]))
            elif not line.code and (opening := _OPENING.match(line.text)):
                self.end_prose()
                index = self.read_block(index, opening)
                continue
            else:
                self.take_prose(line)
            index += 1
        self.end_prose()
        return self.sections

    def take_prose(self, line: Line) -> None:
        code = _block_mistake(line)
        if code:
            self.mistakes.add(code, line.span())
        else:
            self.prose.append(line)

    def end_prose(self) -> None:
        if any(line.text.strip() for line in self.prose):
            self.sections[-1].pieces.append(Prose(tuple(self.prose)))
        self.prose = []

    def read_block(self, start: int, opening: re.Match[str]) -> int:
        """Take the block that opens here; gives the index of the line after it."""
        kind, argument = opening[1], (opening[2] or "").strip()
        line = self.lines[start]
        end, body = self.block_end(start, kind)
        if kind in self.kinds:
            self.sections[-1].pieces.append(Block(kind, argument, line, tuple(body)))
        else:
            span = line.span(opening.start(1) + 1, len(kind))
            close = near(kind.lower(), self.kinds)
            self.mistakes.add("unknown-block", span, kind=kind, known=listed(sorted(self.kinds)), near=close)
        return end

    def block_end(self, start: int, kind: str) -> tuple[int, list[Line]]:
        """The index after the block, and its lines; names a block inside it and a missing end."""
        body: list[Line] = []
        index = start + 1
        while index < len(self.lines):
            line = self.lines[index]
            heading = heading_of(line)
            if heading and heading[0] <= 2:  # noqa: PLR2004 a part is a heading of level 2
                break
            if line.code or not line.text.lstrip().startswith("//"):
                body.append(line)
            elif _CLOSING.match(line.text):
                return index + 1, body
            elif inner := _OPENING.match(line.text):
                inside = self.nested_end(index)
                if inside is None:
                    break
                first = self.lines[start].number
                span = line.span()
                self.mistakes.add("nested-block", span, kind=kind, first=first, inner=inner[1])
                index = inside
            elif code := _block_mistake(line):
                self.mistakes.add(code, line.span())
            else:
                body.append(line)
            index += 1
        last = self.lines[index].number if index < len(self.lines) else self.lines[-1].number + 1
        self.mistakes.add("unclosed-block", self.lines[start].span(), kind=kind, end=last)
        return index, body

    def nested_end(self, start: int) -> int | None:
        """Where an inner block closes, if the outer one closes after it before another begins."""
        closings = []
        for index in range(start + 1, len(self.lines)):
            line = self.lines[index]
            heading = heading_of(line)
            if heading and heading[0] <= 2:  # noqa: PLR2004 a part is a heading of level 2
                return None
            if not line.code and _CLOSING.match(line.text):
                closings.append(index)
            elif not line.code and _OPENING.match(line.text):
                return None
            if len(closings) == 2:  # noqa: PLR2004 the inner block's end and the outer's
                return closings[0]
        return None


def _block_mistake(line: Line) -> str | None:
    if line.code:
        return None
    if _CLOSING.match(line.text):
        return "block-not-open"
    if _BLOCK_LIKE.match(line.text):
        return "malformed-block"
    return "indented-block" if _INDENTED.match(line.text) else None


def read_body(lines: Sequence[Line], kinds: Sequence[str], mistakes: Mistakes) -> list[Section]:
    """The sections of a body; `kinds` are the blocks that may stand in it."""
    return _Reader(lines, kinds, mistakes).read()
