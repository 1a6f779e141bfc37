"""What a manager chooses on the team's page; the whole state of the page is in its address."""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from lms.people.reports import TeamNode

WINDOWS = (90, 180, 365)


class Order(StrEnum):
    """How people are listed; nobody is listed by how much of the role they meet."""

    NAME = "name"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Choice:
    """A team (None: all), an order, the window in days in which lapses are shown, and a page from 1."""

    team: int | None = None
    order: Order = Order.NAME
    within: int = WINDOWS[0]
    page: int = 1

    @property
    def window(self) -> timedelta:
        """How far ahead lapses are shown."""
        return timedelta(days=self.within)

    def address(self, page: int) -> dict[str, Any]:
        """The arguments of an address that asks for a page of this choice; what is usual is left out."""
        usual, wanted = Choice(), replace(self, page=page)
        values = {
            "team": str(wanted.team) if wanted.team is not None else "",
            "order": str(wanted.order) if wanted.order != usual.order else "",
            "within": str(wanted.within) if wanted.within != usual.within else "",
            "page": str(wanted.page) if wanted.page != usual.page else "",
        }
        return {key: value for key, value in values.items() if value}


def read_choice(given: MultiDict[str, str]) -> Choice:
    """The choice that an address makes; what it does not say, or says wrong, is as usual.

    A team that is no number is 0, which no team is.
    """
    team = given.get("team", "")
    within = given.get("within", type=int)
    return Choice(
        team=(int(team) if team.isascii() and team.isdigit() else 0) if team else None,
        order=Order.ROLE if given.get("order") == Order.ROLE else Order.NAME,
        within=within if within in WINDOWS else WINDOWS[0],
        page=max(1, given.get("page", 1, type=int)),
    )


class ChoiceForm(FlaskForm):
    """What may be chosen; sent by GET, so it needs no token."""

    class Meta:
        """Nothing is changed by it."""

        csrf = False

    team = SelectField(_l("Team"))
    order = SelectField(_l("Sort by"))
    within = SelectField(_l("Lapses within"))


def choice_form(choice: Choice, teams: tuple[TeamNode, ...]) -> ChoiceForm:
    """The form with what was chosen; the team is asked for where there are several."""
    form = ChoiceForm(formdata=None)
    if len(teams) > 1:
        form.team.choices = [SelectChoice(value="", label=_("All teams")), *(_named(each) for each in teams)]
        form.team.data = str(choice.team or "")
    else:
        del form.team
    _fill(form.order, choice.order, [(Order.NAME, _("Name")), (Order.ROLE, _("Role"))])
    windows = [(str(days), ngettext("%(num)d day", "%(num)d days", days)) for days in WINDOWS]
    _fill(form.within, str(choice.within), windows)
    return form


def _named(team: TeamNode) -> SelectChoice:
    """A team by its own name, which no catalogue translates; a dash for each team above it."""
    label = " ".join(["–"] * team.depth + [team.name])
    return SelectChoice(value=str(team.id), label=label, render_kw={"translate": "no"})


def _fill(field: SelectField, value: str, choices: list[tuple[str, str]]) -> None:
    field.choices = [SelectChoice(value=str(key), label=words) for key, words in choices]
    field.data = str(value)
