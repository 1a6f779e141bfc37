"""Why a manager refuses what a plan proposes: fixed reasons, so that leads can count them."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Refusal(StrEnum):
    """A kind of reason; own words may stand beside it."""

    NO_TIME = "no-time"
    LEAVING = "leaving"
    OTHERWISE = "otherwise"
    NOT_NEEDED = "not-needed"
    OTHER = "other"


REFUSALS = {
    Refusal.NO_TIME: _l("No time for it by then"),
    Refusal.LEAVING: _l("They change their post or leave soon"),
    Refusal.OTHERWISE: _l("They learn it in another way"),
    Refusal.NOT_NEEDED: _l("Their work does not need it now"),
    Refusal.OTHER: _l("Another reason"),
}
