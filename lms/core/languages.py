"""Languages, and how days, numbers and lengths of time are written on pages."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from babel.lists import format_list
from flask import Flask
from flask_babel import (
    Babel,
    format_date,
    format_datetime,
    format_decimal,
    get_locale,
    gettext,
    lazy_gettext,
    ngettext,
)

from lms.core import clock

HOUR = 60
NUMBERS = (
    lazy_gettext("none"),
    lazy_gettext("one"),
    lazy_gettext("two"),
    lazy_gettext("three"),
    lazy_gettext("four"),
    lazy_gettext("five"),
    lazy_gettext("six"),
    lazy_gettext("seven"),
    lazy_gettext("eight"),
    lazy_gettext("nine"),
    lazy_gettext("ten"),
)
babel = Babel()


def setup_languages(app: Flask) -> None:
    """British English by default; every text goes through gettext, so that catalogues can be added."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "en_GB")
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Europe/London")
    babel.init_app(app)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.filters.update(
        day=day,
        short_day=short_day,
        weekday=weekday,
        moment=moment,
        minutes=minutes,
        short_minutes=short_minutes,
        in_days=in_days,
        pounds=pounds,
        spelled=spelled,
        and_list=and_list,
    )
    app.jinja_env.globals["locale"] = lambda: str(get_locale() or "en").replace("_", "-")


def _london(value: date | datetime) -> date:
    return clock.london_day(value) if isinstance(value, datetime) else value


def day(value: date | datetime) -> str:
    """30 November 2026."""
    return str(format_date(_london(value), "d MMMM yyyy"))


def short_day(value: date | datetime) -> str:
    """30 Nov."""
    return str(format_date(_london(value), "d MMM"))


def weekday(value: date | datetime) -> str:
    """Monday 30 November 2026."""
    return str(format_date(_london(value), "EEEE d MMMM yyyy"))


def moment(value: datetime) -> str:
    """30 November 2026, 14:05, in London."""
    return str(format_datetime(value, "d MMMM yyyy, HH:mm"))


def minutes(value: int) -> str:
    """25 minutes; from an hour on, hours and minutes."""
    if value < HOUR:
        return str(ngettext("%(num)d minute", "%(num)d minutes", value))
    hours, rest = divmod(value, HOUR)
    text = str(ngettext("%(num)d hour", "%(num)d hours", hours))
    return f"{text} {minutes(rest)}" if rest else text


def short_minutes(value: int) -> str:
    """25 min; from an hour on 43 h 40."""
    if value < HOUR:
        return str(gettext("%(num)s min", num=value))
    hours, rest = divmod(value, HOUR)
    return str(gettext("%(hours)s h %(minutes)s", hours=format_decimal(hours), minutes=f"{rest:02}"))


def in_days(value: date) -> str:
    """How far a day is from today: "in 9 days", "today", "3 days ago"."""
    distance = (value - clock.today()).days
    if distance == 0:
        return str(gettext("today"))
    if distance > 0:
        return str(ngettext("in %(num)d day", "in %(num)d days", distance))
    return str(ngettext("%(num)d day ago", "%(num)d days ago", -distance))


def spelled(value: int) -> str:
    """Seven; from eleven on in figures."""
    return str(NUMBERS[value] if 0 <= value < len(NUMBERS) else format_decimal(value))


def and_list(values: Iterable[str]) -> str:
    """Law, cost and risk."""
    return format_list([*values], locale=get_locale())


def pounds(value: Decimal, *, places: int = 2) -> str:
    """£1,250, £1,250.50 or £0.2431: rounded to so many decimals, and shown with two or more if with any."""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    pattern = "#,##0" if rounded == rounded.to_integral_value() else f"#,##0.00{'#' * (places - 2)}"
    sign = "\N{MINUS SIGN}" if rounded < 0 else ""
    return f"{sign}£{format_decimal(abs(rounded), pattern)}"
