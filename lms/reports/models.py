"""What leads keep for themselves: choices of the gap report, each under a name."""

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import At, Key, Model

LONGEST_NAME = 80


class SavedView(Model):
    """A choice of the gap report that a person keeps for themselves; no fact, and nobody else sees it.

    `choice` has the arguments of its address. Without a day it is that of whichever day it is opened on.
    """

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    choice: Mapped[dict[str, str]] = mapped_column(JSON)
    at: Mapped[At]
