"""The page on which a lead looks at the chosen steps of a plan, and sends it to managers."""

from collections.abc import Iterable
from urllib.parse import urlencode

from flask import abort, flash, make_response, redirect, url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from htmx_flask import request
from jinja2_fragments.flask import render_block
from werkzeug.wrappers import Response

from lms.content import catalogue
from lms.core import clock
from lms.core.languages import and_list
from lms.core.pages import page, wants_fragment
from lms.learning.sent_plans import NobodyLeftError, SentBeforeError
from lms.people.access import can, demand, requires, viewer
from lms.reports.choice import UnknownChoiceError
from lms.reports.chosen_steps import ChosenSteps, chosen_steps
from lms.reports.filters import FilterError
from lms.reports.groups import place_of
from lms.reports.needs import TooManyError
from lms.reports.plan import plan_report
from lms.reports.plan_choice import PlanChoice, choose_plan
from lms.reports.reach import Reach, reach
from lms.reports.send_forms import SendForm, seen_of
from lms.reports.sending import Done, NotAllowedError, scope_of, send
from lms.reports.views import blueprint

SEE_OTHER, UNPROCESSABLE = 303, 422
CHOSEN = ("region", "competency", "ready_by", "hours")
TEMPLATE, INSIDE = "reports/plan_send.html", "so-far"
"""INSIDE is the part of the plan’s page that takes the block in."""


@blueprint.get("/gaps/plan/send")
@requires("reports")
def plan_so_far() -> Response:
    """Show what the chosen steps come to, and the form that sends them; the page of the plan takes it in.

    Whoever may not send a plan of the place is led back to that page, which says who may, and so is a choice
    that does not hold.
    """
    try:
        choice, within = _choice()
    except FilterError:
        return _to_the_plan()
    if not can("reports.plan", scope_of(choice.group.region)):
        return _to_the_plan()
    form = SendForm(formdata=None)
    form.due.data = choice.day.strftime("%d/%m/%Y")
    return _show(_chosen(choice, within), form, 200)


@blueprint.post("/gaps/plan/send")
@requires("reports")
def send_plan() -> Response:
    """Send the chosen steps to the managers of their people."""
    try:
        choice, within = _choice()
    except FilterError:
        abort(404)
    demand("reports.plan", scope_of(choice.group.region))
    form, seen = SendForm(), seen_of(request.form.getlist("step"))
    if not form.whole() or form.due.day is None:
        return _show(_chosen(choice, within), form, UNPROCESSABLE)
    published, words = catalogue.current(), form.words.data or None
    try:
        done = send(choice, within, published, seen, by=viewer().person_id, due_day=form.due.day, words=words)
    except NotAllowedError:
        abort(404)
    except SentBeforeError as before:
        flash(_("This plan was sent already, so nothing new is written."))
        return redirect(url_for(".sent_plan", number=before.number), SEE_OTHER)
    except NobodyLeftError:
        form.form_errors.append(
            _("Nothing is sent: too few of these people are left who are not asked for it already")
        )
        return _show(_chosen(choice, within), form, UNPROCESSABLE)
    flash(_said(done))
    return redirect(url_for(".sent_plan", number=done.sent.number), SEE_OTHER)


def _choice() -> tuple[PlanChoice, Reach]:
    """What the address or the form chooses; 404 for what does not exist. Raises FilterError."""
    within, published = reach(), catalogue.current()
    try:
        return choose_plan(request.values, within, published.framework, clock.today()), within
    except UnknownChoiceError:
        abort(404)


def _to_the_plan() -> Response:
    wanted = {key: request.args[key] for key in CHOSEN if key in request.args}
    return redirect(f"{url_for('.plan')}?{urlencode(wanted)}", SEE_OTHER)


def _chosen(choice: PlanChoice, within: Reach) -> ChosenSteps:
    try:
        report = plan_report(choice, within, catalogue.current())
    except TooManyError:
        abort(404)
    return chosen_steps(report, seen_of(request.values.getlist("step")))


def _show(chosen: ChosenSteps, form: SendForm, status: int) -> Response:
    if not chosen.rows and form.is_submitted() and not form.form_errors:
        form.form_errors.append(_("Choose at least one step: what was chosen is not shown any more"))
    report = chosen.report
    context = {
        "chosen": chosen,
        "form": form,
        "report": report,
        "place": place_of(report.choice.filters, report.reach),
        "steps": steps_in_words(chosen.rows),
    }
    if wants_fragment() and request.htmx.target == INSIDE:
        answer = make_response(render_block(TEMPLATE, "so_far", inside=True, **context), status)
        answer.headers.add("Vary", "HX-Request")
        return answer
    return page(TEMPLATE, status, inside=False, **context)


def steps_in_words(numbers: Iterable[int]) -> str:
    """Steps 1 to 3 and 5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [_to(run) for run in runs]
    return ngettext("step %(steps)s", "steps %(steps)s", sum(map(len, runs)), steps=and_list(said))


def _to(run: list[int]) -> str:
    if len(run) > 2:  # noqa: PLR2004 two that follow each other are named
        return _("%(first)s to %(last)s", first=run[0], last=run[-1])
    return and_list(map(str, run))


def _said(done: Done) -> str:
    """What was sent, and what changed since it was looked at."""
    said = [ngettext("The plan is sent: %(num)s step.", "The plan is sent: %(num)s steps.", done.sent.steps)]
    said += [
        _(
            "Step %(step)s has %(now)s people by now, and had %(before)s: it was sent for those of now.",
            step=number,
            now=format_decimal(now),
            before=format_decimal(before),
        )
        for number, (before, now) in done.changed.items()
    ]
    if done.gone or done.sent.dropped:
        said.append(
            ngettext(
                "%(num)s step was not sent: too few of its people are left who are not asked already.",
                "%(num)s steps were not sent: too few of their people are left who are not asked already.",
                done.gone + done.sent.dropped,
            )
        )
    return " ".join(said)
