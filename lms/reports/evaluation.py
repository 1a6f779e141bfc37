"""The evaluation of learning for leads: of each course the four levels as counts, by region."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from flask import current_app
from flask_babel import gettext as _

from lms.competencies.counts import organisations_on_board
from lms.competencies.suppression import Group
from lms.content.catalogue import Catalogue
from lms.content.documents import CourseDocument
from lms.core import clock
from lms.learning.evaluation import NOBODY, Counted, Numbers, Shown, Step, added, counted_of, showable, shown
from lms.learning.evaluation_counts import Place as Home
from lms.people.models import Sharing
from lms.reports.covered import Covered, covered_in
from lms.reports.evaluation_rules import protected
from lms.reports.reach import Reach

REST = ""
"""The part of a region that is not the own organisation."""


class Choice(NamedTuple):
    """The region and the course that are asked for; empty for all."""

    region: str = ""
    course: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Of whom a line speaks: all regions (both ids empty), a region, or an own organisation of it."""

    title: str
    region: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """The numbers of a course at a place, as they may be shown."""

    course: CourseDocument
    place: Place
    shown: Shown


@dataclass(frozen=True)
class EvaluationReport:
    """The lines of one choice; `at` is when the oldest of them was counted, in UTC."""

    choice: Choice
    place: Place
    course: CourseDocument | None
    lines: tuple[Line, ...]
    at: datetime
    covered: Covered
    smallest: int

    @property
    def several_places(self) -> bool:
        """Whether there is more than one line of a course."""
        return len({each.place for each in self.lines}) > 1

    @property
    def hidden(self) -> int:
        """How many numbers are hidden."""
        return sum(each.shown.hidden for each in self.lines)

    @property
    def begun(self) -> bool:
        """Whether anybody began any of it, or may have: what is hidden may be somebody."""
        return any(each.shown[Step.BEGAN] != 0 for each in self.lines)

    @cached_property
    def most_used(self) -> Line | None:
        """The course that was used most at the place of the page, of those that are shown and were used."""
        found = [each for each in self._whole if each.shown[Step.APPLIED]]
        return max(found, key=lambda each: (each.shown[Step.APPLIED] or 0, each.course.id), default=None)

    @property
    def first(self) -> Line | None:
        """The line of the chosen course at the place of the page."""
        return next(iter(self._whole), None) if self.course else None

    @property
    def _whole(self) -> list[Line]:
        return [each for each in self.lines if each.place == self.place]


def evaluation_report(choice: Choice, within: Reach, published: Catalogue) -> EvaluationReport:
    """What somebody may see of the courses, or of one; at most two statements beside their reach.

    `choice` names what they may choose.
    """
    courses = [each for each in published.courses if choice.course in {"", each.id}]
    found = counted_of([each.id for each in courses], published)
    on_board = frozenset(organisations_on_board(clock.today()))
    places = list(_places(choice, within))
    smallest: int = current_app.config["SMALLEST_GROUP"]
    lines = []
    for course in courses:
        table = _Table(found[course.id], within, on_board, smallest)
        lines += [Line(course, place, table.shown(place)) for place in places]
    return EvaluationReport(
        choice,
        places[0],
        published.course(choice.course),
        tuple(lines),
        min((each.at for each in found.values()), default=clock.now()),
        covered_in(Group(region=choice.region or None), on_board, within),
        smallest,
    )


def _places(choice: Choice, within: Reach) -> Iterator[Place]:
    """The places of the lines: what the page is about first, then the regions or the own organisations."""
    named = {each.id: each.name for each in within.all_regions}
    if choice.region:
        yield Place(named[choice.region], choice.region)
    else:
        yield Place(_("All regions"))
        if choice.course:
            yield from (Place(each.name, each.id) for each in within.regions)
    for each in within.organisations:
        if each.id in within.own and choice.region in {"", each.region_id}:
            yield Place(each.name, each.region_id, each.id)


class _Table:
    """One course by region, and of a region by own organisation: what may be shown of each."""

    def __init__(self, counted: Counted, within: Reach, on_board: frozenset[str], smallest: int) -> None:
        self._counted, self._within, self._smallest = counted, within, smallest
        self._aboard = [each for each in within.organisations if each.id in on_board]
        self._told = showable(counted.everybody, smallest)

    def shown(self, place: Place) -> Shown:
        """The numbers of a place."""
        if place.organisation:
            return self._of_organisation(place)
        if not place.region:
            return shown(self._counted.everybody, self._told)
        return shown(self._regions.get(place.region, NOBODY), self._may_of_region(place.region))

    def _of_organisation(self, place: Place) -> Shown:
        own = self._numbers(each for each in self._counted.places if each.organisation == place.organisation)
        if self._sharing(place.organisation) is Sharing.NONE:
            return shown(own, showable(own, self._smallest))
        led = [each for each in self._within.own if self._sharing(each) is not Sharing.NONE]
        inside = [each for each in self._counted.counted if each.region == place.region]
        parts: dict[str, Numbers] = {
            key: self._numbers(each for each in inside if each.organisation == key) for key in led
        }
        parts[REST] = self._numbers(each for each in inside if each.organisation not in led)
        told = self._may_of_region(place.region)
        kept = {REST} if self._is_one_unnamed(place.region, led) else set[str]()
        may = protected(parts, told, self._smallest, kept)
        return shown(own, may[place.organisation] & told)

    @cached_property
    def _regions(self) -> Mapping[str, Numbers]:
        return {
            region.id: self._numbers(each for each in self._counted.counted if each.region == region.id)
            for region in self._within.all_regions
        }

    @cached_property
    def _may(self) -> Mapping[str, frozenset[Step]]:
        kept = {each for each in self._regions if self._is_one_unnamed(each, ())}
        return protected(self._regions, self._told, self._smallest, kept)

    def _may_of_region(self, region: str) -> frozenset[Step]:
        return self._may.get(region, frozenset())

    def _is_one_unnamed(self, region: str, besides: Sequence[str]) -> bool:
        """Whether a region, or what is left of it, is one organisation that is not to be named."""
        shared = [
            each
            for each in self._aboard
            if each.region_id == region and each.id not in besides and each.sharing != Sharing.NONE
        ]
        return len(shared) == 1 and shared[0].sharing == Sharing.UNNAMED

    def _sharing(self, organisation: str) -> Sharing:
        return next(Sharing(each.sharing) for each in self._within.organisations if each.id == organisation)

    def _numbers(self, places: Iterable[Home]) -> Numbers:
        return added(self._counted.places[each] for each in places)
