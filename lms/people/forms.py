"""Forms of the log-in and of an invitation."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovSubmitInput, GovTextInput
from wtforms import PasswordField, StringField, SubmitField
from wtforms.validators import EqualTo, InputRequired, Length

from lms.people.accounts import LEAST_PASSWORD


class LogInForm(FlaskForm):
    """Address and password."""

    email = StringField(
        _l("Email address"),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter your email address"))],
    )
    password = PasswordField(
        _l("Password"), widget=GovPasswordInput(), validators=[InputRequired(_l("Enter your password"))]
    )
    submit = SubmitField(_l("Sign in"), widget=GovSubmitInput())


class PasswordForm(FlaskForm):
    """A new password, twice."""

    password = PasswordField(
        _l("New password"),
        widget=GovPasswordInput(),
        description=_l(
            "At least 12 characters. Three words that do not belong together are easy to remember."
        ),
        validators=[
            InputRequired(_l("Enter a new password")),
            Length(min=LEAST_PASSWORD, message=_l("Enter a password of at least 12 characters")),
        ],
    )
    again = PasswordField(
        _l("The same password again"),
        widget=GovPasswordInput(),
        validators=[EqualTo("password", _l("Enter the same password twice"))],
    )
    submit = SubmitField(_l("Set this password"), widget=GovSubmitInput())
