"""What the report calls itself, its rows, its columns and its measures."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.reports.columns import Columns
from lms.reports.filters import By
from lms.reports.measures import Measure


@dataclass(frozen=True, slots=True)
class Words:
    """The heading of the page, of the first column, the name of the choice, and of the way to it."""

    title: LazyString
    row: LazyString
    rows: LazyString
    by: LazyString


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """A measure by its name, as the figure of a table, as what its trend is about, and at its widest.

    `darker` says what a dark cell is, `beneath` what stands under the figure, if anything does, and
    `bands` what the bands are, the lightest first. `what` is the figure in the middle of a sentence.
    """

    name: LazyString
    what: LazyString
    caption: LazyString
    area_caption: LazyString
    widest: LazyString
    darker: LazyString
    bands: tuple[LazyString, ...]
    beneath: LazyString | None = None


WORDS = {
    By.REGION: Words(_l("Skills gaps by region"), _l("Region"), _l("Regions"), _l("By region")),
    By.ORGANISATION: Words(
        _l("Skills gaps by organisation"), _l("Organisation"), _l("Organisations"), _l("By organisation")
    ),
    By.TEAM: Words(_l("Skills gaps by team"), _l("Team"), _l("Teams"), _l("By team")),
    By.ROLE: Words(_l("Skills gaps by role"), _l("Role"), _l("Roles"), _l("By role")),
    By.PILLAR: Words(_l("Skills gaps by pillar"), _l("Pillar"), _l("Pillars"), _l("By pillar")),
}
COLUMNS = {Columns.COMPETENCY: _l("Competencies"), Columns.AREA: _l("Areas")}

SHARES = (_l("under 10"), _l("10 to 19"), _l("20 to 29"), _l("30 to 39"), _l("40 or more"))
LEVELS = (_l("under 20"), _l("20 to 39"), _l("40 to 59"), _l("60 to 79"), _l("80 or more"))
HIGHER = _l("The darker, the higher.")
PEOPLE_UNDER = _l("The number under the percentage is people.")
AREA_UNDER = _l("The number under the percentage is posts and competencies.")

MEASURES = {
    Measure.BELOW: MeasureWords(
        name=_l("Below"),
        what=_l("The share below"),
        caption=_l("People below, in percent of those whose role asks for the competency"),
        area_caption=_l("Posts and competencies below, in percent of those that roles ask for in the area"),
        widest=_l("The widest gaps"),
        darker=HIGHER,
        bands=SHARES,
    ),
    Measure.UNRECORDED: MeasureWords(
        name=_l("Nothing recorded yet"),
        what=_l("The share with nothing recorded yet"),
        caption=_l("Nothing recorded yet, in percent of the people whose role asks for the competency"),
        area_caption=_l("Nothing recorded yet, in percent of the posts and competencies of the area"),
        widest=_l("Where most is not recorded yet"),
        darker=HIGHER,
        bands=SHARES,
        beneath=PEOPLE_UNDER,
    ),
    Measure.LAPSED: MeasureWords(
        name=_l("Lapsed"),
        what=_l("The share that has lapsed"),
        caption=_l("Evidence lapsed, in percent of the people whose role asks for the competency"),
        area_caption=_l("Evidence lapsed, in percent of the posts and competencies of the area"),
        widest=_l("Where most has lapsed"),
        darker=HIGHER,
        bands=SHARES,
        beneath=PEOPLE_UNDER,
    ),
    Measure.SHORT: MeasureWords(
        name=_l("Short"),
        what=_l("The share that is short"),
        caption=_l("People short, in percent of those whose role asks for the competency"),
        area_caption=_l("Posts and competencies short, in percent of those of the area"),
        widest=_l("Where most are short"),
        darker=HIGHER,
        bands=SHARES,
        beneath=PEOPLE_UNDER,
    ),
    Measure.MISSING: MeasureWords(
        name=_l("Missing levels"),
        what=_l("The number of missing levels for each 100 people"),
        caption=_l("Missing levels for each 100 people whose role asks for the competency"),
        area_caption=_l("Missing levels for each 100 posts and competencies of the area"),
        widest=_l("Where most levels are missing"),
        darker=HIGHER,
        bands=LEVELS,
        beneath=_l("The number under it is all missing levels."),
    ),
    Measure.COVER: MeasureWords(
        name=_l("Cover"),
        what=_l("The share who hold level 3 Practitioner or more"),
        caption=_l(
            "Who hold level 3 Practitioner or more, in percent of those whose role asks for the competency"
        ),
        area_caption=_l(
            "Level 3 Practitioner or more held, in percent of the posts and competencies of the area"
        ),
        widest=_l("Where fewest hold level 3 or more"),
        darker=_l("The darker, the fewer."),
        bands=tuple(reversed(SHARES)),
        beneath=PEOPLE_UNDER,
    ),
}
