"""Floor 5: what region and national leads read: skills gaps, on any day, as far as their grants go."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from lms.core.shell import NavigationEntry, register_navigation
from lms.learning.held_above import register_held
from lms.reports import (
    assessor_views,
    compare_views,
    evaluation_views,
    file_views,
    initiative_views,
    plan_views,
    saved_views,
    send_views,
    sent_views,
    standard_views,
    views,
    why_views,
)
from lms.reports.saved import held_views

__all__ = [
    "assessor_views",
    "compare_views",
    "evaluation_views",
    "file_views",
    "initiative_views",
    "plan_views",
    "saved_views",
    "send_views",
    "sent_views",
    "setup",
    "standard_views",
    "why_views",
]


def setup(app: Flask) -> None:
    """Register the pages of leads."""
    app.register_blueprint(views.blueprint)
    register_held("saved_views", held_views)
    register_navigation(app, NavigationEntry(_l("Reports"), "reports.gaps", "reports", order=60))
