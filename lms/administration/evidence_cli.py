"""`flask evidence`: the import of earlier courses, attendance and qualifications from a CSV file.

Exit status: 0 done, 1 refused, 2 could not run.
"""

import sys
from pathlib import Path

import click

from lms.administration.importing.evidence import EvidenceRow
from lms.administration.importing.evidence_writing import EvidenceOutcome, import_evidence
from lms.core.commands import Commands

commands = Commands("evidence", help="What people have shown before they came here.")
REFUSED = 1


@commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
def import_file(file: Path, *, dry_run: bool) -> None:
    """Import what the rows of a CSV FILE say was shown: all of it, or nothing when something is wrong.

    Its first line names the columns: email, competency, level, from, until, words.

    Competencies stand by their ids, which are in courses/framework. The level is 1 or 2; 3 or 4 only where
    `words` name an accreditation that shows it, with its number. Dates are 2026-01-31 or 31/01/2026.
    `until` is the first day on which it no longer counts, and empty where it has no end. A row that is
    recorded already is left as it is.
    """
    outcome = import_evidence(file.read_bytes(), by=None, dry_run=dry_run)
    for problem in outcome.problems:
        click.echo(str(problem))
    if outcome.problems:
        number = len(outcome.problems)
        click.echo(f"{number} {'problem' if number == 1 else 'problems'}. Nothing was written.", err=True)
        sys.exit(REFUSED)
    _print_outcome(outcome)


def _print_outcome(outcome: EvidenceOutcome) -> None:
    for row, other in outcome.repeated:
        click.echo(f"{_words(row)}: row {other} states the same. It is written once.")
    for row in outcome.recorded:
        click.echo(f"{_words(row)}: recorded already.")
    people = len({row.email for row in outcome.new})
    click.echo(f"New entries: {len(outcome.new)}, for {people} {'person' if people == 1 else 'people'}")
    click.echo(f"Stated twice: {len(outcome.repeated)}")
    click.echo(f"Recorded already: {len(outcome.recorded)}")
    if not outcome.new:
        click.echo("All of this is recorded already. Nothing was written.")
    elif outcome.no is None:
        click.echo("This was a dry run. Nothing was written.")
    else:
        click.echo(f"Written as act {outcome.no}.")


def _words(row: EvidenceRow) -> str:
    return f"Row {row.row}, {row.email}, {row.competency} level {row.level}"
