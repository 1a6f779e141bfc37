"""The browser of the tests: one that the machine has, else the one that an npm package carries."""

import os
import platform
import shutil
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tools.front_end import MODULES, node, node_root
from tools.steps import CACHE, SetUpError, fingerprint, telling

PACKED = MODULES / "@sparticuz" / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UNPACK = """
const { createReadStream, createWriteStream } = require("node:fs");
const { createBrotliDecompress } = require("node:zlib");
const { pipeline } = require("node:stream/promises");
const [from, to] = process.argv.slice(1);
pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{folder}/font-cache</cachedir>
</fontconfig>
"""


@dataclass(frozen=True, slots=True)
class Browser:
    """An executable, and the variables that it is started with."""

    executable: Path
    variables: Mapping[str, str] = field(default_factory=dict)


def find_browser() -> Browser:
    """The browser to test with; raises SetUpError with the reason where there is none.

    Sets PLAYWRIGHT_NODEJS_PATH as well: Playwright's own Node needs a library that a bare Debian lacks.
    """
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(node_root() / "bin" / "node")
    for name in NAMES:
        if found := shutil.which(name):
            return Browser(Path(found))
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        message = f"No Chromium on PATH, and none to unpack for {platform.system()} {platform.machine()}."
        raise SetUpError(message)
    if not (PACKED / "package.json").is_file():
        message = "No Chromium on PATH, and none among the npm packages: `make test` installs it."
        raise SetUpError(message)
    folder = _unpacked()
    variables = {
        "FONTCONFIG_FILE": str(folder / "fonts.conf"),
        "LD_LIBRARY_PATH": str(folder / "lib"),
    }
    return Browser(folder / "chromium", {**os.environ, **variables})


def _unpacked() -> Path:
    """The folder of the unpacked browser, made at the first call and then kept."""
    folder = CACHE / f"chromium-{fingerprint([PACKED / 'package.json'])[:12]}"
    if folder.is_dir():
        return folder
    CACHE.mkdir(exist_ok=True)
    with telling("Unpacking the browser"), tempfile.TemporaryDirectory(dir=CACHE) as scratch:
        making = Path(scratch) / "browser"
        making.mkdir()
        node("-e", UNPACK, str(PACKED / "bin" / "chromium.br"), str(making / "chromium"))
        (making / "chromium").chmod(0o755)
        for name in ("al2023", "fonts"):
            archive = Path(scratch) / f"{name}.tar"
            node("-e", UNPACK, str(PACKED / "bin" / f"{name}.tar.br"), str(archive))
            with tarfile.open(archive) as tar:
                # Python 3.11.2 has no filters yet; newer ones ask for one.
                tar.extraction_filter = getattr(tarfile, "data_filter", None)
                tar.extractall(making)  # noqa: S202 the lock file holds the archive's hash
        # Without fonts every fallback letter has width 0, and pictures and contrast checks see nothing.
        (making / "fonts.conf").write_text(FONTS.format(folder=folder))
        making.rename(folder)
    return folder
