"""`flask courses items`: what the answers say about the questions, with the lines to mend.

Exit status: 0 whatever is found, since answers are no mistake of a change; 2 could not run.
"""

import json
from collections.abc import Iterator

import click

from lms.authoring.cli import commands
from lms.authoring.item_analysis import Verdict
from lms.authoring.item_words import SHORT, reason
from lms.authoring.items import Item, answered_items
from lms.content import catalogue
from lms.core.languages import day

SENTENCES = {
    Verdict.MISLEADS: "misleads people since {day}",
    Verdict.TOO_HARD: "is too hard, by answers since {day}",
    Verdict.TOO_EASY: "is too easy, by answers since {day}",
    Verdict.UNPICKED: "has an option that nobody has picked since {day}",
    Verdict.TOO_FEW: "has {answers} of 50 answers so far",
    Verdict.NO_CONCERN: "is of no concern, with {answers} answers since {day}",
}


@commands.command("items")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text")
@click.option("--all", "everything", is_flag=True, help="Also what is of no concern or has too few answers.")
def items(form: str, *, everything: bool) -> None:
    """Name questions that mislead, are too hard or too easy, or have an option that nobody picks."""
    published = catalogue.current()
    found = [
        item
        for some in answered_items(published.modules, published).values()
        for item in some
        if item.verdict.concern or everything
    ]
    found.sort(key=lambda item: (list(Verdict).index(item.verdict), item.path, item.text.question.line))
    if form == "json":
        click.echo(json.dumps([as_json(item) for item in found], ensure_ascii=False, indent=2))
        return
    for line in _annotations(found) if form == "github" else _lines(found):
        click.echo(line)


def as_json(item: Item) -> dict[str, object]:
    """A question with its verdict and its figures, for a program; shares are 0 to 1."""
    found = item.analysis
    return {
        "path": item.path,
        "line": item.text.question.line,
        "module": item.entry.id,
        "edition": item.entry.edition,
        "question": item.id,
        "verdict": str(item.verdict),
        "since": item.run.first_on.isoformat() if item.run else None,
        "answers": found.answers,
        "facility": round(found.everyone.right, 4) if found.everyone else None,
        "discrimination": round(found.discrimination, 4) if found.discrimination is not None else None,
        "reason": reason(item),
    }


def sentence(item: Item) -> str:
    """The verdict as the end of a sentence that begins with the question."""
    since = day(item.run.first_on) if item.run else ""
    return SENTENCES[item.verdict].format(day=since, answers=item.analysis.answers)


def _lines(found: list[Item]) -> Iterator[str]:
    for item in found:
        yield f"{item.place} {sentence(item)}"
        if item.verdict.concern:
            yield f"    {reason(item)}"
    yield f"{len(found)} {'question' if len(found) == 1 else 'questions'}."


def _annotations(found: list[Item]) -> Iterator[str]:
    """Annotations on the lines of a pull request, as GitHub Actions reads them from the output."""
    for item in found:
        level = "warning" if item.verdict is Verdict.MISLEADS else "notice"
        place = f"file={_property(item.path)},line={item.text.question.line}"
        words = f"{item.place} {sentence(item)}. {reason(item)}"
        yield f"::{level} {place},title={_property(str(SHORT[item.verdict]))}::{_data(words)}"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
