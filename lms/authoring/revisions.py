"""Where courses are published from: a folder as it lies there, or a revision of its Git repository.

Git is asked with fixed arguments; a name from outside is turned into a commit's hash first.
"""

import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from lms.content.origins import Origin, Origins

SECONDS = 120
KEPT_VARIABLES = ("GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS")
_FORM = "%x01%H%x1f%aN <%aE>%x1f%cI"


class RevisionError(Exception):
    """Git is not there, or there is no such revision; the message says so to a person."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A folder of courses at a moment; `origins` asks Git where its files come from."""

    folder: Path
    origins: Callable[[], Origins]


Source = Callable[[], AbstractContextManager[Snapshot]]
"""Opens what is to be published, as it is at that moment."""


@contextmanager
def plain_folder(folder: Path) -> Iterator[Snapshot]:
    """A folder of which nobody asks where it comes from."""
    yield Snapshot(folder, Origins)


@contextmanager
def working_folder(folder: Path) -> Iterator[Snapshot]:
    """A folder as it lies there, with the commits of the files that are as they were committed."""
    yield Snapshot(folder, lambda: _origins_of_folder(folder))


@contextmanager
def revision(folder: Path, name: str) -> Iterator[Snapshot]:
    """The folder as a revision of its repository has it, in a place of its own that is taken away.

    Raises RevisionError.
    """
    commit = commit_of(folder, name)
    archive = _git(folder, "archive", "--format=tar", commit, "--", ".")
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / folder.name
        copy.mkdir()
        with tarfile.open(fileobj=BytesIO(archive)) as files:
            for member in files:
                if member.isfile() or member.isdir():  # a link could lead out of the folder
                    files.extract(member, copy, filter="data")
        yield Snapshot(copy, lambda: _origins_of_commit(folder, commit))


def commit_of(folder: Path, name: str) -> str:
    """The full hash of the commit that a branch, tag or hash names.

    Raises RevisionError when there is none, or no repository.
    """
    _demand_repository(folder)
    try:
        found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except RevisionError:
        message = f"There is no revision “{name}” in the Git repository of {folder}."
        raise RevisionError(message) from None
    return found.decode().strip()


def newest_of_branch(folder: Path, branch: str) -> str:
    """The commit that a branch is at where the repository was cloned from, fetched; else here.

    Raises RevisionError.
    """
    _demand_repository(folder)
    if b"origin" not in _git(folder, "remote").split():
        return commit_of(folder, f"refs/heads/{branch}")
    kept = f"refs/remotes/origin/{branch}"
    _git(folder, "fetch", "--quiet", "--no-tags", "origin", f"+refs/heads/{branch}:{kept}")
    return commit_of(folder, kept)


def _demand_repository(folder: Path) -> None:
    try:
        _git(folder, "rev-parse", "--git-dir")
    except RevisionError as error:
        if shutil.which("git") is None:
            raise
        message = f"{folder} lies in no Git repository that can be read: {error}"
        raise RevisionError(message) from None


def _origins_of_folder(folder: Path) -> Origins:
    """What is changed and not committed has no commit, and then the whole has none either."""
    try:
        changed = _git(folder, "status", "--porcelain", "-z", "--no-renames", "--", ".").split(b"\0")
        top = _git(folder, "rev-parse", "--show-prefix").decode().strip()
        found = _origins_of_commit(folder, commit_of(folder, "HEAD"))
    except RevisionError:
        return Origins()
    loose = {each[3:].decode(errors="replace").removeprefix(top) for each in changed if each}
    files = {name: origin for name, origin in found.files.items() if name not in loose}
    return Origins(None if loose else found.whole, files)


def _origins_of_commit(folder: Path, commit: str) -> Origins:
    """The commit itself, and the last one of each file below the folder."""
    words = ("log", f"--format={_FORM}", "--name-only", "--relative", "--no-renames", commit, "--", ".")
    whole = _git(folder, "log", "-1", f"--format={_FORM}", commit)
    files: dict[str, Origin] = {}
    for each in _git(folder, *words).decode(errors="replace").split("\x01")[1:]:
        head, *names = each.splitlines()
        origin = _origin(head)
        for name in filter(None, names):
            files.setdefault(name, origin)
    return Origins(_origin(whole.decode(errors="replace").strip("\x01\n")), files)


def _origin(line: str) -> Origin:
    commit, author, at = line.split("\x1f")
    return Origin(commit, author[:300], datetime.fromisoformat(at).astimezone(UTC))


def _git(folder: Path, *arguments: str) -> bytes:
    """What git prints; raises RevisionError with its own words when it fails."""
    program = shutil.which("git")
    if program is None:
        message = "There is no git on this machine."
        raise RevisionError(message)
    # Inside a hook Git sets variables that would lead to another repository than the folder's.
    variables = {
        key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key in KEPT_VARIABLES
    }
    try:
        done = subprocess.run(  # noqa: S603 our own arguments, and hashes of commits
            [program, "-c", "core.quotePath=false", "-C", str(folder), *arguments],
            env={**variables, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        raise RevisionError(error.stderr.decode(errors="replace").strip() or "git failed.") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        message = f"git did not answer: {error}"
        raise RevisionError(message) from error
    return done.stdout
