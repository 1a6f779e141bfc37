"""Floor 4: reading, attempts, completions and enrolments; the pages of procurement staff."""

from flask import Flask

from lms.learning import models

__all__ = ["models", "setup"]


def setup(app: Flask) -> None:
    """Register the pages of procurement staff."""
