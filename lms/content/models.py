"""Tables of content: what was published when, every text by its hash, and the anchors of facts."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import At, Key, Model, Moment, Name


class Committed:
    """The commit that something comes from, its author, and when; empty where no Git repository says."""

    commit: Mapped[str | None] = mapped_column(String(64))
    author: Mapped[str | None] = mapped_column(String(300))
    committed_at: Mapped[datetime | None] = mapped_column(Moment())


class Publication(Committed, Model):
    """A whole snapshot of what learners and leads see from a moment: framework, courses, standards."""

    __tablename__ = "publication"

    id: Mapped[Key]
    at: Mapped[At]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    """The hash of all files that it was made from; empty where it restores an earlier one."""
    restores_id: Mapped[int | None] = mapped_column(ForeignKey("publication.id"))
    """The earlier publication that it went back to."""
    changes: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What it changed, in ids and numbers; empty where it is older than this column."""


class Module(Model):
    """A module that was published once; its records stay when its file goes."""

    __tablename__ = "module"

    id: Mapped[Name]


class ModuleVersion(Committed, Model):
    """The exact text of a module, by its hash; a mended typo is a new version of the same edition."""

    __tablename__ = "module_version"
    __table_args__ = (UniqueConstraint("module_id", "hash"),)

    id: Mapped[Key]
    module_id: Mapped[str] = mapped_column(ForeignKey("module.id"), index=True)
    edition: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(Text)
    published_at: Mapped[At]


class Asset(Model):
    """A picture of a module, by the hash of its bytes."""

    __tablename__ = "asset"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(80))
    data: Mapped[bytes] = mapped_column(LargeBinary)


class CompetencyRow(Model):
    """The anchor that facts about a competency point to; its words are in the publication."""

    __tablename__ = "competency"

    id: Mapped[Name]


class RoleProfileRow(Model):
    """The anchor that facts about a role profile point to, and the row that an act locks."""

    __tablename__ = "role_profile"

    id: Mapped[Name]


class PillarRow(Model):
    """The anchor that appointments in a pillar point to."""

    __tablename__ = "pillar"

    id: Mapped[Name]
