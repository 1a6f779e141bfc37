"""`flask attempts` and `flask comments`: what is to be done about them at regular times."""

import click

from lms.core.commands import Commands
from lms.learning.comments import erase_old_comments
from lms.learning.retention import erase_old_attempts

commands = Commands("attempts", help="Attempts at knowledge checks.")
comment_commands = Commands("comments", help="What learners told authors.")


@commands.command("erase")
def erase() -> None:
    """Erase attempts that did not pass and are over 12 months old; run it every day."""
    click.echo(f"Attempts erased: {erase_old_attempts()}")


@comment_commands.command("erase")
def erase_comments() -> None:
    """Erase comments that were closed over 12 months ago; run it every day."""
    click.echo(f"Comments erased: {erase_old_comments()}")
