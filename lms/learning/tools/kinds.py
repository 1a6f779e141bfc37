"""The calculators that there are, by id, and one of them as a page shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from lms.content.framework import Framework
from lms.learning.tools import saving, standstill, threshold, whole_life_cost
from lms.learning.tools.fields import CalculatorForm

ISO_DAY = len("2026-11-26")


@dataclass(frozen=True, slots=True)
class Tool:
    """A calculator: its words, its form, what that holds at first, and what works it out."""

    id: str
    title: LazyString
    summary: LazyString
    form: type[CalculatorForm]
    usual: Callable[[Framework], dict[str, object]]
    work_out: Callable[[Any, Framework], object]


TOOLS: Mapping[str, Tool] = {
    each.id: each
    for each in (
        Tool(
            "standstill",
            _l("Standstill"),
            _l("Count the working days of a standstill, and see the first day on which you may sign."),
            standstill.StandstillForm,
            standstill.usual,
            standstill.work_out,
        ),
        Tool(
            "threshold",
            _l("Value and threshold"),
            _l("Estimate a contract with VAT and every option, and see whether the Act covers it."),
            threshold.ThresholdForm,
            threshold.usual,
            threshold.work_out,
        ),
        Tool(
            "whole-life-cost",
            _l("Whole-life cost"),
            _l("Compare up to four offers over their whole life, discounted to today."),
            whole_life_cost.WholeLifeForm,
            whole_life_cost.usual,
            whole_life_cost.work_out,
        ),
        Tool(
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

    tool: Tool
    form: CalculatorForm
    framework: Framework
    answer: object | None = None


def blank(tool: Tool, framework: Framework, given: Mapping[str, str] | None = None) -> Shown:
    """A calculator that nobody has filled in; `given` is what an author did."""
    values = {key: _value_of(words) for key, words in (given or {}).items()}
    form = tool.form(formdata=None, data={**tool.usual(framework), **values})
    return Shown(tool, form, framework)


def worked_out(tool: Tool, framework: Framework, typed: MultiDict[str, str]) -> Shown:
    """A calculator with what was typed, and its answer where that holds."""
    form = tool.form(formdata=typed, data=tool.usual(framework))
    answer = tool.work_out(form, framework) if form.validate() else None
    return Shown(tool, form, framework, answer)


def _value_of(words: str) -> date | Decimal:
    is_day = len(words) == ISO_DAY and words[4] == words[7] == "-"
    return date.fromisoformat(words) if is_day else Decimal(words)
