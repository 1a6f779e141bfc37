"""The pages of initiatives: which there are, how ready people are, and what is written of one."""

from dataclasses import dataclass

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from werkzeug.wrappers import Response as AnyResponse

from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.pages import kept_page, page
from lms.core.spreadsheets import attachment
from lms.learning.initiatives.keeping import (
    Entry,
    InitiativeError,
    Wanted,
    begin,
    change,
    end,
    entries,
    may_keep,
    needs_assessment,
    unknown,
)
from lms.learning.ready_counts import counted
from lms.people.access import requires, viewer
from lms.people.acts import latest_no
from lms.reports.initiative_files import initiative_csv
from lms.reports.initiative_forms import WORDS, InitiativeForm, initiative_form
from lms.reports.initiatives import Standing, may_see, minutes_of, standing
from lms.reports.reach import Reach, reach
from lms.reports.views import blueprint

SEE_OTHER, UNPROCESSABLE = 303, 422


@blueprint.get("/initiatives")
@requires("reports")
def initiatives() -> Response:
    """List the initiatives that ask something of the people whom the one who asks leads."""
    return kept_page((latest_no(), clock.today(), viewer().grants), "reports/initiatives.html", _list)


@blueprint.get("/initiatives/<int:number>")
@requires("reports")
def initiative(number: int) -> Response:
    """Show how ready people are for one, where, and what to expect by the day."""
    region = request.args.get("region", "")
    key = (latest_no(), clock.today(), viewer().grants, number, region)
    return kept_page(key, "reports/initiative.html", lambda: _initiative(number, region))


@blueprint.get("/initiatives/<int:number>.csv")
@requires("reports")
def initiative_file(number: int) -> Response:
    """Give the table of one as CSV."""
    found = _standing(number, request.args.get("region", ""))
    return attachment(f"initiative-{number}-{found.today}.csv", initiative_csv(found))


@blueprint.route("/initiatives/new", methods=["GET", "POST"])
@requires("reports")
def new_initiative() -> AnyResponse:
    """Begin an initiative."""
    asking = _asking()
    if not asking.form.is_submitted() or (wanted := asking.wanted()) is None:
        return _form_page(asking)
    try:
        number = begin(wanted, by=viewer().person_id)
    except InitiativeError as error:
        asking.form.refuse(error.fault)
        return _form_page(asking)
    flash(_("“%(name)s” has begun.", name=wanted.name))
    return redirect(url_for(".initiative", number=number), SEE_OTHER)


@blueprint.route("/initiatives/<int:number>/change", methods=["GET", "POST"])
@requires("reports")
def change_initiative(number: int) -> AnyResponse:
    """Change what an initiative says: it ends, and another begins in its place."""
    entry = _own(number)
    asking = _asking(entry)
    if not asking.form.is_submitted() or (wanted := asking.wanted()) is None:
        return _form_page(asking)
    try:
        changed = change(number, wanted, by=viewer().person_id)
    except InitiativeError as error:
        asking.form.refuse(error.fault)
        return _form_page(asking)
    flash(_("“%(name)s” is changed.", name=wanted.name))
    return redirect(url_for(".initiative", number=changed), SEE_OTHER)


@blueprint.route("/initiatives/<int:number>/end", methods=["GET", "POST"])
@requires("reports")
def end_initiative(number: int) -> AnyResponse:
    """Ask, and end an initiative."""
    entry, form = _own(number), FlaskForm()
    if not form.validate_on_submit():
        return page("reports/initiative_end.html", form=form, entry=entry)
    try:
        end(number, by=viewer().person_id)
    except InitiativeError as error:
        form.form_errors.append(str(WORDS[error.fault]))
        return page("reports/initiative_end.html", UNPROCESSABLE, form=form, entry=_entry(number, reach()))
    flash(_("“%(name)s” has ended.", name=entry.wanted.name))
    return redirect(url_for(".initiatives"), SEE_OTHER)


@dataclass(frozen=True)
class _Asking:
    """A form with what it was made of, and the initiative that it changes, if any."""

    form: InitiativeForm
    published: Catalogue
    within: Reach
    entry: Entry | None

    def wanted(self) -> Wanted | None:
        """What was typed, if it holds and anybody is counted in its scope."""
        wanted = self.form.wanted(self.published)
        if wanted is None:
            return None
        counts = counted(wanted.asked, self.published).on(clock.today())
        if any(wanted.holds(atom) for atom in counts):
            return wanted
        self.form.refuse_nobody()
        return None


def _asking(entry: Entry | None = None) -> _Asking:
    published, within = catalogue.current(), reach()
    before = entry.wanted if entry and request.method == "GET" else None
    form = initiative_form(published, within, before)
    return _Asking(form, published, within, entry)


def _list() -> dict[str, object]:
    published, within, today = catalogue.current(), reach(), clock.today()
    seen = [each for each in entries() if may_see(each, within)]
    present = [each for each in seen if each.ended_at is None]
    return {
        "standings": [found for each in present if (found := standing(each, within, published, today))],
        "ended": [each for each in seen if each.ended_at is not None and each.replaced_by is None],
        "names": _names(within, published),
    }


def _initiative(number: int, region: str) -> dict[str, object]:
    found = _standing(number, region)
    needs, published = found.entry.wanted.needs, found.published
    return {
        "found": found,
        "entry": found.entry,
        "wanted": found.entry.wanted,
        "may_keep": found.entry.ended_at is None and may_keep(viewer(), found.entry.wanted.scope),
        "names": _names(found.reach, published),
        "modules": [(published.module(published.resolve(each)), each) for each in sorted(needs.modules)],
        "levels": sorted(needs.levels),
        "by_assessment": needs_assessment(needs, published),
        "gone": unknown(needs, published),
        "minutes_of": lambda need: minutes_of(need, needs.modules, published),
    }


def _names(within: Reach, published: Catalogue) -> dict[str, dict[str, str]]:
    """What places and competencies are called, by kind and id."""
    return {
        "region": {each.id: each.name for each in within.all_regions},
        "organisation": {each.id: each.name for each in within.organisations},
        "competency": {each.id: each.title for each in published.framework.competencies},
    }


def _entry(number: int, within: Reach) -> Entry:
    """One that the one who asks may see; 404 for any other."""
    found = next(iter(entries(number)), None)
    if found is None or not may_see(found, within):
        abort(404)
    return found


def _own(number: int) -> Entry:
    """One whose whole scope the one who asks leads; 404 for any other."""
    found = _entry(number, reach())
    if not may_keep(viewer(), found.wanted.scope):
        abort(404)
    return found


def _standing(number: int, region: str) -> Standing:
    within = reach()
    found = standing(_entry(number, within), within, catalogue.current(), clock.today(), region)
    if found is None:
        abort(404)
    return found


def _form_page(asking: _Asking) -> Response:
    return page(
        "reports/initiative_form.html",
        UNPROCESSABLE if asking.form.is_submitted() else 200,
        form=asking.form,
        published=asking.published,
        entry=asking.entry,
        gone=unknown(asking.entry.wanted.needs, asking.published) if asking.entry else ([], []),
    )
