"""The door of the demonstration: six people, one click each. It exists in demonstration mode only."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, request
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from lms.core.database import db
from lms.core.pages import page
from lms.people.access import identity, public
from lms.people.models import Person
from lms.people.views import HOME, enter, log_in, safe_next

blueprint = Blueprint("demonstration", __name__)

ADDRESSES = {
    "learner": "rowan.sample@aldermoor.example",
    "manager": "morgan.example@aldermoor.example",
    "author": "idris.draftwell@example.org",
    "region-lead": "lee.mockridge@example.org",
    "national-lead": "nia.samplewell@example.org",
    "administrator": "kit.draftwood@aldermoor.example",
}


@dataclass(frozen=True, slots=True)
class Persona:
    """One card of the door."""

    key: str
    title: str
    who: str
    can: tuple[str, ...]
    button: str


# The cards, in the order in which they stand.
PERSONAS = (
    Persona(
        "learner",
        _("Procurement staff"),
        _("Rowan Sample, senior buyer, Aldermoor Police"),
        (
            _("Take the module that closes your most urgent gap"),
            _("Pass its check and see your record change"),
            _("See your levels on any date"),
        ),
        _("Enter as procurement staff"),
    ),
    Persona(
        "manager",
        _("Line manager"),
        _("Morgan Example, who leads the sourcing team, Aldermoor Police"),
        (
            _("See who can do what, and where cover is thin"),
            _("See whose evidence lapses, and when"),
            _("Open one person’s record"),
        ),
        _("Enter as a line manager"),
    ),
    Persona(
        "author",
        _("Course author"),
        _("Idris Draftwell, national body"),
        (
            _("See which modules need you first"),
            _("Find a mistake by file and line"),
            _("See how many read and pass each module"),
        ),
        _("Enter as a course author"),
    ),
    Persona(
        "region-lead",
        _("Region lead"),
        _("Lee Mockridge, East Midlands"),
        (
            _("See gaps by force, role and competency"),
            _("See them on any date, as known then or now"),
            _("Take the table to a board"),
        ),
        _("Enter as a region lead"),
    ),
    Persona(
        "national-lead",
        _("National lead"),
        _("Nia Samplewell, national body"),
        (
            _("Compare the ten regions and the national forces"),
            _("See which forces are not on board yet"),
            _("Find the competency with the widest gap"),
        ),
        _("Enter as a national lead"),
    ),
    Persona(
        "administrator",
        _("Administrator"),
        _("Kit Draftwood, Aldermoor Police"),
        (
            _("See who is in which team and role"),
            _("Decide who may see and do what"),
            _("Say what the force shares, and from when it is counted"),
        ),
        _("Enter as an administrator"),
    ),
)


@public
def choose() -> AnyResponse:
    """Show the six people to enter as; an ordinary log-in still works by its form."""
    if request.method == "POST":
        return log_in()
    if identity() is not None:
        return redirect(safe_next())
    return page("demonstration/personas.html", personas=PERSONAS)


@blueprint.post("/demo/enter")
@public
def enter_as() -> AnyResponse:
    """Begin a session as one of the six."""
    address = ADDRESSES.get(request.form.get("persona", ""))
    person_id = db.session.scalar(select(Person.id).where(Person.email == address)) if address else None
    if person_id is None:
        abort(404)
    enter(person_id)
    return redirect(HOME)
