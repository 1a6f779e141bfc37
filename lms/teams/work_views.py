"""The pages of a team's own pieces of work."""

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from lms.content import catalogue
from lms.content.framework import Work
from lms.core import clock
from lms.core.pages import page
from lms.people.access import requires, viewer
from lms.people.models import Duty
from lms.people.reports import Reports, reports_of
from lms.teams.blueprint import blueprint
from lms.teams.work_forms import WORDS, Draft, WorkForm, work_form
from lms.teams.works import Own, WorkError, add, change, end, gone, titles_of, works_of

SEE_OTHER, UNPROCESSABLE = 303, 422


@blueprint.get("/works")
@requires("team")
def works() -> Response:
    """List the pieces of work of the own teams, and of the framework."""
    framework = catalogue.current().framework
    found = works_of([each.id for each in _reports().teams])
    return page("teams/works.html", works=found, framework=framework, titles=titles_of(framework), gone=gone)


@blueprint.route("/works/add", methods=["GET", "POST"])
@requires("team")
def add_work() -> AnyResponse:
    """Add a piece of work, perhaps begun from the list of another."""
    reports = _reports()
    if not reports.teams:
        abort(404)
    framework = catalogue.current().framework
    begun = next((each for each in framework.works if each.id == request.args.get("like")), None)
    form = work_form(framework, reports.teams, Draft(needs=begun.needs if begun else None))
    if not form.is_submitted() or (needs := form.needs(framework)) is None:
        return _form(form, None, begun)
    try:
        number = add(int(form.team.data), form.title.data or "", needs, by=viewer().person_id)
    except WorkError as error:
        form.refuse(error.fault)
        return _form(form, None, begun)
    flash(_("“%(title)s” is added: you can ask now who is ready to run it.", title=form.title.data))
    return redirect(url_for(".works", _anchor=f"work-{number}"), SEE_OTHER)


@blueprint.route("/works/<int:number>", methods=["GET", "POST"])
@requires("team")
def change_work(number: int) -> AnyResponse:
    """Change what a piece of work of the own teams is called or needs."""
    work, reports = _found(number)
    framework = catalogue.current().framework
    own_team = [each for each in reports.teams if each.id == work.team_id]
    form = work_form(framework, own_team, Draft(work.title, work.team_id, work.needs))
    if not form.is_submitted() or (needs := form.needs(framework)) is None:
        return _form(form, work)
    try:
        changed = change(number, form.title.data or "", needs, by=viewer().person_id)
    except WorkError as error:
        form.refuse(error.fault)
        return _form(form, work)
    flash(_("The list for “%(title)s” is changed.", title=form.title.data))
    return redirect(url_for(".works", _anchor=f"work-{changed}"), SEE_OTHER)


@blueprint.route("/works/<int:number>/end", methods=["GET", "POST"])
@requires("team")
def end_work(number: int) -> AnyResponse:
    """Ask, and end a piece of work of the own teams."""
    work, _teams = _found(number)
    form = FlaskForm()
    if not form.validate_on_submit():
        return page("teams/work_end.html", form=form, work=work)
    try:
        end(number, by=viewer().person_id)
    except WorkError as error:
        form.form_errors.append(str(WORDS[error.fault]))
        return page("teams/work_end.html", UNPROCESSABLE, form=form, work=_found(number)[0])
    flash(_("“%(title)s” has ended.", title=work.title))
    return redirect(url_for(".works"), SEE_OTHER)


def _found(number: int) -> tuple[Own, Reports]:
    """A piece of work of the own teams; 404 where there is none."""
    reports = _reports()
    teams = [each.id for each in reports.teams]
    work = next((each for each in works_of(teams) if each.id == number), None)
    if work is None:
        abort(404)
    return work, reports


def _form(form: WorkForm, work: Own | None, like: Work | None = None) -> Response:
    framework = catalogue.current().framework
    return page(
        "teams/work.html",
        UNPROCESSABLE if form.is_submitted() else 200,
        form=form,
        work=work,
        like=like,
        framework=framework,
        titles=titles_of(framework),
        gone=gone(work.needs, framework) if work else [],
    )


def _reports() -> Reports:
    return reports_of(viewer().person_id, viewer().held(Duty.MANAGER), clock.today())
