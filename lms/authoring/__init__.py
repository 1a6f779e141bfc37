"""Floor 5: what authors use: checks, publishing, and the desk that says what needs them."""

from flask import Flask

from lms.authoring import cli

__all__ = ["setup"]


def setup(app: Flask) -> None:
    """Register the commands of authors."""
    app.cli.add_command(cli.commands)
