"""Typesets papers as tagged PDF: a template of ours, and values that it reads as data."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from threading import Lock
from typing import cast

import typst

from lms.core.settings import ROOT
from lms.reports.row_headers import with_row_headers

FONTS = ROOT / "static" / "build" / "papers"
TEMPLATES = ROOT / "templates"
NOT_IN_FONTS = re.compile(r"[^\u0000-\u024f\u2010-\u203a\u20ac\u2122\u2212]")
REMEMBERED = 10
"""For so many compilations the typesetter keeps what it laid out, of a paper 25 MB: empty ones end that."""
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
        compiler = _compiler()
        made = compiler.compile(
            input=str(TEMPLATES / template),
            format="pdf",
            sys_inputs={"paper": data},
            pdf_standards="ua-1",
            timestamp=int(at.timestamp()),
        )
        for _ in range(REMEMBERED):
            compiler.compile(input=b" ", format="svg")
    return cast("bytes", made)


@cache
def _compiler() -> typst.Compiler:
    """A compiler that is kept, with the fonts that it has read."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts)
