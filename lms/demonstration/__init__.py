"""Floor 6: the invented nation, its history, and the door by which anyone enters it."""

from flask import Flask

from lms.demonstration import cli, views

__all__ = ["setup"]


def setup(app: Flask) -> None:
    """Open the door in place of the log-in page; called in demonstration mode only."""
    app.register_blueprint(views.blueprint)
    app.view_functions["people.log_in"] = views.choose
    app.cli.add_command(cli.commands)
