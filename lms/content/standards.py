"""Reads an operating standard: front matter, and a clause for each numbered heading."""

import re
from dataclasses import fields

from lms.content import blocks, rules
from lms.content.documents import Clause, StandardDocument, StandardFront, clause_anchor
from lms.content.lines import Block, Prose, Section, read_body
from lms.content.mistakes import Mistakes, in_order
from lms.content.opening import Reading, gather, open_file, text_of
from lms.content.references import find_footnotes
from lms.content.rendering import Renderer, plain_text

SAID = ("Who:", "Shown by:")
_NUMBERED = re.compile(r"(?P<number>\d+(?:\.\d+)*)\.?\s+(?P<title>\S.*)$")


def read_standard(data: bytes, path: str, standard: str) -> Reading[StandardDocument]:
    """A standard from the bytes of its file."""
    mistakes = Mistakes(path)
    reading: Reading[StandardDocument] = Reading(path, standard, text_of(data))
    opened = open_file(data, StandardFront, mistakes)
    if opened:
        reading.tree = opened.tree
        reading.found = gather(opened.body, {}, mistakes)
        sections = read_body(opened.body, blocks.BLOCKS, mistakes)
        rules.check_headings(sections, mistakes)
        _check_clauses(sections[1:], mistakes)
        if len(sections) == 1:
            mistakes.add("no-clauses", opened.end.span())
        if opened.front:
            front = {one.name: getattr(opened.front, one.name) for one in fields(StandardFront)}
            renderer = Renderer()
            clauses = (_clause(section, renderer) for section in sections[1:])
            reading.document = StandardDocument(
                **front,
                id=standard,
                html=_html(sections[0], renderer, standard),
                clauses=tuple(clause for clause in clauses if clause),
            )
    reading.mistakes = in_order(mistakes.found)
    return reading


def clause_numbers(reading: Reading[StandardDocument]) -> list[str] | None:
    """The numbers of a standard's clauses; None when it cannot be read."""
    return [clause.number for clause in reading.document.clauses] if reading.document else None


def _check_clauses(sections: list[Section], mistakes: Mistakes) -> None:
    first: dict[str, int] = {}
    for section in sections:
        if section.heading is None:
            continue
        found = _NUMBERED.match(section.title)
        if not found:
            mistakes.add("clause-number", section.heading.span())
            continue
        number, span = found["number"], section.heading.span()
        if number in first:
            mistakes.add("duplicate-clause", span, number=number, first=first[number])
        first.setdefault(number, section.heading.number)
        lines = [line for piece in section.pieces for line in piece.lines]
        for words in SAID:
            if not any(line.text.startswith(f"**{words}**") for line in lines):
                mistakes.add("clause-incomplete", span, number=number, words=words)
        find_footnotes(lines, mistakes)
        for block in section.blocks():
            blocks.check(block, mistakes)


def _html(section: Section, renderer: Renderer, prefix: str) -> str:
    pieces: list[str | tuple[str]] = []
    for index, piece in enumerate(section.pieces, 1):
        if isinstance(piece, Prose):
            pieces.append("\n".join(line.text for line in piece.lines))
        elif isinstance(piece, Block):
            pieces.append((blocks.render(piece, renderer, f"{prefix}-block-{index}"),))
    return renderer.render_around(pieces, prefix)


def _clause(section: Section, renderer: Renderer) -> Clause | None:
    found = _NUMBERED.match(section.title)
    if not found:
        return None
    prefix = clause_anchor(found["number"])
    title = plain_text(renderer.render(found["title"], prefix))
    line = section.heading.number if section.heading else 1
    return Clause(number=found["number"], title=title, html=_html(section, renderer, prefix), line=line)
