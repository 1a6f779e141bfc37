"""The pictures that modules show."""

from sqlalchemy import select

from lms.content.models import Asset
from lms.core.database import db


def picture(hash_: str) -> tuple[str, bytes] | None:
    """The media type and the bytes of a picture; None when no module shows it; one statement."""
    row = db.session.execute(select(Asset.media_type, Asset.data).where(Asset.hash == hash_)).first()
    return (row.media_type, row.data) if row else None
