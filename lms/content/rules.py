"""What must hold within one module: its front matter, headings and questions taken together."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from lms.content.blocks import REFLECTION
from lms.content.calculators import CALCULATOR
from lms.content.documents import ModuleFront
from lms.content.frontmatter import Tree
from lms.content.lines import Block, Line, Prose, Section, heading_of, paragraphs
from lms.content.mistakes import Mistakes, Span, listed
from lms.content.questions import BLOCKS, Draft
from lms.content.rendering import slug

PART = 2
RESERVED = {"check", "preview", "result", "update"}
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ ]*$")


def check_front(front: ModuleFront, tree: Tree, slugs: Sequence[str], mistakes: Mistakes) -> None:
    """Editions, reviews and changes."""
    if front.edition > 1 and not front.changes:
        mistakes.add("edition-without-changes", tree.span("edition"), edition=front.edition)
    if front.edition == 1 and front.changes:
        mistakes.add("changes-without-edition", tree.key_span("changes"))
    for index, change in enumerate(front.changes):
        if change.part not in slugs:
            place = tree.span("changes", index, "part")
            mistakes.add("unknown-part", place, target=change.part, known=listed(slugs))
    if front.reviewed_by and front.reviewed_by.casefold() == front.owner.casefold():
        mistakes.add("reviewer-is-owner", tree.span("reviewed_by"))
    if front.reviewed_by and not front.reviewed_on:
        mistakes.add(
            "review-incomplete", tree.key_span("reviewed_by"), key="reviewed_by", other="reviewed_on"
        )
    if front.reviewed_on and not front.reviewed_by:
        mistakes.add(
            "review-incomplete", tree.key_span("reviewed_on"), key="reviewed_on", other="reviewed_by"
        )


def check_questions(front: ModuleFront, tree: Tree, drafts: Sequence[Draft], mistakes: Mistakes) -> None:
    """Every outcome has a question, and there are enough of them."""
    count = len(front.outcomes)
    if front.ask > len(drafts):
        mistakes.add("questions-too-few", tree.span("ask"), ask=front.ask, count=len(drafts))
    if front.ask < count:
        mistakes.add("ask-too-few", tree.span("ask"), ask=front.ask, count=count)
    covered = Counter(draft.outcome for draft in drafts)
    for number, outcome in enumerate(front.outcomes, 1):
        if not covered[number]:
            place = tree.span("outcomes", number - 1)
            mistakes.add("outcome-without-question", place, number=number, outcome=outcome)
    for draft in drafts:
        if draft.outcome > count:
            mistakes.add("unknown-outcome", draft.outcome_span, number=draft.outcome, count=count)


def check_ids(drafts: Iterable[Draft], mistakes: Mistakes) -> None:
    """A question's id is its own."""
    first: dict[str, int] = {}
    for draft in drafts:
        if draft.id in first:
            mistakes.add("duplicate-question", draft.id_span, id=draft.id, first=first[draft.id])
        elif draft.id:
            first[draft.id] = draft.line.number


def check_reflections(sections: Iterable[Section], drafts: Iterable[Draft], mistakes: Mistakes) -> None:
    """A reflection has an id, which is no other's and no question's."""
    first = {draft.id: draft.line.number for draft in drafts}
    for section in sections:
        for block in section.blocks():
            if block.kind != REFLECTION:
                continue
            name = block.argument
            if not name or slug(name) != name:
                mistakes.add("reflection-id", block.argument_span(), id=name)
            elif name in first:
                mistakes.add("duplicate-reflection", block.argument_span(), id=name, first=first[name])
            first.setdefault(name, block.opening.number)


def check_calculators(sections: Iterable[Section], mistakes: Mistakes) -> None:
    """A calculator stands once in a part, since its fields have ids."""
    for section in sections:
        first: dict[str, int] = {}
        for block in section.blocks():
            if block.kind == CALCULATOR and block.argument in first:
                line = first[block.argument]
                mistakes.add("duplicate-calculator", block.argument_span(), id=block.argument, first=line)
            elif block.kind == CALCULATOR:
                first[block.argument] = block.opening.number


def check_parts(sections: Sequence[Section], end: Line, mistakes: Mistakes) -> None:
    """Every part has a title of its own and a text; nothing stands before the first."""
    before, parts = sections[0], sections[1:]
    if not parts:
        mistakes.add("no-parts", end.span())
    for piece in before.pieces if parts else ():
        if isinstance(piece, Block):
            mistakes.add("block-before-part", piece.opening.span())
        else:
            mistakes.add("text-before-part", first_words(piece.lines))
    first: dict[str, int] = {}
    for part in parts:
        _check_part(part, first, mistakes)


def first_words(lines: Sequence[Line]) -> Span:
    """Where the first line with words stands."""
    return next(line for line in lines if line.text.strip()).span()


def _check_part(part: Section, first: dict[str, int], mistakes: Mistakes) -> None:
    heading = part.heading
    if heading is None:
        return
    name = slug(part.title)
    if not name:
        mistakes.add("heading-empty", heading.span())
    elif name in RESERVED:
        mistakes.add("reserved-part", heading.span(), title=part.title)
    elif name in first:
        mistakes.add("duplicate-part", heading.span(), title=part.title, first=first[name])
    first.setdefault(name, heading.number)
    if not any(isinstance(piece, Prose) or piece.kind not in BLOCKS for piece in part.pieces):
        mistakes.add("empty-part", heading.span(), title=part.title)


def check_headings(sections: Iterable[Section], mistakes: Mistakes) -> None:
    """Headings below the parts, in prose: none of level 1, none that skips a level, none underlined."""
    for section in sections:
        level = PART
        for piece in section.pieces:
            if not isinstance(piece, Prose):
                continue
            for line in piece.lines:
                level = _check_heading(line, level, mistakes)
            for run in paragraphs(piece.lines):
                for line in run[1:]:
                    if _UNDERLINE.match(line.text):
                        mistakes.add("heading-underlined", line.span())


def _check_heading(line: Line, level: int, mistakes: Mistakes) -> int:
    heading = heading_of(line)
    if heading is None:
        return level
    depth, title = heading
    if not title:
        mistakes.add("heading-empty", line.span())
    elif depth == 1:
        mistakes.add("heading-level", line.span())
    elif depth > level + 1:
        mistakes.add("heading-skipped", line.span(), marks="#" * (level + 1))
    return max(depth, PART)
