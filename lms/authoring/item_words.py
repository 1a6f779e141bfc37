"""What is said of a question in plain words: its verdict, the reason, each option, and what to do."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from lms.authoring.item_analysis import LEAST_ANSWERS, LEAST_DRAWN, NOBODY, PICKED_EACH, Verdict
from lms.authoring.items import Item, Said

FEW = 0.05
"""Up to this share, a wrong option is said to be chosen by few."""

TITLES = {
    Verdict.MISLEADS: _l("This question misleads people"),
    Verdict.TOO_HARD: _l("This question is too hard"),
    Verdict.TOO_EASY: _l("This question is too easy"),
    Verdict.UNPICKED: _l("This question has an option nobody picks"),
    Verdict.TOO_FEW: _l("Too few answers to say anything"),
    Verdict.NO_CONCERN: _l("This question gives no concern"),
}
SHORT = {
    Verdict.MISLEADS: _l("Misleads"),
    Verdict.TOO_HARD: _l("Too hard"),
    Verdict.TOO_EASY: _l("Too easy"),
    Verdict.UNPICKED: _l("Option nobody picks"),
    Verdict.TOO_FEW: _l("Too few answers"),
    Verdict.NO_CONCERN: _l("No concern"),
}
BY_OPTION = (
    _l(
        "Read it as somebody who knows the subject well: what would make “%(option)s” right? "
        "Say in the question what rules it out."
    ),
    _l("Give “%(option)s” feedback that names the misunderstanding."),
    _l("Keep the edition: a clearer question asks nothing new of anyone."),
)
"""What to do about an option that draws in those who know most."""

WAYS = {
    Verdict.MISLEADS: (
        _l("Compare what is marked as right with the law and with the part that teaches it."),
        _l("Take out what can be read in two ways."),
        _l("Keep the edition: a clearer question asks nothing new of anyone."),
    ),
    Verdict.TOO_HARD: (
        _l("Look whether the part that it comes from teaches what it asks."),
        _l("Look whether the right answer is right, and the only one."),
        _l("Ask for one thing at a time."),
    ),
    Verdict.TOO_EASY: (
        _l("Make the wrong answers mistakes that people do make at work."),
        _l("Ask for a decision in a situation, and not for a word."),
        _l("Leave it if the point is that everybody knows it: nothing is broken."),
    ),
    Verdict.UNPICKED: (
        _l("Replace “%(option)s” by a mistake that people do make."),
        _l("Or take it out: three options that draw people are better than four with one that does not."),
    ),
    Verdict.TOO_FEW: (_l("Wait for more answers. The verdict comes by itself."),),
    Verdict.NO_CONCERN: (_l("Nothing. Change the text only for a reason: its figures begin again then."),),
}


def percent(share: float) -> str:
    """A share in whole percent, as it stands in a sentence."""
    return _("%(share)s%%", share=round(100 * share))


def of_module(said: Said) -> str:
    """The most urgent verdict on a module's questions, with how many they are."""
    match said.verdict:
        case Verdict.MISLEADS:
            return ngettext("%(num)d question misleads", "%(num)d questions mislead", said.number)
        case Verdict.TOO_HARD:
            return ngettext("%(num)d question too hard", "%(num)d questions too hard", said.number)
        case Verdict.TOO_EASY:
            return ngettext("%(num)d question too easy", "%(num)d questions too easy", said.number)
        case Verdict.UNPICKED:
            return ngettext("%(num)d option nobody picks", "%(num)d options nobody picks", said.number)
        case Verdict.TOO_FEW:
            return _("Too few answers, %(number)s of %(least)s", number=said.answers, least=LEAST_ANSWERS)
        case _:
            return _("No concern")


def so_far(item: Item) -> str:
    """How many answers there are of those that a verdict needs."""
    return _("%(number)s of %(least)s answers so far", number=item.analysis.answers, least=LEAST_ANSWERS)


def option_words(item: Item) -> str:
    """The words of the option that the verdict is about; empty where it is about none."""
    about = item.analysis.about
    return item.text.question.options[about].text if about is not None else ""


