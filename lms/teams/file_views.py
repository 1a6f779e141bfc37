"""The manager’s table of people as files for a spreadsheet."""

from collections.abc import Callable

from flask import Response, abort, request
from flask.blueprints import BlueprintSetupState

from lms.content import catalogue
from lms.core import clock
from lms.core.spreadsheets import attachment
from lms.people.access import requires, viewer
from lms.people.models import Duty
from lms.people.readings import note_overview
from lms.teams.blueprint import blueprint
from lms.teams.choice import read_choice
from lms.teams.matrix_files import matrix_csv as csv_of
from lms.teams.matrix_files import matrix_xlsx as xlsx_of
from lms.teams.overview import Overview, overview_of
from lms.teams.views import OVERVIEW


@requires("team")
def matrix_csv() -> Response:
    """Give everybody whom the page lists, on all of its pages, as CSV."""
    return _file(csv_of, "csv")


@requires("team")
def matrix_xlsx() -> Response:
    """Give the same as a spreadsheet, with a sheet that says what it is."""
    return _file(xlsx_of, "xlsx")


def _file(written: Callable[[Overview], str | bytes], ending: str) -> Response:
    """The file of the choice in the address; keeps that all of its people were seen, as the page does."""
    who, today = viewer(), clock.today()
    published = catalogue.current()
    choice = read_choice(request.args, published.framework, today)
    try:
        found = overview_of(who.person_id, who.held(Duty.MANAGER), choice, published, today)
    except LookupError:
        abort(404)
    note_overview([each.row.person_id for each in found.listed], who.person_id, OVERVIEW)
    return attachment(f"who-can-do-what-{today}.{ending}", written(found))


@blueprint.record
def _register(state: BlueprintSetupState) -> None:
    """Give the files the address of the page with an ending, which no prefix of a blueprint can."""
    state.app.add_url_rule("/team.csv", "teams.matrix_csv", matrix_csv)
    state.app.add_url_rule("/team.xlsx", "teams.matrix_xlsx", matrix_xlsx)
