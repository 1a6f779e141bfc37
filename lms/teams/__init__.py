"""Floor 5: the pages of line managers."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from lms.core.shell import NavigationEntry, register_navigation
from lms.teams import absence_views, assess_views, models, views
from lms.teams.blueprint import blueprint

__all__ = ["absence_views", "assess_views", "models", "setup", "views"]


def setup(app: Flask) -> None:
    """Register the pages of line managers, and where the navigation leads to them."""
    app.register_blueprint(blueprint)
    register_navigation(app, NavigationEntry(_l("Team"), "teams.matrix", "team", order=40))
