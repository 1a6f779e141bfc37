"""The competency framework, with the laws, figures and terms that modules refer to."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from lms.content.documents import Id, LawReference, Level, Minutes, Months, Note, Text, Web


@dataclass(frozen=True, kw_only=True)
class Area:
    """A group of competencies. `short` is for the heading of a narrow group of columns."""

    id: Id
    title: Text
    short: Note = ""


Sight = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""One thing that an assessor asks to see."""
Sights = Annotated[tuple[Sight, ...], Field(min_length=1, max_length=5)]


@dataclass(frozen=True, kw_only=True)
class Competency:
    """What people do, in four levels. A level is shown by passing every module that it lists.

    `look_for` says what an assessor asks to see before confirming a level, beside the level’s words.
    """

    id: Id
    area: Id
    title: Text
    short: Annotated[Text, Field(max_length=24)]
    summary: Text
    levels: dict[Level, Text]
    shown_by: dict[Level, tuple[Id, ...]] = field(default_factory=dict)
    prepared_by: dict[Level, tuple[Id, ...]] = field(default_factory=dict)
    look_for: dict[Level, Sights] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RequiredLevel:
    """The level of a competency that a role profile asks for; without a day from its publication."""

    competency: Id
    level: Annotated[int, Field(ge=0, le=4)]
    from_day: date | None = None


@dataclass(frozen=True, kw_only=True)
class RoleProfile:
    """A kind of post and the levels that it asks for."""

    id: Id
    title: Text
    summary: Note = ""
    requires: tuple[RequiredLevel, ...]


@dataclass(frozen=True, kw_only=True)
class Pillar:
    """One of the national body's pillars, with its categories of spend."""

    id: Id
    title: Text
    categories: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Work:
    """A piece of work that a manager staffs, with the levels that it needs throughout."""

    id: Id
    title: Text
    needs: dict[Id, Level]


@dataclass(frozen=True, kw_only=True)
class AssessmentRules:
    """Staff minutes of one assessment, both people together, and the months that it counts."""

    minutes: Minutes
    valid_for: Months


@dataclass(frozen=True, kw_only=True)
class Accreditation:
    """A qualification from outside that counts as evidence, by its own rules of validity."""

    id: Id
    title: Text
    shows: dict[Id, Level]
    renew_every_months: Months | None = None
    cpd_hours_a_year: Annotated[int, Field(ge=1, le=500)] | None = None
    source: Note = ""


@dataclass(frozen=True, kw_only=True)
class Law:
    """An act or a set of regulations. Its addresses hold `{section}`, `{schedule}`, `{paragraph}`."""

    title: Text
    short: Note = ""
    address: Web
    schedule_address: Web = ""
    changed: date | None = None
    sections: dict[Annotated[str, Field(pattern=r"^[0-9A-Za-z-]+$")], Text]

    def words(self, place: str) -> str:
        """A place in it in words: “Procurement Act 2023, section 51”, for `51`, `sch5` or `sch5/13`."""
        section, _, paragraph = place.partition("/")
        division = "regulation" if "regulations" in self.title.casefold() else "section"
        words = f"Schedule {section[3:]}".rstrip() if section.startswith("sch") else f"{division} {section}"
        return f"{self.title}, {words}" + (f", paragraph {paragraph}" if paragraph else "")


@dataclass(frozen=True, kw_only=True)
class FigureValue:
    """What a figure is from a day, and up to but not including another."""

    from_day: Annotated[date, Field(alias="from")]
    to_day: Annotated[date | None, Field(alias="to")] = None
    value: Text


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number or a time limit that recurs, with the days that each value holds for."""

    title: Text
    unit: Note = ""
    source: LawReference = ""
    values: Annotated[tuple[FigureValue, ...], Field(min_length=1)]

    def on(self, day: date) -> str | None:
        """The value that holds on a day."""
        for value in self.values:
            if value.from_day <= day and (value.to_day is None or day < value.to_day):
                return value.value
        return None


@dataclass(frozen=True, kw_only=True)
class Term:
    """A word of the trade and what it means."""

    term: Text
    meaning: Text
    source: LawReference = ""


@dataclass(frozen=True, kw_only=True)
class Framework:
    """All that the framework's files say."""

    areas: tuple[Area, ...] = ()
    competencies: tuple[Competency, ...] = ()
    roles: tuple[RoleProfile, ...] = ()
    pillars: tuple[Pillar, ...] = ()
    works: tuple[Work, ...] = ()
    assessments: AssessmentRules = field(default_factory=lambda: AssessmentRules(minutes=90, valid_for=36))
    accreditations: tuple[Accreditation, ...] = ()
    laws: dict[str, Law] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)

    def competency(self, competency_id: str) -> Competency | None:
        """The competency with this id, if there is one."""
        return next((one for one in self.competencies if one.id == competency_id), None)

    def role(self, role_id: str) -> RoleProfile | None:
        """The role profile with this id, if there is one."""
        return next((one for one in self.roles if one.id == role_id), None)

    def pillar(self, pillar_id: str) -> Pillar | None:
        """The pillar with this id, if there is one."""
        return next((one for one in self.pillars if one.id == pillar_id), None)

    def work(self, work_id: str) -> Work | None:
        """The piece of work with this id, if there is one."""
        return next((one for one in self.works if one.id == work_id), None)

    def law_address(self, reference: str) -> str | None:
        """The public address of `pa23/51`, `pa23/sch5` or `pa23/sch5/13`, if the law is known."""
        law_id, _, place = reference.partition("/")
        law = self.laws.get(law_id)
        if law is None:
            return None
        section, _, paragraph = place.partition("/")
        if not section.startswith("sch"):
            return law.address.replace("{section}", section)
        address = law.schedule_address or law.address.replace("section/{section}", "schedule/{schedule}")
        address = address.replace("{schedule}", section.removeprefix("sch"))
        if "{paragraph}" in address:
            return address.replace("{paragraph}", paragraph) if paragraph else address.split("/paragraph/")[0]
        return f"{address}/paragraph/{paragraph}" if paragraph else address

    def law_words(self, reference: str) -> str:
        """A reference in words; the reference itself if the law is unknown."""
        law_id, _, place = reference.partition("/")
        law = self.laws.get(law_id)
        return law.words(place) if law else reference

    def law_title(self, reference: str) -> str | None:
        """The heading of a section, as `laws.yaml` has it."""
        law_id, _, place = reference.partition("/")
        law = self.laws.get(law_id)
        return law.sections.get(place.partition("/")[0]) if law else None
