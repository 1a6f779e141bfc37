"""The form of an initiative: its name, what is asked of whom, and the day of going live."""

from collections.abc import Iterable, Iterator

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from lms.competencies.suppression import Group
from lms.content.catalogue import Catalogue
from lms.content.documents import CourseDocument
from lms.content.framework import Competency
from lms.content.serving import word
from lms.core import clock
from lms.core.forms import MOST_OF_REASON, DayField, name_field
from lms.learning.initiatives.keeping import Fault, Wanted, may_keep
from lms.learning.readiness import Needs
from lms.people.access import viewer
from lms.reports.forms import in_own_words
from lms.reports.reach import Reach

WORDS = {
    Fault.NOT_ALLOWED: _l("You do not lead all of this place today"),
    Fault.UNKNOWN: _l("What is published has changed since this page was opened: look at the choices again"),
    Fault.ENDED: _l("Somebody has changed or ended it meanwhile"),
    Fault.PAST: _l("Enter a date after today"),
}
NATION, REGION, ORGANISATION = "nation", "region:", "organisation:"


class InitiativeForm(FlaskForm):
    """What an initiative is called, why, where and when; `initiative_form` adds modules and levels."""

    name = name_field(
        _l(
            "For example, %(initiative)s. Name no person and no %(third)s.",
            initiative=word("initiative"),
            third=word("never_named"),
        )
    )
    why = TextAreaField(
        _l("Why"),
        description=_l(
            "What changes on the day, in a few words. Leads read it, and managers of whom it asks something."
        ),
        filters=[lambda text: (text or "").strip()],
        validators=[
            DataRequired(_l("Enter in a few words what changes")),
            Length(max=MOST_OF_REASON, message=_l("Enter at most 500 characters")),
        ],
    )
    place = SelectField(_l("Where"), validate_choice=False)
    go_live = DayField(_l("Go-live day"), missing=_l("Enter the day by which people have to be ready"))

    def validate_go_live(self, field: DayField) -> None:
        """It lies ahead."""
        if field.day and field.day <= clock.today():
            raise ValidationError(str(WORDS[Fault.PAST]))

    def validate_place(self, field: SelectField) -> None:
        """It is one that is offered."""
        if field.data not in {value for value, *_more in field.iter_choices()}:
            raise ValidationError(_("Choose a place that you lead"))

    def modules_of(self, course: CourseDocument) -> Field:
        """The field of the modules of a course."""
        return self[f"modules-{course.id}"]

    def level_of(self, competency: Competency) -> Field:
        """The field of the level that is asked of a competency."""
        return self[f"level-{competency.id}"]

    def wanted(self, published: Catalogue) -> Wanted | None:
        """What was typed; None, with what is wrong said at its field."""
        if not self.validate():
            return None
        modules = (each for course in published.courses for each in self.modules_of(course).data or ())
        levels = ((each.id, self.level_of(each).data) for each in published.framework.competencies)
        needs = Needs(frozenset(modules), frozenset((key, int(level)) for key, level in levels if level))
        if not any(needs):
            self.modules_of(published.courses[0]).errors = [_("Choose at least one module or level")]
            return None
        go_live = self.go_live.day or clock.today()
        return Wanted(self.name.data or "", self.why.data or "", needs, self.scope, go_live)

    @property
    def scope(self) -> Group:
        """The nation, a region or an organisation."""
        place = self.place.data or NATION
        return Group(
            place.removeprefix(REGION) if place.startswith(REGION) else None,
            place.removeprefix(ORGANISATION) if place.startswith(ORGANISATION) else None,
        )

    def refuse(self, fault: Fault) -> None:
        """Say why it is not written, at the field that mends it where there is one."""
        field = {Fault.NOT_ALLOWED: self.place, Fault.PAST: self.go_live}.get(fault)
        if field is None:
            self.form_errors.append(str(WORDS[fault]))
        else:
            field.errors = [str(WORDS[fault])]

    def refuse_nobody(self) -> None:
        """Say that nobody is counted in the scope."""
        self.place.errors = [_("Nobody is counted there today: choose another place")]


def initiative_form(published: Catalogue, within: Reach, before: Wanted | None = None) -> InitiativeForm:
    """The form with everything that may be chosen, and what an initiative says already."""
    fields: dict[str, Field] = {}
    for course in published.courses:
        listed = in_own_words((each.id, each.title) for each in published.modules_of(course.id))
        fields[f"modules-{course.id}"] = SelectMultipleField(course.title, choices=listed)
    for each in published.framework.competencies:
        levels = list(_levels(each, published))
        fields[f"level-{each.id}"] = SelectField(each.title, choices=levels, validators=[Optional()])
    kind: type[InitiativeForm] = type("NeedsForm", (InitiativeForm,), fields)
    form = kind(data=_values(before, published) if before else None)
    form.place.choices = list(_places(within))
    return form


def _values(before: Wanted, published: Catalogue) -> dict[str, object]:
    scope, needs = before.scope, before.needs
    place = REGION + scope.region if scope.region else NATION
    present = {published.resolve(each) for each in needs.modules}
    return {
        "name": before.name,
        "why": before.why,
        "place": ORGANISATION + scope.organisation if scope.organisation else place,
        "go_live": before.go_live.strftime("%d/%m/%Y"),
        **{
            f"modules-{course.id}": [
                each.id for each in published.modules_of(course.id) if each.id in present
            ]
            for course in published.courses
        },
        **{f"level-{key}": str(level) for key, level in needs.levels},
    }


def _places(within: Reach) -> Iterator[SelectChoice]:
    """What the one who asks leads the whole of."""
    who = viewer()
    if may_keep(who, Group()):
        yield SelectChoice(value=NATION, label=_("The nation"))
    yield from _named(
        REGION, ((each.id, each.name) for each in within.all_regions if may_keep(who, Group(each.id)))
    )
    yield from _named(
        ORGANISATION, ((each.id, each.name) for each in within.organisations if within.leads(each))
    )


def _named(prefix: str, choices: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return in_own_words((prefix + key, title) for key, title in choices)


def _levels(competency: Competency, published: Catalogue) -> Iterator[SelectChoice]:
    """Nothing, and each level that the framework describes, with what it takes."""
    names = {1: _("1 Awareness"), 2: _("2 Working"), 3: _("3 Practitioner"), 4: _("4 Expert")}
    yield SelectChoice(value="", label=_("Not needed"))
    for level in sorted(competency.levels):
        words = names[level]
        if not published.closing(competency.id, level):
            words = _("%(level)s, by an assessment", level=words)
        yield SelectChoice(value=str(level), label=words)
