"""How much of the gap report small groups cost: the share that each lead does not see."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from flask import Flask
from flask_login import login_user

from lms.content import catalogue
from lms.core import clock
from lms.demonstration.views import ADDRESSES
from lms.people.appointments import find_person
from lms.people.identity import load
from lms.reports.filters import By, Filters
from lms.reports.gaps import gap_report
from lms.reports.reach import reach
from tools.steps import SetUpError

LEADS = ("national-lead", "region-lead")


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many figures of how many a lead does not see."""

    lead: str
    what: str
    hidden: int
    of: int

    def as_json(self) -> dict[str, object]:
        """The same with the share."""
        return {**asdict(self), "share": round(self.hidden / self.of, 4) if self.of else None}


def hidden_shares(app: Flask) -> Iterator[Hidden]:
    """Cells of two tables, and tiles of forces over all competencies, for each lead of the demonstration."""
    for lead in LEADS:
        with app.test_request_context():
            person = find_person(ADDRESSES[lead])
            identity = load(person.id, clock.today()) if person else None
            if identity is None:
                message = f"The demonstration has no {lead}."
                raise SetUpError(message)
            login_user(identity)
            yield from _of_lead(lead)


def _of_lead(lead: str) -> Iterator[Hidden]:
    published, within = catalogue.current(), reach()
    filters = Filters(by=By.REGION, as_of=clock.today())
    for by, what in ((By.REGION, "regional cells"), (By.ORGANISATION, "cells of organisations")):
        table = gap_report(replace(filters, by=by), within, published)
        yield Hidden(lead, what, table.hidden_cells, len(table.rows) * len(table.competencies))
    maps = [
        gap_report(replace(filters, competency=each.id), within, published).tiles
        for each in published.framework.competencies
    ]
    tiles = [tile for each in maps for tile in each if tile.on_board]
    yield Hidden(lead, "force tiles", sum(tile.suppressed for tile in tiles), len(tiles))
