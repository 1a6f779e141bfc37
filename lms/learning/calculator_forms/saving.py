"""The calculator of a saving against its baseline."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from lms.content.framework import Framework
from lms.learning.calculator_forms.fields import CalculatorForm, DayField, NumberField, OneOfField, WordsField
from lms.learning.calculators.saving import Baseline, Change, Release, Saving, Volume

MOST_YEARS = 30


class SavingForm(CalculatorForm):
    """What was paid, what is paid, what the change costs, and what happens to the money."""

    calculator = "saving"
    price = NumberField(_l("Baseline price of one, in pounds"), places=4)
    volume = NumberField(_l("Baseline volume a year"), places=4)
    baseline = OneOfField(
        _l("The baseline price is"),
        [
            (Baseline.PAID, _l("what you paid")),
            (Baseline.ASKED, _l("what the supplier asked for, and you never paid")),
        ],
    )
    source = WordsField(_l("Where the baseline stands"))
    dated = DayField(_l("Day of the baseline"), needed=False)
    new_price = NumberField(_l("New price of one, in pounds"), places=4)
    new_volume = NumberField(_l("New volume a year"), places=4)
    why = OneOfField(
        _l("If the volume falls, it is because"),
        [
            (Volume.SAME_SERVICE, _l("the same service needs fewer")),
            (Volume.LESS, _l("less is done, or it is done later")),
        ],
    )
    one_off = NumberField(_l("Cost of the change, once"))
    running = NumberField(_l("Cost of the change a year"))
    years = NumberField(_l("Years that you claim"), least="1", most=MOST_YEARS, places=0)
    release = OneOfField(
        _l("What happens to the money"),
        [
            (Release.BUDGET, _l("A budget falls by it")),
            (Release.ELSEWHERE, _l("It is spent on something else that has been decided")),
            (Release.NOTHING, _l("No money becomes free: time or quality is gained")),
        ],
    )


@dataclass(frozen=True, slots=True)
class SavingAnswer:
    """A saving, and the words and the day of its baseline as they were typed."""

    saving: Saving
    source: str
    dated: date | None


def usual(_framework: Framework) -> dict[str, object]:
    """What the form holds at first: a change that costs nothing, claimed for one year."""
    return {"one_off": Decimal(0), "running": Decimal(0), "years": Decimal(1)}


def work_out(form: SavingForm, _framework: Framework) -> SavingAnswer:
    """What the change saves."""
    change = Change(
        price=form.price.data,
        volume=form.volume.data,
        new_price=form.new_price.data,
        new_volume=form.new_volume.data,
        years=int(form.years.data),
        one_off=form.one_off.data,
        running=form.running.data,
        baseline=Baseline(form.baseline.data),
        release=Release(form.release.data),
        why_volume=Volume(form.why.data),
    )
    return SavingAnswer(Saving(change), form.source.data or "", form.dated.data)
