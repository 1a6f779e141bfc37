"""Floor 3: requirements, evidence, standing and the counts of reports, with their suppression."""

from flask import Flask

from lms.competencies import cli, ledger, models
from lms.core.settings import Settings

__all__ = ["ledger", "models", "setup"]


def setup(app: Flask, settings: Settings) -> None:
    """Say which groups are too small for their figures to be shown, and add the commands."""
    app.config["SMALLEST_GROUP"] = settings.smallest_group
    app.cli.add_command(cli.commands)
