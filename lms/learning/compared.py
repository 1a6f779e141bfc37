"""Two rendered texts as one, word by word: what is gone struck through, what is new underlined."""

import re
from difflib import SequenceMatcher

from flask_babel import gettext as _
from htmldiff2 import render_html_diff
from markupsafe import escape

MOST_CHANGED = 0.5
"""Above this share of changed words a reader follows two whole texts more easily."""

_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^>]+>")
_FRAME = re.compile(r'\A<div class="diff">(.*)</div>\Z', re.DOTALL)
_LEFTOVERS = re.compile(r'\s?tagdiff_\w+|\sdata-old-[\w-]+="[^"]*"|</source>')
_EMPTY_CLASS = re.compile(r'\sclass="\s*"')


def compared(before: str, after: str) -> str | None:
    """The clean HTML of two texts as one; None when more than half of the words differ."""
    if _changed_share(before, after) > MOST_CHANGED:
        return None
    html: str = render_html_diff(before, after)
    found = _FRAME.match(html)
    html = _LEFTOVERS.sub("", found[1] if found else html)
    return _spoken(_EMPTY_CLASS.sub("", html))


def _changed_share(before: str, after: str) -> float:
    old, new = (_WORD.findall(_TAG.sub(" ", html)) for html in (before, after))
    same = sum(block.size for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks())
    return 1 - same / max(len(old), len(new), 1)


def _spoken(html: str) -> str:
    """Screen readers say nothing of `ins` and `del`, so hidden words say which is which."""
    for tag, words in (("ins", _("added:")), ("del", _("removed:"))):
        html = html.replace(f"<{tag}>", f'<{tag}><span class="govuk-visually-hidden">{escape(words)} </span>')
    return html
