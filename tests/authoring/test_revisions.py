"""Publishing from Git: a revision as it was committed, with the commit, author and day of each text."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from lms.authoring.revisions import RevisionError, newest_of_branch, revision
from lms.content.models import ModuleVersion, Publication
from lms.core.database import db
from tests.authoring.conftest import MISSPELT, NOTICES, STANDSTILL, Room
from tests.authoring.repositories import IDRIS, ROWAN, committed, git, repository
from tests.authoring.test_courses_commands import run
from tests.support.samples import entry

FIRST, SECOND = datetime(2026, 11, 20, 9, tzinfo=UTC), datetime(2026, 11, 25, 9, tzinfo=UTC)
MENDED = ("A notice tells", "Each notice tells")


@pytest.fixture
def commits(room: Room) -> list[str]:
    """The room in a repository: all of it in the first commit, one file mended in the second."""
    first = repository(room.folder.parent)
    room.change(NOTICES, MENDED)
    return [first, committed(room.folder.parent, "Say each", ROWAN, "2026-11-25T09:00")]


def origin(row: Publication | ModuleVersion) -> tuple[str | None, str | None, datetime | None]:
    return row.commit, row.author, row.committed_at


def version_of(module: str) -> ModuleVersion:
    return db.session.get_one(ModuleVersion, entry(module).version_id)


def publications() -> list[Publication]:
    return list(db.session.scalars(select(Publication).order_by(Publication.id)))


def test_a_revision_is_published_as_it_was_committed_and_not_as_it_lies_there(
    room: Room, commits: list[str]
) -> None:
    (room.folder / STANDSTILL).write_text("nothing that was committed")
    result = run(room.app, "publish", "--revision", commits[0])
    assert result.exit_code == 0
    with room.on():
        assert "A notice tells" in version_of("notices").source
        assert entry("standstill").title == "Waiting after an award"


@pytest.mark.parametrize("name", ["HEAD", "main", "HEAD~0"])
def test_every_version_and_publication_keeps_its_commit_author_and_day(
    room: Room, commits: list[str], name: str
) -> None:
    run(room.app, "publish", "--revision", name)
    idris, rowan = (f"{who} <{mail}>" for who, mail in (IDRIS, ROWAN))
    with room.on():
        assert origin(publications()[0]) == (commits[1], rowan, SECOND)
        assert origin(version_of("notices")) == (commits[1], rowan, SECOND)
        assert origin(version_of("standstill")) == (commits[0], idris, FIRST)


def test_a_folder_keeps_the_commits_of_what_is_as_it_was_committed(room: Room, commits: list[str]) -> None:
    room.change(STANDSTILL, ("title: Waiting after an award", "title: Waiting"))
    run(room.app, "publish")
    with room.on():
        assert origin(publications()[0]) == (None, None, None)
        assert origin(version_of("standstill")) == (None, None, None)
        assert version_of("notices").commit == commits[1]


def test_a_clean_folder_keeps_its_commit(room: Room, commits: list[str]) -> None:
    run(room.app, "publish")
    with room.on():
        assert publications()[0].commit == commits[1]


def test_a_folder_in_no_repository_is_published_without_a_commit(room: Room) -> None:
    assert run(room.app, "publish").exit_code == 0
    with room.on():
        assert origin(publications()[0]) == (None, None, None)


def test_publishing_the_same_revision_twice_writes_nothing(room: Room, commits: list[str]) -> None:
    run(room.app, "publish", "--revision", "HEAD")
    again = run(room.app, "publish", "--revision", "HEAD")
    assert "Nothing differs from publication 1" in again.output
    assert "Nothing differs from publication 1" in run(room.app, "publish").output
    with room.on():
        assert len(publications()) == 1


@pytest.mark.parametrize("name", ["no-such-branch", "--help", "-h", "HEAD:courses", ""])
def test_what_is_no_revision_is_named_and_publishes_nothing(
    room: Room, commits: list[str], name: str
) -> None:
    result = run(room.app, "publish", f"--revision={name}")
    assert result.exit_code == 2
    assert f"There is no revision “{name}” in the Git repository of" in result.stderr
    with room.on():
        assert publications() == []


def test_without_a_repository_a_revision_says_so(room: Room) -> None:
    result = run(room.app, "publish", "--revision", "HEAD")
    assert result.exit_code == 2
    assert "lies in no Git repository that can be read" in result.stderr


def test_without_git_a_revision_says_so_and_a_folder_is_published(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.authoring.revisions.shutil.which", lambda _name: None)
    result = run(room.app, "publish", "--revision", "HEAD")
    assert (result.exit_code, result.stderr) == (2, "There is no git on this machine.\n")
    assert run(room.app, "publish").exit_code == 0


def test_a_link_in_a_revision_leads_nowhere(room: Room, commits: list[str], tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("not for learners")
    (room.folder / "first-steps" / "linked.md").symlink_to(secret)
    committed(room.folder.parent, "A link")
    with revision(room.folder, "HEAD") as snapshot:
        names = {path.name for path in (snapshot.folder / "first-steps").iterdir()}
    assert names == {"course.md", "notices.md", "standstill.md", "steps.svg"}


def test_the_copy_of_a_revision_is_taken_away(room: Room, commits: list[str]) -> None:
    with revision(room.folder, "HEAD") as snapshot:
        assert snapshot.folder.is_dir()
    assert not snapshot.folder.parent.exists()


def test_inside_a_hook_the_repository_is_still_that_of_the_courses(
    room: Room, commits: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    with revision(room.folder, "main") as snapshot:
        assert snapshot.origins().whole is not None


def test_a_branch_is_fetched_from_where_the_repository_was_cloned(
    room: Room, commits: list[str], tmp_path: Path
) -> None:
    git(tmp_path, "clone", "--quiet", str(room.folder.parent), str(tmp_path / "clone"))
    room.change(NOTICES, ("Each notice tells", "Every notice tells"))
    newer = committed(room.folder.parent, "Every")
    assert newest_of_branch(tmp_path / "clone" / room.folder.name, "main") == newer
    assert newest_of_branch(room.folder, "main") == newer
    with pytest.raises(RevisionError):
        newest_of_branch(tmp_path / "clone" / room.folder.name, "gone")


def test_all_or_nothing_publishes_nothing_while_something_fails(room: Room) -> None:
    room.change(NOTICES, MISSPELT)
    result = run(room.app, "publish", "--all-or-nothing")
    assert result.exit_code == 1
    assert "courses/first-steps/notices.md:14:1: Unknown key “review”" in result.output
    assert result.output.splitlines()[-1].startswith("Nothing was published")
    with room.on():
        assert publications() == []
    room.change(NOTICES, (MISSPELT[1], MISSPELT[0]))
    assert run(room.app, "publish", "--all-or-nothing").exit_code == 0


def test_an_unchanged_folder_with_a_mistake_names_it_again_and_reads_nothing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.change(NOTICES, MISSPELT)
    first = run(room.app, "publish")

    def never(folder: Path) -> None:
        raise AssertionError(os.fspath(folder))

    monkeypatch.setattr("lms.authoring.publishing.check", never)
    again = run(room.app, "publish")
    assert (first.exit_code, again.exit_code) == (1, 1)
    shown = [line for line in first.output.splitlines() if "notices.md" in line or "review" in line]
    assert [line for line in again.output.splitlines() if "notices.md" in line or "review" in line] == shown


@pytest.mark.parametrize("change", [MENDED, ("title: Notices in order", "title: Notices")])
def test_any_changed_file_is_read_again(room: Room, change: tuple[str, str]) -> None:
    room.publish()
    room.change(NOTICES, change)
    assert room.publish().changes.corrected == ("notices",)


def test_a_file_that_nobody_reads_changes_nothing(room: Room) -> None:
    first = room.publish()
    (room.folder / "first-steps" / "notes.txt").write_text("to think about")
    again = room.publish()
    assert (again.number, again.written) == (first.number, False)
