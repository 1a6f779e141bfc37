"""The table of initiatives."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import Key, Model


class Initiative(Model):
    """A change that needs people ready by a day: modules and levels, and who is in scope.

    Everybody is, unless a region or an organisation is named. A change ends it and adds another that
    replaces it, so that each says by its act who wrote it.
    """

    __tablename__ = "initiative"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(120))
    why: Mapped[str] = mapped_column(Text)
    modules: Mapped[list[str]] = mapped_column(JSON)
    levels: Mapped[dict[str, int]] = mapped_column(JSON)
    region_id: Mapped[str | None] = mapped_column(ForeignKey("region.id"))
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    go_live: Mapped[date]
    """The day on which people have to be ready."""
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("initiative.id"), index=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    ended_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))
