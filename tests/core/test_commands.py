"""Commands on a database without tables end with a sentence that says what to do."""

from pathlib import Path

import pytest

from lms import create_app
from tests.support.application import settings_for

FILE = "email,name,organisation,team,parent_team,manager_email,role_profile,pillar,from,to\n"


@pytest.mark.parametrize(
    "words",
    [
        ["people", "create-administrator", "kit.draftwood@example.org"],
        ["people", "invite", "kit.draftwood@example.org"],
        ["people", "import", "people.csv"],
        ["courses", "publish"],
        ["attempts", "erase"],
    ],
    ids=" ".join,
)
def test_a_command_without_tables_names_the_one_to_run_first(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    row = "rowan.sample@example.org,Rowan Sample,cumbria,Commercial team,,,buyer,,2026-01-31,\n"
    Path("people.csv").write_text(FILE + row, encoding="utf-8")
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'empty.db'}"))
    answer = app.test_cli_runner().invoke(args=words)
    assert answer.exit_code == 2
    assert "Run flask db upgrade first" in answer.output
