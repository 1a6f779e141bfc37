"""`flask ledger`: begins the gap ledger, folds it, and proves it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from lms.competencies import filling, folding, recounting
from lms.competencies.folding import LedgerError
from lms.core.commands import COULD_NOT_RUN, Commands

commands = Commands("ledger", help="The gap ledger, from which reports are read.")


@commands.command("fill")
def fill() -> None:
    """Begin the ledger from all facts so far; does nothing when it is kept already."""
    click.echo("The ledger is filled." if filling.fill(click.echo) else "The ledger is kept already.")


@commands.command("fold")
def fold() -> None:
    """Add up what was written since the last time. It may run at any time and as often as you like."""
    with _filled():
        click.echo(f"Folded {folding.fold()} acts.")


@commands.command("recount")
@click.option("--check", is_flag=True, help="Count everything again, and compare it with what is kept.")
def recount(*, check: bool) -> None:
    """Say how far the ledger is; with --check prove it: status 0 all agrees, 1 it does not, 2 not filled."""
    with _filled():
        if not check:
            click.echo(recounting.how_far())
            return
        found = recounting.recount()
    for each in found.first:
        click.echo(each)
    if found.different:
        click.echo(f"{found.different} of {found.compared} figures differ.")
    elif found.compared:
        click.echo(f"{found.compared} figures compared, all agree.")
    else:
        click.echo("There is nothing to compare yet.")
    sys.exit(0 if found.agrees else 1)


@contextmanager
def _filled() -> Iterator[None]:
    """End with a sentence and status 2 while the ledger is not filled."""
    try:
        yield
    except LedgerError as error:
        click.echo(f"{str(error).capitalize()}.", err=True)
        sys.exit(COULD_NOT_RUN)
