"""The real regions and organisations of the network, which an installation for real use starts with."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from lms.content.network import Member, Network
from lms.core.database import db, writing
from lms.people.models import Organisation, OrganisationKind, Region, Sharing

FILE = Path(__file__).with_name("regions.yaml")
NATIONAL = "national"


def load_reference(file: Path = FILE) -> int:
    """Add the regions and organisations of a file that are not there yet; returns how many were added."""
    kept = yaml.safe_load(file.read_text(encoding="utf-8"))
    regions = [_region(row, position) for position, row in enumerate(kept["regions"])]
    regions.append(
        Region(id=NATIONAL, name=kept.get("national_name", "National forces"), position=len(regions))
    )
    return _add(regions, _organisations(kept))


def load_members(network: Network) -> int:
    """Add the regions and organisations of a network that are not there yet; returns how many were added."""
    regions = [
        Region(id=each.id, name=each.name, position=position) for position, each in enumerate(network.regions)
    ]
    return _add(
        regions, [_member(each, region.id) for region in network.regions for each in region.organisations]
    )


def _add(regions: Sequence[Region], organisations: Sequence[Organisation]) -> int:
    with writing():
        known_regions = set(db.session.scalars(select(Region.id)))
        known = set(db.session.scalars(select(Organisation.id)))
        rows = [row for row in regions if row.id not in known_regions]
        db.session.add_all(rows)
        db.session.flush()
        found = [each for each in organisations if each.id not in known]
        db.session.add_all(found)
    return len(rows) + len(found)


def _member(member: Member, region: str) -> Organisation:
    column, row = member.tile or (None, None)
    return Organisation(
        id=member.id,
        name=member.name,
        code=member.code,
        kind=OrganisationKind.MEMBER,
        region_id=region,
        tile_column=column,
        tile_row=row,
        sharing=Sharing.NAMED,
    )


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
