"""Initiatives as a lead may see them: which of them, how many are ready where, and what to expect.

Every figure is a share that the suppression has let through, over all rows that such a measure could have.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from lms.competencies.assessing import NEEDS_A_SECOND
from lms.competencies.disclosure import Disclosure, disclose
from lms.competencies.suppression import Group
from lms.content.catalogue import Catalogue
from lms.learning.initiatives.forecast import Forecast, Week, forecast
from lms.learning.initiatives.keeping import Entry, may_keep
from lms.learning.readiness import Need
from lms.learning.ready_counts import Counted, Counts, counted
from lms.people.access import identity
from lms.reports.covered import Covered, covered_in
from lms.reports.reach import Reach
from lms.reports.shares import Alike, Share, Shares

WEEK = timedelta(days=7)
WEEKS, EVERY = 12, 4
"""The past weeks whose pace counts, and how many lie between the figures that are shown of them."""


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """A place with its share today and the minutes left there; None where these are hidden.

    `region` is that to look into, if the row is one.
    """

    title: str
    own: bool
    share: Share | None
    minutes: int | None
    region: str = ""


@dataclass(frozen=True)
class Standing:
    """One initiative as one who leads sees it on a day, in a region, an organisation or the nation."""

    entry: Entry
    place: Group
    today: date
    reach: Reach
    published: Catalogue
    counted: Counted

    @cached_property
    def share(self) -> Share | None:
        """How many of the place are ready today; None when that is hidden."""
        return self.share_on(self.today)

    @property
    def minutes(self) -> int | None:
        """At most so many staff minutes are left in the place; None where that is hidden."""
        return self._minutes(self.place, self.share)

    @cached_property
    def rows(self) -> tuple[ReadyRow, ...]:
        """The regions, or the organisations inside one that the one who asks may open."""
        if self.place.organisation is not None:
            return ()
        if self.place.region is None:
            places = [(each.name, Group(each.id, None), each.id) for each in self.reach.regions]
        else:
            inside = (each for each in self.reach.open if each.region_id == self.place.region)
            places = [(each.name, Group(None, each.id), "") for each in inside]
        own = self.reach.own | self.reach.own_regions
        found = (
            (title, bool(own & {place.organisation, region}), place, self._today.share(place), region)
            for title, place, region in places
        )
        return tuple(
            ReadyRow(title, is_own, share, self._minutes(place, share), region)
            for title, is_own, place, share, region in found
            if share is None or share.people
        )

    @property
    def hidden(self) -> int:
        """How many of these are hidden."""
        return sum(row.share is None for row in self.rows)

    @cached_property
    def past(self) -> tuple[tuple[date, Share | None], ...]:
        """The days of the past weeks that are shown, and today, each with its share.

        Of one level alone only today: the gap report has its past, and both would have to be held together.
        """
        first = 0 if self._only_level else WEEKS
        days = (self.today - WEEK * each for each in range(first, -1, -EVERY))
        return tuple((day, self.share_on(day)) for day in days)

    @cached_property
    def on_the_day(self) -> Share | None:
        """How many are ready on the day of going live of those who are there then, by what is known."""
        return self.share_on(self.entry.wanted.go_live)

    @cached_property
    def forecast(self) -> Forecast | None:
        """What to expect by the day; None where a figure that it needs is hidden, or too little is known."""
        go_live = self.entry.wanted.go_live
        shares = (self.on_the_day, *(share for _, share in self.past))
        if go_live <= self.today or any(share is None for share in shares):
            return None
        then = self.on_the_day or Share(0, 0)
        starts = (self.today - WEEK * each for each in range(WEEKS, 0, -1))
        weeks = [Week(*self._total(self.counted.between(start, start + WEEK))) for start in starts]
        waiting, sure = self._total(self.counted.between(self.today, go_live))
        left = (go_live - self.today) / WEEK
        return forecast(weeks, people=then.people, ready=then.met, waiting=waiting - sure, weeks_left=left)

    @cached_property
    def lapsing(self) -> int | None:
        """How many of those who are ready today will have lapsed by the day; None where that is not shown."""
        go_live = self.entry.wanted.go_live
        if self.share is None or self.on_the_day is None or go_live <= self.today:
            return None
        people, ready = self._total(self.counted.kept_ready(self.today, go_live))
        return people - ready

    @cached_property
    def away(self) -> int:
        """How many of the place are left out since they are away; head counts are not protected."""
        return self._disclosure(self.today).heads(self.place).away

    @cached_property
    def covered(self) -> Covered:
        """Which organisations of the place are counted, and why others are not."""
        return covered_in(self.place, self._disclosure(self.today).on_board, self.reach)

    def share_on(self, day: date) -> Share | None:
        """How many of the place are ready on a day: a later one as if nothing more were done."""
        return self._shares(day).share(self.place)

    @cached_property
    def _today(self) -> Shares:
        return self._shares(self.today)

    def _shares(self, day: date, need: Need | None = None) -> Shares:
        """The shares of a day for all that is asked, or for a module of it.

        Of one level alone the gap report says the same, of roles and pillars too.
        """
        viewpoint = self.reach.viewpoint
        counts, named = self.counted.on(day, need), self.counted.in_teams(day, viewpoint.teams, need)
        if self._only_level is None:
            return Shares(counts, viewpoint, named)
        competency, level = self._only_level
        disclosure = self._disclosure(day)
        asked = disclosure.asked(competency)
        roles = frozenset(role for role, of in asked.items() if of == level)
        return Shares(counts, viewpoint, named, [Alike(disclosure, competency, roles)])

    @property
    def _only_level(self) -> tuple[str, int] | None:
        """The level that is asked, if nothing else is."""
        modules, levels = self.entry.wanted.needs
        return next(iter(levels)) if not modules and len(levels) == 1 else None

    def _disclosure(self, day: date) -> Disclosure:
        return disclose(day, None, self.reach.viewpoint)

    @cached_property
    def _by_module(self) -> Mapping[str, Shares]:
        return {key: self._shares(self.today, key) for key in self.entry.wanted.needs.modules}

    def _minutes(self, group: Group, share: Share | None) -> int | None:
        """The minutes of each module for those who lack it, and of levels for all who are not ready."""
        needs = self.entry.wanted.needs
        lacking = {key: shares.share(group) for key, shares in self._by_module.items()}
        if share is None or None in lacking.values():
            return None
        minutes = {need: minutes_of(need, needs.modules, self.published) for need in needs.each}
        found = sum(minutes[key] * each.unmet for key, each in lacking.items() if each)
        return found + share.unmet * sum(minutes[level] for level in needs.levels)

    def _total(self, counts: Counts) -> tuple[int, int]:
        """The counts of the place, without organisations that do not share theirs."""
        found = [
            numbers
            for atom, numbers in counts.items()
            if atom.organisation not in self.reach.viewpoint.excluded
            and self.place.region in {None, atom.region}
            and self.place.organisation in {None, atom.organisation}
        ]
        return sum(people for people, _ in found), sum(these for _, these in found)


def minutes_of(need: Need, besides: Iterable[str], published: Catalogue) -> int:
    """The minutes of one thing that is asked: of a module, or of what shows a level and is not asked besides.

    A level that learning does not show takes an assessment. A module that was retired takes none.
    """
    if isinstance(need, str):
        module = published.module(published.resolve(need))
        return module.minutes if module else 0
    modules = published.closing(*need)
    if not modules:
        minutes = published.framework.assessments.minutes
        return 2 * minutes if need[1] >= NEEDS_A_SECOND else minutes
    return sum(module.minutes for module in modules if module.id not in besides)


def may_see(entry: Entry, within: Reach) -> bool:
    """Whether the one who asks leads the scope of an initiative, or something inside it."""
    scope = entry.wanted.scope
    if may_keep(identity(), scope):
        return True
    if scope.organisation is not None:
        return scope.organisation in within.own
    return scope.region is None or scope.region in within.own_regions


def standing(
    entry: Entry, within: Reach, published: Catalogue, today: date, region: str = ""
) -> Standing | None:
    """An initiative in its scope, or in a region of it; None where the one who asks may not look into that.

    Who sees the figures of no other region is in the own one.
    """
    scope = entry.wanted.scope
    place = scope
    if scope.organisation is None and scope.region is None:
        place = scope._replace(region=region or (None if within.compares else _own_region(within)))
    elif region not in {"", scope.region}:
        return None
    if region and (within.region(region) is None or not within.may_look_into(region)):
        return None
    return Standing(entry, place, today, within, published, counted(entry.wanted.asked, published))


def _own_region(within: Reach) -> str | None:
    return next((each.id for each in within.regions), None)
