"""What a saved view shows, in words."""

from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _

from lms.content.framework import Framework
from lms.core import clock
from lms.core.languages import day as in_words
from lms.reports.choice import UnknownChoiceError, choose
from lms.reports.columns import columns_of
from lms.reports.filters import FilterError, Filters
from lms.reports.groups import people_of, place_of
from lms.reports.reach import Reach
from lms.reports.saved import View
from lms.reports.words import MEASURES, WORDS


@dataclass(frozen=True, slots=True)
class Words:
    """Says choices of one who asks; what they may see is read once for all of them."""

    within: Reach
    framework: Framework

    def view(self, view: View) -> str:
        """What a view shows; empty where it cannot be opened as it is."""
        asked = view.arguments
        known_at = asked.pop("known_at", None)
        try:
            filters = choose(asked, self.within, self.framework, clock.today())
        except (UnknownChoiceError, FilterError):
            return ""
        known = date.fromisoformat(known_at) if known_at else None
        return self.choice(replace(filters, known_at=known), fixed="as_of" in asked)

    def choice(self, filters: Filters, *, fixed: bool) -> str:
        """A choice; `fixed` says that it keeps its day."""
        columns = columns_of(filters.columns, self.framework)
        parts = [
            str(WORDS[filters.by].title),
            place_of(filters, self.within),
            people_of(filters, self.framework),
            *(each.title for each in columns if each.id == filters.column),
            str(MEASURES[filters.measure].name),
            _("as of %(day)s", day=in_words(filters.as_of)) if fixed else _("always as of today"),
            *([_("as known on %(day)s", day=in_words(filters.known_at))] if filters.known_at else []),
        ]
        return ", ".join(parts)
