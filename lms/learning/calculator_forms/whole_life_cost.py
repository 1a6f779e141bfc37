"""The calculator of the whole-life cost."""

from collections.abc import Iterator
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field

from lms.content.framework import Framework
from lms.core import clock
from lms.learning.calculator_forms.fields import CalculatorForm, NumberField, TypedField, WordsField
from lms.learning.calculators.amounts import amount_on
from lms.learning.calculators.whole_life_cost import Comparison, Offer, compare

LETTERS = ("a", "b", "c", "d")
NEEDED = ("a", "b")
SINGLE = ("1", "2")
MOST_YEARS = 30
"""The Green Book has lower rates after year 30."""


class WholeLifeForm(CalculatorForm):
    """The term, the rate, and two to four offers; the fields of an offer begin with its letter."""

    calculator = "whole-life-cost"
    years = NumberField(_l("Term, in years"), least="1", most=MOST_YEARS, places=0)
    rate = NumberField(_l("Discount rate a year, in per cent"), most=20)

    def validate(self, extra_validators: object = None) -> bool:
        """Each field by itself, and each single cost with its year."""
        del extra_validators
        right = super().validate()
        dated = [self._has_year(letter, one) for letter in LETTERS for one in SINGLE]
        return all([right, *dated, *(self._has_price(letter) for letter in LETTERS)])

    def _has_price(self, letter: str) -> bool:
        price = self[f"{letter}_price"]
        if price.errors or price.data is not None or not self.is_filled(letter):
            return True
        return self.refuse(price.name, _("Fill in “%(field)s”", field=str(price.label.text)))

    def _has_year(self, letter: str, one: str) -> bool:
        amount, year = self[f"{letter}_single_{one}"], self[f"{letter}_year_{one}"]
        if amount.errors or year.errors or self.years.errors:
            return True
        if amount.data and year.data is None:
            return self.refuse(year.name, _("Fill in “%(field)s”", field=str(year.label.text)))
        if year.data is not None and year.data > self.years.data:
            words = _("“%(field)s” must lie within the term", field=str(year.label.text))
            return self.refuse(year.name, words)
        return True

    def of_offer(self, letter: str) -> list[Field]:
        """The fields of an offer."""
        return [field for field in self if field.name.startswith(f"{letter}_")]

    def is_filled(self, letter: str) -> bool:
        """Whether anything was typed for an offer, or something is wrong with it."""
        return any(
            field.errors or (field.typed if isinstance(field, TypedField) else field.data)
            for field in self.of_offer(letter)
        )


for _letter in LETTERS:
    _named = {"letter": _letter.upper()}
    for _name, _field in {
        "name": WordsField(_l("Name of offer %(letter)s", **_named)),
        "price": NumberField(_l("Price of offer %(letter)s in year 0", **_named), needed=_letter in NEEDED),
        "yearly": NumberField(_l("Cost of offer %(letter)s a year", **_named), needed=False),
        "single_1": NumberField(_l("First single cost of offer %(letter)s", **_named), needed=False),
        "year_1": NumberField(
            _l("Year of the first single cost of offer %(letter)s", **_named),
            most=MOST_YEARS,
            places=0,
            needed=False,
        ),
        "single_2": NumberField(_l("Second single cost of offer %(letter)s", **_named), needed=False),
        "year_2": NumberField(
            _l("Year of the second single cost of offer %(letter)s", **_named),
            most=MOST_YEARS,
            places=0,
            needed=False,
        ),
        "resale": NumberField(_l("Resale of offer %(letter)s at the end", **_named), needed=False),
    }.items():
        setattr(WholeLifeForm, f"{_letter}_{_name}", _field)


def usual(framework: Framework) -> dict[str, object]:
    """What the form holds at first: the rate of the Green Book, as it is today."""
    return {"rate": amount_on(framework.figures.get("discount-rate"), clock.today())}


def work_out(form: WholeLifeForm, _framework: Framework) -> Comparison:
    """The offers that were filled in, beside each other."""
    return compare(list(_offers(form)), int(form.years.data), form.rate.data)


def _offers(form: WholeLifeForm) -> Iterator[Offer]:
    for letter in LETTERS:
        if letter not in NEEDED and not form.is_filled(letter):
            continue
        price, yearly, resale = (
            form[f"{letter}_{name}"].data or Decimal(0) for name in ("price", "yearly", "resale")
        )
        single = tuple(
            (int(form[f"{letter}_year_{one}"].data), form[f"{letter}_single_{one}"].data)
            for one in SINGLE
            if form[f"{letter}_single_{one}"].data
        )
        name = form[f"{letter}_name"].data or _("Offer %(letter)s", letter=letter.upper())
        yield Offer(name, price, yearly, single, resale)
