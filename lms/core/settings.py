"""Typed settings, read from the environment and from `instance/settings.env`."""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "LMS_"


class SettingsError(Exception):
    """A setting is missing, wrong or misspelt; the message names each one and its mend."""


def _a_way_for_mail(value: SecretStr) -> SecretStr:
    """Refuse what names neither a folder nor a mail server; the message repeats nothing of it."""
    try:
        where = urlsplit(value.get_secret_value())
        known = where.scheme == "file" or where.path == "file" or bool(where.hostname and where.port != 0)
    except ValueError:
        known = False
    if not known or where.scheme not in {"", "file", "smtp", "smtps"}:
        message = "should be file, file:///a/folder, smtp://user:password@host:587 or smtps://…"
        raise ValueError(message)
    return value


class Settings(BaseSettings):
    """What one installation may set; each name is read as `LMS_<NAME>`.

    A default stands only where it is right for production and safe to publish.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    secret_key: Annotated[SecretStr, Field(min_length=32)]
    """Signs sessions and invitations; at least 32 random characters."""
    database_url: str = f"sqlite:///{ROOT / 'instance' / 'lms.db'}"
    """SQLAlchemy address of the database: SQLite (one force) or PostgreSQL (a region, a nation)."""
    demonstration: bool = False
    """Opens the door by which anyone enters as one of six invented people. Never with real data."""
    courses: Path = ROOT / "courses"
    """The folder that authors write in."""
    publish_secret: Annotated[SecretStr, Field(min_length=16)] | None = None
    """What a Git host signs its deliveries to /hooks/publish with; without it the address does not exist."""
    publish_branch: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*$")] = "main"
    """The branch of the courses that is published when a Git host says that it has changed."""
    address: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""
    """Where people reach the service, such as https://learning.example.org: for links that no page prints."""
    mail: Annotated[SecretStr, AfterValidator(_a_way_for_mail)] = SecretStr("file")
    """Where mail goes: `file` (into instance/mail), `file:///a/folder`, or a mail server by SMTP."""
    mail_from: Annotated[str, Field(pattern=r"^([^@\s<>,]+@[^@\s<>,]+)?$")] = ""
    """The address that mail comes from; a mail server needs it."""
    mail_day: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = "monday"
    """The day on which `flask digest queue` asks for the weekly mails."""
    site_name: str = ""
    """The name in the header and in page titles, in place of the one that the network has."""
    smallest_group: Annotated[int, Field(ge=2, le=50)] = 5
    """The smallest number of appointments whose figures leads may see."""
    insecure_cookies: bool = False
    """Lets cookies travel over plain http; only for a server on a loopback address."""
    proxies: Annotated[int, Field(ge=0, le=5)] = 0
    """How many proxies stand in front, whose word on address, scheme and host is believed."""
    log_in_attempts: Annotated[int, Field(ge=1)] = 10
    """Failed log-ins allowed for one account or one address in 15 minutes."""
    password_cost: Annotated[int, Field(ge=1)] = 2
    """Argon2 passes over memory for a password."""
    password_memory: Annotated[int, Field(ge=8)] = 19456
    """Argon2 memory for a password, in KiB."""


def load_settings(file: Path = ROOT / "instance" / "settings.env") -> Settings:
    """Read the settings: the environment wins over the file.

    Raises SettingsError with one line for each setting that is missing, wrong or not known.
    """
    values = {key: value for key, value in dotenv_values(file).items() if value is not None}
    values |= {key: value for key, value in os.environ.items() if key.startswith(PREFIX)}
    known = {PREFIX + name.upper(): name for name in Settings.model_fields}
    problems = [_unknown(key, known) for key in values if key.startswith(PREFIX) and key not in known]
    given = {known[key]: value for key, value in values.items() if key in known}
    settings = None
    try:
        settings = Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        problems += [f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()]
    if problems or settings is None:
        raise SettingsError("\n".join(["The settings do not hold:", *problems]))
    return settings


def _unknown(key: str, known: dict[str, str]) -> str:
    near = get_close_matches(key, known, n=1)
    return f"{key}: no such setting." + (f" Did you mean {near[0]}?" if near else "")
