"""The two pictures of the board paper, with what they show in words: the map, and the line of two years."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from flask_babel import format_decimal
from flask_babel import gettext as _

from lms.core.languages import day as in_words
from lms.reports.gaps import GapReport
from lms.reports.history import Point, trend
from lms.reports.paper_text import said_by
from lms.reports.tiles import Tile
from lms.reports.words import MEASURES

STEPS = (5, 10, 15, 20, 25, 30, 35, 50, 75, 100, 150)
"""From one line of the scale to the next; three reach over the highest value."""
LINES = 3
Values = dict[str, object]


def map_of(report: GapReport) -> Values | None:
    """The tiles, what stands beside them, and all of them in words; None for a choice without a map."""
    column, measure, tiles = report.chosen, MEASURES[report.measure], report.tiles
    if column is None or not tiles:
        return None
    said = said_by("reports/_map.html", report=report, measure=measure, address=_nowhere)
    title = said.first("h2")
    return {
        "title": title,
        "about": said["p"],
        "apart": said.first("text"),
        "tiles": [asdict(each) for each in tiles],
        "alt": " ".join([f"{title}.", *_in_words(tiles, _unit(report))]),
    }


def codes_of(report: GapReport) -> Values | None:
    """What the codes of the map mean; None for a choice without a map."""
    if not report.tiles:
        return None
    tiles = sorted(report.tiles, key=lambda tile: tile.code)
    return {"title": _("What the codes mean"), "codes": [(each.code, each.name) for each in tiles]}


def trend_of(report: GapReport) -> Values | None:
    """The line, its sentence and its table; None for an area, which has none."""
    column, measure, points = report.chosen, MEASURES[report.measure], trend(report)
    if column is None or not points:
        return None
    said = said_by("reports/_trend.html", report=report, measure=measure, trend=points)
    values = [report.measure.per_hundred(each.figure.tally) for each in points]
    highest = max((each for each in values if each is not None), default=0)
    share = _("Share") if report.measure.is_share else _("For each 100")
    title, unit = said.first("h2"), _unit(report)
    return {
        "title": title,
        "sentence": said["p"][:1],
        "note": said["p"][1:],
        "caption": said.first("caption"),
        "head": [_("As of"), share, _("Number"), _("People in roles"), _("On board")],
        "rows": [
            (in_words(each.day), *_figures(report, each), str(each.counted)) for each in reversed(points)
        ],
        "labels": [each.label for each in points],
        "values": values,
        "step": next((each for each in STEPS if LINES * each >= highest), highest // LINES + 1),
        "unit": unit,
        "alt": f"{title}. {measure.what}: {'; '.join(_points_in_words(points, values, unit))}.",
    }


def _line(report: GapReport, point: Point) -> tuple[str, ...]:
    return in_words(point.day), *_figures(report, point), format_decimal(point.counted)


def _figures(report: GapReport, point: Point) -> tuple[str, str, str]:
    """Three cells of a day; the words of one without a figure stand in the first of them."""
    measure, tally = report.measure, point.figure.tally
    number = measure.number(tally)
    if tally is None or number is None:
        return _("not shown"), "", ""
    if not tally.appointments:
        return _("asked of nobody"), "", ""
    share = f"{measure.per_hundred(tally)}{_unit(report)}"
    return share, format_decimal(number), format_decimal(tally.appointments)


def _unit(report: GapReport) -> str:
    return "%" if report.measure.is_share else ""


def _points_in_words(points: tuple[Point, ...], values: list[int | None], unit: str) -> Iterator[str]:
    for each, value in zip(points, values, strict=True):
        yield f"{each.label} {_('not shown') if value is None else f'{value}{unit}'}"


def _nowhere(**_changes: object) -> str:
    """The address of a way that paper leaves out."""
    return ""


def _in_words(tiles: Iterable[Tile], unit: str) -> Iterator[str]:
    """Every tile, for those who do not see the map."""
    ordered = sorted(tiles, key=lambda tile: tile.name)
    on_board = [each for each in ordered if each.on_board]
    shown = [f"{each.name} {each.value}{unit}" for each in on_board if each.value is not None]
    hidden = [each.name for each in on_board if each.suppressed]
    nobody = [each.name for each in on_board if each.value is None and not each.suppressed]
    absent = [each.name for each in ordered if not each.on_board]
    if shown:
        yield f"{'; '.join(shown)}."
    if hidden:
        yield _("Not shown: %(names)s.", names=", ".join(hidden))
    if nobody:
        yield _("Asked of nobody: %(names)s.", names=", ".join(nobody))
    if absent:
        yield _("Not on board yet: %(names)s.", names=", ".join(absent))
