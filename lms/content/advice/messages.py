"""The words of the advice, by its code."""

from lms.content.wording import N_, Message


def _advice(text: str, hint: str) -> Message:
    return Message(text, hint, "warning")


ADVICE = {
    "placeholder": _advice(
        N_("This is still the text that the command wrote"), N_("Replace it, or delete it.")
    ),
    "long-sentence": _advice(
        N_("The sentence has %(count)s words"),
        N_("Split it. Up to 25 words are read without going back."),
    ),
    "hard-to-read": _advice(
        N_("“%(title)s” reads at about age %(age)s"),
        N_("Use shorter sentences and shorter words. Age 14 suits a busy reader (Flesch-Kincaid)."),
    ),
    "link-words": _advice(
        N_("“%(words)s” does not say where the link leads"), N_("Link the name of what it opens.")
    ),
    "lazy-alt": _advice(
        N_("The alternative text “%(words)s” does not say what the picture shows"),
        N_("Say what a reader sees in it, with its numbers."),
    ),
    "figure-untied": _advice(
        N_("“%(value)s” is the figure “%(name)s”, and is not tied to it"),
        N_("Write [%(value)s](figure:%(name)s), so that a change of the law finds it."),
    ),
    "figure-changed": _advice(
        N_("“%(value)s” (%(title)s) is “%(new)s” from %(day)s, after the day that the law is stated at"),
        N_("Write the new one, raise “law_at”, and raise “edition” where learners must know it."),
    ),
    "right-is-longest": _advice(
        N_("The right answer is the longest in %(count)s of the %(all)s choices"),
        N_("Shorten some, or lengthen wrong ones: who guesses takes the longest."),
    ),
    "right-is-longer": _advice(
        N_("The right answer is much longer than every other"), N_("Move its reason to the feedback.")
    ),
    "guessed-by-rule": _advice(
        N_("Somebody who always takes %(takes)s has %(right)s of the %(asked)s questions right"),
        N_("Take that away where it tells: make the wrong answers alike in it, or the right ones differ."),
    ),
    "uneven-answers": _advice(
        N_("The answers have from %(least)s to %(most)s words"), N_("Write them of about one length.")
    ),
    "all-of-the-above": _advice(
        N_("“%(words)s” is no answer of its own"),
        N_("Answers are shuffled. Mark several with [x], or write out what is meant."),
    ),
    "article-gives-away": _advice(
        N_("“%(article)s” at the end of the question fits only some answers"),
        N_("End the question before it, and begin each answer with its own article."),
    ),
    "mark-gives-away": _advice(
        N_("Only the right answer %(how)s a full stop"), N_("End all answers in the same way.")
    ),
    "only-right-hedges": _advice(
        N_("Only the right answer has a careful word: “%(word)s”"),
        N_("Who guesses takes the careful one. Give a wrong answer one, or take it away."),
    ),
    "only-wrong-absolute": _advice(
        N_("All wrong answers have a word such as “%(word)s”, and the right one has none"),
        N_("Who guesses leaves out “always” and “never”. Write wrong answers that are tempting."),
    ),
    "only-right-cites": _advice(
        N_("Only the right answer names the law"), N_("Name it in the question, or in the feedback.")
    ),
    "sound-into-repair": _advice(
        N_("The sound decision leads to “%(id)s”, as a wrong one does"),
        N_("Write “-> ” and the step that follows a sound decision; “-> %(id)s” if it is meant."),
    ),
    "right-echoes": _advice(
        N_("Only the right answer takes up words of the question: %(words)s"),
        N_("Use other words, or let a wrong answer take them up too."),
    ),
    "review-past": _advice(
        N_("The review was due on %(day)s"),
        N_("Read it against its sources, then set a new “review_by”."),
    ),
    "law-changed": _advice(
        N_("“%(law)s” changed on %(day)s, after the day that the law is stated at"),
        N_("Compare the text with the law of today, then raise “law_at”."),
    ),
    "source-without-place": _advice(
        N_("The source does not say where in “%(title)s” the rule stands"),
        N_("Cite a law by its section, as {title: …, law: pa23/51}, and a page by its whole address."),
    ),
    "long-grace": _advice(
        N_("A change of the law has a grace of %(months)s months"),
        N_("Passes of the earlier edition count until then. Three months are the most that fits."),
    ),
    "shows-nothing": _advice(
        N_("No competency lists the module “%(id)s”"),
        N_("Add it to “shown_by” or “prepared_by” in courses/framework/competencies.yaml."),
    ),
    "unused-picture": _advice(N_("No module shows this picture"), N_("Show it, or delete the file.")),
}
