"""Floor 5: what authors use: checks, publishing, and the desk that says what needs them."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from lms.authoring import (
    cli,
    comment_views,
    diff_cli,
    exports,
    item_views,
    items_cli,
    new_cli,
    preview_cli,
    preview_views,
    publishing_cli,
)
from lms.authoring.hooks_views import setup_hooks
from lms.authoring.views import blueprint
from lms.core.shell import NavigationEntry, register_navigation

__all__ = [
    "comment_views",
    "diff_cli",
    "exports",
    "item_views",
    "items_cli",
    "new_cli",
    "preview_cli",
    "preview_views",
    "publishing_cli",
    "setup",
]


def setup(app: Flask) -> None:
    """Register the page and the commands of authors, and where the navigation leads to them."""
    app.cli.add_command(cli.commands)
    app.register_blueprint(blueprint)
    setup_hooks(app)
    register_navigation(app, NavigationEntry(_l("Authoring"), "authoring.desk", "authoring", order=50))
