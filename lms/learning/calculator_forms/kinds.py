"""The calculators that there are, by id, and one of them as a page shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from lms.content.framework import Framework
from lms.learning.calculator_forms import saving, standstill, threshold, whole_life_cost
from lms.learning.calculator_forms.fields import CalculatorForm


@dataclass(frozen=True, slots=True)
class CalculatorKind:
    """A calculator: its words, its form, what that holds at first, and what works it out."""

    id: str
    title: LazyString
    summary: LazyString
    form: type[CalculatorForm]
    usual: Callable[[Framework], dict[str, object]]
    work_out: Callable[[Any, Framework], object]


CALCULATORS: Mapping[str, CalculatorKind] = {
    each.id: each
    for each in (
        CalculatorKind(
            "standstill",
            _l("Standstill"),
            _l("Count the working days of a standstill, and see the first day on which you may sign."),
            standstill.StandstillForm,
            standstill.usual,
            standstill.work_out,
        ),
        CalculatorKind(
            "threshold",
            _l("Value and threshold"),
            _l("Estimate a contract with VAT and every option, and see whether the Act covers it."),
            threshold.ThresholdForm,
            threshold.usual,
            threshold.work_out,
        ),
        CalculatorKind(
            "whole-life-cost",
            _l("Whole-life cost"),
            _l("Compare up to four offers over their whole life, discounted to today."),
            whole_life_cost.WholeLifeForm,
            whole_life_cost.usual,
            whole_life_cost.work_out,
        ),
        CalculatorKind(
            "saving",
            _l("Saving"),
            _l("Work out a saving against its baseline, and word the claim."),
            saving.SavingForm,
            saving.usual,
            saving.work_out,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A calculator as a page shows it; `answer` is None until somebody asks, and while something is wrong."""

    kind: CalculatorKind
    form: CalculatorForm
    framework: Framework
    answer: object | None = None


def blank(kind: CalculatorKind, framework: Framework, given: Mapping[str, object] | None = None) -> Shown:
    """A calculator that nobody has filled in; `given` is what an author did, by the names of fields."""
    form = kind.form(formdata=None, data={**kind.usual(framework), **(given or {})})
    return Shown(kind, form, framework)


def worked_out(kind: CalculatorKind, framework: Framework, typed: MultiDict[str, str]) -> Shown:
    """A calculator with what was typed, and its answer where that holds."""
    form = kind.form(formdata=typed, data=kind.usual(framework))
    answer = kind.work_out(form, framework) if form.validate() else None
    return Shown(kind, form, framework, answer)
