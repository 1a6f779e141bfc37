"""Changing a person's post, and ending it without a next one."""

from flask import Response, abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from lms.content import catalogue
from lms.core import clock
from lms.core.languages import day as in_words
from lms.core.pages import page
from lms.people.access import can, demand, requires, viewer
from lms.people.models import Duty
from lms.people.reports import TeamNode
from lms.people.subjects import person_subject
from lms.teams.blueprint import blueprint
from lms.teams.person import name_of
from lms.teams.post_forms import LeaveForm, leave_form, post_form, refuse
from lms.teams.posts import Post, PostError, leave, move, posts_of, teams_of

SEE_OTHER, UNPROCESSABLE = 303, 422


@blueprint.route("/<int:person_id>/post", methods=["GET", "POST"])
@requires("team")
def post(person_id: int) -> AnyResponse:
    """Ask what takes the place of a post and from when, and record it."""
    posts, teams = _posts(person_id)
    form = post_form(posts, teams, catalogue.current().framework)
    chosen, day = form.post_id, form.day.day
    if not form.validate_on_submit() or chosen is None or day is None:
        return _show("teams/post.html", person_id, form)
    name = name_of(person_id)
    try:
        move(person_id, chosen, form.kind, day, by=viewer().person_id)
    except PostError as error:
        refuse(form, error.fault)
        return _show("teams/post.html", person_id, form)
    flash(_("The post of %(name)s changes on %(day)s.", name=name, day=in_words(day)))
    return _back(person_id)


@blueprint.route("/<int:person_id>/leave", methods=["GET", "POST"])
@requires("team")
def leave_post(person_id: int) -> AnyResponse:
    """Ask which post ends without a next one and when, and record it."""
    posts, _teams = _posts(person_id)
    form = leave_form(posts, catalogue.current().framework)
    chosen, day = form.post_id, form.day.day
    if not form.validate_on_submit() or chosen is None or day is None:
        return _show("teams/leave.html", person_id, form)
    name = name_of(person_id)
    try:
        leave(person_id, chosen, day, by=viewer().person_id)
    except PostError as error:
        refuse(form, error.fault)
        return _show("teams/leave.html", person_id, form)
    flash(_("The post of %(name)s ends: %(day)s is the first day without it.", name=name, day=in_words(day)))
    return _back(person_id)


def _posts(person_id: int) -> tuple[list[Post], tuple[TeamNode, ...]]:
    """The posts that the one who asks may change, with their teams; 404 when the person is not theirs."""
    demand("team.person", person_subject(person_id))
    teams = teams_of(viewer().person_id, viewer().held(Duty.MANAGER), clock.today())
    posts = posts_of(person_id, [each.id for each in teams], clock.today())
    if not posts:
        abort(404)
    return posts, teams


def _show(template: str, person_id: int, form: LeaveForm) -> Response:
    status = UNPROCESSABLE if form.is_submitted() else 200
    return page(template, status=status, form=form, person_id=person_id, name=name_of(person_id))


def _back(person_id: int) -> AnyResponse:
    """To the person, or to the team when they have left it today."""
    stays = can("team.person", person_subject(person_id))
    address = url_for(".post", person_id=person_id) if stays else url_for(".matrix")
    return redirect(address, SEE_OTHER)
