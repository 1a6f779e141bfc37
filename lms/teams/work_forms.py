"""The form of a team's own piece of work: its name, its team, and the level of each competency."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Optional

from lms.content.framework import Competency, Framework
from lms.content.serving import word
from lms.core.forms import name_field
from lms.people.reports import TeamNode
from lms.teams.works import Fault, Needs

WORDS = {
    Fault.NOT_ALLOWED: _l("This team is not yours any more"),
    Fault.TAKEN: _l("Enter another name: a piece of work is called that already"),
    Fault.UNKNOWN: _l("The framework has changed since this page was opened: look at the levels again"),
    Fault.ENDED: _l("This piece of work has ended already"),
}


class WorkForm(FlaskForm):
    """What a piece of work is called and whose it is; `work_form` adds the levels."""

    title = name_field(
        _l(
            "For example, %(work)s. Name no person and no %(third)s.",
            work=word("work"),
            third=word("never_named"),
        )
    )
    team = SelectField(_l("Team"), validate_choice=False)

    def level_of(self, competency: Competency) -> Field:
        """The field of the level that it needs of a competency."""
        return self[_field(competency)]

    def needs(self, framework: Framework) -> Needs | None:
        """What was chosen, by competency; None, with what is wrong said at its field."""
        whole = self.validate()
        if self.team.data not in {value for value, *_more in self.team.iter_choices()}:
            self.team.errors, whole = [_("Choose one of your teams")], False
        chosen: dict[str, int] = {}
        for each in framework.competencies:
            field = self.level_of(each)
            if field.data in {str(level) for level in each.levels}:
                chosen[each.id] = int(field.data)
            elif field.data:
                field.errors, whole = [_("Choose a level of %(title)s", title=each.title)], False
        if whole and not chosen:
            first = self.level_of(framework.competencies[0])
            first.errors = [_("Choose a level of at least one competency")]
            return None
        return chosen if whole else None

    def refuse(self, fault: Fault) -> None:
        """Say why it is not written, at the field that mends it where there is one."""
        if fault is Fault.TAKEN:
            self.title.errors = [str(WORDS[fault])]
        else:
            self.form_errors.append(str(WORDS[fault]))


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form says before anybody has typed."""

    title: str = ""
    team_id: int | None = None
    needs: Needs | None = None


def work_form(framework: Framework, teams: Iterable[TeamNode], draft: Draft) -> WorkForm:
    """The form with a level for each competency; the team is asked for where there are several."""
    fields = {
        _field(each): SelectField(
            each.title, choices=list(_levels(each)), validators=[Optional()], validate_choice=False
        )
        for each in framework.competencies
    }
    kind: type[WorkForm] = type("NeedsForm", (WorkForm,), fields)
    kept = {_field(each): str((draft.needs or {}).get(each.id, "")) for each in framework.competencies}
    form = kind(data={"title": draft.title, "team": str(draft.team_id or ""), **kept})
    nodes = list(teams)
    form.team.choices = [
        SelectChoice(
            value=str(each.id),
            label=" ".join(["–"] * each.depth + [each.name]),
            render_kw={"translate": "no"},
        )
        for each in nodes
    ]
    form.team.data = form.team.data or str(nodes[0].id)
    return form


def _field(competency: Competency) -> str:
    return f"level-{competency.id}"


def _levels(competency: Competency) -> Iterator[SelectChoice]:
    """Nothing, and each level that the framework describes."""
    names = {1: _("1 Awareness"), 2: _("2 Working"), 3: _("3 Practitioner"), 4: _("4 Expert")}
    yield SelectChoice(value="", label=_("Not needed"))
    yield from (SelectChoice(value=str(level), label=names[level]) for level in sorted(competency.levels))
