"""The files that an organisation copies to check its courses: each is run as its host would run it."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from lms.core.settings import ROOT
from tests.authoring.repositories import git, repository
from tests.support.samples import SAMPLES

READY = ROOT / "docs" / "checks"
NOTICES = Path("courses/first-steps/notices.md")
MISTAKE = ("review_by: 2027-05-31", "review: 2027-05-31")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository of courses with nothing wrong in it."""
    folder = tmp_path / "checkout"
    shutil.copytree(SAMPLES, folder / "courses")
    repository(folder)
    return folder


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A git whose clone is the product as it is set up here, and a python3 that sets up nothing."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name, words in (("git", f'for last; do :; done; ln -s "{ROOT}" "$last"'), ("python3", "exit 0")):
        (folder / name).write_text(f"#!/bin/sh\n{words}\n")
        (folder / name).chmod(0o755)
    return folder


def shell(
    script: str, folder: Path, programs: Path, more: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    path = f"{programs}:{os.environ['PATH']}"
    return subprocess.run(
        ["/bin/bash", "-e", "-c", script],
        cwd=folder,
        env={"PATH": path, "HOME": str(folder), **more},
        capture_output=True,
        text=True,
        check=False,
    )


def on_github(checkout: Path, programs: Path, scratch: Path) -> subprocess.CompletedProcess[str]:
    scratch.mkdir()
    workflow = yaml.safe_load((READY / "github.yml").read_text())
    steps = [step for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    more = {"RUNNER_TEMP": str(scratch), "GITHUB_WORKSPACE": str(checkout), **workflow["env"]}
    done = [shell(step["run"], checkout, programs, {**more, **step.get("env", {})}) for step in steps]
    return done[-1]


def on_gitlab(checkout: Path, programs: Path, scratch: Path) -> subprocess.CompletedProcess[str]:
    scratch.mkdir()
    job = yaml.safe_load((READY / "gitlab.yml").read_text())["courses"]
    more = {"CI_BUILDS_DIR": str(scratch), "CI_PROJECT_DIR": str(checkout), **job["variables"]}
    return shell("\n".join(job["script"]), checkout, programs, more)


def spoil(checkout: Path) -> None:
    place = checkout / NOTICES
    place.write_text(place.read_text().replace(*MISTAKE))


def test_the_github_workflow_marks_the_line_of_a_mistake(
    checkout: Path, programs: Path, tmp_path: Path
) -> None:
    clean = on_github(checkout, programs, tmp_path / "one")
    assert (clean.returncode, "::error" in clean.stdout) == (0, False), clean.stderr
    spoil(checkout)
    found = on_github(checkout, programs, tmp_path / "two")
    assert found.returncode == 1
    assert any(line.startswith(f"::error file={NOTICES},line=14,") for line in found.stdout.splitlines()), (
        found.stdout
    )


def test_the_gitlab_job_fails_with_the_mistake(checkout: Path, programs: Path, tmp_path: Path) -> None:
    clean = on_gitlab(checkout, programs, tmp_path / "one")
    assert clean.returncode == 0, clean.stderr
    spoil(checkout)
    found = on_gitlab(checkout, programs, tmp_path / "two")
    assert (found.returncode, f"{NOTICES}:14:1: Unknown key" in found.stdout) == (1, True)


def test_the_hook_checks_what_would_be_committed(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(READY / "pre-commit", checkout / ".git" / "hooks" / "pre-commit")
    monkeypatch.setenv("COURSES_PRODUCT", str(ROOT))
    spoil(checkout)
    git(checkout, "commit", "--quiet", "--allow-empty", "--message", "The mistake is not in it")
    git(checkout, "add", ".")
    before = git(checkout, "rev-parse", "HEAD")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        git(checkout, "commit", "--quiet", "--message", "The mistake is in it")
    assert f"{NOTICES}:14:1: Unknown key" in refused.value.stdout + refused.value.stderr
    assert git(checkout, "rev-parse", "HEAD") == before


def test_the_hook_says_what_it_needs(checkout: Path) -> None:
    shutil.copy(READY / "pre-commit", checkout / ".git" / "hooks" / "pre-commit")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        git(checkout, "commit", "--quiet", "--allow-empty", "--message", "Without the product")
    assert "say where the product is set up" in refused.value.stderr
