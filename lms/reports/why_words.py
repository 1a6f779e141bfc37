"""What the causes of a change are called, what they mean, and how a signed number is written."""

from dataclasses import dataclass

from flask_babel import LazyString, format_number
from flask_babel import lazy_gettext as _l

from lms.competencies.bridges import RESTATED
from lms.competencies.movements import Cause
from lms.reports.why_steps import SMALL

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class CauseWords:
    """A cause by its name, inside a sentence, and as a reason."""

    name: LazyString
    what: LazyString
    reason: LazyString


CAUSE_WORDS: dict[str, CauseWords] = {
    Cause.ONBOARDED: CauseWords(
        _l("Onboarded"),
        _l("organisations that came on board"),
        _l("Organisations came on board, with all their people."),
    ),
    Cause.JOINED: CauseWords(
        _l("Joined"), _l("people who joined"), _l("People began in a role, and held none before.")
    ),
    Cause.LEFT: CauseWords(_l("Left"), _l("people who left"), _l("People ended a role, and hold no other.")),
    Cause.AWAY: CauseWords(
        _l("Away"),
        _l("people who went away or came back"),
        _l("People went away, and are not counted meanwhile, or came back."),
    ),
    Cause.ROLE: CauseWords(
        _l("Role"),
        _l("changes of role, team or pillar"),
        _l("People changed their role, team or pillar, or took a second role."),
    ),
    Cause.REQUIREMENT: CauseWords(
        _l("Requirement"), _l("changed requirements"), _l("Roles began to ask for another level.")
    ),
    Cause.REORGANISED: CauseWords(
        _l("Reorganised"), _l("teams that moved"), _l("Teams moved to another organisation or region.")
    ),
    Cause.LEARNING: CauseWords(_l("Learning"), _l("learning"), _l("People passed what shows a level.")),
    Cause.ASSESSMENT: CauseWords(
        _l("Assessment"), _l("assessments"), _l("Assessors recorded the level that people showed.")
    ),
    Cause.QUALIFICATION: CauseWords(
        _l("Qualification"), _l("qualifications"), _l("Qualifications that count as evidence were recorded.")
    ),
    Cause.IMPORT: CauseWords(
        _l("Import"), _l("imported evidence"), _l("Evidence was taken over from earlier records.")
    ),
    Cause.LAPSED: CauseWords(
        _l("Lapsed"), _l("evidence that lapsed"), _l("Evidence came to the end of its validity.")
    ),
    Cause.EDITION: CauseWords(
        _l("Edition"),
        _l("new editions"),
        _l("Passes of an earlier edition no longer count: the update was not taken."),
    ),
    Cause.ASSESSMENT_ENDED: CauseWords(
        _l("Assessed lower"),
        _l("assessments of a lower level"),
        _l("An assessment of a lower level ended what learning had shown."),
    ),
    Cause.WITHDRAWN: CauseWords(
        _l("Withdrawn"), _l("evidence that was withdrawn"), _l("Evidence was withdrawn.")
    ),
    RESTATED: CauseWords(
        _l("Restated"),
        _l("what was entered late"),
        _l("What happened by then was entered or corrected later."),
    ),
    SMALL: CauseWords(
        _l("Small changes"),
        _l("small changes"),
        _l("Each moved the number below by fewer than 5, so they are added together."),
    ),
}


def signed(number: int) -> str:
    """A change with its sign, which zero has none of."""
    sign = "+" if number > 0 else MINUS if number < 0 else ""
    return f"{sign}{format_number(abs(number))}"
