"""`flask courses publish`, `publications` and `rollback`: what learners see, and how it came to be."""

import sys
from functools import partial
from pathlib import Path

import click

from lms.authoring.changes import Changes
from lms.authoring.cli import CLEAN, MISTAKES, commands, courses_folder, print_mistakes, stop
from lms.authoring.history import Told, publications_told
from lms.authoring.publishing import HeldBackError, OutrunError, Published, publish_from
from lms.authoring.revisions import RevisionError, Source, revision, working_folder
from lms.authoring.rollback import RollbackError, roll_back

SHORT = 10
KINDS = (
    ("New", "new"),
    ("New edition", "editions"),
    ("Earlier edition again", "lowered"),
    ("Corrected, same edition", "corrected"),
    ("Retired", "retired"),
    ("Course", "courses"),
    ("Standard", "standards"),
)


@commands.command("publish")
@click.option("--revision", "name", metavar="REV", help="A commit, branch or tag of the courses.")
@click.option("--all-or-nothing", is_flag=True, help="Publish nothing while anything does not pass.")
def publish_command(name: str | None, *, all_or_nothing: bool) -> None:
    """Publish what passes its checks, and name what does not."""
    try:
        published = publish_from(_source(courses_folder(), name), by=None, all_or_nothing=all_or_nothing)
    except HeldBackError as held:
        print_mistakes(list(held.published.mistakes), held.published.sources)
        click.echo("Nothing was published: all was asked for, and what stands above does not pass.")
        sys.exit(MISTAKES)
    except RevisionError as error:
        stop(str(error))
    except OutrunError:
        stop("Files change, or others publish, all the time. Try again.")
    _say(published)
    print_mistakes(list(published.mistakes), published.sources)
    for problem in published.problems:
        click.echo(f"Not published: {problem.path}. What was good before stays.")
    sys.exit(MISTAKES if published.problems else CLEAN)


def _source(folder: Path, name: str | None) -> Source:
    if name is not None:
        return partial(revision, folder, name)
    if not any(folder.glob("*/*")):
        stop(f"{folder} holds no courses, and publishing it would retire every module.")
    return partial(working_folder, folder)


def _say(published: Published) -> None:
    say_changes(published.changes)
    if published.requirements:
        click.echo(f"Requirements written: {published.requirements}")
    if published.evidence_ended:
        click.echo(f"Evidence of earlier editions given a last day: {published.evidence_ended}")
    if published.number and not published.written:
        click.echo(f"Nothing differs from publication {published.number}, so nothing was written.")


def say_changes(changes: Changes) -> None:
    """Print what happened to which module, one a line."""
    for words, kind in KINDS:
        for each in getattr(changes, kind):
            click.echo(f"{words}: {each}")
    for old, new in changes.renamed:
        click.echo(f"Renamed: {old} is now {new}")
    if changes.framework:
        click.echo("Changed: the framework")


@commands.command("publications")
@click.option("--number", type=click.IntRange(1), default=20, show_default=True, help="How many to list.")
def list_publications(number: int) -> None:
    """List the newest publications: number, day, commit, author, and what each changed."""
    found = publications_told(number)
    if not found:
        click.echo("Nothing has been published yet.")
    for each in found:
        click.echo(_line(each))
        for words in each.changes:
            click.echo(f"      {words}")


def _line(told: Told) -> str:
    parts = [f"{told.number:>5}", f"{told.at:%d.%m.%Y %H:%M}"]
    if told.commit:
        parts += [told.commit[:SHORT], told.author]
    if told.restores:
        parts.append(f"(back to {told.restores})")
    return "  ".join(parts)


@commands.command("rollback")
@click.argument("publication", type=click.IntRange(1), required=False)
def roll_back_command(publication: int | None) -> None:
    """Go back to an earlier publication, by its number; without one, to the one before."""
    try:
        done = roll_back(publication, by=None)
    except RollbackError as error:
        stop(str(error))
    say_changes(done.changes)
    if done.requirements:
        click.echo(f"Requirements written: {done.requirements}")
    if done.endings_voided:
        click.echo(f"Last days of evidence taken back: {done.endings_voided}")
    if done.ends_mended:
        click.echo(f"Evidence written again with its own end: {done.ends_mended}")
    if done.evidence_ended:
        click.echo(f"Evidence of earlier editions given a last day: {done.evidence_ended}")
    click.echo(f"Publication {done.number} restores {done.restores}.")
    click.echo("The next publish brings back what lies in the courses: mend it there first.")
    sys.exit(CLEAN)
