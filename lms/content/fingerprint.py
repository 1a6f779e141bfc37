"""One hash over everything that a check of a folder of courses depends on."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from lms.content.lines import FILE_BYTES
from lms.content.pictures import BYTES as PICTURE_BYTES

CODE = Path(__file__).resolve().parent
LIBRARIES = ("markdown", "nh3", "pydantic", "pyyaml")
MOST = max(FILE_BYTES, PICTURE_BYTES) + 1
"""What lies beyond is a mistake, whatever it says."""


def fingerprint(folder: Path) -> str:
    """The same for a folder that holds the same files, as long as the same code would read them.

    Whoever knows it from an earlier publication need read, check and render nothing again.
    """
    digest = sha256(f"{_code()}\0{folder.name}".encode())
    for room in sorted(folder.iterdir()):
        if room.is_dir() and not room.name.startswith("."):
            for file in sorted(room.iterdir()):
                digest.update(f"\0{room.name}/{file.name}\0{_hash(file)}".encode())
    return digest.hexdigest()


def _hash(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return sha256(opened.read(MOST)).hexdigest()
    except OSError as error:
        return type(error).__name__


@cache
def _code() -> str:
    """The hash of the code that reads content, and the versions of what it reads with."""
    digest = sha256(" ".join(version(name) for name in LIBRARIES).encode())
    for file in sorted(CODE.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
