"""Floor 1: reads, checks, renders and publishes modules, standards and the framework; no pages."""

from flask import Flask

from lms.content import models
from lms.content.searching import indexing
from lms.content.searching import models as searching_models
from lms.core.settings import Settings

__all__ = ["indexing", "models", "searching_models", "setup"]


def setup(app: Flask, settings: Settings) -> None:
    """Say where authors write, and what is published when a Git host says that it changed."""
    app.config["COURSES"] = settings.courses
    secret = settings.publish_secret
    app.config["PUBLISH_SECRET"] = secret.get_secret_value() if secret else ""
    app.config["PUBLISH_BRANCH"] = settings.publish_branch
