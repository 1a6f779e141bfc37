"""How the figure of a group moved between two days, split by cause without a rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import current_app

from lms.competencies.balances import Moved, head, moved
from lms.competencies.disclosure import Disclosure, Shown, Viewpoint, disclose
from lms.competencies.movements import Cause
from lms.competencies.sheets import last_head
from lms.competencies.suppression import Group
from lms.competencies.tally import Tally
from lms.people.acts import no_known_on

KEPT_CHANGES = 200
"""Groups and pairs of days whose changes a process keeps, about 150 numbers each."""
RESTATED = "restated"
"""The cause of what was entered late: it changed the first day after that was over."""
CAUSES = (*map(str, Cause), RESTATED)


@dataclass(frozen=True, slots=True)
class Bridge:
    """A figure on two days and what moved it; the causes add up to the difference.

    The start is as it was known at the end of its day. What was entered late for days up to it is
    `restated`, one line. A person who opens and closes a gap between the days stands in both causes.
    Kinds, missing levels and cover are said where they are on both days.
    """

    start: Shown
    end: Shown
    moved: Mapping[str, Shown]


def bridges(
    group: Group,
    days: tuple[date, date],
    known_at: date | None,
    viewpoint: Viewpoint,
    competencies: Iterable[str],
) -> dict[str, Bridge | None]:
    """The bridge of a group for each competency; None where the group is hidden on either day.

    The second day is as known now, or at the end of `known_at`.
    """
    sheets = both_days(days, known_at, viewpoint)
    causes = _moved(group, days, sheets[-1].no, viewpoint.excluded)
    found: dict[str, Bridge | None] = {}
    for key in competencies:
        start, restated, end = (each.figure(group, key).tally for each in sheets)
        if start is None or restated is None or end is None:
            found[key] = None
            continue
        by_cause = {cause: tally for (competency, cause), tally in causes.items() if competency == key}
        found[key] = _bridge(start, restated, end, by_cause)
    return found


def both_days(
    days: tuple[date, date], known_at: date | None, viewpoint: Viewpoint
) -> tuple[Disclosure, Disclosure, Disclosure]:
    """The first day as it was known at its end, the first as the second is known, and the second day.

    A `known_at` before the first day holds for both.
    """
    first, last = days
    then = no_known_on(first if known_at is None else min(first, known_at))
    after = disclose(last, None if known_at is None else no_known_on(known_at), viewpoint)
    return disclose(first, then, viewpoint), disclose(first, after.no, viewpoint), after


def _bridge(start: Shown, restated: Shown, end: Shown, causes: Mapping[str, Tally]) -> Bridge:
    """A bridge with the detail that all its days have."""
    detailed = start.detailed and restated.detailed and end.detailed
    if not detailed:
        start, restated, end = start.plain, restated.plain, end.plain
    moved = {cause: Shown.of(tally, detailed=detailed) for cause, tally in causes.items()}
    moved[RESTATED] = restated - start
    return Bridge(start, end, {cause: moved[cause] for cause in CAUSES if moved.get(cause)})


def _moved(group: Group, days: tuple[date, date], no: int, without: frozenset[str]) -> Moved:
    """What moved between the days as known at an act, which never changes and is kept.

    It is asked again when somebody folded the ledger meanwhile.
    """
    kept: dict[object, Moved] = current_app.extensions.setdefault("moved", {})
    asked = (group, days, no, without)
    if (found := kept.get(asked)) is None:
        at = last_head()
        while (found := moved(at, group, days, no, without)) is None:
            at = head()
        if len(kept) >= KEPT_CHANGES:
            kept.clear()
        kept[asked] = found
    return found
