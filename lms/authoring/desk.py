"""The authors' desk: what needs an author, and all modules with what people did with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from lms.authoring.choice import Choice, known_owner
from lms.authoring.comments import open_comments
from lms.authoring.counts import Counts, counts_of
from lms.authoring.item_analysis import Verdict
from lms.authoring.items import Said, answered_items, said_of
from lms.authoring.modules import ModuleRow, module_rows
from lms.authoring.needs import Needs, needs_of
from lms.content import catalogue
from lms.core import clock
from lms.core.database import db
from lms.people.models import Person

MODULES_A_PAGE = 25
READ_WITHIN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the page shows. `rows` are one page of the `found` modules, of so many in `total`."""

    choice: Choice
    owned: int
    total: int
    needs: Needs
    rows: tuple[ModuleRow, ...]
    found: int
    pages: int
    counts: Mapping[str, Counts]
    said: Mapping[str, Said]
    """What the answers say about the modules of this page to which there are any."""
    since: datetime
    """The moment from which readers are counted, in UTC."""
    owners: Mapping[str, str]
    """The name of each owner, by address; who is not known here has the address for a name."""

    @property
    def first(self) -> int:
        """The place of the first row shown among those found, from 1."""
        return (self.choice.page - 1) * MODULES_A_PAGE + 1


def desk_of(email: str, wanted: Choice, today: date) -> Desk:
    """The desk of the author with this address; nine statements at most, however many modules there are.

    What fails or is to be reviewed comes first, then those of their own that the answers give a concern
    about. Of others’ modules only the answers of those shown are read.
    """
    published = catalogue.current()
    rows = module_rows(published, today)
    owners = _names_of(row.owner for row in rows if row.owner)
    choice = known_owner(wanted, owners)
    own = [row for row in rows if row.owner == email.casefold()]
    items = answered_items((row.entry for row in own if row.entry), published)
    said = {module: said_of(some) for module, some in items.items()}
    found = sorted(filter(choice.takes, rows), key=lambda row: _place(row, said.get(row.id)))
    pages = max(1, -(-len(found) // MODULES_A_PAGE))
    page = min(choice.page, pages)
    shown = found[(page - 1) * MODULES_A_PAGE : page * MODULES_A_PAGE]
    others = answered_items((row.entry for row in shown if row.entry and row not in own), published)
    said |= {module: said_of(some) for module, some in others.items()}
    told = [item for some in items.values() for item in some]
    needs = needs_of(email, rows, published, told, open_comments(email, published))
    since = clock.now() - READ_WITHIN
    counted = (row.id for row in (*shown, *needs.overdue, *needs.soon) if row.entry)
    return Desk(
        replace(choice, page=page),
        len(own),
        len(rows),
        needs,
        tuple(shown),
        len(found),
        pages,
        counts_of(counted, published, since),
        said,
        since,
        owners,
    )


def _place(row: ModuleRow, said: Said | None) -> tuple[bool, int]:
    """Where a module stands among all; those in one place keep the order in which they came."""
    if row.presses:
        return False, 0
    verdicts = list(Verdict)
    return True, verdicts.index(said.verdict) if said and said.verdict.concern else len(verdicts)


def _names_of(addresses: Iterable[str]) -> dict[str, str]:
    """The name of the person with each address, else the address; in the order of names."""
    names = {each: each for each in addresses}
    query = select(Person.email, Person.name).where(Person.email.in_(names))
    names |= {row.email: row.name for row in db.session.execute(query)}
    return dict(sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0])))
