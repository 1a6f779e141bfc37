"""The board paper of a choice of the gap report: all that stands on its two pages, as plain values."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace

from flask import current_app, url_for
from flask_babel import format_decimal, get_locale, ngettext
from flask_babel import gettext as _

from lms.content.serving import network
from lms.core import clock
from lms.core.languages import day as in_words
from lms.core.languages import moment
from lms.people.models import Organisation
from lms.reports.columns import Column
from lms.reports.explanation import about_below, about_choice, about_hidden
from lms.reports.filters import By
from lms.reports.gaps import GapReport
from lms.reports.history import quarter_ago
from lms.reports.measures import Measure
from lms.reports.paper_pictures import codes_of, map_of, trend_of
from lms.reports.paper_text import said_by
from lms.reports.rows import Row
from lms.reports.words import MEASURES, WORDS

MOST_ROWS = 30
"""As many as the page shows at a time."""
MOST_NAMES = 40
HIDDEN, NOBODY = -1, -2
Values = dict[str, object]
Pairs = Iterator[tuple[str, str]]


def paper_of(report: GapReport, by: str) -> Values:
    """What the paper says, in the language of the one who asks; `by` is the name of who makes it."""
    has_table = report.chosen is not None and bool(report.rows)
    words, ago, invented = WORDS[report.filters.by], quarter_ago(report), _invented()
    return {
        "colours": asdict(network().colours),
        "language": str(get_locale() or "en").replace("_", "-"),
        "title": str(words.title),
        "about": " ".join(filter(None, (_about(), invented))),
        "place": ", ".join(report.place),
        "days": _days(report),
        "made": _("Made by %(name)s on %(moment)s", name=by, moment=moment(clock.now())),
        "foot": " ".join((f"{words.title}, {', '.join(report.place)}. {_days(report)}.", invented)),
        "numbers": [_("Page %(number)s of 2", number=number) for number in (1, 2)],
        "sentence": said_by("reports/_sentence.html", report=report, ago=ago, wider=None)["p"],
        "table": _table(report) if has_table else None,
        "nothing": _("No group of this choice is counted on this day, so there is no table and no map."),
        "map": map_of(report) if has_table else None,
        "trend": trend_of(report) if has_table else None,
        "definitions": {"title": _("What the words mean"), "pairs": list(_definitions(report))},
        "choice": {"title": _("What was chosen"), "pairs": list(_chosen(report))},
        "counted": {"title": _("Which organisations are counted"), "pairs": list(_counted(report))},
        "codes": codes_of(report) if has_table else None,
        "address": {
            "title": _("The page that this paper shows"),
            "address": url_for("reports.gaps", _external=True, **report.filters.address()),
        },
    }


def _about() -> str:
    return _("How many people are below the level that their role asks for, by what is recorded. No names.")


def _invented() -> str:
    """What a paper of the demonstration says on both pages, since it leaves the page that says so."""
    invented = current_app.jinja_env.globals["demonstration"]
    return _("Demonstration: people and figures are invented.") if invented else ""


def _days(report: GapReport) -> str:
    known_at, day = report.filters.known_at, in_words(report.filters.as_of)
    if known_at:
        return _("As of %(day)s, by what was known on %(known)s", day=day, known=in_words(known_at))
    return _("As of %(day)s, by what is known now", day=day)


def _table(report: GapReport) -> Values:
    """The rows that fit, by columns, with the notes that are true for these."""
    chosen, measure = report.chosen, MEASURES[report.measure]
    kept = set(map(id, sorted(report.rows, key=lambda row: _place(report, row))[:MOST_ROWS]))
    rows = tuple(row for row in report.rows if id(row) in kept)
    shown = replace(report, rows=rows)
    return {
        "caption": str(measure.area_caption if chosen and chosen.is_area else measure.caption),
        "row": str(WORDS[report.filters.by].row),
        "columns": [each.short for each in report.columns],
        "chosen": next((number for number, each in enumerate(report.columns) if each == chosen), -1),
        "rows": [_line(report, row) for row in rows],
        "total": _line(report, report.total),
        "more": _more(report, len(report.rows) - len(rows)),
        "key": [*map(str, measure.bands), _("not shown")],
        "notes": said_by("reports/_notes.html", report=shown, measure=measure)["p"],
    }


def _place(report: GapReport, row: Row) -> float:
    """Which rows stay first: those with the greatest need in the chosen column.

    Of organisations those of whom most people are asked: forces are not ranked, so who stands on the
    paper says how large they are, and no more.
    """
    tally = row.figure(report.chosen).tally if report.chosen else None
    if tally is None:
        return 1.0
    large = report.filters.by is By.ORGANISATION
    return -float(tally.appointments) if large else -(report.measure.need(tally) or 0.0)


def _more(report: GapReport, number: int) -> str:
    """What is said of rows that do not fit."""
    if not number:
        return ""
    if report.filters.by is By.ORGANISATION:
        return ngettext(
            "%(num)d more organisation, with fewer people in these roles, is on the page.",
            "%(num)d more organisations, with fewer people in these roles, are on the page.",
            number,
        )
    return ngettext(
        "%(num)d more row, with a smaller gap, is on the page.",
        "%(num)d more rows, with smaller gaps, are on the page.",
        number,
    )


def _line(report: GapReport, row: Row) -> Values:
    return {"title": row.title, "cells": [_cell(report, row, each) for each in report.columns]}


def _cell(report: GapReport, row: Row, column: Column) -> tuple[str, int, str]:
    """The figure, its band, and the smaller number under it."""
    measure, tally = report.measure, row.figure(column).tally
    if not measure.says(tally):
        return "s", HIDDEN, ""
    value = measure.per_hundred(tally)
    if value is None:
        return "–", NOBODY, ""
    number = measure.number(tally) if MEASURES[measure].beneath else None
    return str(value), measure.band(value), "" if number is None else format_decimal(number)


def _definitions(report: GapReport) -> Pairs:
    if report.measure is Measure.MISSING:
        yield (
            _("Missing levels"),
            _("Levels asked less levels held, added up for all who are below; never below zero."),
        )
    if report.measure is Measure.COVER:
        yield _("Cover"), _("Who holds level 3 Practitioner or more, whatever their role asks.")
    yield from about_below()
    yield about_hidden(report.smallest)
    yield (
        _("Who is counted"),
        _(
            "Everybody who holds a post on the day, in an organisation that is on board by then. People who"
            " are away on the day are left out, and no reason is kept. A person with two posts is counted in"
            " both."
        ),
    )


def _chosen(report: GapReport) -> Pairs:
    yield from about_choice(report.asked)
    yield _("Rows"), str(WORDS[report.filters.by].rows)
    yield _("Measure"), str(MEASURES[report.measure].name)


def _counted(report: GapReport) -> Pairs:
    covered, heads = report.covered, report.heads
    yield _("Counted"), _("%(counted)s of %(all)s", counted=len(covered.counted), all=covered.all)
    yield _("Not on board yet"), _names(covered.not_on_board)
    yield _("Do not share their figures"), _names(covered.not_sharing)
    yield _("Counted without a name"), format_decimal(covered.unnamed)
    yield _("Posts whose holders are away, not counted"), format_decimal(heads.away)
    yield _("Posts of people with two or more, each counted"), format_decimal(heads.two_posts)


def _names(organisations: Iterable[Organisation]) -> str:
    names = [each.name for each in organisations]
    left = len(names) - MOST_NAMES
    if left > 0:
        named = ", ".join(names[:MOST_NAMES])
        return ngettext("%(names)s and %(num)d more", "%(names)s and %(num)d more", left, names=named)
    return ", ".join(names) or _("None")
