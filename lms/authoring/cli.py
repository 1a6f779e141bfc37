"""`flask courses`: checks what authors wrote, and publishes what passes.

Exit status: 0 clean, 1 mistakes, 2 could not run.
"""

import json
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from lms.authoring.publishing import Published, publish_courses
from lms.content.checking import Checked, check
from lms.content.mistakes import Mistake, as_json, as_text

commands = AppGroup("courses", help="What authors write: check it, publish it.")
CLEAN, MISTAKES, COULD_NOT_RUN = 0, 1, 2


@commands.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def check_courses(paths: tuple[Path, ...], form: str) -> None:
    """Name every mistake in the courses, or only those in some files or folders of it."""
    checked = check(_folder())
    mistakes = _within(checked.mistakes, paths)
    if form == "json":
        click.echo(json.dumps([as_json(each) for each in mistakes], ensure_ascii=False, indent=2))
    else:
        _print(mistakes, checked)
    sys.exit(MISTAKES if any(each.severity == "error" for each in mistakes) else CLEAN)


@commands.command("publish")
def publish() -> None:
    """Publish what passes its checks, and name what does not."""
    published = publish_courses(_folder(), by=None)
    for words, ids in (
        ("New", published.new),
        ("New edition", published.editions),
        ("Corrected, same edition", published.corrected),
        ("Retired", published.retired),
    ):
        for each in ids:
            click.echo(f"{words}: {each}")
    _say_facts(published)
    _print(published.checked.mistakes, published.checked)
    for problem in published.problems:
        click.echo(f"Not published: {problem.path}. What was good before stays.")
    sys.exit(MISTAKES if published.problems else CLEAN)


def _say_facts(published: Published) -> None:
    if published.requirements:
        click.echo(f"Requirements written: {published.requirements}")
    if published.evidence_ended:
        click.echo(f"Evidence of earlier editions given a last day: {published.evidence_ended}")
    if not (published.new or published.editions or published.corrected or published.retired):
        click.echo("No text changed.")


def _folder() -> Path:
    folder: Path = current_app.config["COURSES"]
    if not folder.is_dir():
        click.echo(f"{folder} is no folder. Set LMS_COURSES to the folder of the courses.", err=True)
        sys.exit(COULD_NOT_RUN)
    return folder


def _within(mistakes: list[Mistake], paths: tuple[Path, ...]) -> list[Mistake]:
    """The mistakes in the files or folders named; all of them when none is named."""
    wanted = [path.resolve() for path in paths]
    for path in wanted:
        if not path.exists():
            click.echo(f"{path} does not exist.", err=True)
            sys.exit(COULD_NOT_RUN)
    root = _folder().resolve().parent
    return [
        each
        for each in mistakes
        if not wanted or any((root / each.path).is_relative_to(path) for path in wanted)
    ]


def _print(mistakes: list[Mistake], checked: Checked) -> None:
    for each in mistakes:
        click.echo(as_text(each, checked.sources.get(each.path, "")))
    if mistakes:
        files = len({each.path for each in mistakes})
        click.echo(f"{len(mistakes)} mistakes in {files} files." if len(mistakes) != 1 else "1 mistake.")
    else:
        click.echo("No mistakes.")
