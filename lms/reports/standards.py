"""Who of those whose role needs a standard is current on it: for all standards, and one in depth."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from lms.competencies.counts import organisations_on_board
from lms.competencies.disclosure import Heads, disclose
from lms.competencies.suppression import Group
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.content.documents import Clause, StandardDocument
from lms.core import clock
from lms.learning.clause_counts import ClauseCounts, clause_counts
from lms.learning.clauses import Clauses, explained_by
from lms.reports.covered import Covered, covered_in
from lms.reports.reach import Reach
from lms.reports.shares import Share, Shares

BANDS, BAND_WIDTH = 5, 20


@dataclass(frozen=True, slots=True)
class Current:
    """Of whom the role needs a standard, and who is current on every clause that it needs, and on any."""

    every: Share
    some: Share


@dataclass(frozen=True, slots=True)
class Place:
    """What is said of a place; no figure where it is hidden. `own` says that the one who asks leads it."""

    id: str
    title: str
    current: Current | None
    own: bool = False


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause with the modules that teach it, and who is current on it of those whose role needs it."""

    clause: Clause
    modules: tuple[ModuleEntry, ...]
    share: Share | None


@dataclass(frozen=True, slots=True)
class StandardLine:
    """A standard with what is said of the whole, and of the own organisation if there is one alone."""

    standard: StandardDocument
    current: Current | None
    own: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """What a page of standards speaks of: a region or the nation, today."""

    region: str
    title: str
    today: date
    covered: Covered
    heads: Heads
    smallest: int
    reach: Reach
    published: Catalogue

    @property
    def group(self) -> Group:
        """The group of everybody there."""
        return Group(region=self.region or None)

    @property
    def place(self) -> str:
        """Its name in the middle of a sentence."""
        return self.title if self.region else _("all regions")

    @property
    def own(self) -> tuple[str, ...]:
        """The ids of counted organisations of the place that the one who asks leads."""
        return tuple(each.id for each in self.covered.counted if each.id in self.reach.own)


@dataclass(frozen=True, slots=True)
class StandardsReport:
    """All standards for one place."""

    whole: Whole
    lines: tuple[StandardLine, ...]

    @property
    def hidden(self) -> int:
        """How many figures are hidden."""
        return sum(
            current is None
            for line in self.lines
            for current in (line.current, *(each.current for each in line.own))
        )

    @property
    def shown(self) -> list[tuple[StandardDocument, Current]]:
        """The standards that somebody’s role needs and whose figures are shown."""
        found = ((line.standard, line.current) for line in self.lines)
        return [(standard, current) for standard, current in found if current and current.every.people]

    @property
    def most(self) -> tuple[StandardDocument, Current] | None:
        """The standard of which the greatest share has begun."""
        return max(self.shown, key=lambda pair: _share(pair[1].some), default=None)

    @property
    def least(self) -> tuple[StandardDocument, Current] | None:
        """That of which the smallest share has, unless all are alike."""
        found = min(self.shown, key=lambda pair: _share(pair[1].some), default=None)
        differs = found and self.most and _share(found[1].some) < _share(self.most[1].some)
        return found if differs else None


@dataclass(frozen=True, slots=True)
class StandardReport:
    """One standard: the whole, the regions or organisations in it, and its clauses."""

    whole: Whole
    standard: StandardDocument
    current: Current | None
    by_region: bool
    places: tuple[Place, ...]
    clauses: tuple[ClauseLine, ...]

    @property
    def closed(self) -> bool:
        """Whether the one who asks may open no organisation of the region."""
        return not self.by_region and not self.whole.reach.may_look_into(self.whole.region)

    @property
    def hidden(self) -> int:
        """How many places are hidden."""
        return sum(each.current is None for each in self.places)

    @property
    def hidden_clauses(self) -> int:
        """How many clauses are."""
        return sum(each.share is None for each in self.clauses)

    @property
    def weakest(self) -> ClauseLine | None:
        """The clause with the smallest share current, of those that are shown and needed."""
        shown = [each for each in self.clauses if each.share and each.share.people]
        return min(shown, key=lambda each: _share(each.share), default=None)


