"""What initiatives ask of a manager’s people, by name."""

from flask import Response, abort, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from lms.content import catalogue
from lms.core import clock
from lms.core.pages import page
from lms.learning.initiatives.keeping import Entry, entries
from lms.people.access import requires, viewer
from lms.people.models import Duty
from lms.people.readings import note_overview
from lms.people.reports import reports_of
from lms.teams.blueprint import blueprint
from lms.teams.initiatives import Offer, Team, own_initiatives, team_of

READING = "team.initiative"


@blueprint.get("/initiatives")
@requires("team")
def initiatives() -> Response:
    """List the initiatives that ask something of the own people, and how many are ready."""
    return page("teams/initiatives.html", found=own_initiatives(_team()))


@blueprint.get("/initiatives/<int:number>")
@requires("team")
def initiative(number: int) -> Response:
    """Show who of the own people is ready for one, who will miss it, and what is left."""
    entry = next(iter(entries(number)), None)
    if entry is None or entry.ended_at is not None:
        abort(404)
    team = _team()
    own = team.own(entry)
    if not own.members and not own.away:
        abort(404)
    note_overview([each.person_id for each in own.members], viewer().person_id, READING)
    framework = team.published.framework
    return page(
        "teams/initiative.html",
        own=own,
        entry=entry,
        titles={each.id: each.title for each in framework.competencies},
        modules={each.id: each.title for each in team.published.modules},
        resolve=team.published.resolve,
        buttons=[_button(each, own.entry, team) for each in own.to_assign],
    )


def _team() -> Team:
    today = clock.today()
    reports = reports_of(viewer().person_id, viewer().held(Duty.MANAGER), today)
    return team_of(reports, catalogue.current(), today)


def _button(offer: Offer, entry: Entry, team: Team) -> tuple[str, str]:
    """The words and the address of a button that leads to the form with what is needed filled in."""
    published = team.published
    if isinstance(offer.what, str):
        module = published.module(offer.what)
        title, what = module.title if module else offer.what, f"module:{offer.what}"
    else:
        key, level = offer.what
        competency = published.framework.competency(key)
        title = _("Level %(level)s of %(title)s", level=level, title=competency.title if competency else key)
        what = f"level:{key}/{level}"
    words = ngettext(
        "Assign “%(title)s” to %(num)d person",
        "Assign “%(title)s” to %(num)d people",
        len(offer.people),
        title=title,
    )
    due = offer.due.strftime("%d/%m/%Y") if offer.due >= team.today else None
    return words, url_for(".assign", what=what, person=offer.people, due=due, reason=entry.wanted.name)
