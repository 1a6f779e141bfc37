"""Floor 4: reading, attempts, completions and enrolments; the pages of procurement staff."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from lms.core.shell import NavigationEntry, register_navigation
from lms.learning import (
    application_views,
    calculator_views,
    case_views,
    check_views,
    cli,
    comment_views,
    course_views,
    help_views,
    home_views,
    initiatives,
    models,
    path_views,
    qualification_views,
    record_views,
    reflection_views,
    reply_views,
    returning,
    search_views,
    self_views,
    standard_views,
    update_views,
)
from lms.learning.blueprint import blueprint

__all__ = [
    "application_views",
    "calculator_views",
    "case_views",
    "check_views",
    "cli",
    "comment_views",
    "course_views",
    "help_views",
    "home_views",
    "initiatives",
    "models",
    "path_views",
    "qualification_views",
    "record_views",
    "reflection_views",
    "reply_views",
    "returning",
    "search_views",
    "self_views",
    "setup",
    "standard_views",
    "update_views",
]


def setup(app: Flask) -> None:
    """Register the pages of procurement staff, and where the navigation leads to them."""
    app.register_blueprint(blueprint)
    app.cli.add_command(cli.commands)
    app.cli.add_command(cli.comment_commands)
    register_navigation(app, NavigationEntry(_l("Home"), "learning.home", "home", order=10))
    register_navigation(app, NavigationEntry(_l("Courses"), "learning.courses", "learning", order=20))
    register_navigation(app, NavigationEntry(_l("My record"), "learning.record", "home", order=30))
