"""Codes and rules of what protects a person before, between and after the two stages."""

from prasan.plain.words import gettext_noop as _

REVIEW_KINDS = {
    "review": _("Review by the team"),
    "appeal": _("Appeal to another body"),
    "reopening": _("Re-opened on new facts"),
}
REVIEW_STATUSES = {"open": _("Waits for an answer"), "answered": _("Answered")}
REVIEW_OUTCOMES = {"upheld": _("The decision stands"), "decide_new": _("A new decision is needed")}
ASKERS = {
    "person": _("The person"),
    "guardian": _("Guardian or representative"),
    "lawyer": _("Lawyer"),
    "team": _("The team"),
}
AGE_RESULTS = {"child": _("Child"), "adult": _("Adult"), "undetermined": _("Not determined: treated as a child")}
AGE_METHODS = {
    "documents": _("Documents"),
    "statement": _("The person's own statement"),
    "relatives": _("Statements of relatives or school"),
    "social": _("Interview by a social worker or psychologist"),
    "medical": _("Medical examination"),
    "dental": _("Dental examination"),
    "bone": _("X-ray of the bones"),
}
ENDINGS = {
    "ran_out": _("The period ended"),
    "own_wish": _("At the person's own recorded wish"),
    "left": _("The person left"),
    "transferred": _("Another body took over"),
}
WELLBEING = {
    "well": _("Well"),
    "worried": _("Worried"),
    "unwell": _("Unwell"),
    "urgent": _("Needs help now"),
    "absent": _("Not met today"),
}
UNDERSTANDINGS = {
    "own_words": _("Said it again in own words"),
    "repeated": _("Repeated it"),
    "nodded": _("Nodded or said yes"),
    "not_understood": _("Not understood: tell it again"),
}
REFUSED = {
    "screening": _("The screening"),
    "help": _("Any help"),
    "police": _("Contact with the police"),
    "all": _("All of it"),
}
SEXES = {"male": _("Male"), "female": _("Female"), "other": _("Other or not said")}
