"""Floor 1: reads, checks, renders and publishes modules, standards and the framework; no pages."""

from flask import Flask

from lms.content import models
from lms.content.searching import indexing
from lms.content.searching import models as searching_models
from lms.content.serving import setup_network
from lms.core.settings import Settings

__all__ = ["indexing", "models", "searching_models", "setup"]


def setup(app: Flask, settings: Settings) -> None:
    """Say where authors write, which network that is, and what a Git host may publish."""
    app.config["COURSES"] = settings.courses
    setup_network(app, settings)
    secret = settings.publish_secret
    app.config["PUBLISH_SECRET"] = secret.get_secret_value() if secret else ""
    app.config["PUBLISH_BRANCH"] = settings.publish_branch
