"""Earlier courses, attendance and qualifications come in as one act, once, or not at all."""

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import select

from lms.administration.importing.evidence import EVIDENCE_COLUMNS, check_evidence
from lms.administration.importing.evidence_writing import EvidenceOutcome, import_evidence
from lms.administration.importing.reading import Line
from lms.competencies.evidence import enter_in_error
from lms.competencies.models import Basis, Evidence
from lms.content.framework import Accreditation, Framework
from lms.core.database import db
from lms.people.models import Act
from tests.administration.conftest import TODAY, Importer
from tests.support import build
from tests.support.catalogue import competency, module, publish

Run = Callable[..., Result]
ROWAN = "rowan.sample@example.org"
USUAL = {
    "email": ROWAN,
    "competency": "law",
    "level": "2",
    "from": "2026-03-02",
    "until": "",
    "words": "Two days on the Act, attended.",
}
NAMED = "Contracts, practitioner, number 4711"
CONTRACTS = Accreditation(
    id="contracts", title="Contracts, practitioner", shows={"contracts": 3}, cpd_hours_a_year=30
)


def row(**values: str) -> dict[str, str]:
    return {**USUAL, **{key.rstrip("_"): value for key, value in values.items()}}


def file_of(*rows: dict[str, str], separator: str = ",") -> bytes:
    text = StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(EVIDENCE_COLUMNS)
    writer.writerows([each[heading] for heading in EVIDENCE_COLUMNS] for each in rows)
    return text.getvalue().encode()


@pytest.fixture
def told(importer: Importer) -> Importer:
    """An installation with two people, and two competencies in the framework."""
    with importer.app.app_context():
        publish((competency("law"), competency("contracts")), (), (module("one"),))
        for name in ("Rowan Sample", "Bryn Mockford"):
            build.person(name, f"{name.lower().replace(' ', '.')}@example.org")
    return importer


def load(told: Importer, *rows: dict[str, str], dry_run: bool = False) -> EvidenceOutcome:
    with told.app.app_context():
        return import_evidence(file_of(*rows), by=None, dry_run=dry_run)


def entries(told: Importer) -> list[tuple[str, int, date, date | None, str, Basis]]:
    with told.app.app_context():
        rows = db.session.scalars(select(Evidence).order_by(Evidence.id))
        return [
            (each.competency_id, each.level, each.from_day, each.until_day, each.words, each.basis)
            for each in rows
        ]


def problems_of(**values: str) -> list[str]:
    """What is wrong with one row, by the plain rule."""
    framework = Framework(
        competencies=(competency("law"), competency("contracts")), accreditations=(CONTRACTS,)
    )
    return [str(each) for each in check_evidence([Line(2, row(**values))], [ROWAN], framework, TODAY)[1]]


def test_all_rows_are_written_as_imports_in_one_act(told: Importer) -> None:
    outcome = load(told, row(), row(email="Bryn.Mockford@example.org", level="1", until="1/3/2027"))
    assert outcome.problems == []
    assert entries(told) == [
        ("law", 2, date(2026, 3, 2), None, USUAL["words"], Basis.IMPORT),
        ("law", 1, date(2026, 3, 2), date(2027, 3, 1), USUAL["words"], Basis.IMPORT),
    ]
    with told.app.app_context():
        acts = db.session.scalars(select(Act).where(Act.reason == "import of evidence")).all()
        assert [each.no for each in acts] == [outcome.no]


def test_a_dry_run_says_the_same_and_writes_nothing(told: Importer) -> None:
    outcome = load(told, row(), dry_run=True)
    assert (len(outcome.new), outcome.no) == (1, None)
    assert entries(told) == []


def test_one_wrong_row_keeps_all_of_them_out(told: Importer) -> None:
    outcome = load(told, row(), row(level="5"))
    assert [str(each) for each in outcome.problems] == [
        "Row 3, level “5”: This is not a level. Write 1, 2, 3 or 4."
    ]
    assert entries(told) == []


def test_a_row_that_stands_twice_is_named_and_written_once(told: Importer) -> None:
    outcome = load(told, row(), row(email=ROWAN.upper(), from_="2/3/2026"))
    assert [(each.row, other) for each, other in outcome.repeated] == [(3, 2)]
    assert len(entries(told)) == 1


def test_the_same_file_again_writes_nothing_and_no_act(told: Importer) -> None:
    load(told, row(), row(level="1"))
    before = told.counts()
    outcome = load(told, row(), row(level="1"))
    assert ([each.row for each in outcome.recorded], outcome.new, outcome.no) == ([2, 3], [], None)
    assert told.counts() == before
    assert len(entries(told)) == 2


