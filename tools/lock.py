"""Renews the lock files: `requirements/*.txt` from `requirements/*.in`, and `package-lock.json`."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.front_end import node, node_root
from tools.steps import ROOT, SetUpError, stop_with_a_sentence, telling

RESOLVER = "uv==0.13.9"
OLDEST = "3.11"


def lock_python() -> None:
    """Resolve the Python packages for every platform, with hashes and without a registry's name."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([sys.executable, "-m", "venv", scratch], check=True)
        binaries = Path(scratch) / "bin"
        subprocess.run([str(binaries / "pip"), "install", "--quiet", RESOLVER], check=True)
        for name in ("runtime", "dev"):
            options = ["--upgrade", "--universal", "--generate-hashes", "--no-header", "--quiet"]
            files = [f"{name}.in", "--output-file", f"{name}.txt"]
            subprocess.run(
                [str(binaries / "uv"), "pip", "compile", *options, "--python-version", OLDEST, *files],
                cwd=ROOT / "requirements",
                check=True,
            )


def lock_npm() -> None:
    """Resolve the npm packages; refuses a lock file that names the host of a package."""
    npm = node_root() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node(str(npm), "install", "--package-lock-only")
    if re.search(r'"resolved":', (ROOT / "package-lock.json").read_text()):
        message = "package-lock.json names a registry: .npmrc should have kept it out."
        raise SetUpError(message)


if __name__ == "__main__":
    try:
        with telling("Locking Python packages"):
            lock_python()
        with telling("Locking npm packages"):
            lock_npm()
    except SetUpError as error:
        sys.exit(stop_with_a_sentence(error))
