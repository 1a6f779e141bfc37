"""`flask courses check`: names every mistake; and what the other commands of `flask courses` share.

Exit status: 0 clean, 1 mistakes, 2 could not run.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app

from lms.content.advice.advising import advise
from lms.content.checking import check
from lms.content.mistakes import Mistake, as_github, as_json, as_text, in_order
from lms.core import clock
from lms.core.commands import Commands

commands = Commands("courses", help="What authors write: check it, publish it.")
CLEAN, MISTAKES, COULD_NOT_RUN = 0, 1, 2


@commands.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text")
@click.option("--errors-only", is_flag=True, help="Leave out advice, which stops no publication.")
def check_courses(paths: tuple[Path, ...], form: str, *, errors_only: bool) -> None:
    """Name every mistake in the courses, or only those in some files or folders of it."""
    folder = courses_folder()
    wanted = [_inside(path, folder) for path in paths] or [folder]
    checked = check(folder)
    advice = [] if errors_only else advise(checked, folder, clock.today())
    found = in_order([*checked.mistakes, *advice])
    mistakes = [each for each in found if _is_in(folder.parent / each.path, wanted)]
    if form == "json":
        click.echo(json.dumps([as_json(each) for each in mistakes], ensure_ascii=False, indent=2))
    elif form == "github":
        click.echo("".join(f"{as_github(each)}\n" for each in mistakes), nl=False)
    else:
        print_mistakes(mistakes, checked.sources)
    sys.exit(MISTAKES if any(each.severity == "error" for each in mistakes) else CLEAN)


def courses_folder() -> Path:
    """The folder of the courses; the command ends here when it is not there."""
    folder: Path = current_app.config["COURSES"].resolve()
    if not folder.is_dir():
        stop(f"{folder} is no folder. Set LMS_COURSES to the folder of the courses.")
    return folder


def _inside(path: Path, folder: Path) -> Path:
    """The path in full; one that leads to nothing in the courses would look as if it were clean."""
    found = path.resolve()
    if not found.exists():
        stop(f"{path} does not exist.")
    if not found.is_relative_to(folder) and not folder.is_relative_to(found):
        stop(f"{path} is not in {folder}.")
    return found


def _is_in(path: Path, wanted: Iterable[Path]) -> bool:
    return any(path.is_relative_to(each) for each in wanted)


def stop(words: str) -> NoReturn:
    """Say why a command could not run, and end it with status 2."""
    click.echo(words, err=True)
    sys.exit(COULD_NOT_RUN)


def print_mistakes(mistakes: list[Mistake], sources: Mapping[str, str]) -> None:
    """Print each mistake with its line, and how many there are."""
    for each in mistakes:
        click.echo(as_text(each, sources.get(each.path, "")))
    errors = [each for each in mistakes if each.severity == "error"]
    advice = [each for each in mistakes if each.severity != "error"]
    click.echo(f"{_counted(errors, 'mistake', 'mistakes')}." if errors else "No mistakes.")
    if advice:
        click.echo(f"{_counted(advice, 'piece of advice', 'pieces of advice')}, which stops nothing.")


def _counted(found: list[Mistake], one: str, many: str) -> str:
    files = len({each.path for each in found})
    if len(found) == 1:
        return f"1 {one}"
    return f"{len(found)} {many} in {files} {'file' if files == 1 else 'files'}"
