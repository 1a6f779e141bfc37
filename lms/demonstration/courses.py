"""The texts that were published in the course of the history: earlier ones first, the committed ones last."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from lms.demonstration.feedback import as_before
from lms.demonstration.plan import FOLDER, HISTORY

EARLIER = FOLDER / "earlier"
ACT_IN_FORCE = date(2025, 2, 24)
NEW_THRESHOLDS = date(2026, 1, 5)
MORE_ASKED = timedelta(days=150)
AS_COMMITTED = timedelta(days=8)
LAW_AT = re.compile(r"^law_at: .*$", re.MULTILINE)
SHOWING = re.compile(r"^ +(shown_by|prepared_by): .*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Publishing:
    """A folder of courses, and the day on which it is published."""

    day: date
    folder: Path


def days(today: date) -> tuple[date, date, date, date]:
    """When the framework, the first modules, the new edition and the greater demand were published."""
    start = today - HISTORY
    first = max(start + timedelta(days=60), min(ACT_IN_FORCE, today - timedelta(days=500)))
    edition = NEW_THRESHOLDS if first < NEW_THRESHOLDS < today - MORE_ASKED else today - timedelta(days=320)
    return start, first, edition, today - MORE_ASKED


@contextmanager
def publishings(committed: Path, today: date) -> Iterator[list[Publishing]]:
    """The folders in order of day; they are gone afterwards, what was published from them stays."""
    start, first, edition, more = days(today)
    with TemporaryDirectory() as place:
        made = [
            Publishing(start, _framework_alone(committed, Path(place) / "framework")),
            Publishing(first, _as_at(committed, Path(place) / "first", first, first_edition=True)),
            Publishing(edition, _as_at(committed, Path(place) / "edition", edition)),
            Publishing(more, _as_at(committed, Path(place) / "more", more, more_asked=True)),
            Publishing(today - AS_COMMITTED, committed),
        ]
        yield made


def _framework_alone(committed: Path, folder: Path) -> Path:
    """The framework before there was a module: nothing is shown by learning yet."""
    for part in ("framework", "standards"):
        shutil.copytree(committed / part, folder / part)
    file = folder / "framework" / "competencies.yaml"
    file.write_text(SHOWING.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    _ask_less(folder)
    return folder


def _as_at(
    committed: Path, folder: Path, day: date, *, first_edition: bool = False, more_asked: bool = False
) -> Path:
    """The committed courses with the law stated as at an earlier day."""
    shutil.copytree(committed, folder)
    if first_edition:
        for text in EARLIER.glob("*.md"):
            shutil.copy(text, next(folder.rglob(text.name)))
    if not more_asked:
        _ask_less(folder)
    for text in folder.glob("*/*.md"):
        text.write_text(LAW_AT.sub(f"law_at: {day}", text.read_text(encoding="utf-8")), encoding="utf-8")
    as_before(folder)
    return folder


def _ask_less(folder: Path) -> None:
    """What contract managers were asked before: one level less of supplier risk."""
    file = folder / "framework" / "roles.yaml"
    before, role, after = file.read_text(encoding="utf-8").partition("  - id: contract-manager\n")
    file.write_text(
        before + role + after.replace("supplier-risk: 2", "supplier-risk: 1", 1), encoding="utf-8"
    )
