"""`flask attempts`: what is to be done about attempts at regular times."""

import click

from lms.core.commands import Commands
from lms.learning.retention import erase_old_attempts

commands = Commands("attempts", help="Attempts at knowledge checks.")


@commands.command("erase")
def erase() -> None:
    """Erase attempts that did not pass and are over 12 months old; run it every day."""
    click.echo(f"Attempts erased: {erase_old_attempts()}")
