"""How a report answers: with its page, with a file, or with what was typed and how to mend it."""

from collections.abc import Callable, Hashable, Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField

from lms.core import clock
from lms.core.errors import BadRequest
from lms.core.languages import day as in_words
from lms.core.pages import kept_page, page, wants_fragment
from lms.core.spreadsheets import attachment
from lms.people.access import viewer
from lms.people.acts import latest_no
from lms.reports.choice import UnknownChoiceError
from lms.reports.filters import FilterError


def shown(
    template: str,
    context: Callable[[], Mapping[str, object]],
    form: Callable[[], FlaskForm],
    own: Hashable = None,
    **empty: object,
) -> Response:
    """The page of the address, kept until the next act; a choice that does not hold is given back in `form`.

    `empty` is what the template needs beside it then; `own` is what of the page only the one who asks sees.
    """
    asked = (request.path, tuple(request.args.items(multi=True)))
    key = (latest_no(), clock.today(), viewer().grants, asked, own)
    try:
        return kept_page(key, template, context)
    except UnknownChoiceError:
        abort(404)
    except FilterError as wrong:
        return _mended(template, wrong, form(), empty)


def download(make: Callable[[], tuple[str, str | bytes]]) -> Response:
    """A file, made as its name and its content; a choice that does not hold is refused with a sentence."""
    try:
        name, content = make()
    except UnknownChoiceError:
        abort(404)
    except FilterError as wrong:
        raise BadRequest(str(wrong)) from wrong
    return attachment(name, content)


def _mended(template: str, wrong: FilterError, form: FlaskForm, empty: Mapping[str, object]) -> Response:
    """The page with the filters as they were typed, and a way to a choice that would do, if one is known."""
    _note(form, wrong)
    # HTMX puts an answer of 422 into the page, and none of 400.
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wants_fragment() else HTTPStatus.BAD_REQUEST
    return page(template, status, form=form, way=_way(wrong), **empty)


def _note(form: FlaskForm, wrong: FilterError) -> None:
    """Put the message beside its field, or above the form where it has none to be seen."""
    seen = (each for each in form if not isinstance(each, HiddenField))
    field = next((each for each in seen if each.name == wrong.field), None)
    if field is None:
        form.form_errors.append(str(wrong))
    else:
        field.errors = [str(wrong)]


def _way(wrong: FilterError) -> tuple[str, str] | None:
    """The words and the address of the same page on the days that would do."""
    days = list(wrong.instead.values())
    if not days:
        return None
    words = _("Swap the dates") if len(days) > 1 else _("Show %(day)s", day=in_words(days[0]))
    asked = {**request.args, **{field: day.isoformat() for field, day in wrong.instead.items()}}
    return words, f"{url_for(request.endpoint or '')}?{urlencode(asked)}"
