"""`flask courses diff`: in words, what a change of the courses would mean for those who learn."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from lms.authoring.cli import commands, courses_folder, stop
from lms.authoring.differences import Difference, Differences, Pieces, compare
from lms.authoring.owing import people_owing
from lms.authoring.revisions import RevisionError, revision
from lms.authoring.sides import Side, side_of_folder, side_of_learners
from lms.content.publishing import newest
from lms.core.clock import LONDON
from lms.core.database import db

NAMES = {
    "new": "New",
    "edition": "New edition",
    "lowered": "Lower edition",
    "same": "Same edition",
    "retired": "Retired",
    "failing": "Does not pass",
}


@commands.command("diff")
@click.argument("name", metavar="[REV]", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def diff(name: str | None, form: str) -> None:
    """Say what publishing would mean: against what is published, or against a Git revision."""
    folder = courses_folder()
    before, with_what, counted = _before(folder, name)
    found = compare(before, side_of_folder(folder))
    people = people_owing(found.modules) if counted else None
    if form == "json":
        click.echo(json.dumps(_as_json(found, with_what, people), ensure_ascii=False, indent=2))
        return
    for line in _lines(found, with_what, people):
        click.echo(line)


def _before(folder: Path, name: str | None) -> tuple[Side, str, bool]:
    """The side to compare with, in words too, and whether people can be counted."""
    counted = _has_tables()
    try:
        if name is None and counted:
            last = newest()
            day = f" of {last.at.astimezone(LONDON):%d.%m.%Y}" if last else ""
            words = f"publication {last.id}{day}" if last else "nothing, since nothing has been published yet"
            return side_of_learners(), words, True
        wanted = "HEAD" if name is None else name
        with revision(folder, wanted) as snapshot:
            words = "the last commit" if name is None else f"revision {name}"
            return side_of_folder(snapshot.folder), words, counted
    except RevisionError as error:
        stop(str(error))


def _has_tables() -> bool:
    """Whether there is a database; asking SQLite for a file that is not there would make one."""
    address = db.engine.url
    if db.engine.dialect.name == "sqlite" and address.database and not Path(address.database).exists():
        return False
    try:
        newest()
    except (OperationalError, ProgrammingError):
        db.session.rollback()
        return False
    return True


def _as_json(found: Differences, with_what: str, people: Mapping[str, int] | None) -> dict[str, Any]:
    values = found.as_json()
    for each in values["modules"]:
        number = people.get(each["id"], 0) if people is not None else None
        each["people"] = number
        each["minutes_in_all"] = None if number is None else number * each["minutes"]
    return {"compared_with": with_what, **values}


def _lines(found: Differences, with_what: str, people: Mapping[str, int] | None) -> Iterator[str]:
    yield f"Compared with {with_what}."
    if people is None:
        yield "There is no database here, so people are not counted."
    for each in found.modules:
        yield ""
        yield from _of_module(each, people)
    if found.others:
        yield ""
    yield from found.others
    if not found.modules and not found.others:
        yield "Nothing differs for those who learn."
    elif people:
        minutes = sum(people[each.id] * each.minutes for each in found.modules if each.id in people)
        yield ""
        yield f"In all: {_counted(minutes, 'minute')} of updates."


def _of_module(each: Difference, people: Mapping[str, int] | None) -> Iterator[str]:
    editions = {
        "edition": f", edition {each.earlier_edition} to {each.edition}",
        "lowered": f", edition {each.earlier_edition} to {each.edition}",
        "same": f", edition {each.edition}",
    }
    yield f"{NAMES[each.kind]}: {each.course}/{each.id}.md, “{each.title}”{editions.get(each.kind, '')}"
    if each.earlier_id:
        yield f"    Renamed: it was {each.earlier_id}"
    yield from _of_pieces("part", each.parts)
    yield from _of_pieces("question", each.questions)
    if each.settings:
        yield f"    Changed in the first lines: {', '.join(each.settings)}"
    if each.kind == "edition":
        yield f"    {_update(each, people)}"
    for doubt in each.doubts:
        yield f"    ? {doubt}"


def _of_pieces(what: str, pieces: Pieces) -> Iterator[str]:
    for words, names in (("New", pieces.new), ("Changed", pieces.changed), ("Gone", pieces.gone)):
        for name in names:
            yield f"    {words} {what}: {name}"


def _update(each: Difference, people: Mapping[str, int] | None) -> str:
    if not each.minutes:
        return "It asks nothing of those who passed an earlier edition."
    if people is None:
        return f"Everybody who passed an earlier edition would owe {_counted(each.minutes, 'minute')}."
    number = people[each.id]
    minutes = _counted(each.minutes, "minute")
    total = _counted(number * each.minutes, "minute")
    who = "1 person who passed" if number == 1 else f"{number} people who passed"
    return f"{who} an earlier edition would owe an update of {minutes}: {total} in all."


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