def test_what_was_marked_as_entered_in_error_does_not_come_back(told: Importer) -> None:
    load(told, row())
    with told.app.app_context():
        enter_in_error(db.session.scalars(select(Evidence.id)).one(), by=None, reason="Another Rowan")
    assert [each.row for each in load(told, row()).recorded] == [2]
    assert len(entries(told)) == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"email": "rowan.sampel@example.org"}, f"Nobody has this address. Did you mean “{ROWAN}”?"),
        ({"email": "kit@elsewhere.example"}, "Nobody has this address. Import the person first."),
        ({"email": "rowan"}, "This is not an email address."),
        ({"competency": "lwa"}, "There is no competency with this id. Did you mean “law”?"),
        ({"competency": "Contracts"}, "There is no competency with this id. Did you mean “contracts”?"),
        ({"level": "two"}, "This is not a level. Write 1, 2, 3 or 4."),
        ({"level": "0"}, "This is not a level. Write 1, 2, 3 or 4."),
        ({"from_": "31/2/2026"}, "This is not a date. Write 2026-01-31 or 31/01/2026."),
        ({"from_": "2026-12-01"}, "The day is in the future. Write today’s date or an earlier one."),
        ({"until": "2026-03-01"}, "The last day comes before the first."),
        ({"until": "2026-03-02"}, "The span has no day."),
        ({"words": ""}, "Row 2, words: The value is missing. Fill it in."),
        ({"words": "x" * 501}, "The value has more than 500 characters. Shorten it."),
    ],
)
def test_a_wrong_value_is_named_with_row_column_and_mend(values: dict[str, str], said: str) -> None:
    found = problems_of(**values)
    assert len(found) == 1
    assert found[0].startswith(f"Row 2, {next(iter(values)).rstrip('_')}")
    assert said in found[0]


def test_a_level_above_two_needs_an_accreditation_that_shows_it_with_its_number() -> None:
    assert "A file may state level 1 or 2" in problems_of(level="3")[0]
    for words in ("Contracts, practitioner", "Number 4711", "Another paper, 4711"):
        assert "Contracts, practitioner." in problems_of(competency="contracts", level="3", words=words)[0]
    assert problems_of(competency="contracts", level="3", words=NAMED, until="2027-03-02") == []
    assert len(problems_of(competency="contracts", level="4", words=NAMED, until="2027-03-02")) == 1


@pytest.mark.parametrize("until", ["", "2027-03-03"])
def test_an_accreditation_counts_no_longer_than_its_own_rule(until: str) -> None:
    found = problems_of(competency="contracts", level="3", words=NAMED, until=until)
    assert len(found) == 1
    assert "does not count for so long. Write 2027-03-02 or an earlier day." in found[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Its first row must have the headings email, competency, level, from, until, words."),
        (file_of(), "The file has headings and no rows."),
        (file_of(row(), separator=";"), "The columns are not separated by commas."),
        (file_of(row()).decode().encode("utf-16"), "The file is UTF-16 text."),
        (file_of(row()).replace(b"words", b"word"), "Did you mean “words”?"),
    ],
)
def test_the_file_itself_is_read_as_one_of_people_is(told: Importer, data: bytes, said: str) -> None:
    with told.app.app_context():
        problems = import_evidence(data, by=None).problems
    assert said in str(problems[0])


@pytest.fixture
def run(told: Importer, tmp_path: Path) -> Run:
    """Run `flask evidence import` on rows, and demand an exit status."""

    def evidence(*rows: dict[str, str], options: tuple[str, ...] = (), status: int = 0) -> Result:
        path = tmp_path / "evidence.csv"
        path.write_bytes(file_of(*rows))
        result = told.app.test_cli_runner().invoke(args=["evidence", "import", str(path), *options])
        assert result.exit_code == status, result.output
        return result

    return evidence


def test_the_command_says_what_it_wrote_what_stood_twice_and_what_is_recorded(run: Run) -> None:
    said = run(row(), row(), options=("--dry-run",)).output
    assert "New entries: 1, for 1 person" in said
    assert "This was a dry run. Nothing was written." in said
    said = run(row(), row()).output
    assert f"Row 3, {ROWAN}, law level 2: row 2 states the same. It is written once." in said
    assert "Written as act" in said
    assert "All of this is recorded already. Nothing was written." in run(row()).output


def test_the_command_ends_with_status_1_and_names_every_problem(run: Run) -> None:
    result = run(row(level="9"), row(competency="none"), status=1)
    assert "2 problems. Nothing was written." in result.output
