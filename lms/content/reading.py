"""Reads a module or a course from its text: pure, so that a preview and a check see the same."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from hashlib import sha256

from lms.content import blocks, questions, rules
from lms.content.calculators import CALCULATOR, calculator_of
from lms.content.documents import (
    Calculator,
    CourseDocument,
    CourseFront,
    ModuleDocument,
    ModuleFront,
    Option,
    Part,
    Question,
    Reflection,
    Step,
)
from lms.content.lines import Block, Line, Prose, Section, read_body
from lms.content.mistakes import Mistakes, in_order
from lms.content.opening import Opened, PictureFile, Reading, gather, open_file, shown_files, text_of
from lms.content.questions import Draft
from lms.content.questions.base import Item
from lms.content.references import find_footnotes
from lms.content.rendering import Picture, Renderer, inline, plain_text, slug, word_count

FORMAT = 1
"""Raised when the same text is rendered otherwise, so that it is published as a new version."""

WORDS_A_MINUTE = 200
KINDS = (*questions.BLOCKS, *blocks.IN_MODULES)
ABBREVIATION = re.compile(r"\*\[[^\]]+\][ ]?:.*$")


def read_module(
    data: bytes, path: str, module_id: str, course: str, pictures: Mapping[str, PictureFile] | None = None
) -> Reading[ModuleDocument]:
    """A module from the bytes of its file; `pictures` are those that lie beside it, by name."""
    pictures = pictures or {}
    mistakes = Mistakes(path)
    reading: Reading[ModuleDocument] = Reading(path, module_id, text_of(data))
    opened = open_file(data, ModuleFront, mistakes)
    if opened:
        reading.tree = opened.tree
        reading.found = gather(opened.body, pictures, mistakes)
        sections = read_body(opened.body, KINDS, mistakes)
        drafts = _check(opened, sections, mistakes)
        shown = {
            file.picture.name: file.picture
            for name in reading.found.pictures
            for file in shown_files(name.target, pictures)
        }
        reading.hash = _hash(reading.source, course, shown)
        if opened.front:
            reading.document = _build(
                opened.front, sections, drafts, shown, module_id=module_id, course=course
            )
    reading.mistakes = in_order(mistakes.found)
    return reading


def _check(opened: Opened[ModuleFront], sections: Sequence[Section], mistakes: Mistakes) -> list[Draft]:
    rules.check_parts(sections, opened.end, mistakes)
    rules.check_headings(sections, mistakes)
    drafts = []
    for section in sections:
        for block in section.blocks():
            if block.kind in questions.BLOCKS:
                drafts.append(questions.read(block, slug(section.title), mistakes))
            else:
                blocks.check(block, mistakes)
            find_footnotes(block.lines, mistakes)
        find_footnotes(_prose_lines(section), mistakes)
    rules.check_ids(drafts, mistakes)
    rules.check_reflections(sections, drafts, mistakes)
    rules.check_calculators(sections, mistakes)
    if opened.front:
        slugs = [slug(section.title) for section in sections[1:]]
        rules.check_front(opened.front, opened.tree, slugs, mistakes)
        rules.check_questions(opened.front, opened.tree, drafts, mistakes)
    return drafts


def _prose_lines(section: Section) -> list[Line]:
    """The lines of a section's prose, with an empty one where a block stood."""
    lines: list[Line] = []
    for piece in section.pieces:
        lines += piece.lines if isinstance(piece, Prose) else [Line(piece.opening.number, "")]
    return lines


def _hash(source: str, course: str, shown: Mapping[str, Picture]) -> str:
    """The same for the same text in the same course with the same pictures."""
    seen = "\0".join((str(FORMAT), course, source, *(f"{name}={shown[name].hash}" for name in sorted(shown))))
    return sha256(seen.encode()).hexdigest()


def _build(
    front: ModuleFront,
    sections: Sequence[Section],
    drafts: Sequence[Draft],
    shown: Mapping[str, Picture],
    *,
    module_id: str,
    course: str,
) -> ModuleDocument:
    abbreviations = [
        line.text for section in sections for line in _prose_lines(section) if ABBREVIATION.match(line.text)
    ]
    renderer = Renderer(shown, abbreviations)
    parts = sections[1:]
    check_minutes, minutes = share_minutes(front.minutes, front.ask, [_words(part) for part in parts])
    return ModuleDocument(
        **{one.name: getattr(front, one.name) for one in fields(ModuleFront)},
        id=module_id,
        course=course,
        parts=tuple(_part(part, length, renderer) for part, length in zip(parts, minutes, strict=True)),
        questions=_questions(drafts, renderer),
        check_minutes=check_minutes,
        pictures={name: picture.hash for name, picture in sorted(shown.items())},
    )


