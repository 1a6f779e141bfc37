"""`flask courses`: checks what authors wrote, and publishes what passes.

Exit status: 0 clean, 1 mistakes, 2 could not run.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app

from lms.authoring.publishing import Published, publish_courses
from lms.content.checking import check
from lms.content.mistakes import Mistake, as_json, as_text, in_order
from lms.core.commands import Commands

commands = Commands("courses", help="What authors write: check it, publish it.")
CLEAN, MISTAKES, COULD_NOT_RUN = 0, 1, 2


@commands.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def check_courses(paths: tuple[Path, ...], form: str) -> None:
    """Name every mistake in the courses, or only those in some files or folders of it."""
    folder = _folder()
    wanted = [_inside(path, folder) for path in paths] or [folder]
    checked = check(folder)
    mistakes = [each for each in checked.mistakes if _is_in(folder.parent / each.path, wanted)]
    if form == "json":
        click.echo(json.dumps([as_json(each) for each in mistakes], ensure_ascii=False, indent=2))
    else:
        _print(mistakes, checked.sources)
    sys.exit(MISTAKES if any(each.severity == "error" for each in mistakes) else CLEAN)


@commands.command("publish")
def publish() -> None:
    """Publish what passes its checks, and name what does not."""
    folder = _folder()
    if not any(folder.glob("*/*")):
        _stop(f"{folder} holds no courses, and publishing it would retire every module.")
    published = publish_courses(folder, by=None)
    _say(published)
    inside = (each for problem in published.problems for each in problem.mistakes)
    _print(in_order([*published.checked.mistakes, *inside]), published.checked.sources)
    for problem in published.problems:
        click.echo(f"Not published: {problem.path}. What was good before stays.")
    sys.exit(MISTAKES if published.problems else CLEAN)


def _say(published: Published) -> None:
    changed = (
        ("New", published.new),
        ("New edition", published.editions),
        ("Corrected, same edition", published.corrected),
        ("Retired", published.retired),
    )
    for words, ids in changed:
        for each in ids:
            click.echo(f"{words}: {each}")
    if not any(ids for _, ids in changed):
        click.echo("No module changed.")
    if published.requirements:
        click.echo(f"Requirements written: {published.requirements}")
    if published.evidence_ended:
        click.echo(f"Evidence of earlier editions given a last day: {published.evidence_ended}")


def _folder() -> Path:
    folder: Path = current_app.config["COURSES"].resolve()
    if not folder.is_dir():
        _stop(f"{folder} is no folder. Set LMS_COURSES to the folder of the courses.")
    return folder


def _inside(path: Path, folder: Path) -> Path:
    """The path in full; one that leads to nothing in the courses would look as if it were clean."""
    found = path.resolve()
    if not found.exists():
        _stop(f"{path} does not exist.")
    if not found.is_relative_to(folder) and not folder.is_relative_to(found):
        _stop(f"{path} is not in {folder}.")
    return found


def _is_in(path: Path, wanted: Iterable[Path]) -> bool:
    return any(path.is_relative_to(each) for each in wanted)


def _stop(words: str) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(COULD_NOT_RUN)


def _print(mistakes: list[Mistake], sources: Mapping[str, str]) -> None:
    for each in mistakes:
        click.echo(as_text(each, sources.get(each.path, "")))
    if len(mistakes) == 1:
        click.echo("1 mistake.")
    elif mistakes:
        files = len({each.path for each in mistakes})
        click.echo(f"{len(mistakes)} mistakes in {files} {'file' if files == 1 else 'files'}.")
    else:
        click.echo("No mistakes.")
