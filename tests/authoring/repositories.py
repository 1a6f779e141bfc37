"""A Git repository of courses, with authors and days of its own."""

import os
import shutil
import subprocess
from pathlib import Path

GIT = shutil.which("git") or "git"
IDRIS = ("Idris Draftwell", "idris@example.org")
ROWAN = ("Rowan Sample", "rowan@example.org")


def git(folder: Path, *arguments: str, author: tuple[str, str] = IDRIS, at: str = "2026-11-20T09:00") -> str:
    """Run git as an author at a moment; nothing of the machine's own settings is read."""
    name, mail = author
    variables = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "HOME": str(folder),
        "PATH": os.environ["PATH"],
        **{key: value for key, value in os.environ.items() if key == "COURSES_PRODUCT"},
    }
    for role in ("AUTHOR", "COMMITTER"):
        variables |= {
            f"GIT_{role}_NAME": name,
            f"GIT_{role}_EMAIL": mail,
            f"GIT_{role}_DATE": f"{at}:00+00:00",
        }
    done = subprocess.run(
        [GIT, "-C", str(folder), *arguments], env=variables, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def repository(folder: Path) -> str:
    """Make the folder that holds the courses a repository, and commit all; gives the commit."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    return committed(folder, "All courses")


def committed(folder: Path, words: str, author: tuple[str, str] = IDRIS, at: str = "2026-11-20T09:00") -> str:
    """Commit all that changed; gives the commit."""
    git(folder, "add", "--all", ".", author=author, at=at)
    git(folder, "commit", "--quiet", "--message", words, author=author, at=at)
    return git(folder, "rev-parse", "HEAD")
