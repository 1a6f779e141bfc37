"""What an author chooses on the desk; the whole state of the page is in its address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from lms.authoring.modules import ModuleRow, State

STATES = {
    State.FAILS: _l("Draft does not pass"),
    State.OVERDUE: _l("Review overdue"),
    State.SOON: _l("Review within 30 days"),
    State.UNCHECKED: _l("Law not checked"),
    State.PUBLISHED: _l("Published"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Words of a title or a file, a state and an owner's address (empty: any), and a page from 1."""

    words: str = ""
    state: State | None = None
    owner: str = ""
    page: int = 1

    def address(self, page: int) -> dict[str, Any]:
        """The arguments of an address that asks for a page of this choice; what is usual is left out."""
        found = {
            "q": self.words,
            "state": str(self.state or ""),
            "owner": self.owner,
            "page": str(page) if page > 1 else "",
        }
        return {key: value for key, value in found.items() if value}

    def takes(self, row: ModuleRow) -> bool:
        """Whether a module is among those that are asked for."""
        words = self.words.casefold()
        return (
            (words in row.title.casefold() or words in row.path.casefold())
            and (self.state is None or self.state in row.states)
            and self.owner in {"", row.owner}
        )


def read_choice(given: MultiDict[str, str]) -> Choice:
    """The choice that an address makes; a state or page that is none is as usual."""
    state = given.get("state", "")
    return Choice(
        " ".join(given.get("q", "").split()),
        State(state) if state in set(State) else None,
        given.get("owner", "").casefold(),
        max(1, given.get("page", 1, type=int)),
    )


def known_owner(choice: Choice, owners: Iterable[str]) -> Choice:
    """The choice with an owner who owns something, or with any."""
    return choice if choice.owner in owners else replace(choice, owner="")


class ChoiceForm(FlaskForm):
    """What may be chosen; sent by GET, so it needs no token."""

    class Meta:
        """Nothing is changed by it."""

        csrf = False

    q = StringField(_l("Module or file"))
    state = SelectField(_l("State"))
    owner = SelectField(_l("Owner"))


def choice_form(choice: Choice, owners: Mapping[str, str]) -> ChoiceForm:
    """The form with what was chosen; `owners` gives the name behind each address."""
    form = ChoiceForm(formdata=None)
    form.q.data = choice.words
    form.state.choices = [SelectChoice(value="", label=_("Any"))]
    form.state.choices += [SelectChoice(value=str(each), label=words) for each, words in STATES.items()]
    form.state.data = str(choice.state or "")
    form.owner.choices = [SelectChoice(value="", label=_("Anyone"))]
    form.owner.choices += [
        SelectChoice(value=address, label=name, render_kw={"translate": "no"})
        for address, name in owners.items()
    ]
    form.owner.data = choice.owner
    return form