def share_minutes(minutes: int, ask: int, words: Sequence[int]) -> tuple[int, list[int]]:
    """Share a module's minutes: one for each question asked, the rest by words, at least one a part."""
    count = len(words)
    check = max(1, min(ask, minutes - count))
    rest = max(0, minutes - check - count)
    total = sum(words) or 1
    shares = [rest * number / total for number in words]
    whole = [1 + int(share) for share in shares]
    by_remainder = sorted(range(count), key=lambda index: (int(shares[index]) - shares[index], index))
    for index in by_remainder[: rest - sum(map(int, shares)) if sum(words) else 0]:
        whole[index] += 1
    return check, whole


def _words(section: Section) -> int:
    shown = (piece for piece in section.pieces if not _is_question(piece))
    return word_count(line.text for piece in shown for line in piece.lines)


def _is_question(piece: Prose | Block) -> bool:
    return isinstance(piece, Block) and piece.kind in questions.BLOCKS


def _part(section: Section, minutes: int, renderer: Renderer) -> Part:
    name = slug(section.title)
    pieces: list[str | tuple[str]] = []
    reflections: list[Reflection] = []
    calculators: list[Calculator] = []
    for number, piece in enumerate(section.pieces, 1):
        if isinstance(piece, Prose):
            pieces.append("\n".join(line.text for line in piece.lines))
        elif not _is_question(piece):
            identity = f"{name}-block-{number}"
            pieces.append((blocks.render(piece, renderer, identity),))
            if piece.kind == blocks.REFLECTION:
                prompt = blocks.prompt_of(piece, renderer, identity)
                reflections.append(Reflection(id=piece.argument, html=prompt))
            elif piece.kind == CALCULATOR:
                calculators.append(calculator_of(piece))
    html = renderer.render_around(pieces, name)
    title = plain_text(renderer.render(section.title, name))
    return Part(
        slug=name,
        title=title,
        minutes=minutes,
        html=html,
        line=section.heading.number if section.heading else 1,
        reflections=tuple(reflections),
        calculators=tuple(calculators),
    )


def _questions(drafts: Sequence[Draft], renderer: Renderer) -> tuple[Question, ...]:
    """All questions, their texts rendered in one conversion."""
    texts: list[str] = []
    for draft in drafts:
        texts += [draft.stem, draft.feedback]
        texts += _texts_of(draft.items)
        for step in draft.steps:
            texts += [step.text, *_texts_of(step.items)]
    html = iter(renderer.render_all(texts, "check") if texts else ())
    return tuple(_question(draft, html) for draft in drafts)


def _texts_of(items: Sequence[Item]) -> list[str]:
    return [text for item in items for text in (item.text, item.feedback, item.match)]


def _question(draft: Draft, html: Iterator[str]) -> Question:
    """The question, its texts taken from rendered ones in the order in which they were given."""
    return Question(
        id=draft.id,
        kind=draft.kind,
        outcome=draft.outcome,
        about=draft.about,
        part=draft.part,
        stem_html=next(html),
        feedback_html=next(html),
        options=_options(draft.items, html),
        low=draft.low,
        high=draft.high,
        unit=draft.unit,
        headings=draft.headings,
        title=draft.title,
        steps=tuple(
            Step(
                id=step.id,
                title=step.title,
                html=next(html),
                options=_options(step.items, html),
                stands=step.stands,
                line=step.line.number,
            )
            for step in draft.steps
        ),
        line=draft.line.number,
    )


def _options(items: Sequence[Item], html: Iterator[str]) -> tuple[Option, ...]:
    options = []
    for item in items:
        text, why, match = inline(next(html)), next(html), next(html)
        options.append(
            Option(
                html=text,
                text=plain_text(text),
                right=item.right,
                feedback_html=why,
                value=item.value,
                match=plain_text(match),
                leads_to=item.leads_to,
            )
        )
    return tuple(options)


def read_course(data: bytes, path: str, course: str) -> Reading[CourseDocument]:
    """A course from the bytes of its course.md."""
    mistakes = Mistakes(path)
    reading: Reading[CourseDocument] = Reading(path, course, text_of(data))
    opened = open_file(data, CourseFront, mistakes)
    if opened:
        reading.tree = opened.tree
        reading.found = gather(opened.body, {}, mistakes)
        text = whole_text(opened.body, mistakes)
        if opened.front:
            front = {one.name: getattr(opened.front, one.name) for one in fields(CourseFront)}
            reading.document = CourseDocument(**front, id=course, html=Renderer().render(text, course))
    reading.mistakes = in_order(mistakes.found)
    return reading


def whole_text(body: Sequence[Line], mistakes: Mistakes) -> str:
    """The Markdown of a text that has no blocks."""
    for section in read_body(body, KINDS, mistakes):
        for block in section.blocks():
            mistakes.add("block-not-here", block.opening.span(), kind=block.kind)
    return "\n".join(line.text for line in body)
