"""The evaluation of learning as a file: the same numbers as the page, and as much hidden."""

import csv
from io import StringIO

from lms.learning.evaluation import Step
from lms.reports.evaluation import EvaluationReport

COLUMNS = {
    "began": Step.BEGAN,
    "first_goes": Step.TRIED,
    "passed_at_first_go": Step.FIRST,
    "passed": Step.PASSED,
    "answered": Step.ANSWERED,
    "will_use": Step.WILL_USE,
    "assessed": Step.ASSESSED,
    "used_at_work": Step.APPLIED,
}


def evaluation_csv(report: EvaluationReport) -> str:
    """A row a course and place; empty is hidden, and `suppressed` says how many numbers of the row are."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("course", "region", "organisation", *COLUMNS, "suppressed"))
    for line in report.lines:
        numbers = (line.shown[step] for step in COLUMNS.values())
        writer.writerow(
            (
                line.course.id,
                line.place.region,
                line.place.organisation,
                *("" if each is None else each for each in numbers),
                line.shown.hidden,
            )
        )
    return text.getvalue()
