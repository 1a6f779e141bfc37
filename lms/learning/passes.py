"""How long a pass counts: pure rules over editions, validity and absences."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from lms.competencies.standing import Span, after_absence
from lms.content.catalogue import ModuleEntry
from lms.core.dates import add_months
from lms.learning.module_states import Pass

RENEWAL = timedelta(days=90)


def counts_until(passed: Pass, module: ModuleEntry | None) -> date | None:
    """The first day on which a pass no longer counts, by its validity or by a newer edition.

    None while no end is known; a module that was retired ends no pass.
    """
    graces = [each.day for each in module.earlier_until if passed.edition < each.edition] if module else []
    return min((day for day in (passed.until, *graces) if day is not None), default=None)


def current(passed: Pass, module: ModuleEntry | None, today: date, absences: Sequence[Span] = ()) -> bool:
    """Whether a pass counts on a day; what would have ended in an absence ends 60 days after it."""
    end = counts_until(passed, module)
    if end is None:
        return True
    moved = after_absence(end, absences)
    return moved is None or today < moved


def longest(
    passes: Iterable[Pass], module: ModuleEntry | None, today: date, absences: Sequence[Span] = ()
) -> Pass | None:
    """The pass that counts on a day and ends last, or None when none counts."""
    counting = [each for each in passes if current(each, module, today, absences)]
    return max(counting, key=lambda each: counts_until(each, module) or date.max, default=None)


def new_until(
    old: Pass | None, valid_for: int | None, today: date, absences: Sequence[Span] = ()
) -> date | None:
    """Until when a pass of today counts; `valid_for` in months, None: without end.

    In the 90 days before the old end it counts from that end.
    """
    if valid_for is None:
        return None
    end = after_absence(old.until, absences) if old and old.until else None
    begins = end if end is not None and end - RENEWAL <= today else today
    return add_months(begins, valid_for)
