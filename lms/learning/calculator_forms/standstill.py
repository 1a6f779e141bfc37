"""The calculator of the standstill."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.content.framework import Framework
from lms.core import clock
from lms.learning.calculator_forms.fields import CalculatorForm, DayField, NumberField, OneOfField
from lms.learning.calculators.amounts import amount_on
from lms.learning.calculators.standstill import Standstill, standstill

MOST_DAYS = 60
LAWS = {"award": ("pa23/51",), "voluntary": ("pa23/51",), "change": ("pa23/76",)}
"""Where each kind of standstill stands."""


class StandstillForm(CalculatorForm):
    """What is published, when, and how long the standstill is."""

    calculator = "standstill"
    published = DayField(_l("Day on which the notice is published"))
    kind = OneOfField(
        _l("Why you wait"),
        [
            ("award", _l("An award, and the Act asks for a standstill")),
            ("voluntary", _l("An award, and you wait of your own choice")),
            ("change", _l("A change of a contract, and you wait of your own choice")),
        ],
    )
    days = NumberField(_l("Working days"), least="1", most=MOST_DAYS, places=0)


@dataclass(frozen=True, slots=True)
class StandstillAnswer:
    """A standstill, or None where the notice comes before the Act; `laws` are what it rests on."""

    kind: str
    counted: Standstill | None
    laws: tuple[str, ...]


def usual(framework: Framework) -> dict[str, object]:
    """What the form holds at first: the length that the Act asks for, as it is today."""
    return {"days": amount_on(framework.figures.get("standstill"), clock.today())}


def work_out(form: StandstillForm, framework: Framework) -> StandstillAnswer | None:
    """The standstill; None where the form says what is wrong with it."""
    from_day, days = form.published.data, int(form.days.data)
    figure = framework.figures.get("standstill")
    least = amount_on(figure, from_day)
    laws = (*LAWS[form.kind.data], "pa23/123")
    if figure and least is None:
        return StandstillAnswer(form.kind.data, None, ())
    if least and days < least:
        label = str(form.days.label.text)
        form.refuse("days", _("“%(field)s” must be %(least)s or more", field=label, least=int(least)))
        return None
    return StandstillAnswer(form.kind.data, standstill(from_day, days), laws)
