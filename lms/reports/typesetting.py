"""Typesets papers as tagged PDF: a template of ours, and values that it reads as data."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import cast

import typst

from lms.core.settings import ROOT
from lms.reports.row_headers import with_row_headers

FONTS = ROOT / "static" / "build" / "papers"
TEMPLATES = ROOT / "templates"
NOT_IN_FONTS = re.compile(r"[^\u0000-\u024f\u2010-\u203a\u20ac\u2122\u2212]")
_one_at_a_time = Lock()


def typeset(template: str, paper: Mapping[str, object], at: datetime) -> bytes:
    """A PDF/UA-1 file of a template below templates/, made at a moment.

    A letter that is missing would not be accessible: for one that no font has, a question mark stands.
    """
    data = json.dumps(paper, ensure_ascii=False)
    try:
        made = _made(template, data, at)
    except typst.TypstError:
        made = _made(template, NOT_IN_FONTS.sub("?", data), at)
    return with_row_headers(made)


def _made(template: str, data: str, at: datetime) -> bytes:
    with _one_at_a_time:
        made = _compiler(TEMPLATES / template).compile(
            format="pdf",
            sys_inputs={"paper": data},
            pdf_standards="ua-1",
            timestamp=int(at.timestamp()),
        )
    return cast("bytes", made)


@cache
def _compiler(template: Path) -> typst.Compiler:
    """A compiler that is kept: what it has read and laid out makes the next paper quick."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(str(template), root=str(TEMPLATES), font_paths=fonts)
