"""`flask demo load`: writes the invented nation into an empty database."""

import sys
from datetime import date
from time import monotonic

import click
from flask import current_app

from lms.core import clock
from lms.core.commands import Commands
from lms.core.dates import parse_day
from lms.demonstration.loading import LoadedError, Wish, load

LOADED_ALREADY = 3
commands = Commands("demo", help="The invented nation.")


@commands.command("load")
@click.option("--people", default=1900, show_default=True, help="About how many people.")
@click.option("--seed", default=1, show_default=True, help="Another number draws another nation.")
@click.option("--today", default="", help="The day on which the history ends, as 2026-11-30.")
def load_nation(people: int, seed: int, today: str) -> None:
    """Write thirty months of an invented nation; exit status 3 when there are people already."""
    begun = monotonic()
    try:
        load(Wish(people, seed, _day(today)), current_app.config["COURSES"], click.echo)
    except LoadedError:
        click.echo("There are people already: the demonstration begins with an empty database.", err=True)
        sys.exit(LOADED_ALREADY)
    click.echo(f"The demonstration is ready, after {monotonic() - begun:.0f} s.")


def _day(text: str) -> date:
    try:
        return parse_day(text) if text else clock.today()
    except ValueError as error:
        message = f"{text} is no day; write one like 2026-11-30."
        raise click.BadParameter(message, param_hint="--today") from error
