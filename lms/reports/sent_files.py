"""What became of a plan, as a file: just what its page shows."""

import csv
from collections.abc import Mapping
from io import StringIO

from lms.learning.to_do import TaskKind
from lms.reports.sent_plans import SentReport, Since, State

COLUMNS = (
    "step",
    "competency",
    "from_level",
    "to_level",
    "modules",
    "assessment_level",
    "people",
    *(state.value.replace("-", "_") for state in State),
    "done_since",
    "suppressed",
)


def sent_csv(report: SentReport) -> str:
    """A row a step, and one for all together; numbers that are not shown are empty."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    numbered = enumerate(
        zip(report.heading.plan.steps, report.states.rows, report.since.rows, strict=True), 1
    )
    for number, (step, states, since) in numbered:
        modules = " ".join(task["subject"] for task in step["tasks"] if task["kind"] != TaskKind.ASSESSMENT)
        level = max(task["level"] for task in step["tasks"]) or ""
        what = (step["competency"], step["held"], step["required"], modules, level, step["people"])
        writer.writerow((number, *what, *_numbers(states, since)))
    sums = _numbers(report.states.together, report.since.together)
    writer.writerow(("all", *[""] * 5, report.heading.people, *sums))
    return text.getvalue()


def _numbers(
    states: Mapping[State, int | None] | None, since: Mapping[Since, int | None] | None
) -> list[int | str]:
    found = [states[state] if states else None for state in State]
    found.append(since[Since.DONE] if since else None)
    return [*("" if each is None else each for each in found), "yes" if None in found else "no"]
