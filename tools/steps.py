"""Steps of the set-up: each leaves a stamp of what it was made from, and is skipped while that holds."""

import hashlib
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CACHE = ROOT / ".cache"
# What a profile brings: the development packages include the runtime ones, at the same versions.
BRINGS = {"runtime": ("runtime",), "dev": ("runtime", "dev")}


class SetUpError(Exception):
    """The set-up cannot go on; the message tells a person what to do."""


def fingerprint(inputs: Iterable[Path], *extra: str) -> str:
    """The hash of the names and contents of files and of all files in folders, and of `extra`.

    Contents rather than times: a fresh checkout of the same files is no reason to do a step again.
    """
    digest = hashlib.sha256("\0".join(extra).encode())
    for path in inputs:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if not file.is_file() or file.suffix == ".pyc":
                continue
            digest.update(f"\0{file.relative_to(ROOT)}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def is_fresh(stamp: Path, mark: str) -> bool:
    """Whether the step that leaves `stamp` has run on exactly these inputs."""
    return stamp.is_file() and stamp.read_text() == mark


def put_stamp(stamp: Path, mark: str) -> None:
    """Say that a step has run to its end."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark)


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


@contextmanager
def telling(what: str) -> Iterator[None]:
    """Say what begins and how long it took, in seconds."""
    sys.stdout.write(f"{what} … ")
    sys.stdout.flush()
    start = time.monotonic()
    yield
    say(f"{time.monotonic() - start:.1f} s")


def stop_with_a_sentence(error: SetUpError) -> int:
    """Print why the set-up ended, and give the exit status."""
    sys.stderr.write(f"\n{error}\n")
    return 1


def environment(changes: Mapping[str, str]) -> dict[str, str]:
    """The process environment with some variables changed."""
    return {**os.environ, **changes}
