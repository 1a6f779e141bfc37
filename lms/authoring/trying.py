"""The form with which an author looks at a text that is nowhere yet."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from lms.content.catalogue import Catalogue
from lms.content.lines import FILE_BYTES


class TryForm(FlaskForm):
    """A text that is pasted, or a file that is sent, and the module that it is to replace."""

    module = SelectField(
        _l("Which module is it?"), description=_l("What it refers to is looked up either way.")
    )
    file = FileField(_l("Send the file"), description=_l("A Markdown file of at most 256 kB."))
    source = TextAreaField(_l("Or paste its text"))

    @classmethod
    def of(cls, published: Catalogue) -> "TryForm":
        """The form with the published modules to choose from."""
        form = cls()
        known = sorted(published.modules, key=lambda one: one.title.casefold())
        form.module.choices = [
            SelectChoice(value="", label=_("A new one")),
            *(SelectChoice(value=one.id, label=one.title, render_kw={"data-content": ""}) for one in known),
        ]
        return form

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 as in the base
        """One of file and text, in UTF-8 and not too large; a file becomes the text."""
        if not super().validate(extra_validators):
            return False
        data: bytes = self.file.data.read(FILE_BYTES + 1) if self.file.data else b""
        if data:
            try:
                self.source.data = data.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                line = data[: error.start].count(b"\n") + 1
                self.file.errors = [
                    _(
                        "Line %(line)s is not UTF-8 text. Save the file again with the encoding UTF-8.",
                        line=line,
                    )
                ]
                return False
        if not (self.source.data or "").strip():
            self.file.errors = [_("Choose a file, or paste a text")]
            return False
        if len((self.source.data or "").encode()) > FILE_BYTES:
            self.file.errors = [_("The text has more than 256 kB. Split it into two modules.")]
            return False
        return True
