"""`flask ledger`: begins the gap ledger, folds it, and proves it."""

import click

from lms.competencies import filling, folding
from lms.core.commands import Commands

commands = Commands("ledger", help="The gap ledger, from which reports are read.")


@commands.command("fill")
def fill() -> None:
    """Begin the ledger from all facts so far; does nothing when it is kept already."""
    click.echo("The ledger is filled." if filling.fill(click.echo) else "The ledger is kept already.")


@commands.command("fold")
def fold() -> None:
    """Add up what was written since the last time. It may run at any time and as often as you like."""
    click.echo(f"Folded {folding.fold()} acts.")
