"""Two days of one place, or two places on one day: all competencies, and the chosen one by its parts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from flask_babel import gettext as _

from lms.competencies.disclosure import Figure, disclose
from lms.competencies.suppression import Group
from lms.content.catalogue import Catalogue
from lms.content.framework import Competency
from lms.core.languages import day as in_words
from lms.people.acts import no_known_on
from lms.reports.compare_choice import CompareChoice
from lms.reports.covered import Covered, covered
from lms.reports.filters import By, Filters
from lms.reports.groups import group_of, place_of
from lms.reports.measures import PER_PERSON, Measure
from lms.reports.reach import Reach
from lms.reports.rows import GROUPS, Asked, Row, parts_of
from lms.reports.ways import rows_by


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared: the choice, its name beside the other, and who is counted in it.

    `in_text` is the name in the middle of a sentence.
    """

    filters: Filters
    title: str
    in_text: str
    covered: Covered


@dataclass(frozen=True, slots=True)
class Part:
    """What is compared: the whole, which has no kind of row and no id, or a row that is part of it."""

    by: By | None
    id: str
    title: str
    groups: tuple[Group, Group]


@dataclass(frozen=True, slots=True)
class Pair:
    """The figures of a part and a competency on both sides."""

    part: Part
    competency: Competency
    measure: Measure
    first: Figure
    second: Figure

    @property
    def points(self) -> int | None:
        """By how much the second is higher for each 100 people, as printed; None without two figures."""
        first, second = (self.measure.per_hundred(each.tally) for each in (self.first, self.second))
        return None if first is None or second is None else second - first

    @property
    def number(self) -> int:
        """By how much the second is higher in people, or levels; 0 when either is not said."""
        first, second = (self.measure.number(each.tally) for each in (self.first, self.second))
        return 0 if first is None or second is None else second - first


@dataclass(frozen=True)
class Comparison:
    """What page and files say."""

    choice: CompareChoice
    asked: tuple[Asked, Asked]
    sides: tuple[Side, Side]

    @property
    def measure(self) -> Measure:
        """What the figures say."""
        return self.choice.base.measure

    @property
    def smallest(self) -> int:
        """How many people a group holds that is shown at the least."""
        return self.asked[0].disclosure.smallest

    @property
    def competencies(self) -> tuple[Competency, ...]:
        """All competencies, in the order of the framework."""
        return tuple(self.asked[0].published.framework.competencies)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The whole, and each row of each kind that splits both sides; two places share roles and pillars."""
        first, second = (group_of(each.filters) for each in self.asked)
        wanted = GROUPS if self.choice.is_of_days else (By.ROLE, By.PILLAR)
        kinds = {each.by for each in rows_by(wanted, self.asked[0].filters, self.asked[0].reach)}
        rows = ((by, row) for by, row in parts_of(self.asked[1]) if by in kinds)
        found = [Part(by, row.id, row.title, self._groups(row, first)) for by, row in rows]
        return (Part(None, "", "", (first, second)), *found)

    @cached_property
    def by_competency(self) -> tuple[Pair, ...]:
        """The whole, for each competency."""
        return self.pairs(self.parts[0], self.competencies)

    @cached_property
    def chosen(self) -> Competency | None:
        """The competency asked for, else the one that differs most, else the first."""
        asked = self.choice.base.competency
        named = next((each for each in self.competencies if each.id == asked), None)
        widest = self.widest.competency if self.widest else None
        return named or widest or next(iter(self.competencies), None)

    @cached_property
    def by_part(self) -> dict[By, list[Pair]]:
        """The chosen competency, by each kind of row."""
        found: dict[By, list[Pair]] = defaultdict(list)
        for part in self.parts:
            if part.by and self.chosen:
                found[part.by] += self.pairs(part, [self.chosen])
        return dict(found)

    @property
    def widest(self) -> Pair | None:
        """The competency that differs most; None when none has two figures that differ."""
        found = [each for each in self.by_competency if each.points]
        return max(found, key=lambda each: (abs(each.points or 0), abs(each.number)), default=None)

    @property
    def hidden(self) -> int:
        """How many figures of the page are not shown."""
        return sum(not self.measure.says(each.tally) for each in self._figures)

    @property
    def longest(self) -> int:
        """What fills the width of a bar: all people, or the highest figure where that is more."""
        return max(PER_PERSON, *(self.measure.per_hundred(each.tally) or 0 for each in self._figures))

    @cached_property
    def _figures(self) -> tuple[Figure, ...]:
        pairs = chain(self.by_competency, *self.by_part.values())
        return tuple(chain.from_iterable((each.first, each.second) for each in pairs))

    def pairs(self, part: Part, competencies: Iterable[Competency]) -> tuple[Pair, ...]:
        """The figures of a part for some competencies."""
        (one, first), (other, second) = zip(self.asked, part.groups, strict=True)
        return tuple(
            Pair(
                part,
                each,
                self.measure,
                one.disclosure.figure(first, each.id),
                other.disclosure.figure(second, each.id),
            )
            for each in competencies
        )

    def _groups(self, row: Row, first: Group) -> tuple[Group, Group]:
        """A row on the second side, and the same of the first."""
        second = row.group or first
        if self.choice.is_of_days:
            return second, second
        return second._replace(region=first.region, organisation=first.organisation), second


def compare(choice: CompareChoice, within: Reach, published: Catalogue) -> Comparison:
    """Count and disclose both sides."""
    known_at = choice.base.known_at
    no = None if known_at is None else no_known_on(known_at)
    first, second = (
        Asked(each, within, published, disclose(each.as_of, no, within.viewpoint), choice.boarded, no)
        for each in choice.sides
    )
    sides = (_side(first, choice), _side(second, choice))
    return Comparison(choice, (first, second), sides)


def _side(asked: Asked, choice: CompareChoice) -> Side:
    filters = asked.filters
    name = in_words(filters.as_of) if choice.is_of_days else place_of(filters, asked.reach)
    everywhere = not (choice.is_of_days or filters.region or filters.organisation)
    return Side(filters, _("All regions") if everywhere else name, name, covered(asked))
