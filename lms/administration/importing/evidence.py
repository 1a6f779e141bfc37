"""Checks the rows of a file of earlier courses, attendance and qualifications; plain values only."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from lms.administration.importing.problems import Problem, did_you_mean
from lms.administration.importing.reading import Line
from lms.administration.importing.rows import is_email, typed_day
from lms.content.framework import Accreditation, Framework
from lms.core.dates import add_months, parse_day

EVIDENCE_COLUMNS = ("email", "competency", "level", "from", "until", "words")
REQUIRED = ("email", "competency", "level", "from", "words")
LEVELS = ("1", "2", "3", "4")
UNSEEN = 2
"""The highest level that a file may state without an accreditation: above it somebody judges the work."""
CPD_YEAR = 12
MOST_OF_WORDS = 500
LIKE_ADDRESSES = 0.9


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """What a row states that a person has shown; `until_day` is the first day that no longer counts."""

    row: int
    email: str
    competency: str
    level: int
    from_day: date
    until_day: date | None
    words: str

    @property
    def stated(self) -> tuple[str, str, int, date, date | None, str]:
        """What makes two rows, or a row and what is recorded, the same."""
        return self.email, self.competency, self.level, self.from_day, self.until_day, self.words


def check_evidence(
    lines: Iterable[Line], people: Iterable[str], framework: Framework, today: date
) -> tuple[list[EvidenceRow], list[Problem]]:
    """The rows whose values hold, and everything that is wrong with the others.

    `people` are the addresses of those who are recorded.
    """
    known = frozenset(people)
    rows: list[EvidenceRow] = []
    problems: list[Problem] = []
    for line in lines:
        found = [*_value_problems(line, known, framework), *_day_problems(line, today)]
        if not found:
            row = _row(line)
            found = list(_level_problems(row, framework))
            rows += [] if found else [row]
        problems += found
    return rows, problems


def _value_problems(line: Line, people: frozenset[str], framework: Framework) -> Iterator[Problem]:
    values = line.values
    for column in REQUIRED:
        if not values[column]:
            yield Problem(line.row, column, "", _("The value is missing"), _("Fill it in."))
    if len(values["words"]) > MOST_OF_WORDS:
        message = _("The value has more than %(most)s characters", most=MOST_OF_WORDS)
        yield Problem(line.row, "words", values["words"][:40] + "…", message, _("Shorten it."))
    email = values["email"].lower()
    if email and not is_email(email):
        mend = _("Write one address, such as rowan.sample@example.org.")
        yield Problem(line.row, "email", email, _("This is not an email address"), mend)
    elif email and email not in people:
        mend = did_you_mean(email, people, _("Import the person first."), LIKE_ADDRESSES)
        yield Problem(line.row, "email", email, _("Nobody has this address"), mend)
    titles = {each.id: each.title for each in framework.competencies}
    key = values["competency"]
    if key and key not in titles:
        yield Problem(
            line.row, "competency", key, _("There is no competency with this id"), _nearest(key, titles)
        )
    if values["level"] and values["level"] not in LEVELS:
        yield Problem(line.row, "level", values["level"], _("This is not a level"), _("Write 1, 2, 3 or 4."))


def _nearest(value: str, titles: Mapping[str, str]) -> str:
    by_title = {title.casefold(): key for key, title in titles.items()}
    if value.casefold() in by_title:
        return _("Did you mean “%(near)s”?", near=by_title[value.casefold()])
    return did_you_mean(value, titles, _("The ids are in courses/framework."))


def _day_problems(line: Line, today: date) -> Iterator[Problem]:
    begins, ends = (typed_day(line.values[column]) for column in ("from", "until"))
    for column, day in (("from", begins), ("until", ends)):
        if line.values[column] and day is None:
            mend = _("Write 2026-01-31 or 31/01/2026.")
            yield Problem(line.row, column, line.values[column], _("This is not a date"), mend)
    if begins and begins > today:
        mend = _("Write today’s date or an earlier one.")
        yield Problem(line.row, "from", line.values["from"], _("The day is in the future"), mend)
    if begins and ends and ends <= begins:
        message = _("The last day comes before the first") if ends < begins else _("The span has no day")
        mend = _("Give the first day on which it no longer counts, or leave it empty.")
        yield Problem(line.row, "until", line.values["until"], message, mend)


def _row(line: Line) -> EvidenceRow:
    values = line.values
    return EvidenceRow(
        row=line.row,
        email=values["email"].lower(),
        competency=values["competency"],
        level=int(values["level"]),
        from_day=parse_day(values["from"]),
        until_day=parse_day(values["until"]) if values["until"] else None,
        words=values["words"],
    )


def _level_problems(row: EvidenceRow, framework: Framework) -> Iterator[Problem]:
    """Why a row may not state a level above 2: nobody judged it, and it names no accreditation."""
    if row.level <= UNSEEN:
        return
    shows = [each for each in framework.accreditations if each.shows.get(row.competency, 0) >= row.level]
    named = next((each for each in shows if _names(row.words, each)), None)
    if named is None:
        message = _("A file may state level 1 or 2: a higher one is assessed by what is seen in the work")
        titles = "; ".join(each.title for each in shows)
        mend = (
            _("Name the accreditation and its number in words: %(titles)s.", titles=titles)
            if titles
            else _("Write 1 or 2.")
        )
        yield Problem(row.row, "level", str(row.level), message, mend)
        return
    latest = add_months(row.from_day, named.renew_every_months or CPD_YEAR)
    if row.until_day is None or row.until_day > latest:
        typed = row.until_day.isoformat() if row.until_day else ""
        message = _("The accreditation does not count for so long")
        mend = _("Write %(day)s or an earlier day.", day=latest.isoformat())
        yield Problem(row.row, "until", typed, message, mend)


def _names(words: str, accreditation: Accreditation) -> bool:
    """Whether words name an accreditation and give a number beside its title."""
    before, title, after = words.casefold().partition(accreditation.title.casefold())
    return bool(title) and any(each.isdigit() for each in before + after)
