"""What a file of figures needs beside it: the choice, the days, who is left out, and what the words mean."""

from collections.abc import Iterator

from flask_babel import gettext as _

from lms.competencies.suppression import NO_PILLAR
from lms.core.languages import day as in_words
from lms.people.models import Organisation
from lms.reports.compare import Comparison
from lms.reports.covered import Covered
from lms.reports.gaps import GapReport
from lms.reports.rows import Asked
from lms.reports.words import MEASURES, WORDS


def explanation(report: GapReport) -> dict[str, object]:
    """The choice, the days and who is left out, by name, for a program."""
    filters, covered = report.filters, report.covered
    return {
        "by": str(filters.by),
        "choice": {
            key: {"id": id_, "name": name} if id_ else None
            for key, (id_, name) in _choice(report.asked).items()
        },
        "as_of": filters.as_of.isoformat(),
        "known_at": filters.known_at.isoformat() if filters.known_at else None,
        "organisations_counted": len(covered.counted),
        "organisations_counted_without_name": covered.unnamed,
        "left_out": {
            "not_on_board": [_named(each) for each in covered.not_on_board],
            "not_sharing": [_named(each) for each in covered.not_sharing],
            "posts_of_people_away": report.heads.away,
        },
        "posts_of_people_with_two": report.heads.two_posts,
        "smallest_group_shown": report.smallest,
    }


def lines_about(report: GapReport) -> Iterator[tuple[str, str]]:
    """The same for a person, with what the words mean: pairs of what it is and what it says."""
    yield _("Report"), str(WORDS[report.filters.by].title)
    yield _("Place"), ", ".join(report.place)
    yield from about_choice(report.asked)
    yield from _counted(report.covered)
    yield _("Posts whose holders are away, not counted"), str(report.heads.away)
    yield _("Posts of people with two or more, each counted"), str(report.heads.two_posts)
    yield from _definitions(report.smallest)


def lines_about_both(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """The same for the two sides of a comparison."""
    of_days = comparison.choice.is_of_days
    yield _("Report"), _("Compare two days") if of_days else _("Compare two places")
    yield _("Measure"), str(MEASURES[comparison.measure].name)
    for number, asked, side in zip(
        (_("First"), _("Second")), comparison.asked, comparison.sides, strict=True
    ):
        yield number, side.title
        yield from about_choice(asked)
        yield from _counted(side.covered)
    yield _("Difference for each 100"), _("The second less the first, as both are printed.")
    yield from _definitions(comparison.smallest)


def about_choice(asked: Asked) -> Iterator[tuple[str, str]]:
    """What was chosen, and on which days: pairs of what it is and what it says."""
    kinds = (_("Region"), _("Organisation"), _("Role"), _("Pillar"))
    for kind, (id_, name) in zip(kinds, _choice(asked).values(), strict=True):
        yield kind, name if id_ else _("All")
    known_at = asked.filters.known_at
    yield _("As of"), in_words(asked.filters.as_of)
    yield _("As known on"), in_words(known_at) if known_at else _("Now")


def _counted(covered: Covered) -> Iterator[tuple[str, str]]:
    yield _("Organisations counted"), f"{len(covered.counted)} / {covered.all}"
    yield _("Counted without a name"), str(covered.unnamed)
    yield _("Not on board yet"), _names(covered.not_on_board)
    yield _("Do not share their figures"), _names(covered.not_sharing)


def _definitions(smallest: int) -> Iterator[tuple[str, str]]:
    yield _("Appointments"), _("Posts on the day whose role asks for the competency.")
    yield from about_below()
    yield _("Share below"), _("Below divided by appointments.")
    yield _("Missing levels"), _("Levels asked less levels held, added up; never below zero.")
    yield _("Mean gap"), _("Missing levels divided by appointments.")
    yield (
        _("Practitioner, Expert"),
        _("Those who hold level 3 and level 4, whatever their role asks. Both together are the cover."),
    )
    yield (
        _("Left empty"),
        _(
            "Kinds, missing levels and who holds level 3 and 4 are given for whole regions only, and for"
            " people whom you may see by name: with what each role asks they would give small groups away."
        ),
    )
    yield about_hidden(smallest)


def about_below() -> Iterator[tuple[str, str]]:
    """What below means, and each of its kinds."""
    yield (
        _("Below"),
        _("The level that counts on the day is under the level that the role asks for. It has three kinds."),
    )
    yield _("Nothing recorded yet"), _("Nothing is recorded yet, which says nothing about the person.")
    yield _("Lapsed"), _("The level was held, and its evidence has ended.")
    yield _("Short"), _("Something counts, and it is not enough.")


def about_hidden(smallest: int) -> tuple[str, str]:
    """Why a figure is not shown."""
    return (
        _("Not shown"),
        _(
            "A group of fewer than %(smallest)s people, or of fewer than %(twice)s who are all below, or one"
            " that would let such a group be worked out.",
            smallest=smallest,
            twice=smallest * 2,
        ),
    )


def _choice(asked: Asked) -> dict[str, tuple[str, str]]:
    """What was chosen of each kind, with its name; both empty where all are meant."""
    filters = asked.filters
    framework = asked.published.framework
    region, organisation = asked.reach.region(filters.region), asked.reach.organisation(filters.organisation)
    role, pillar = framework.role(filters.role), framework.pillar(filters.pillar)
    none = _("In no pillar") if filters.pillar == NO_PILLAR else ""
    return {
        "region": (filters.region, region.name if region else ""),
        "organisation": (filters.organisation, organisation.name if organisation else ""),
        "role": (filters.role, role.title if role else ""),
        "pillar": (filters.pillar, pillar.title if pillar else none),
    }


def _named(organisation: Organisation) -> dict[str, str]:
    return {"id": organisation.id, "name": organisation.name}


def _names(organisations: tuple[Organisation, ...]) -> str:
    return ", ".join(each.name for each in organisations) or _("None")
