"""Works out at a server's start what the first lead would wait for: which rows are hidden, today and before.

Each process keeps that by itself. Until it has, a page works out its own part, as it does after every act.
"""

import logging
from itertools import islice
from threading import Lock, Thread

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from lms.competencies.disclosure import Disclosure, Viewpoint, disclose
from lms.competencies.suppression import Group
from lms.content import catalogue
from lms.core import clock
from lms.core.database import db
from lms.people.acts import no_known_on
from lms.people.models import Organisation, Sharing
from lms.reports.history import QUARTERS, quarter_before, quarter_ends

logger = logging.getLogger(__name__)


def warm_with_the_first_request(app: Flask) -> None:
    """Begin to work out once somebody asks for anything; commands, which serve nothing, never do."""
    lock, begun = Lock(), [False]

    @app.before_request
    def begin() -> None:
        with lock:
            first, begun[0] = not begun[0], True
        if first:
            Thread(target=_warm_quietly, args=(app,), name="warming", daemon=True).start()


def warm(app: Flask) -> None:
    """Work out what a lead of the nation sees first: today, two years of the widest gap, a quarter ago.

    A quarter ago twice: as known now, and, for why it moved since, as known then.
    """
    with app.app_context():
        today, viewpoint = clock.today(), _viewpoint()
        disclosure = disclose(today, None, viewpoint)
        competencies = [each.id for each in catalogue.current().framework.competencies]
        shares = {each: _share(disclosure, each) for each in competencies}
        if not any(shares.values()):
            return
        widest = max(shares, key=lambda each: shares[each])
        for day in islice(quarter_ends(today), QUARTERS):
            disclose(day, disclosure.no, viewpoint, widest).hidden(widest)
        day = quarter_before(today)
        for no in (disclosure.no, no_known_on(day)):
            then = disclose(day, no, viewpoint)
            for each in competencies:
                then.hidden(each)


def _warm_quietly(app: Flask) -> None:
    """A page works out for itself what this could not, so that a fault here is nobody's trouble."""
    try:
        warm(app)
    except SQLAlchemyError:
        logger.exception("the first look at the reports could not be worked out beforehand")


def _share(disclosure: Disclosure, competency: str) -> int:
    return disclosure.figure(Group(), competency).percent or 0


def _viewpoint() -> Viewpoint:
    """That of a lead who leads no organisation that keeps its figures, and manages nobody."""
    rows = db.session.execute(select(Organisation.id, Organisation.sharing)).all()
    none, unnamed = (
        frozenset(row.id for row in rows if row.sharing == kind) for kind in (Sharing.NONE, Sharing.UNNAMED)
    )
    return Viewpoint(excluded=none, unnamed=unnamed)
