"""Initiatives: changes that need people ready by a day; what is asked, of whom, and what to expect."""

from lms.learning.initiatives import models

__all__ = ["models"]
