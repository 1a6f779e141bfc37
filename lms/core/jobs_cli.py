"""`flask jobs`: runs what was asked for in an answer and is done after it."""

import time

import click
from flask import Flask

from lms.core.commands import Commands
from lms.core.jobs import MOST_ATTEMPTS, forget_old_jobs, open_jobs, run_next

SECONDS = 2.0
commands = Commands("jobs", help="Work that is done after an answer was given.")


def setup_jobs(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(commands)


@commands.command("run")
@click.option("--once", is_flag=True, help="Run what waits now, and end.")
def run(*, once: bool) -> None:
    """Run jobs as they come, until it is stopped; any number may run beside each other."""
    forget_old_jobs()
    while True:
        while done := run_next():
            click.echo(f"Job {done.id}, {done.kind}: {done.error or 'done'}")
            forget_old_jobs()
        if once:
            return
        time.sleep(SECONDS)


@commands.command("list")
def list_jobs() -> None:
    """List the jobs that are not done, with what went wrong."""
    found = open_jobs()
    for job in found:
        state = "given up" if job.attempts >= MOST_ATTEMPTS else "waits"
        words = f": {job.last_error}" if job.last_error else ""
        click.echo(f"{job.id}  {job.kind}  {state} after {job.attempts} attempts{words}")
    if not found:
        click.echo("No job waits.")
