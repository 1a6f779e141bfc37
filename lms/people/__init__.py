"""Floor 2: organisations, teams, appointments, accounts, grants and acts; where permission is decided."""

from flask import Flask

from lms.core.settings import Settings
from lms.people import mail_views, models, views
from lms.people.access import setup_access
from lms.people.identity import setup_identity

__all__ = ["mail_views", "models", "setup"]


def setup(app: Flask, settings: Settings) -> None:
    """Put the gate before every view, and open the log-in."""
    app.config.update(
        LOG_IN_ATTEMPTS=settings.log_in_attempts,
        PASSWORD_COST=settings.password_cost,
        PASSWORD_MEMORY=settings.password_memory,
    )
    setup_identity(app)
    setup_access(app)
    app.register_blueprint(views.blueprint)
