"""A folder for what no run of the tests keeps: in memory where the machine has room for it there."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 folders in it have names that nobody can foresee
ROOM = 2 * 1024**3
"""Bytes that must be free: a container often has 64 MB, and a run needs some hundred."""


def in_memory(path: str) -> bool:
    """Whether a file of this path is in memory."""
    return Path(path).is_relative_to(MEMORY)


@contextmanager
def passing_folder(prefix: str, *, little: bool = True) -> Iterator[Path]:
    """Make a folder, for little in memory where there is room, else on the disk; remove it at the end."""
    room = shutil.disk_usage(MEMORY).free if little and MEMORY.is_dir() else 0
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=MEMORY if room > ROOM else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
