"""Floor 5: the pages of line managers."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from lms.core.shell import NavigationEntry, register_navigation
from lms.teams import (
    absence_views,
    application_views,
    assess_views,
    assign_views,
    baseline_views,
    delegation_views,
    file_views,
    initiative_views,
    plan_views,
    post_views,
    qualification_views,
    staffing_views,
    views,
    waiting_views,
    work_views,
)
from lms.teams.blueprint import blueprint
from lms.teams.digest_job import setup_digest

__all__ = [
    "absence_views",
    "application_views",
    "assess_views",
    "assign_views",
    "baseline_views",
    "delegation_views",
    "file_views",
    "initiative_views",
    "plan_views",
    "post_views",
    "qualification_views",
    "setup",
    "staffing_views",
    "views",
    "waiting_views",
    "work_views",
]


def setup(app: Flask) -> None:
    """Register the pages of line managers, and where the navigation leads to them."""
    app.register_blueprint(blueprint)
    setup_digest(app)
    register_navigation(app, NavigationEntry(_l("Team"), "teams.matrix", "team", order=40))
    register_navigation(app, NavigationEntry(_l("Assessments"), "teams.assessments", "assessing", order=42))
