"""The words of the weekly mail: its subject, and a section for each kind of news."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from lms.core.languages import day
from lms.learning.digest import Due, LearnerNews
from lms.teams.digest import TeamNews, Waiting, WaitsFor
from lms.teams.digest_news import News

MOST_LINES = 10
MOST_IN_SUBJECT = 3


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines; `team` says that the rest is found on the manager’s page."""

    heading: str
    lines: tuple[str, ...]
    team: bool
    more: int = 0


def subject_of(news: News) -> str:
    """What is in the mail, in at most three counts: what is asked first, then what lapses, then the rest."""
    return ", ".join(list(_counts(news))[:MOST_IN_SUBJECT])


def sections_of(news: News) -> list[Section]:
    """All sections that have something to say, those about the reader first."""
    found = [*_own_sections(news.own), *_team_sections(news.team)]
    return [
        Section(heading, tuple(lines[:MOST_LINES]), team, max(0, len(lines) - MOST_LINES))
        for heading, lines, team in found
        if lines
    ]


def plain_text(sections: Iterable[Section], ends: Sequence[str]) -> str:
    """The sections as plain text, and what stands below them."""
    blocks = [
        "\n".join([section.heading, *(f"- {line}" for line in section.lines), *_rest(section)])
        for section in sections
    ]
    return "\n\n".join([*blocks, *ends]) + "\n"


def more_words(section: Section) -> str:
    """How many lines are left out, and where they stand; empty when none are."""
    if not section.more:
        return ""
    if section.team:
        return str(
            ngettext("%(num)d more on your team’s page", "%(num)d more on your team’s page", section.more)
        )
    return str(ngettext("%(num)d more on your first page", "%(num)d more on your first page", section.more))


def _rest(section: Section) -> list[str]:
    words = more_words(section)
    return [f"- {words}"] if words else []


def _counts(news: News) -> Iterator[str]:
    own, team = news.own, news.team
    late = sum(each.late for each in own.due)
    if late:
        yield ngettext("%(num)d thing is overdue", "%(num)d things are overdue", late)
    if number := len(own.due) - late:
        yield ngettext("%(num)d thing is due", "%(num)d things are due", number)
    if number := len(own.lapsing):
        yield ngettext("%(num)d level lapses soon", "%(num)d levels lapse soon", number)
    if number := len(team.waiting):
        yield ngettext("%(num)d thing waits in your team", "%(num)d things wait in your team", number)
    if number := len(team.overdue):
        yield ngettext("%(num)d overdue in your team", "%(num)d overdue in your team", number)
    if number := len(team.lapsing):
        yield ngettext(
            "%(num)d level in your team lapses soon",
            "%(num)d levels in your team lapse soon",
            number,
        )
    if number := len(own.changed):
        yield ngettext("%(num)d module has changed", "%(num)d modules have changed", number)
    if number := len(own.assessed):
        yield ngettext("%(num)d new assessment of you", "%(num)d new assessments of you", number)
    if number := len(team.moved_up):
        yield ngettext("%(num)d level gained in your team", "%(num)d levels gained in your team", number)


def _own_sections(news: LearnerNews) -> Iterator[tuple[str, list[str], bool]]:
    yield (
        _("Due"),
        [
            _("%(title)s: was due on %(day)s. %(name)s asked you for it.", **_due(each))
            if each.late
            else _("%(title)s: due on %(day)s. %(name)s asked you for it.", **_due(each))
            for each in news.due
        ],
        False,
    )
    yield (
        _("What lapses"),
        [
            _("%(title)s, level %(level)s: lapses on %(day)s", title=e.title, level=e.level, day=day(e.day))
            for e in news.lapsing
        ],
        False,
    )
    yield (
        _("Modules that have changed since you passed them"),
        [_("%(title)s: your pass counts until %(day)s", title=e.title, day=day(e.day)) for e in news.changed],
        False,
    )
    yield (
        _("New assessments of you"),
        [
            _("%(title)s: level %(level)s, assessed by %(name)s", title=e.title, level=e.level, name=e.by)
            for e in news.assessed
        ],
        False,
    )


def _due(each: Due) -> dict[str, str]:
    return {"title": each.title, "day": day(each.day), "name": each.by}


def _team_sections(news: TeamNews) -> Iterator[tuple[str, list[str], bool]]:
    yield _("Your team: what waits"), [_waiting(each) for each in news.waiting], True
    yield (
        _("Your team: overdue"),
        [
            _("%(name)s: %(title)s was due on %(day)s", name=e.name, title=e.title, day=day(e.day))
            for e in news.overdue
        ],
        True,
    )
    yield (
        _("Your team: what lapses soon"),
        [
            _(
                "%(name)s: %(title)s, level %(level)s, on %(day)s",
                name=e.name,
                title=e.title,
                level=e.level,
                day=day(e.day),
            )
            for e in news.lapsing
        ],
        True,
    )
    yield (
        _("Your team: who moved up"),
        [
            _("%(name)s: %(title)s, now level %(level)s", name=e.name, title=e.title, level=e.level)
            for e in news.moved_up
        ],
        True,
    )


def _waiting(each: Waiting) -> str:
    values = {"name": each.name, "title": each.title}
    match each.kind:
        case WaitsFor.DISPUTE:
            return _(
                "%(name)s: %(title)s. A dispute waits for an assessor who is neither of the two.", **values
            )
        case WaitsFor.CONFIRMATION:
            return _("%(name)s: %(title)s. Level 4 waits for an assessor of another organisation.", **values)
        case WaitsFor.QUALIFICATION:
            return _("%(name)s: %(title)s. The qualification waits to be seen.", **values)
        case WaitsFor.PROPOSAL:
            return _("%(name)s: %(title)s. A lead’s plan proposes it, and waits for your answer.", **values)
        case WaitsFor.APPLICATION:
            return _(
                "%(name)s says where they used what they learned. It waits for you to confirm it.", **values
            )
