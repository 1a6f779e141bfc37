"""The steps of a plan as a file."""

import csv
from io import StringIO

from lms.learning.to_do import TaskKind
from lms.reports.plan import PlanReport

COLUMNS = (
    "step",
    "competency",
    "from_level",
    "to_level",
    "modules",
    "checks",
    "assessment_level",
    "people",
    "staff_minutes",
    "gaps_left",
)


def plan_csv(report: PlanReport) -> str:
    """A row a step, and one for those of few people together.

    `staff_minutes` leave out what the same people do in an earlier step.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, row in enumerate(report.steps, 1):
        need, step = row.step.need, row.step
        modules, checks = (
            " ".join(task.subject for task in need.tasks if task.kind is kind)
            for kind in (TaskKind.MODULE, TaskKind.CHECK)
        )
        level = max((task.level for task in need.tasks), default=0) or ""
        what = (need.competency, need.held, need.required, modules, checks, level)
        writer.writerow((number, *what, step.people, step.minutes, row.left))
    few = report.smaller
    if few.steps:
        writer.writerow(("others", *[""] * 6, few.people, few.minutes, report.gaps - report.closing))
    return text.getvalue()
