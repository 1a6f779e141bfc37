"""The questions of a baseline: a level and a sentence for each competency of the role."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Length, Optional

from lms.competencies.baselines import MOST, Said, offered
from lms.learning.record import Row

MOST_OF_WORDS = 500


@dataclass(frozen=True, slots=True)
class Question:
    """One competency as the page shows it; `levels` are those that a baseline may add, with their words."""

    row: Row
    levels: Mapping[int, str]
    level: Field
    words: Field

    @property
    def chosen(self) -> int:
        """The level that was chosen, 0 for none."""
        return int(self.level.data or 0)


class BaselineForm(FlaskForm):
    """The questions of one person, added by `baseline_form`."""


def baseline_form(rows: Iterable[Row]) -> tuple[BaselineForm, dict[str, Question]]:
    """The form with a question for each row; nothing is preselected.

    It reads every level up to 2, also one that was recorded since the page was opened.
    """
    rows = list(rows)
    fields: dict[str, RadioField | TextAreaField] = {}
    for row in rows:
        title = row.competency.title
        fields[f"level-{row.competency.id}"] = RadioField(
            title, choices=_choices(), validators=[Optional()], validate_choice=False
        )
        fields[f"words-{row.competency.id}"] = TextAreaField(
            _("What shows it in %(title)s, in one sentence", title=title),
            filters=[lambda text: (text or "").strip()],
            validators=[Length(max=MOST_OF_WORDS, message=_("Enter at most 500 characters"))],
        )
    form: BaselineForm = type("QuestionsForm", (BaselineForm,), fields)()
    return form, {row.competency.id: _question(row, form) for row in rows}


def _question(row: Row, form: BaselineForm) -> Question:
    key = row.competency.id
    levels = {level: row.competency.levels[level] for level in offered(row.competency, row.held)}
    return Question(row, levels, form[f"level-{key}"], form[f"words-{key}"])


def _choices() -> list[SelectChoice]:
    names = (_("Nothing yet"), _("1 Awareness"), _("2 Working"))
    return [SelectChoice(value=str(level), label=names[level]) for level in range(MOST + 1)]


def read_said(form: BaselineForm, questions: Mapping[str, Question]) -> dict[str, Said] | None:
    """What was chosen, by competency; None, with what is wrong said at its field, when it is not whole."""
    whole = form.validate()
    said: dict[str, Said] = {}
    for key, each in questions.items():
        if each.level.data not in {None, *(str(level) for level in range(MOST + 1))}:
            each.level.data, whole = None, False
            each.level.errors = [_("Choose a level of %(title)s", title=each.row.competency.title)]
        elif each.chosen and not each.words.data and each.chosen in each.levels:
            words: dict[str, object] = {"level": each.chosen, "title": each.row.competency.title}
            each.words.errors = [_("Enter what shows level %(level)s of %(title)s", **words)]
            whole = False
        elif each.words.data and each.level.data is None:
            title = each.row.competency.title
            each.level.errors = [_("Choose which level of %(title)s your sentence shows", title=title)]
            whole = False
        elif each.chosen and each.words.data:
            said[key] = Said(each.chosen, each.words.data)
    if whole and not said:
        form.form_errors.append(_("Choose level 1 or 2 of at least one competency"))
        return None
    return said if whole else None
