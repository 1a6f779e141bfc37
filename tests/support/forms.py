"""Fills in a rendered form as a person does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from lxml import html

from tests.support.markup import words_of

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Sending:
    """What a browser would send."""

    method: str
    action: str
    data: dict[str, list[Any]]

    def address(self, of_page: str) -> str:
        """The action as an absolute address."""
        return urljoin(of_page, self.action)


def fill(
    tree: html.HtmlElement, fields: Fields, *, button: str | None = None, action: str | None = None
) -> Sending:
    """Set the fields of a form and press its button.

    A text field takes anything that `str` makes a text of; checkboxes of one name take a list of values, a
    single one True or False; a file field takes `(stream, file name)`.
    """
    form = _chosen(tree, button, action)
    files: dict[str, list[Any]] = {}
    for name, value in fields.items():
        if name not in form.fields:
            known = ", ".join(sorted(form.fields))
            message = f"{name}: the form has no such field, only {known}"
            raise KeyError(message)
        control = form.inputs[name]
        if getattr(control, "type", None) == "file":
            files[name] = [value]
        else:
            _set(control, value)
    data: dict[str, list[Any]] = {}
    for key, entry in form.form_values():
        data.setdefault(key, []).append(entry)
    pressed = _button(form, button)
    if pressed is not None and pressed.get("name"):
        data.setdefault(pressed.get("name", ""), []).append(pressed.get("value", ""))
    overridden = pressed.get("formaction") if pressed is not None else None
    return Sending(form.method.upper(), overridden or form.get("action") or "", {**data, **files})


def _set(control: Any, value: Any) -> None:  # noqa: ANN401 lxml has a class for each kind
    if isinstance(control, html.CheckboxGroup) or getattr(control, "multiple", False):
        wanted = {str(each) for each in ([value] if isinstance(value, str) else value)}
        unknown = wanted - set(control.value_options)
        if unknown:
            message = f"the form does not offer {', '.join(sorted(unknown))}"
            raise ValueError(message)
        control.value = wanted
    elif getattr(control, "type", None) == "checkbox":
        control.checked = bool(value)
    else:
        control.value = str(value)


def _chosen(tree: html.HtmlElement, button: str | None, action: str | None) -> html.FormElement:
    found = tree.cssselect("main form") or tree.cssselect("form")
    forms = [each for each in found if isinstance(each, html.FormElement)]
    fitting = [
        form
        for form in forms
        if (action is None or form.get("action") == action)
        and (button is None or _button(form, button) is not None)
    ]
    if len(fitting) != 1:
        offered = "; ".join(f"{each.get('action')} ({', '.join(_words(each))})" for each in forms) or "none"
        message = f"{len(fitting)} forms fit button={button!r}, action={action!r}; the page has: {offered}"
        raise LookupError(message)
    return fitting[0]


def _button(form: html.FormElement, words: str | None) -> html.HtmlElement | None:
    for each in _buttons(form):
        if words is None or _label(each) == words:
            return each
    return None


def _buttons(form: html.FormElement) -> list[html.HtmlElement]:
    kinds = {"button": "submit", "input": "text"}
    return [each for each in form.iter(*kinds) if each.get("type", kinds[str(each.tag)]) == "submit"]


def _words(form: html.FormElement) -> list[str]:
    return [_label(each) for each in _buttons(form)]


def _label(button: html.HtmlElement) -> str:
    return words_of(button) if button.tag == "button" else button.get("value", "")
