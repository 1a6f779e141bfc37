"""The virtual environment and the Python packages, from lock files with hashes."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from tools.steps import BRINGS, PYTHON, ROOT, VENV, SetUpError, fingerprint, is_fresh, put_stamp, telling


def make_venv() -> None:
    """Make `.venv` with the Python that runs this, unless there is one that works."""
    if PYTHON.exists():
        return
    if importlib.util.find_spec("ensurepip") is None:
        message = (
            f"{sys.executable} cannot make a virtual environment: its module ensurepip is missing. "
            "On Debian and Ubuntu the package python3-venv brings it."
        )
        raise SetUpError(message)
    shutil.rmtree(VENV, ignore_errors=True)
    with telling("Making .venv"):
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)


def install_packages(profile: str) -> None:
    """Install the locked packages of a profile, unless they are there."""
    lock = ROOT / "requirements" / f"{profile}.txt"
    if is_fresh(_stamp(profile), fingerprint([lock])):
        return
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    with telling(f"Installing Python packages ({profile})"):
        done = subprocess.run(
            [*command, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        message = f"pip could not install {lock.relative_to(ROOT)}:\n{done.stdout}{done.stderr}"
        raise SetUpError(message)
    for each in BRINGS[profile]:
        put_stamp(_stamp(each), fingerprint([ROOT / "requirements" / f"{each}.txt"]))


def _stamp(profile: str) -> Path:
    return VENV / f"installed-{profile}"
