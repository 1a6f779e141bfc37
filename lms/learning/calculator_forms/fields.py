"""Fields of the calculators: numbers, days and choices as people type them, each named in its error."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import LazyString, format_decimal
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.form import BaseForm
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from lms.core.dates import parse_day
from lms.core.languages import day as in_words

MOST_POUNDS = 100_000_000_000
LONGEST_TEXT = 120
FIRST_DAY, LAST_DAY = date(2016, 1, 1), date(2040, 12, 31)

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_LEFT_OUT = str.maketrans("", "", "£%,\u00a0 ")


class CalculatorForm(FlaskForm):
    """A form of a calculator; it only reads, so it carries no token. Its fields have ids of their own."""

    class Meta:
        """No token: nothing is written."""

        csrf = False

    calculator = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 what a form takes
        super().__init__(*args, **kwargs)
        for field in self:
            field.id = f"{self.calculator}-{field.name.replace('_', '-')}"

    def refuse(self, name: str, words: str) -> bool:
        """Say what is wrong with a field that is right by itself; always False."""
        self[name].errors = [words]
        return False


class TypedField(Field):
    """A field that keeps what was typed beside what it means; `data` is None where it means nothing."""

    widget = TextInput()

    def __init__(self, label: LazyString, *, needed: bool = True, **kwargs: Any) -> None:  # noqa: ANN401 what a field takes
        self.typed = ""
        self.needed = needed
        super().__init__(label, **kwargs)

    def _value(self) -> str:
        return self.typed

    def process_data(self, value: Any) -> None:  # noqa: ANN401 what a default is
        """Show a value that nobody typed."""
        self.data = value
        self.typed = "" if value is None else self.written(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep what was typed; what it means is found out by the check."""
        if valuelist:
            self.typed = str(valuelist[0]).strip()[:LONGEST_TEXT]
            self.data = None

    def pre_validate(self, form: BaseForm) -> None:
        """Find out what was typed; the error names the field."""
        del form
        label = str(self.label.text)
        if not self.typed:
            if self.needed:
                raise StopValidation(_("Fill in “%(field)s”", field=label))
            return
        self.data = self.read(self.typed, label)

    def written(self, value: Any) -> str:  # noqa: ANN401
        """A value as people type it."""
        raise NotImplementedError

    def read(self, typed: str, label: str) -> Any:  # noqa: ANN401
        """What was typed; raises StopValidation with words that name the field."""
        raise NotImplementedError


class NumberField(TypedField):
    """A number from `least` to `most`, with so many decimals at most; `data` is a Decimal."""

    def __init__(
        self,
        label: LazyString,
        *,
        least: str = "0",
        most: int = MOST_POUNDS,
        places: int = 2,
        **kwargs: Any,  # noqa: ANN401 what a field takes
    ) -> None:
        self.least, self.most, self.places = Decimal(least), Decimal(most), places
        super().__init__(label, **kwargs)

    def written(self, value: Decimal | int) -> str:
        """The number with its thousands apart."""
        return str(format_decimal(Decimal(value), "#,##0.######"))

    def read(self, typed: str, label: str) -> Decimal:
        """The number; signs of pounds and of per cent, blanks and commas are left out."""
        plain = typed.translate(_LEFT_OUT)
        if not _NUMBER.fullmatch(plain):
            example = "12,500.50" if self.places else "5"
            raise StopValidation(
                _("“%(field)s” must be a number, such as %(example)s", field=label, example=example)
            )
        number = Decimal(plain)
        if not self.least <= number <= self.most:
            bounds = {"least": self.written(self.least), "most": self.written(self.most)}
            raise StopValidation(_("“%(field)s” must be from %(least)s to %(most)s", field=label, **bounds))
        if number != round(number, self.places):
            raise StopValidation(self._too_fine(label))
        return number

    def _too_fine(self, label: str) -> str:
        if not self.places:
            return str(_("“%(field)s” must be a whole number", field=label))
        return str(_("“%(field)s” may have %(places)s decimals at most", field=label, places=self.places))


class DayField(TypedField):
    """A day; `data` is a date."""

    def written(self, value: date) -> str:
        """The day as it is asked for."""
        return value.strftime("%d/%m/%Y")

    def read(self, typed: str, label: str) -> date:
        """The day, in whatever way it is typed."""
        try:
            day = parse_day(typed)
        except ValueError as error:
            raise StopValidation(_("“%(field)s” must be a date like 30/11/2026", field=label)) from error
        if not FIRST_DAY <= day <= LAST_DAY:
            bounds = {"first": in_words(FIRST_DAY), "last": in_words(LAST_DAY)}
            raise StopValidation(_("“%(field)s” must be from %(first)s to %(last)s", field=label, **bounds))
        return day


class WordsField(StringField):
    """A few words that a result repeats; they may be left out."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Keep what was typed on one line, up to the longest that is taken."""
        if valuelist:
            self.data = " ".join(str(valuelist[0]).split())[:LONGEST_TEXT]


class OneOfField(RadioField):
    """One of a few choices; the first is chosen until somebody chooses another."""

    def __init__(self, label: LazyString, offered: Sequence[tuple[str, LazyString]], **kwargs: Any) -> None:  # noqa: ANN401 what a field takes
        self.values = {str(value) for value, _words in offered}
        choices = [SelectChoice(value=str(value), label=words) for value, words in offered]
        super().__init__(label, choices=choices, default=choices[0].value, validate_choice=False, **kwargs)

    def pre_validate(self, form: BaseForm) -> None:
        """Take one of the choices."""
        del form
        if self.data not in self.values:
            raise StopValidation(_("Choose one of “%(field)s”", field=str(self.label.text)))
