"""Floor 1: reads, checks, renders and publishes modules, standards and the framework; no pages."""

from flask import Flask

from lms.content import models
from lms.content.searching import indexing
from lms.content.searching import models as searching_models
from lms.core.settings import Settings

__all__ = ["indexing", "models", "searching_models", "setup"]


def setup(app: Flask, settings: Settings) -> None:
    """Say where authors write."""
    app.config["COURSES"] = settings.courses
