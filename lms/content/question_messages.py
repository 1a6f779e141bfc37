"""What the check says of questions, by its code."""

from lms.content.wording import N_, Message

QUESTIONS = {
    "question-without-id": Message(
        N_("The question has no id"), N_("Write “/// %(kind)s | standstill-length”.")
    ),
    "question-id": Message(
        N_("“%(id)s” cannot be the id of a question"), N_("Use small letters, digits and single hyphens.")
    ),
    "duplicate-question": Message(
        N_("The question “%(id)s” stands twice, first on line %(first)s"), N_("Give one of them another id.")
    ),
    "option-form": Message(
        N_("This is neither a setting nor separated from the settings"),
        N_("Write settings as four spaces and “outcome: 1”, then an empty line, then the question."),
    ),
    "unknown-option": Message(N_("A %(kind)s has no setting “%(key)s”"), N_("Its settings are %(known)s.")),
    "duplicate-option": Message(N_("The setting “%(key)s” stands twice"), N_("Keep one of the two.")),
    "missing-option": Message(
        N_("The question “%(id)s” has no setting “%(key)s”"),
        N_("Write it directly below the first line, after four spaces: “%(example)s”."),
    ),
    "option-value": Message(N_("“%(value)s” is not right for “%(key)s”"), N_("An example: “%(example)s”.")),
    "unknown-outcome": Message(
        N_("There is no outcome %(number)s"), N_("The front matter lists %(count)s; the first is 1.")
    ),
    "no-stem": Message(
        N_("The question “%(id)s” asks nothing"), N_("Write the question before its answers.")
    ),
    "no-right-answer": Message(
        N_("The question “%(id)s” has no right answer"),
        N_("Write [x] before the right answer. One makes a single choice, several make a multiple choice."),
    ),
    "too-few-answers": Message(N_("“%(id)s” has %(count)s to choose from, and needs %(least)s or more")),
    "answer-form": Message(
        N_("This looks like an answer, and is not one"),
        N_("Write “- [ ] …” or “- [x] …” at the left margin."),
    ),
    "answer-empty": Message(N_("The answer has no words"), N_("Write them after the bracket.")),
    "answer-without-feedback": Message(
        N_("The answer has no feedback"), N_("Write below it four spaces, “>” and why it is right or wrong.")
    ),
    "duplicate-answer": Message(
        N_("This answer stands twice, first on line %(first)s"), N_("Change one of them.")
    ),
    "text-after-answers": Message(
        N_("This text belongs to no answer"),
        N_("Put the text of the question before its answers, and feedback as four spaces and “> …”."),
    ),
    "several-right": Message(
        N_("The number question “%(id)s” has %(count)s right answers"),
        N_("Mark one with [x]; what else is right lies in the range of “answer”."),
    ),
    "answer-number": Message(N_("“%(value)s” is not a number"), N_("Write digits, or “otherwise”.")),
    "answer-outside": Message(
        N_("%(value)s is marked right, and lies outside %(low)s .. %(high)s"),
        N_("Mend the answer or the range."),
    ),
    "answer-inside": Message(
        N_("%(value)s is marked wrong, and lies inside %(low)s .. %(high)s"),
        N_("Mend the answer or the range."),
    ),
    "otherwise": Message(
        N_("The number question “%(id)s” needs “- [ ] otherwise” once, and has it %(count)s times"),
        N_("Its feedback is for every number that is not listed."),
    ),
    "whole-feedback": Message(
        N_("The question “%(id)s” has no feedback on the whole"),
        N_("Write it after the answers, at the left margin: “> …”."),
    ),
    "match-form": Message(
        N_("The question “%(id)s” has no table of two columns"),
        N_("Write “| Event | Notice |”, “|---|---|” and a row for each pair."),
    ),
    "match-cells": Message(N_("The row has %(count)s filled cells, and needs 2")),
    "scenario-steps": Message(
        N_("The scenario “%(id)s” has %(count)s steps, and needs %(least)s to %(most)s"),
        N_("Begin each step with a heading “### ask-evidence”."),
    ),
    "step-id": Message(
        N_("“%(id)s” cannot be the id of a step"),
        N_("Write “### ask-evidence” or “### ask-evidence | On Friday”; the word “end” is taken."),
    ),
    "duplicate-step": Message(
        N_("The step “%(id)s” stands twice, first on line %(first)s"), N_("Give one of them another id.")
    ),
    "step-without-situation": Message(
        N_("The step “%(id)s” has no situation"), N_("Say what has happened before its options.")
    ),
    "no-sound-decision": Message(
        N_("The step “%(id)s” has no sound decision"), N_("Write [x] before the best option.")
    ),
    "no-wrong-decision": Message(
        N_("In the step “%(id)s” every decision is sound"),
        N_("Write [ ] before those that cost something, or leave the step out."),
    ),
    "unknown-step": Message(
        N_("There is no step “%(target)s” in this scenario"),
        N_("Its steps are %(known)s; “-> end” ends the case."),
    ),
    "unreachable-step": Message(
        N_("Nothing leads to the step “%(id)s”"), N_("Write “-> %(id)s” behind an option that leads to it.")
    ),
    "step-circle": Message(
        N_("This decision leads in a circle: %(circle)s"), N_("Let it lead to a step that comes later.")
    ),
    "path-ends-at-once": Message(
        N_("This decision ends the case at once"),
        N_("Let it lead to a step, so that two decisions are taken."),
    ),
    "reflection-id": Message(
        N_("“%(id)s” cannot be the id of a reflection"),
        N_("Write “/// reflection | on-monday”, with small letters, digits and single hyphens."),
    ),
    "duplicate-reflection": Message(
        N_("The id “%(id)s” stands twice, first on line %(first)s"), N_("Give one of them another id.")
    ),
    "questions-too-few": Message(
        N_("The check asks %(ask)s, and there are %(count)s questions"), N_("Write more, or lower “ask”.")
    ),
    "ask-too-few": Message(
        N_("The check asks %(ask)s, and there are %(count)s outcomes to cover"),
        N_("Raise “ask” to %(count)s."),
    ),
    "outcome-without-question": Message(
        N_("No question is about outcome %(number)s, “%(outcome)s”"),
        N_("Give one the setting “outcome: %(number)s”."),
    ),
}
