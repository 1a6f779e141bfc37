"""Sentences about days that a template would need several branches for."""

from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _

from lms.core.languages import day as in_words
from lms.learning.reactions import Intent
from lms.learning.reader import Correction
from lms.learning.reflections import CpdKind

WEEK = 7


def stopped_words(day: date, today: date) -> str:
    """You stopped here on Friday; further back the date."""
    distance = (today - day).days
    if distance == 0:
        return _("You stopped here today")
    if distance == 1:
        return _("You stopped here yesterday")
    if distance < WEEK:
        return _("You stopped here on %(weekday)s", weekday=format_date(day, "EEEE"))
    return _("You stopped here on %(day)s", day=in_words(day))


def correction_words(correction: Correction, today: date) -> str:
    """This text was corrected today; further back the date."""
    is_today, words = correction.day == today, in_words(correction.day)
    if correction.new_edition:
        return (
            _("A new edition of this text was published today")
            if is_today
            else _("A new edition of this text was published on %(day)s", day=words)
        )
    return (
        _("This text was corrected today") if is_today else _("This text was corrected on %(day)s", day=words)
    )


def cpd_kind_words(kind: CpdKind) -> str:
    """How somebody developed."""
    match kind:
        case CpdKind.EXPERIENCE:
            return _("By what I did at work")
        case CpdKind.OTHERS:
            return _("From other people")
        case CpdKind.FORMAL:
            return _("By a course or by reading")


def intent_words() -> dict[Intent, str]:
    """Whether somebody will use at work what they passed, in the order in which it is asked."""
    return {
        Intent.SOON: _("Yes, within three months"),
        Intent.LATER: _("Yes, but later"),
        Intent.PERHAPS: _("Perhaps"),
        Intent.NO: _("No"),
    }
