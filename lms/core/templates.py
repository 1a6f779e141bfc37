"""What templates can use everywhere: GOV.UK components, our globals, addresses of built files."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, url_for
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from lms.core.settings import ROOT, Settings


def setup_templates(app: Flask, settings: Settings) -> None:
    """Set where templates are found and what they can name."""
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(ROOT / "templates"),
            PrefixLoader(
                {
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                    "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
                }
            ),
        ]
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        demonstration=settings.demonstration,
        static_url=static_url,
    )
    WTFormsHelpers(app)


def static_url(name: str) -> str:
    """The address of a static file, which changes with its contents so that caches never mislead."""
    file = ROOT / "static" / name
    stamp = file.stat().st_mtime_ns if file.is_file() else 0
    return url_for("static", filename=name, v=_mark(file, stamp))


@cache
def _mark(file: Path, stamp: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10] if stamp else "missing"
