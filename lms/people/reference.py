"""The real regions, forces and fire services, which an installation for real use starts with."""

from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from lms.core.database import db, writing
from lms.people.models import Organisation, OrganisationKind, Region, Sharing

FILE = Path(__file__).with_name("regions.yaml")
NATIONAL = "national"


def load_reference(file: Path = FILE) -> int:
    """Add the regions and organisations of a file that are not there yet; returns how many were added."""
    kept = yaml.safe_load(file.read_text(encoding="utf-8"))
    with writing():
        known = set(db.session.scalars(select(Region.id))) | set(db.session.scalars(select(Organisation.id)))
        regions = [_region(row, position) for position, row in enumerate(kept["regions"])]
        regions.append(
            Region(id=NATIONAL, name=kept.get("national_name", "National forces"), position=len(regions))
        )
        rows = [row for row in regions if row.id not in known]
        db.session.add_all(rows)
        db.session.flush()
        organisations = [each for each in _organisations(kept) if each.id not in known]
        db.session.add_all(organisations)
    return len(rows) + len(organisations)


def _region(row: dict[str, Any], position: int) -> Region:
    return Region(id=row["id"], name=row["name"], position=position)


def _organisations(kept: dict[str, Any]) -> list[Organisation]:
    found = [
        _organisation(row, kind, region["id"])
        for region in kept["regions"]
        for key, kind in (("forces", OrganisationKind.FORCE), ("fire_services", OrganisationKind.FIRE))
        for row in region[key]
    ]
    return found + [_organisation(row, OrganisationKind.NATIONAL, NATIONAL) for row in kept["national"]]


def _organisation(row: dict[str, Any], kind: OrganisationKind, region: str) -> Organisation:
    column, line = row.get("tile", (None, None))
    name = f"{row['name']} Fire and Rescue Service" if kind is OrganisationKind.FIRE else row["name"]
    return Organisation(
        id=row["id"],
        name=name,
        code=row.get("code"),
        kind=kind,
        region_id=region,
        tile_column=column,
        tile_row=line,
        sharing=Sharing.NAMED,
    )
