"""Sending a plan: worked out anew, and once more inside the act where another act came between."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.learning.sent_plans import NobodyLeftError, Order, Sent, send_plan
from lms.people.access import Subject, allowed
from lms.people.acts import act, latest_no
from lms.people.identity import load
from lms.reports.chosen_steps import chosen_steps
from lms.reports.plan import plan_report
from lms.reports.plan_choice import PlanChoice
from lms.reports.reach import Reach


class NotAllowedError(PermissionError):
    """Who sends does not lead the place, or not any more."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was sent, and the steps that had other people when it was: what they had, and have."""

    sent: Sent
    changed: Mapping[int, tuple[int, int]]
    gone: int
    """How many of the chosen steps are shown no more."""


def scope_of(region: str | None) -> Subject:
    """The place of a plan, as permission is asked about it; of no region it is the nation."""
    return Subject(regions=frozenset({region} if region else ()))


def send(
    choice: PlanChoice,
    within: Reach,
    published: Catalogue,
    seen: Mapping[str, int],
    *,
    by: int,
    due_day: date,
    words: str | None,
) -> Done:
    """Send the steps that were chosen; `seen` has how many people each had when they were looked at.

    No other act is written meanwhile, so that what takes long is done before it.
    Raises NotAllowedError, NobodyLeftError and SentBeforeError.
    """
    region, known = choice.group.region, latest_no()
    report = plan_report(choice, within, published)
    with act("plan-sent", by, reason=words, everybody=True):
        if not allowed(load(by, clock.today()), "reports.plan", scope_of(region)):
            raise NotAllowedError
        if latest_no() != known:
            report = plan_report(choice, within, published)
        chosen = chosen_steps(report, seen)
        if not chosen.rows:
            raise NobodyLeftError
        order = Order(region, choice.filters.competency or None, due_day, words)
        smallest = chosen.report.smallest
        sent = send_plan(order, chosen.planned, by=by, smallest=smallest, published=published)
        steps = {number: row.step for number, row in chosen.rows.items()}
        changed = {
            number: (seen[step.need.key], step.people)
            for number, step in steps.items()
            if seen[step.need.key] != step.people
        }
    return Done(sent, changed, len(seen) - len(steps))
