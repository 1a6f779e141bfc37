"""Groups of commands that say in a sentence when the database does not answer as it should."""

import sys
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from lms.core.settings import SettingsError

COULD_NOT_RUN = 2


class Commands(AppGroup):
    """Commands that need the database; without its tables they end with a sentence and status 2."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 whatever a command returns
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except (OperationalError, ProgrammingError) as error:
            said = str(error.orig).strip()
            click.echo(f"The database says: {said}. Run flask db upgrade first, if it is new.", err=True)
            sys.exit(COULD_NOT_RUN)
        except SettingsError as error:
            click.echo(str(error), err=True)
            sys.exit(COULD_NOT_RUN)
