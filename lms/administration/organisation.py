"""What is set for an organisation: the day from which it is counted, and how its figures leave it."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from lms.core import clock
from lms.core.database import db
from lms.people import appointments
from lms.people.access import allowed
from lms.people.acts import act, void
from lms.people.grants import GrantError
from lms.people.identity import Identity, load
from lms.people.models import Onboarding, Organisation, Sharing
from lms.people.subjects import organisation_subject


@dataclass(frozen=True, slots=True)
class Terms:
    """From when an organisation is counted (None: not yet), and how its figures leave it."""

    on_board: date | None
    sharing: Sharing


def terms_of(organisation: Organisation) -> Terms:
    """What is set now; one statement."""
    days = [each.from_day for each in _onboardings(organisation.id)]
    return Terms(min(days, default=None), Sharing(organisation.sharing))


def change_terms(identity: Identity, organisation_id: str, terms: Terms, reason: str) -> bool:
    """Set both, in one act; whether anything was another before.

    Another day replaces the one that was set, which stays in the records as entered in error.
    Raises GrantError, with a sentence for the person, when they may not set it by now.
    """
    organisation = db.session.get_one(Organisation, organisation_id)
    if terms == terms_of(organisation):
        return False
    by, locked = identity.person_id, [organisation_id]
    with act("organisation", by, reason=reason, everybody=True, organisations=locked):
        organisation = db.session.get_one(Organisation, organisation_id)
        present = load(identity.person_id, clock.today())
        if not allowed(present, "administration.within", organisation_subject(organisation)):
            raise GrantError(_("Your own grants do not reach as far as this organisation"))
        before = terms_of(organisation)
        if terms.on_board != before.on_board:
            for each in _onboardings(organisation_id):
                void(each)
            if terms.on_board is not None:
                appointments.onboard(organisation_id, terms.on_board, by=by, reason=reason)
        if terms.sharing != before.sharing:
            appointments.set_sharing(organisation, terms.sharing, by=by, reason=reason)
    return True


def _onboardings(organisation_id: str) -> list[Onboarding]:
    query = select(Onboarding).where(
        Onboarding.organisation_id == organisation_id, Onboarding.void_act_id.is_(None)
    )
    return list(db.session.scalars(query.order_by(Onboarding.id)))
