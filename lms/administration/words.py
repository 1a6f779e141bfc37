"""Duties, scopes and what organisations share, in words."""

from flask_babel import gettext as _

from lms.people.models import Duty, Scope, Sharing


def duty_words(duty: Duty) -> str:
    """What a duty is called."""
    return {
        Duty.LEARNER: _("Learner"),
        Duty.MANAGER: _("Manager"),
        Duty.ASSESSOR: _("Assessor"),
        Duty.AUTHOR: _("Author"),
        Duty.ORGANISATION_LEAD: _("Lead of an organisation"),
        Duty.REGION_LEAD: _("Lead of a region"),
        Duty.NATIONAL_LEAD: _("National lead"),
        Duty.ADMINISTRATOR: _("Administrator"),
    }[duty]


def duty_meaning(duty: Duty) -> str:
    """What a duty lets a person do, in a sentence."""
    return {
        Duty.LEARNER: _("Reads courses, takes checks, and keeps a record."),
        Duty.MANAGER: _("Sees who can do what in a team and in the teams below it, and opens their records."),
        Duty.ASSESSOR: _("Assesses people of a team, an organisation or a region, up to a level."),
        Duty.AUTHOR: _("Writes courses, and sees how each module does."),
        Duty.ORGANISATION_LEAD: _(
            "Sees the figures of an organisation beside those of its region, no names."
        ),
        Duty.REGION_LEAD: _("Sees the figures of a region and of its organisations, no names."),
        Duty.NATIONAL_LEAD: _("Sees the figures of all regions, no names."),
        Duty.ADMINISTRATOR: _(
            "Gives and ends grants, and sets what an organisation shares; opens no record."
        ),
    }[duty]


def sharing_words(sharing: Sharing) -> str:
    """How the figures of an organisation leave it."""
    return {
        Sharing.NAMED: _("Under its name"),
        Sharing.UNNAMED: _("Without its name"),
        Sharing.NONE: _("Not at all"),
    }[sharing]


def sharing_meaning(sharing: Sharing) -> str:
    """What leads then see, in a sentence."""
    return {
        Sharing.NAMED: _("Leads of the region and of the nation see its figures beside its name."),
        Sharing.UNNAMED: _("Its figures count in the totals of its region, and no row or tile names it."),
        Sharing.NONE: _("No figure leaves it. Pages say that it is not counted."),
    }[sharing]


def over_words(scope: Scope, name: str | None) -> str:
    """What a grant is over; `name` is that of the team, organisation or region."""
    match scope:
        case Scope.SELF:
            return _("Their own record")
        case Scope.NATION:
            return _("Everything")
        case Scope.TEAM:
            return _("%(team)s and the teams below it", team=name)
        case _:
            return name or ""
