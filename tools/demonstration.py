"""A demonstration for the tools: loaded once a day, copied for each use, entered by its door."""

import re
import secrets
import shutil
from pathlib import Path

from flask import Flask

from lms import create_app
from lms.core import clock
from lms.core.settings import Settings
from tools.run import fill
from tools.steps import CACHE, ROOT, SetUpError, fingerprint, is_fresh, put_stamp, say

KEPT = CACHE / "demonstration.db"
STAMP = CACHE / ".demonstration"
MADE_FROM = ("migrations/versions", "courses", "lms/content", "lms/competencies", "lms/demonstration")
SECRET = secrets.token_urlsafe(48)
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


def copy_of_demonstration(folder: Path) -> Path:
    """Copy the demonstration of today into a folder, and load it first where there is none yet."""
    mark = fingerprint([ROOT / each for each in MADE_FROM], str(clock.today()))
    if not (KEPT.exists() and is_fresh(STAMP, mark)):
        say("The demonstration of today is loaded once; this takes a minute or two.")
        CACHE.mkdir(exist_ok=True)
        for left in CACHE.glob(f"{KEPT.name}*"):
            left.unlink()
        fill(variables(KEPT), demonstrate=True)
        put_stamp(STAMP, mark)
    copied = folder / "demonstration.db"
    shutil.copyfile(KEPT, copied)
    return copied


def variables(database: Path) -> dict[str, str]:
    """The variables under which a process of the product serves this database."""
    return {
        "LMS_SECRET_KEY": SECRET,
        "LMS_DATABASE_URL": f"sqlite:///{database}",
        "LMS_DEMONSTRATION": "1",
        "LMS_INSECURE_COOKIES": "1",
    }


def application(database: Path) -> Flask:
    """The application on this database, in this process."""
    settings = Settings(
        secret_key=SECRET,
        database_url=f"sqlite:///{database}",
        demonstration=True,
        insecure_cookies=True,
    )
    return create_app(settings)


def enter(app: Flask, persona: str) -> str:
    """Go in through the door as one of the six; gives the value of the session’s cookie."""
    client = app.test_client()
    token = token_in(client.get("/login").text)
    client.post("/demo/enter", data={"persona": persona, "csrf_token": token})
    cookie = client.get_cookie("session")
    if cookie is None or client.get("/record.json").status_code != 200:  # noqa: PLR2004 the page of whoever is in
        message = f"The door did not let {persona!r} in."
        raise SetUpError(message)
    return cookie.value


def token_in(page: str) -> str:
    """The token that a form of the page sends along."""
    found = TOKEN.search(page)
    if found is None:
        message = "The page has no form with a token."
        raise SetUpError(message)
    return found[1]
