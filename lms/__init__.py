"""A learning and professional-development system for the commercial staff of police and fire."""

from flask import Flask

from lms import (
    administration,
    authoring,
    competencies,
    content,
    core,
    demonstration,
    learning,
    people,
    reports,
    teams,
)
from lms.core.settings import ROOT, Settings, load_settings

__all__ = ["create_app"]


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application; the only place where the rooms meet.

    Raises SettingsError when a setting is missing, wrong or misspelt.
    """
    settings = settings or load_settings()
    app = Flask("lms", root_path=str(ROOT), instance_path=str(ROOT / "instance"))
    core.setup(app, settings)
    content.setup(app, settings)
    people.setup(app, settings)
    competencies.setup(app, settings)
    learning.setup(app)
    teams.setup(app)
    authoring.setup(app)
    reports.setup(app)
    administration.setup(app, settings)
    if settings.demonstration:
        demonstration.setup(app)
    return app