def standards_report(region: str, within: Reach, published: Catalogue) -> StandardsReport:
    """All standards for a region, or for all of them."""
    whole, counted = _whole(region, within, published), clause_counts(published)
    lines = []
    for standard in published.standards:
        figures = _Figures(counted, counted.needs.of_standard(standard.id), within)
        own = tuple(_organisations(whole, figures, only=whole.own)) if len(whole.own) == 1 else ()
        lines.append(StandardLine(standard, figures.of(whole.group), own))
    return StandardsReport(whole, tuple(lines))


def standard_report(
    standard: StandardDocument, region: str, within: Reach, published: Catalogue
) -> StandardReport:
    """One standard for a region, by its organisations as far as they may be opened, or for all regions."""
    whole, counted = _whole(region, within, published), clause_counts(published)
    needs = counted.needs
    figures = _Figures(counted, needs.of_standard(standard.id), within)
    explained = explained_by(standard, published)
    by_region = not region
    places = _regions(whole, figures) if by_region else _organisations(whole, figures)
    clauses = tuple(
        ClauseLine(
            clause,
            tuple(explained.get(clause.number, ())),
            _shares(counted, needs.clause(standard.id, clause.number), within, every=True).share(whole.group),
        )
        for clause in standard.clauses
    )
    return StandardReport(whole, standard, figures.of(whole.group), by_region, tuple(places), clauses)


def band(share: Share) -> int | None:
    """How dark a share is, from 0 to 4: the fewer are current, the darker; None where nobody is counted."""
    percent = share.percent
    return None if percent is None else BANDS - 1 - min(percent // BAND_WIDTH, BANDS - 1)


class _Figures:
    """Both measures of a standard. A place that is hidden in either is hidden in both."""

    def __init__(self, counted: ClauseCounts, clauses: Clauses, within: Reach) -> None:
        self._every = _shares(counted, clauses, within, every=True)
        self._some = _shares(counted, clauses, within, every=False)

    def of(self, group: Group) -> Current | None:
        """What is said of a place."""
        every, some = self._every.share(group), self._some.share(group)
        return Current(every, some) if every and some else None


def _shares(counted: ClauseCounts, clauses: Clauses, within: Reach, *, every: bool) -> Shares:
    viewpoint = within.viewpoint

    def work_out() -> Shares:
        named = counted.of(clauses, every=every, teams=viewpoint.teams) if viewpoint.teams else {}
        return Shares(counted.of(clauses, every=every), viewpoint, named)

    return counted.derived((viewpoint, clauses, every), work_out)


def _whole(region: str, within: Reach, published: Catalogue) -> Whole:
    found, today = within.region(region), clock.today()
    disclosure = disclose(today, None, within.viewpoint)
    group = Group(region=region or None)
    on_board = frozenset(
        each for each, first in organisations_on_board(date.max, None).items() if first <= today
    )
    return Whole(
        region,
        found.name if found else _("All regions"),
        today,
        covered_in(group, on_board, within),
        disclosure.heads(group),
        disclosure.smallest,
        within,
        published,
    )


def _regions(whole: Whole, figures: _Figures) -> Iterator[Place]:
    for each in whole.reach.regions:
        current = figures.of(Group(region=each.id))
        yield Place(each.id, each.name, current, each.id in whole.reach.own_regions)


def _organisations(whole: Whole, figures: _Figures, only: tuple[str, ...] | None = None) -> Iterator[Place]:
    """The counted organisations of the place that may be opened, or only some of them."""
    open_ids = {each.id for each in whole.reach.open}
    for each in whole.covered.counted:
        if each.id in open_ids and (only is None or each.id in only):
            current = figures.of(Group(organisation=each.id))
            yield Place(each.id, each.name, current, each.id in whole.reach.own)


def _share(share: Share | None) -> float:
    return share.met / share.people if share and share.people else 0.0
