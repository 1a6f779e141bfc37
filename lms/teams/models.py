"""Pieces of work that a team staffs and the framework does not name."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import Key, Model


class TeamWork(Model):
    """A team’s own piece of work, with the level of each competency that it needs throughout."""

    __tablename__ = "team_work"

    id: Mapped[Key]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    needs: Mapped[dict[str, int]] = mapped_column(JSON)
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    ended_act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))
