"""`flask people`: the first administrator, invitations, and the import of people from a CSV file.

Exit status: 0 done, 1 refused, 2 could not run.
"""

import sys
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app, url_for

from lms.administration.importing.rows import is_email
from lms.administration.importing.writing import ImportRaceError, Outcome, import_people
from lms.administration.joining import add_organisations, create_administrator, invite, name_from
from lms.core.commands import Commands
from lms.people.appointments import find_person

commands = Commands("people", help="People and their accounts.")
REFUSED = 1
SERVED_HERE = "http://127.0.0.1:8000"


@commands.command("create-administrator")
@click.argument("email")
@click.option("--name", default="", help="The person’s name; made from the address when it is left out.")
def create(email: str, name: str) -> None:
    """Make EMAIL an administrator of everything, and print a link that sets a password."""
    address = email.strip().lower()
    if not is_email(address):
        _refuse(f"“{email}” is not an email address. Write one such as kit.draftwood@example.org.")
    _print_link(create_administrator(address, " ".join(name.split()) or name_from(address)))


@commands.command("add-organisations")
def add() -> None:
    """Add the regions and organisations of the network that are not there yet."""
    click.echo(f"New regions and organisations: {add_organisations()}")


@commands.command("invite")
@click.argument("email")
def invite_person(email: str) -> None:
    """Print a link that sets the password of EMAIL once, within 7 days."""
    person = find_person(email)
    if person is None:
        _refuse(f"Nobody has the address “{email}”. Import the person first, or check the address.")
    _print_link(invite(person.id, by=None))


@commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
def import_file(file: Path, *, dry_run: bool) -> None:
    """Import the people of a CSV FILE: all of them, or nobody when something is wrong.

    Its first line names the columns: email, name, organisation, team, parent_team, manager_email,
    role_profile, pillar, from, to.

    Organisations, role profiles and pillars stand by their ids. The id of an organisation is the last word
    of its address under Administration; the others are in courses/framework. Dates are 2026-01-31 or
    31/01/2026. `to` is the first day on which the post no longer holds, and empty while it goes on.
    """
    try:
        outcome = import_people(file.read_bytes(), by=None, dry_run=dry_run)
    except ImportRaceError:
        _refuse("Somebody else wrote the same people meanwhile. Nothing was written: run the import again.")
    for problem in outcome.problems:
        click.echo(str(problem))
    if outcome.problems:
        number = len(outcome.problems)
        _refuse(f"{number} {'problem' if number == 1 else 'problems'}. Nothing was written.")
    _print_outcome(outcome)


def _print_outcome(outcome: Outcome) -> None:
    plan = outcome.plan
    added = [team.name for team in plan.teams.new]
    click.echo(f"New people: {len(plan.new_people)}")
    click.echo(f"New teams: {len(added)}" + (f" ({', '.join(added)})" if added else ""))
    click.echo(f"New appointments: {plan.begun}")
    click.echo(f"Moved: {plan.moved}")
    click.echo(f"Closed: {plan.closed}")
    click.echo(f"Unchanged: {plan.changes.unchanged}")
    if plan.managers:
        click.echo(f"Managers’ grants: {len(plan.managers)}")
    for email, name in plan.renamed.items():
        click.echo(f"New name of {email}: {name}")
    if plan.is_empty:
        click.echo("All of this is recorded already. Nothing was written.")
    elif outcome.no is None:
        click.echo("This was a dry run. Nothing was written.")
    else:
        click.echo(f"Written as act {outcome.no}.")


def _print_link(token: str) -> None:
    address: str = current_app.config["ADDRESS"]
    with current_app.test_request_context(base_url=address or SERVED_HERE):
        click.echo(url_for("people.invitation", token=token, _external=True))
    click.echo("The link sets the password once, within 7 days.", err=True)
    if not address:
        click.echo("Set LMS_ADDRESS to the address that people use, if it is another one.", err=True)


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(REFUSED)
