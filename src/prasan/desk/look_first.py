"""What each member of the demo's cast looks at first, by discipline: a guide for whoever tries the demo."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from prasan.plain.words import gettext_noop

FIRST = {
    "coordinator": gettext_noop(
        "My day across all cases; the review that waits for an answer in the orchard case; the NRM report of Chiang "
        "Rai and Sa Kaeo for this half-year; the day off at short notice under “Days off”."
    ),
    "investigator": gettext_noop(
        "The intake of today with its wall board; the two forms from your phone under “From the field”; the two "
        "interviews of the boy in the case of online sextortion."
    ),
    "social_worker": gettext_noop(
        "On your day, the person whose 24 hours of protection end today, and the one who is kept on no basis; then the "
        "next person of the intake."
    ),
    "lawyer": gettext_noop(
        "On your day, the petition under section 44/1 whose end the court has set; the proposed decision that waits "
        "for a second discipline; the clocks of limitation and bail."
    ),
    "psychologist": gettext_noop(
        "The shelter case: five people in reflection, one worried, one unwell; and your notes on care that no other "
        "discipline reads."
    ),
    "interpreter": gettext_noop(
        "The night raid: rights told in part; one was not understood and has to be told again."
    ),
    "trainer": gettext_noop("The training sessions, with the results before and after."),
    "report_reader": gettext_noop(
        "The figures from 2011 to today by their dated facts, and the NRM report of Sa Kaeo as page, workbook and PDF."
    ),
    "administrator": gettext_noop("Staff, and cases that nobody leads, in codes only: you see no case."),
    "custodian": gettext_noop("Evidence lies with its case; until a coordinator adds you to a team you see none."),
    "law_enforcement": gettext_noop(
        "The night raid: protection by section 29 beside the reflection period, and an age in dispute."
    ),
    "prosecutor": gettext_noop("The case of the scam compound: charges, clocks and money, without the notes of care."),
    "shelter_staff": gettext_noop("The welfare round of today: one person was not seen yet."),
}

# Those whose work is no case: their line holds for everybody of the discipline.
OF_THE_HOUSE = frozenset({"trainer", "report_reader", "administrator", "custodian"})
OUTSIDE = gettext_noop("Of another organisation and on no team: every case answers as if it did not exist.")


def look_first(disciplines: Iterable[str], *, on_a_team: bool) -> str:
    """The line for somebody of these disciplines; of several the first that has one. "" for none."""
    known = [one for one in disciplines if one in FIRST]
    if known and not on_a_team and not OF_THE_HOUSE.intersection(known):
        return _(OUTSIDE)
    return _(FIRST[known[0]]) if known else ""
