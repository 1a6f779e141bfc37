"""What the report calls itself and its rows, by what a row is."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.reports.filters import By


@dataclass(frozen=True, slots=True)
class Words:
    """The heading of the page, of the first column, and the name of the choice."""

    title: LazyString
    row: LazyString
    rows: LazyString


WORDS = {
    By.REGION: Words(_l("Skills gaps by region"), _l("Region"), _l("Regions")),
    By.ORGANISATION: Words(_l("Skills gaps by organisation"), _l("Organisation"), _l("Organisations")),
    By.TEAM: Words(_l("Skills gaps by team"), _l("Team"), _l("Teams")),
    By.ROLE: Words(_l("Skills gaps by role"), _l("Role"), _l("Roles")),
    By.PILLAR: Words(_l("Skills gaps by pillar"), _l("Pillar"), _l("Pillars")),
}
