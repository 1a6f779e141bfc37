"""`flask courses new`: asks what a module or a course needs, and writes files that pass their checks."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from lms.authoring.cli import CLEAN, MISTAKES, commands, courses_folder, print_mistakes, stop
from lms.authoring.starting import (
    ModuleAnswers,
    StartError,
    course_text,
    demand_free,
    mistakes_of,
    module_text,
    with_module,
)
from lms.content.folder import COURSE
from lms.content.rendering import slug
from lms.core import clock
from lms.core.dates import add_months

MINUTES, MONTHS_TO_REVIEW = 15, 6
DAY = click.DateTime(["%Y-%m-%d"])
Command = Callable[..., Any]


@commands.group("new")
def new() -> None:
    """Begin a course or a module, with text that passes the check and waits to be replaced."""


def _about_module(prefix: str) -> Callable[[Command], Command]:
    """The options that answer what is asked of a module."""

    def add(command: Command) -> Command:
        name = prefix.replace("-", "_")
        for option in (
            click.option(f"--{prefix}id", f"{name}id", help="Its id; else made from the title."),
            click.option(f"--{prefix}title", f"{name}title", help="What it is called."),
            click.option(f"--{prefix}summary", f"{name}summary", help="What a reader can do afterwards."),
            click.option("--minutes", type=click.IntRange(1, 240), help="How long it takes, with its check."),
            click.option("--outcome", "outcomes", multiple=True, help="What a reader can do; any number."),
            click.option("--owner", help="The address of who looks after it."),
            click.option("--source", help="Where its rules come from."),
            click.option("--law-at", type=DAY, help="The day that the law is stated at; else today."),
            click.option("--review-by", type=DAY, help="When it is to be reviewed; else in half a year."),
        ):
            command = option(command)
        return command

    return add


@new.command("module")
@click.option("--course", help="The folder of the course that it belongs to.")
@_about_module("")
def new_module(course: str | None, **given: Any) -> None:  # noqa: ANN401 what the options hold
    """Write a module, and add it to the list of its course."""
    folder = courses_folder()
    known = sorted(path.parent.name for path in folder.glob(f"*/{COURSE}"))
    if not known:
        stop("There is no course yet. Begin with flask courses new course.")
    course = course or click.prompt("Course", type=click.Choice(known))
    if course not in known:
        stop(f"There is no course “{course}”. There are {', '.join(known)}.")
    place = folder / course / COURSE
    try:
        asked = _module(folder, given, "")
        listed = with_module(_read(place), asked.id)
    except StartError as error:
        stop(f"Nothing was written: {error}.")
    _write_module(folder, course, asked)
    with place.open("w", encoding="utf-8", newline="") as file:
        file.write(listed)
    click.echo(f"Added it to the list in {folder.name}/{course}/{COURSE}.")
    _say_next(folder / course / f"{asked.id}.md")


@new.command("course")
@click.option("--id", "course", help="Its folder; else made from the title.")
@click.option("--title", help="What it is called.")
@click.option("--summary", help="What it is for, in a sentence.")
@_about_module("module-")
def new_course(
    course: str | None,
    title: str | None,
    summary: str | None,
    **given: Any,  # noqa: ANN401 what the options hold
) -> None:
    """Write a course and its first module, since a course has one at least."""
    folder = courses_folder()
    title = title or click.prompt("Title of the course")
    summary = summary or click.prompt("What it is for, in a sentence")
    course = course or slug(title)
    if not course or slug(course) != course:
        stop(f"Nothing was written: “{course}” is no id: small letters, digits and single hyphens.")
    if (folder / course).exists():
        stop(f"Nothing was written: {folder.name}/{course} is there already.")
    click.echo("A course has at least one module. Its first one:")
    try:
        asked = _module(folder, given, "module_")
    except StartError as error:
        stop(f"Nothing was written: {error}.")
    text = course_text(title, summary, asked.id)
    _demand_clean(text, f"{folder.name}/{course}/{COURSE}", course, course)
    _write_module(folder, course, asked)
    _write(folder, f"{course}/{COURSE}", text)
    _say_next(folder / course / f"{asked.id}.md")


def _module(folder: Path, given: dict[str, Any], prefix: str) -> ModuleAnswers:
    """The answers, asked for where no option gave them; raises StartError for an id that is taken."""
    title = given[f"{prefix}title"] or click.prompt("Title of the module")
    module_id = given[f"{prefix}id"] or slug(title)
    demand_free(folder, module_id)
    today = clock.today()
    law_at, review_by = given["law_at"], given["review_by"]
    return ModuleAnswers(
        module_id,
        title,
        given[f"{prefix}summary"] or click.prompt("What a reader can do afterwards, in a sentence"),
        given["minutes"] or click.prompt("Minutes, with the check", MINUTES, type=click.IntRange(1, 240)),
        given["outcomes"] or _outcomes(),
        given["owner"] or click.prompt("Address of who looks after it"),
        given["source"] or click.prompt("Where its rules come from, such as a law or a policy note"),
        law_at.date() if law_at else today,
        review_by.date() if review_by else add_months(today, MONTHS_TO_REVIEW),
    )


def _outcomes() -> tuple[str, ...]:
    """One outcome after the other, until an empty line."""
    found = [click.prompt("An outcome: afterwards, a reader can …")]
    while words := click.prompt("Another one (Enter for none)", "", show_default=False):
        found.append(words)
    return tuple(found)


def _write_module(folder: Path, course: str, asked: ModuleAnswers) -> None:
    text = module_text(asked)
    _demand_clean(text, f"{folder.name}/{course}/{asked.id}.md", asked.id, course)
    _write(folder, f"{course}/{asked.id}.md", text)


def _demand_clean(text: str, path: str, name: str, course: str) -> None:
    """End the command, with nothing written, when an answer is none that its key takes."""
    mistakes = mistakes_of(text, path, name, course)
    if mistakes:
        print_mistakes(mistakes, {path: text})
        click.echo("Nothing was written: an answer does not hold.")
        sys.exit(MISTAKES)


def _read(place: Path) -> str:
    with place.open(encoding="utf-8", newline="") as file:
        return file.read()


def _write(folder: Path, name: str, text: str) -> None:
    """Write a new file; one that is there is never written over."""
    place = folder / name
    place.parent.mkdir(exist_ok=True)
    try:
        with place.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        stop(f"Nothing was written: {folder.name}/{name} is there already.")
    click.echo(f"Wrote {folder.name}/{name}.")


def _say_next(place: Path) -> None:
    path = place.relative_to(Path.cwd()) if place.is_relative_to(Path.cwd()) else place
    click.echo(f"\nNext, replace the text in it, then run: flask courses check {path}")
    click.echo("If it shows a level, list it in framework/competencies.yaml under shown_by.")
    sys.exit(CLEAN)
