"""The form in which a manager chooses what of the team to see."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from lms.content.framework import Framework
from lms.core.dates import parse_day
from lms.core.forms import DayField
from lms.core.languages import day as in_words
from lms.people.reports import TeamNode
from lms.teams.choice import FARTHEST, SIZES, WINDOWS, Choice, Only, Order, cover_day


class ChoiceForm(FlaskForm):
    """What may be chosen; sent by GET, so it needs no token."""

    class Meta:
        """Nothing is changed by it."""

        csrf = False

    team = SelectField(_l("Team"))
    role = SelectField(_l("Role"))
    about = SelectField(_l("Competencies"))
    only = SelectField(_l("People"))
    order = SelectField(_l("Sort by"))
    within = SelectField(_l("Lapses within"))
    size = SelectField(_l("People a page"))
    on = DayField(_l("Cover on"))


def choice_form(
    choice: Choice, teams: tuple[TeamNode, ...], framework: Framework, typed: str | None, today: date
) -> ChoiceForm:
    """The form with what was chosen; the team is asked for where there are several."""
    form = ChoiceForm(formdata=None)
    if len(teams) > 1:
        form.team.choices = [SelectChoice(value="", label=_("All teams")), *(_named(each) for each in teams)]
        form.team.data = str(choice.team or "")
    else:
        del form.team
    orders = [(Order.NAME, _("Name")), (Order.ROLE, _("Role")), (Order.TEAM, _("Team"))]
    _fill(form.order, choice.order, orders[: 3 if form.team else 2])
    _fill(form.within, str(choice.within), [(str(days), _days(days)) for days in WINDOWS])
    _fill(form.size, str(choice.size), [(str(each), str(each)) for each in SIZES])
    _fill(form.only, choice.only, [(each, only_words(each)) for each in Only])
    form.role.choices = [SelectChoice(value="", label=_("All roles")), *_roles(framework)]
    form.role.data = choice.role
    form.about.choices = [SelectChoice(value="", label=_("All competencies")), *_competencies(framework)]
    form.about.data = choice.about
    if (day := cover_day(typed, today)) is None:
        form.on.errors = [_fault(typed or "", today)]
    form.on.data = typed if day is None else day.strftime("%d/%m/%Y")
    return form


def only_words(only: Only) -> str:
    """Who is listed, in words."""
    match only:
        case Only.ALL:
            return _("Everybody")
        case Only.SHORT:
            return _("Short of the role")
        case Only.LAPSES:
            return _("Lapses in the window")
        case Only.OVERDUE:
            return _("Overdue work")


def _fault(typed: str, today: date) -> str:
    """What to write in the place of a day of which cover cannot be counted."""
    try:
        day = parse_day(typed)
    except ValueError:
        return _("Enter a date that exists, for example 30/11/2026")
    if day < today:
        return _("Enter today’s date or a later one: cover is counted ahead")
    return _("Enter a date up to %(last)s: later nothing is known", last=in_words(today + FARTHEST))


def _roles(framework: Framework) -> Iterable[SelectChoice]:
    for role in framework.roles:
        yield _content(role.id, role.title)


def _competencies(framework: Framework) -> Iterable[SelectChoice]:
    """Each area, and below it its competencies with a dash."""
    for area in framework.areas:
        inside = [each for each in framework.competencies if each.area == area.id]
        if inside:
            yield _content(area.id, area.title)
            yield from (_content(each.id, f"– {each.short}") for each in inside)


def _named(team: TeamNode) -> SelectChoice:
    """A team by its own name; a dash for each team above it."""
    return _content(str(team.id), " ".join(["–"] * team.depth + [team.name]))


def _content(value: str, label: str) -> SelectChoice:
    """A choice by a name that no catalogue translates."""
    return SelectChoice(value=value, label=label, render_kw={"translate": "no"})


def _days(days: int) -> str:
    return ngettext("%(num)d day", "%(num)d days", days)


def _fill(field: SelectField, value: str, choices: Sequence[tuple[str, str]]) -> None:
    field.choices = [SelectChoice(value=str(key), label=words) for key, words in choices]
    field.data = str(value)
