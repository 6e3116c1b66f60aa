"""Rules of asking: which form suits whom, which answers fit it, and when asking again needs a reason."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from prasan import packs
from prasan.packs import closed
from prasan.plain.problem import Problem
from prasan.plain.words import gettext_noop as _

from . import COMPLETE

FIRST_CONTACT = {"adult": "first_contact_adult", "child": "first_contact_child"}
SPOKEN = {"tha": "th", "eng": "en", "mya": "my", "khm": "km", "lao": "lo", "vie": "vi"}
"""Languages of a conversation in which a question may carry a label."""
AGAIN_REASONS = {
    "changed": _("It may have changed since"),
    "own_wish": _("The person wants to add or correct something"),
    "interpreter": _("No interpreter, or another language, the last time"),
    "not_free": _("The person could not speak freely the last time"),
    "unclear": _("The earlier answer contradicts another one"),
    "law": _("The law asks this body to hear it itself"),
    "unseen": _("Asked where the earlier answers could not be seen"),
}
UNSEEN = "unseen"
ELEMENT_LAW = {
    "act": _("section 6"), "means": _("section 6 (1)"), "purpose": _("sections 4 and 6"), "work": _("section 6/1"),
    "cannot_resist": _("section 6/1"),
}  # fmt: skip
"""Where in the Anti-Trafficking in Persons Act an element stands, where its name does not say so."""
OUR_FORM = _("This form is not in the pack.")
NOT_OF_AGE = _("This form is not for this age: choose one for children, as long as the age is not known.")
NOT_YET = _("This is asked only if the answer written beside it was given: answer that one too, or leave this one.")
WHY_AGAIN = _("This was told before. Choose why it is asked again, or leave it as not asked.")
UNKNOWN_REASON = _("This reason is not in the list.")
REST_FIRST = _("During reflection only the first contact is asked, and what changes from day to day. The rest waits: "
               "%(asked)s.")  # fmt: skip
ASKED_IN_REFLECTION = _("During reflection a phone without a network asked what must wait: see how the person is")
NO_WORDS = _("Write the words, or say that there is no answer.")
TOO_LONG = _("These words are too long: 10,000 signs at most.")
MOST_SIGNS = 10_000


def age_for_forms(age_group: str) -> str:
    """Whoever's age is not known is asked as a child (Anti-Trafficking Act s.6(2); our protective reading)."""
    return "adult" if age_group == "adult" else "child"


def suggested(forms: Mapping[str, packs.Form], age_group: str, situation: str = "") -> str:
    """The form to begin with: that of the situation, else the first contact of this age."""
    age = age_for_forms(age_group)
    for code, form in forms.items():
        if situation in form.situations and age in form.ages:
            return code
    return FIRST_CONTACT[age] if FIRST_CONTACT[age] in forms else COMPLETE


def asked(answer: Any) -> bool:
    """Whether a question was put at all."""
    return answer not in (None, "", "not_asked", [])


def was_told(answer: Any) -> bool:
    """Whether an answer is on record that should not be asked for again; a refusal is one, not knowing is none."""
    return asked(answer) and answer != "unknown"


def must_explain(form: packs.Form, told: Iterable[str]) -> list[str]:
    """The questions of this form whose answer stands on record and does not change from day to day."""
    known = set(told)
    return [q.code for q in form.questions if q.code in known and not q.each_time]


def answer_problems(
    form: packs.Form, answers: Mapping[str, Any], words: Mapping[str, str], *, told: Iterable[str],
    asked_again: Mapping[str, str],
) -> Iterator[Problem]:  # fmt: skip
    """Conditions hold, words are there where they are said to be, and nothing is asked twice without a reason."""
    explain = set(must_explain(form, told))
    for question in form.questions:
        answer, field = answers.get(question.code), f"q_{question.code}"
        if not asked(answer):
            continue
        if question.asked_if and not question.asked_if.holds(answers):
            yield Problem(NOT_YET, field=field)
        if question.kind == "words" and (answer == closed.TOLD) != bool(words.get(question.code, "").strip()):
            yield Problem(NO_WORDS, field=field)
        if len(words.get(question.code, "")) > MOST_SIGNS:
            yield Problem(TOO_LONG, field=field)
        if question.code in explain and question.code not in asked_again:
            yield Problem(WHY_AGAIN, field=f"again_{question.code}")
    for code, reason in asked_again.items():
        if reason not in AGAIN_REASONS:
            yield Problem(UNKNOWN_REASON, field=f"again_{code}")


def asked_in_reflection(form: packs.Form, answers: Mapping[str, Any], before: Mapping[str, Any]) -> list[str]:
    """The questions that had to wait for the end of reflection: not those of the first contact, nor those that change
    from day to day, nor what a corrected screening had asked `before`."""
    if form.code in FIRST_CONTACT.values():
        return []
    return [q.code for q in form.questions
            if asked(answers.get(q.code)) and not q.each_time and not asked(before.get(q.code))]  # fmt: skip


def form_problems(form: packs.Form, age_group: str, child_at_time: bool | None) -> Iterator[Problem]:
    """A child is not asked by a form for adults alone, nor anybody whose age is not known at all."""
    not_known = age_group == "unknown" and child_at_time is not False
    if (age_group == "child" or not_known) and "child" not in form.ages:
        yield Problem(NOT_OF_AGE)


def unseen(form: packs.Form, answers: Mapping[str, Any], told: Iterable[str]) -> dict[str, str]:
    """Where whoever asked could not see what was told before, that is the reason that is kept."""
    return {code: UNSEEN for code in must_explain(form, told) if asked(answers.get(code))}
