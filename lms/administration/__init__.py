"""Floor 5: who belongs where, who may do what, and what organisations share."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from lms.administration import cli, evidence_cli, person_views, views
from lms.administration.blueprint import blueprint
from lms.core.settings import Settings
from lms.core.shell import NavigationEntry, register_navigation

__all__ = ["person_views", "setup", "views"]


def setup(app: Flask, settings: Settings) -> None:
    """Register the pages and the commands of administrators."""
    app.config["ADDRESS"] = settings.address
    app.cli.add_command(cli.commands)
    app.cli.add_command(evidence_cli.commands)
    app.register_blueprint(blueprint)
    register_navigation(
        app, NavigationEntry(_l("Administration"), "administration.overview", "administration", order=70)
    )
