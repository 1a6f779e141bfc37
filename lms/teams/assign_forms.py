"""The forms by which a manager assigns learning, and changes what was assigned."""

from collections.abc import Iterator, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.forms import DayField, reason_field
from lms.learning.models import Target
from lms.people.reports import Reports
from lms.teams.assigning import Fault, Order, aim_of

OWN_WORDS = {"translate": "no"}
WORDS = {
    Fault.NOT_ALLOWED: _l("This team, or whoever was asked, is not one of yours any more"),
    Fault.CHANGED: _l("What this asks for has changed since you looked: check it again"),
    Fault.NOBODY: _l("Nobody is left of whom this could be asked"),
    Fault.NOBODY_LEFT: _l("Nobody is asked: everybody holds it already or has been asked for it"),
    Fault.ENDED: _l("It was ended meanwhile"),
}


class AssignForm(FlaskForm):
    """What is asked of whom, until when and why; it is looked at by GET and sent by POST."""

    what = SelectField(_l("What"), validate_choice=False)
    team = SelectField(_l("Team, with those below it"), validate_choice=False)
    role = SelectField(_l("Role in that team"), validate_choice=False)
    person = SelectMultipleField(_l("People"), validate_choice=False)
    due = DayField(_l("Due day (optional)"))
    reason = reason_field()

    def validate_what(self, field: SelectField) -> None:
        """Take something that learning offers; say where only an assessment shows it."""
        known = {value for value, *_rest in field.iter_choices()}
        if not field.data:
            field.errors = [_("Choose what is to be learned")]
        elif field.data not in known and field.data.startswith(f"{Target.LEVEL}:"):
            field.errors = [_("Only an assessment shows this level, so it cannot be assigned")]
        elif field.data not in known:
            field.errors = [_("This is not published any more: choose something else")]

    def validate_team(self, field: SelectField) -> None:
        """Take either a team that is one of the own, or people."""
        if field.data and field.data not in {value for value, *_rest in field.iter_choices()}:
            field.errors = [_("This team is not one of yours any more: choose again")]
        elif not field.data and not self.numbers:
            field.errors = [_("Choose a team or at least one person")]
        elif field.data and self.numbers:
            field.errors = [_("Choose either a team or people, not both")]
        elif self.role.data and not field.data:
            field.errors = [_("Choose the team in which you mean this role")]

    def validate_role(self, field: SelectField) -> None:
        """Take a role of the framework: without it everybody would be asked."""
        if field.data and field.data not in {value for value, *_rest in field.iter_choices()}:
            field.errors = [_("This role is not in the framework any more: choose again")]

    def validate_due(self, field: DayField) -> None:
        """Take no day that has passed."""
        if field.day is not None and field.day < clock.today():
            field.errors = [_("Enter a due day that is not in the past")]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The people who were ticked."""
        found = {int(each) for each in self.person.data or () if each.isascii() and each.isdigit()}
        return tuple(sorted(found))

    def order(self) -> Order | None:
        """What was chosen; None, with what is wrong said at its field, when it is not whole."""
        self.validate()
        aim = aim_of(self.what.data or "")
        if any(field.errors for field in self) or aim is None:
            return None
        team = int(self.team.data) if self.team.data else None
        people = () if team else self.numbers
        return Order(aim, people, team, self.role.data or None, self.due.day, self.reason.data or "")


class ChangeForm(FlaskForm):
    """What becomes of an assignment, for one person or for all with something open."""

    what = RadioField(_l("What is to change?"), validate_choice=False)
    who = SelectField(_l("For whom"), validate_choice=False)
    due = DayField(_l("New due day"))
    reason = reason_field()

    def validate_what(self, field: RadioField) -> None:
        """Take one of the changes."""
        if field.data not in {value for value, *_rest in field.iter_choices()}:
            field.errors = [_("Choose what is to change")]

    def validate_due(self, field: DayField) -> None:
        """Ask for a day to come where the due day moves."""
        if self.what.data == "extend" and (field.day is None or field.day < clock.today()):
            field.errors = [_("Enter a new due day that is not in the past")]

    def whole(self) -> bool:
        """Whether it can be done; what is wrong is said at its field."""
        self.validate()
        return not any(field.errors for field in self)


def assign_form(
    given: MultiDict[str, str], reports: Reports, published: Catalogue, *, sent: bool
) -> AssignForm:
    """The form with what an address or a form says; a link may name a module or a level."""
    form = AssignForm(formdata=given or None, meta={"csrf": sent})
    form.what.choices = [SelectChoice(value="", label=_("Choose")), *_aims(published)]
    form.team.choices = [
        SelectChoice(value="", label=_("No team: the people ticked below")),
        *(_choice(str(each.id), " ".join(["–"] * each.depth + [each.name])) for each in reports.teams),
    ]
    form.role.choices = [
        SelectChoice(value="", label=_("Every role")),
        *(_choice(each.id, each.title) for each in published.framework.roles),
    ]
    named = sorted(reports.names.items(), key=lambda pair: pair[1].casefold())
    form.person.choices = [_choice(str(person), name) for person, name in named]
    if not form.what.data:
        form.what.data = _linked(given)
    return form


def change_form(people: Mapping[int, str], *, may_end: bool) -> ChangeForm:
    """The form of a change; `people` are those with something open."""
    form = ChangeForm()
    form.what.choices = [
        *(
            [("extend", _("Give another due day")), ("excuse", _("Excuse: nobody waits for it any more"))]
            if people
            else []
        ),
        *(
            [
                ("end", _("End it: nobody who joins is asked, what is open stays")),
                ("end-excused", _("End it and excuse everybody from what is open")),
            ]
            if may_end
            else []
        ),
    ]
    everybody = SelectChoice(value="", label=_("Everybody with something open"))
    form.who.choices = [everybody, *(_choice(str(person), name) for person, name in people.items())]
    return form


def _aims(published: Catalogue) -> Iterator[SelectChoice]:
    for module in published.modules:
        yield _choice(f"module:{module.id}", _("Module: %(title)s", title=module.title))
    for course in published.courses:
        if published.modules_of(course.id):
            yield _choice(f"course:{course.id}", _("Course: %(title)s", title=course.title))
    for role in published.framework.roles:
        yield _choice(f"path:{role.id}", _("Path to: %(title)s", title=role.title))
    for competency in published.framework.competencies:
        for level, modules in sorted(competency.shown_by.items()):
            if modules:
                words = _("Level %(level)s of %(title)s", level=level, title=competency.title)
                yield _choice(f"level:{competency.id}/{level}", words)


def _linked(given: MultiDict[str, str]) -> str:
    """What a link asks for by `module`, or by `competency` and `level`."""
    if module := given.get("module"):
        return f"module:{module}"
    if competency := given.get("competency"):
        return f"level:{competency}/{given.get('level', '')}"
    return ""


def _choice(value: str, label: str) -> SelectChoice:
    return SelectChoice(value=value, label=label, render_kw=OWN_WORDS)
