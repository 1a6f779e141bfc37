"""Prints the table of our modules in Markdown: `python -m tools.catalogue`."""

import sys
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from lms.content.checking import Checked, check
from lms.content.documents import ModuleDocument
from lms.content.questions import BLOCKS
from lms.content.rendering import plain_text, word_count
from tools.steps import ROOT, say

HEADINGS = ("Module", "Minutes", "Words", "Questions", "Sources", "Clauses", "Picture")
NAMES = {block: "choice" if block == "question" else block for block in BLOCKS}
_BLOCK_OF = {name: block for block, kind in BLOCKS.items() for name in kind.names}


def row(module: ModuleDocument) -> tuple[str, ...]:
    """The cells of a module; its words are those of the text, without the questions."""
    kinds = Counter(_BLOCK_OF[each.kind] for each in module.questions)
    by_kind = ", ".join(f"{kinds[block]} {name}" for block, name in NAMES.items() if kinds[block])
    return (
        module.title,
        str(module.minutes),
        f"{word_count(plain_text(part.html) for part in module.parts):,}",
        f"{len(module.questions)}: {by_kind}",
        str(len(module.sources)),
        ", ".join(module.clauses),
        "yes" if module.pictures else "no",
    )


def table(checked: Checked) -> Iterator[str]:
    """The lines of the table: each course by its title, with its modules in their order."""
    documents = {each.document.id: each.document for each in checked.modules if each.document}
    courses = sorted(checked.passed_courses(), key=lambda each: (each.order, each.title))
    listed = [(course.title, name) for course in courses for name in course.modules]
    found = [(title, documents[name]) for title, name in listed if name in documents]
    yield f"| {' | '.join(HEADINGS)} |"
    yield "|---|---:|---:|---|---:|---|---|"
    for title, modules in groupby(found, key=lambda each: each[0]):
        yield f"| **{title}** |" + " |" * (len(HEADINGS) - 1)
        for _, module in modules:
            yield f"| {' | '.join(row(module))} |"
    minutes, questions = (
        sum(module.minutes for _, module in found),
        sum(len(module.questions) for _, module in found),
    )
    yield ""
    yield (
        f"{len(courses)} courses, {len(found)} modules, {minutes} minutes, {questions} questions, "
        f"{sum(bool(module.pictures) for _, module in found)} modules with a picture."
    )


def main(arguments: list[str]) -> int:
    """Print it for our courses, or for a folder that is given."""
    for line in table(check(Path(arguments[0]) if arguments else ROOT / "courses")):
        say(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
