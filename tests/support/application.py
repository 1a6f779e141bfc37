"""The application as tests make it: cheap passwords, no https, a secret that is none."""

from typing import Any

from flask.testing import FlaskClient

from lms.core import clock
from lms.core.settings import ROOT, Settings
from lms.people.identity import load

SECRET = "a secret of the tests and of nothing else"


def settings_for(database_url: str, **changes: Any) -> Settings:  # noqa: ANN401 any setting's value
    """Give settings for a test; `changes` are names and values of `Settings`."""
    values: dict[str, Any] = {
        "secret_key": SECRET,
        "database_url": database_url,
        "courses": ROOT / "courses",
        "insecure_cookies": True,
        "password_cost": 1,
        "password_memory": 8,
    }
    return Settings(**{**values, **changes})


def sign_in(client: FlaskClient, person_id: int) -> None:
    """Make the client that of a person who has an account; without the door, which has tests of its own."""
    with client.application.app_context():
        identity = load(person_id, clock.today())
    if identity is None:
        message = f"person {person_id} has no account to log in with"
        raise LookupError(message)
    with client.session_transaction() as session:
        session["_user_id"] = identity.get_id()
        session["_fresh"] = True
