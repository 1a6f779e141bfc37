"""How many people opened a part, and how many minutes they stayed: kept as counts, never for a person."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from lms.content.models import ModuleVersion
from lms.core.database import Model, db, insertion

OPENED = -1
"""Stands for the minutes in the row that counts who opened a part."""

LONGEST = timedelta(minutes=30)
"""Whoever stays longer has left the desk; their minutes are not counted."""


class PartCount(Model):
    """How many people first opened a part of an edition, and how many left it after so many minutes."""

    __tablename__ = "part_count"

    module_id: Mapped[str] = mapped_column(ForeignKey("module.id"), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[str] = mapped_column(String(120), primary_key=True)
    minutes: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Whole minutes, rounded; or OPENED."""
    people: Mapped[int]


def count_part(
    module_id: str, version_id: int, part: str, left: tuple[str, datetime] | None, now: datetime
) -> None:
    """Count somebody who opens a part for the first time, and how long they were at the one before.

    `left` is that part, and since when they were there; one statement, in the reader's transaction.
    """
    found = [(part, OPENED)]
    if left and left[0] != part and now - left[1] < LONGEST:
        found.append((left[0], max(0, round((now - left[1]).total_seconds() / 60))))
    edition = select(ModuleVersion.edition).where(ModuleVersion.id == version_id).scalar_subquery()
    rows = [
        {"module_id": module_id, "edition": edition, "part": slug, "minutes": minutes, "people": 1}
        for slug, minutes in sorted(found)
    ]
    db.session.execute(
        insertion(PartCount)
        .values(rows)
        .on_conflict_do_update(
            index_elements=["module_id", "edition", "part", "minutes"],
            set_={"people": PartCount.people + 1},
        )
    )
