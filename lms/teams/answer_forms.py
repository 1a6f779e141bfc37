"""The forms by which a manager answers what a plan proposes."""

import re
from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Length

from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.forms import MOST_OF_REASON, DayField
from lms.learning.refusals import REFUSALS, Refusal
from lms.teams.plans import Line, TeamPlan

ACCEPT, REFUSE = "accept", "refuse"
CONTENT = {"data-content": ""}


class AcceptForm(FlaskForm):
    """By when all that waits is asked for."""

    due = DayField(_l("Ask for it by"), _l("Enter the day by which you ask for it"))

    def validate_due(self, field: DayField) -> None:
        """Take no day that has passed."""
        if field.day is not None and field.day < clock.today():
            field.errors = [_("Enter a day that is not in the past")]

    def whole(self) -> bool:
        """Whether it can be done; what is wrong is said at its field."""
        self.validate()
        return not any(field.errors for field in self)


class AnswerForm(AcceptForm):
    """What becomes of one proposal; the words name none of `names` and `teams`, since a lead reads them."""

    what = RadioField(_l("What do you answer?"), validate_choice=False)
    due = DayField(_l("Ask for it by"))
    module = SelectField(_l("Module"), validate_choice=False)
    kind = RadioField(_l("Why do you refuse it?"), validate_choice=False)
    words = TextAreaField(
        _l("In your words (optional)"),
        description=_l(
            "The lead reads it, without your name. Name nobody and no team, and write nothing about health."
        ),
        filters=[lambda text: (text or "").strip()],
        validators=[Length(max=MOST_OF_REASON, message=_l("Write at most 500 characters"))],
    )
    names: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()

    def validate_what(self, field: RadioField) -> None:
        """Take one of the two."""
        if field.data not in {ACCEPT, REFUSE}:
            field.errors = [_("Choose what you answer")]

    def validate_due(self, field: DayField) -> None:
        """Ask for a day to come where it is accepted."""
        if self.what.data == ACCEPT and (field.day is None or field.day < clock.today()):
            field.errors = [_("Enter a day that is not in the past")]

    def validate_module(self, field: SelectField) -> None:
        """Take a module of the list where it is accepted."""
        listed = {value for value, *_rest in field.iter_choices()}
        if self.what.data == ACCEPT and listed and field.data not in listed:
            field.errors = [_("Choose a module of the list")]

    def validate_kind(self, field: RadioField) -> None:
        """Ask for a reason where it is refused."""
        if self.what.data == REFUSE and field.data not in set(Refusal):
            field.errors = [_("Choose why you refuse it")]

    def validate_words(self, field: TextAreaField) -> None:
        """Ask for words where no fixed reason fits, and for none that name somebody."""
        if self.what.data != REFUSE:
            return
        if self.kind.data == Refusal.OTHER and not field.data:
            field.errors = [_("Say why in a few words")]
        elif named := named_in(field.data or "", self.names, self.teams):
            field.errors = [_("Name nobody and no team: %(name)s is in it", name=named)]


def accept_form(found: TeamPlan) -> AcceptForm:
    """The form for all that waits, with the day of the plan; none where that is past."""
    form = AcceptForm()
    if not form.is_submitted() and not found.is_late:
        form.due.data = found.plan.due_day.strftime("%d/%m/%Y")
    return form


def answer_form(
    found: TeamPlan, line: Line, competencies: Iterable[str], published: Catalogue, teams: Iterable[str]
) -> AnswerForm:
    """The form for one proposal; another module is one that the framework lists for the same competency."""
    module = line.module_id
    form = AnswerForm()
    form.what.choices = [(ACCEPT, _("Accept: ask for it")), (REFUSE, _("Refuse: ask for nothing"))]
    form.kind.choices = [(kind.value, words) for kind, words in REFUSALS.items()]
    form.module.choices = _modules(module, competencies, published) if module else []
    form.names = tuple(sorted({each.name for each in found.lines}))
    form.teams = tuple(teams)
    if not form.is_submitted():
        form.module.data = module
        if not found.is_late:
            form.due.data = found.plan.due_day.strftime("%d/%m/%Y")
    return form


def _modules(module: str, competencies: Iterable[str], published: Catalogue) -> list[SelectChoice]:
    framework = published.framework
    listed = [module]
    for each in competencies:
        competency = framework.competency(each)
        for modules in competency.shown_by.values() if competency else ():
            listed += [published.resolve(key) for key in modules]
    entries = [entry for key in dict.fromkeys(listed) if (entry := published.module(key))]
    return [SelectChoice(value=each.id, label=each.title, render_kw=CONTENT) for each in entries]


def named_in(words: str, people: Iterable[str], teams: Iterable[str]) -> str | None:
    """The first of these people or teams that words name, a person by a part of the name too."""
    for name in people:
        parts = [name, *(part for part in name.split() if part[:1].isupper() and len(part) > 2)]  # noqa: PLR2004 an initial names nobody
        if any(re.search(rf"\b{re.escape(part)}\b", words) for part in parts):
            return name
    return next((team for team in teams if team.casefold() in words.casefold()), None)
