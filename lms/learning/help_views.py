"""A person says about which competencies others may ask them."""

from collections.abc import Mapping

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from lms.competencies.offers import may_offer, offer, offered_by
from lms.content import catalogue
from lms.core import clock
from lms.core.pages import page
from lms.learning.blueprint import blueprint
from lms.people.access import requires, viewer


class OfferForm(FlaskForm):
    """The competencies of which the person holds level 3 or more."""

    competencies = SelectMultipleField(_l("Others may ask me about"))


@blueprint.route("/record/help", methods=["GET", "POST"])
@requires("home")
def help_offers() -> Response:
    """Show about what the one who asks may be asked, and keep what they choose."""
    person_id = viewer().person_id
    held = may_offer(person_id, clock.today())
    form = _form(held)
    if form.validate_on_submit():
        offer(person_id, form.competencies.data or [])
        flash(_("What others may ask you about is saved."))
        return redirect(url_for(".help_offers"))
    if not form.is_submitted():
        form.competencies.data = sorted(offered_by(person_id) & held.keys())
    return page("learning/help_offers.html", 422 if form.errors else 200, form=form, held=held)


def _form(held: Mapping[str, int]) -> OfferForm:
    form = OfferForm()
    titles = {each.id: each.title for each in catalogue.current().framework.competencies}
    form.competencies.choices = [
        SelectChoice(
            value=key,
            label=_("%(competency)s: you hold level %(level)s", competency=titles.get(key, key), level=level),
        )
        for key, level in held.items()
    ]
    return form
