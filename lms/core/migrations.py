"""`flask db`: brings a database to the present schema, and checks that models and schema agree."""

from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from blinker import Namespace
from flask import Flask
from flask.cli import AppGroup

FOLDER = Path(__file__).resolve().parents[2] / "migrations"
NEWEST = "head"
commands = AppGroup("db", help="The schema of the database.")
upgraded = Namespace().signal("upgraded")
"""Sent when a database has the newest schema, for what can be worked out from its rows."""


def setup_migrations(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(commands)


def bring_forward(revision: str = NEWEST) -> None:
    """Bring the database to a schema; what follows from its rows is worked out at the newest one."""
    command.upgrade(configuration(), revision)
    if revision == NEWEST:
        upgraded.send()


def configuration() -> Config:
    """Alembic's settings; the connection comes from the application."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return config


@commands.command("upgrade")
@click.argument("revision", default=NEWEST)
def upgrade(revision: str) -> None:
    """Bring the database forward, by default to the newest schema."""
    bring_forward(revision)


@commands.command("check")
def check() -> None:
    """Say whether the models ask for something that no migration makes."""
    command.check(configuration())


@commands.command("revision")
@click.argument("message")
def revision(message: str) -> None:
    """Write a migration from the difference between models and database."""
    command.revision(configuration(), message=message, autogenerate=True)
