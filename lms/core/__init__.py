"""Floor 0: settings, database, clock and the web shell that every room stands on."""

from flask import Flask

from lms.core import jobs, limits, views
from lms.core.colours import setup_colours
from lms.core.database import setup_database
from lms.core.errors import setup_errors
from lms.core.jobs_cli import setup_jobs
from lms.core.languages import setup_languages
from lms.core.mail import setup_mail
from lms.core.migrations import setup_migrations
from lms.core.pages import setup_pages
from lms.core.security import setup_security
from lms.core.settings import Settings
from lms.core.templates import setup_templates

__all__ = ["jobs", "limits", "setup"]


def setup(app: Flask, settings: Settings) -> None:
    """Give the application its database, its shell and the pages that need no person."""
    setup_database(app, settings.database_url)
    setup_languages(app)
    setup_templates(app, settings)
    setup_colours(app)
    setup_pages(app)
    setup_security(app, settings)
    setup_errors(app)
    setup_migrations(app)
    setup_jobs(app)
    setup_mail(app, settings)
    app.register_blueprint(views.blueprint)
