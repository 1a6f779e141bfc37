"""Settings come from the environment and a file, and an installation with a wrong one does not start."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from lms.core.settings import Settings, SettingsError, load_settings

SECRET = "s" * 32


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of an installation that has set what must be set."""
    path = tmp_path / "settings.env"
    path.write_text(f"LMS_SECRET_KEY={SECRET}\n")
    return path


def refused(file: Path) -> list[str]:
    with pytest.raises(SettingsError) as error:
        load_settings(file)
    first, *problems = str(error.value).splitlines()
    assert first == "The settings do not hold:"
    return problems


def test_the_file_is_read_and_the_rest_is_fit_for_production(file: Path) -> None:
    settings = load_settings(file)
    assert settings.secret_key.get_secret_value() == SECRET
    assert settings.database_url.endswith("/instance/lms.db")
    assert (settings.demonstration, settings.insecure_cookies, settings.smallest_group) == (False, False, 5)


def test_the_environment_wins_over_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(file.read_text() + "LMS_SITE_NAME=From the file\nLMS_DEMONSTRATION=1\n")
    monkeypatch.setenv("LMS_DEMONSTRATION", "0")
    settings = load_settings(file)
    assert (settings.site_name, settings.demonstration) == ("From the file", False)


def test_a_setting_that_is_missing(tmp_path: Path) -> None:
    assert refused(tmp_path / "nothing.env") == ["LMS_SECRET_KEY: Field required"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LMS_SECRET_KEY", "short"),
        ("LMS_DEMONSTRATION", "perhaps"),
        ("LMS_SMALLEST_GROUP", "1"),
        ("LMS_SMALLEST_GROUP", "many"),
        ("LMS_LOG_IN_ATTEMPTS", "0"),
        ("LMS_ADDRESS", "learning.example.org"),
        ("LMS_MAIL", "mail.example.org:587"),
        ("LMS_MAIL", "smtp://user:a-secret@host:many"),
        ("LMS_MAIL", "https://mail.example.org"),
        ("LMS_MAIL", "smtp://"),
        ("LMS_MAIL_FROM", "learning"),
        ("LMS_MAIL_FROM", "learning@example.org\nBcc: all@example.org"),
        ("LMS_MAIL_DAY", "someday"),
    ],
)
def test_a_setting_that_is_wrong(file: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    problems = refused(file)
    assert len(problems) == 1
    assert problems[0].startswith(f"{name}: ")


def test_a_setting_that_is_misspelt(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LMS_DATABSE_URL", "sqlite://")
    assert refused(file) == ["LMS_DATABSE_URL: no such setting. Did you mean LMS_DATABASE_URL?"]
    file.write_text(file.read_text() + "LMS_WHATEVER_THIS_IS=1\n")
    assert "LMS_WHATEVER_THIS_IS: no such setting." in refused(file)


def test_every_problem_is_named_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LMS_SITENAME", "Learning")
    monkeypatch.setenv("LMS_PROXIES", "9")
    problems = refused(tmp_path / "nothing.env")
    assert sorted(each.partition(":")[0] for each in problems) == [
        "LMS_PROXIES",
        "LMS_SECRET_KEY",
        "LMS_SITENAME",
    ]


def test_the_secret_is_not_printed(file: Path) -> None:
    assert SECRET not in repr(load_settings(file))


def test_settings_stay_as_they_are(file: Path) -> None:
    settings: Settings = load_settings(file)
    with pytest.raises(ValidationError):
        settings.site_name = "Another"  # type: ignore[misc]