def reason(item: Item) -> str:
    """Why the verdict is what it is, with its figures."""
    found, option = item.analysis, option_words(item)
    if found.everyone is None:
        return _(
            "%(so_far)s. With fewer, chance says more than the question does, so no figures are shown.",
            so_far=so_far(item),
        )
    right = percent(found.everyone.right)
    match found.verdict:
        case Verdict.MISLEADS:
            return _misled(item)
        case Verdict.TOO_HARD:
            return _("Only %(right)s of people get it right. Guessing does nearly as well.", right=right)
        case Verdict.TOO_EASY:
            return _(
                "%(right)s of people get it right at once, "
                "so it tells hardly anyone what they do not know yet.",
                right=right,
            )
        case Verdict.UNPICKED:
            return _(
                "Fewer than 2 in 100 people choose the wrong answer “%(option)s”, "
                "so the question offers one choice less than it seems to.",
                option=option,
            )
        case _:
            return _works(item)


def _misled(item: Item) -> str:
    best, worst, about = item.analysis.strongest, item.analysis.weakest, item.analysis.about
    if best is None or worst is None:
        return ""
    if about is None:
        return _(
            "People who do well in the rest of the check get it right less often (%(strong)s) than people "
            "who do badly (%(weak)s). A good question works the other way round.",
            strong=percent(best.right),
            weak=percent(worst.right),
        )
    option = option_words(item)
    if best.options[about] > best.right:
        return _(
            "Of the people who do well in the rest of the check, more choose the wrong answer "
            "“%(option)s” (%(strong)s) than are right (%(right)s).",
            option=option,
            strong=percent(best.options[about]),
            right=percent(best.right),
        )
    return _(
        "People who do well in the rest of the check choose the wrong answer “%(option)s” more often "
        "(%(strong)s) than people who do badly (%(weak)s). A good question works the other way round.",
        option=option,
        strong=percent(best.options[about]),
        weak=percent(worst.options[about]),
    )


def _works(item: Item) -> str:
    best, worst, everyone = item.analysis.strongest, item.analysis.weakest, item.analysis.everyone
    right = percent(everyone.right) if everyone else ""
    if best is None or worst is None:
        return _("%(right)s of people get it right.", right=right)
    said = _(
        "%(right)s of people get it right: %(strong)s of those who do well in the rest of the check, "
        "and %(weak)s of those who do badly.",
        right=right,
        strong=percent(best.right),
        weak=percent(worst.right),
    )
    if best.right < worst.right:
        said += " " + _("The difference is no greater than chance explains.")
    return said


def says(item: Item, place: int) -> str:
    """What the choices of one option say about it."""
    found, option = item.analysis, item.text.question.options[place]
    if found.everyone is None or found.strongest is None or found.weakest is None:
        return ""
    pull = round(found.strongest.options[place] - found.weakest.options[place], 2)
    if found.verdict is not Verdict.MISLEADS and option.right is (pull < 0):
        pull = 0.0  # the wrong way round, and no more than chance explains
    if item.text.question.kind not in PICKED_EACH:
        return _("The strongest place it more often") if pull > 0 else _("The strongest do no better here")
    if option.right:
        return _("Right, and the strongest choose it more") if pull > 0 else _right_but(pull)
    return _wrong(found.everyone.options[place], found.strongest.options[place], pull)


def _right_but(pull: float) -> str:
    if pull < 0:
        return _("Right, but the strongest choose it less")
    return _("Right, and chosen alike by both")


def _wrong(everyone: float, strongest: float, pull: float) -> str:
    if everyone < NOBODY:
        return _("Nobody picks it")
    if pull > 0 and strongest >= LEAST_DRAWN:
        return _("Draws in the people who know most")
    if everyone <= FEW:
        return _("Works, but few choose it")
    return _("Works: the weakest choose it") if pull < 0 else _("Chosen alike by both")


def to_do(item: Item) -> list[str]:
    """What an author could do, in the order in which to try it."""
    option = option_words(item)
    ways = BY_OPTION if item.verdict is Verdict.MISLEADS and option else WAYS[item.verdict]
    return [str(way) % {"option": option} for way in ways]
