"""The closed sets that a pack may draw from: what the code can compute, and nothing a pack can widen."""

from typing import Final

from prasan.plain.legaltime import Roll, Unit

from .events import CLOCK_EVENTS as CLOCK_EVENTS

LANGUAGES: Final = ("en", "th")
CONFIDENCE: Final = frozenset({"sourced", "unconfirmed"})
ASKED_LANGUAGES: Final = ("en", "th", "my", "km", "lo", "vi")
SCRIPTS: Final = {"my": ("Burmese", "\u1000-\u109f"), "km": ("Khmer", "\u1780-\u17ff"), "lo": ("Lao", "\u0e80-\u0eff")}
QUESTION_KINDS: Final = frozenset({"yes_no", "choice", "several", "number", "words"})
CHOOSING: Final = frozenset({"choice", "several"})
YES_NO: Final = ("yes", "no")
NO_VALUE: Final = ("unknown", "not_asked", "refused")
TOLD: Final = "told"
"""What stands among the answers when the answer itself is words, which lie sealed."""
FORM_AGES: Final = ("adult", "child")
CALENDARS: Final = frozenset({"court", "government", "bank"})
FIGURE_UNITS: Final = frozenset(
    {
        "person",
        "case",
        "event",
        "lead",
        "service",
        "recommendation",
        "attendance",
        "day",
        "hour",
        "percent",
    }
)
ADDS: Final = frozenset({"yes", "nearly", "no", "cohort"})
MEASURES: Final = frozenset(
    {
        "persons",
        "events",
        "first_persons",
        "sum",
        "stock",
        "ratio",
        "cohort",
        "median_days",
        "median",
        "none",
    }
)
FACT_KINDS: Final = frozenset(
    {
        "lead_received",
        "investigation_opened",
        "investigation_closed",
        "suspect_arrested",
        "person_indicted",
        "offender_convicted",
        "defendant_acquitted",
        "verdict_reversed",
        "sentence_imposed",
        "official_investigated",
        "person_screened",
        "victim_presumed",
        "victim_identified",
        "person_not_identified",
        "removed_from_harm",
        "reflection_started",
        "reflection_ended",
        "service_given",
        "shelter_entered",
        "shelter_left",
        "decision_on_justice",
        "case_closed_as_planned",
        "compensation_claimed",
        "compensation_ordered",
        "compensation_collected",
        "compensation_paid",
        "training_attended",
        "test_scored",
        "recommendation_made",
        "recommendation_adopted",
    }
)
FACT_DIMENSIONS: Final = frozenset(
    {
        "sex",
        "age_group",
        "citizenship",
        "form",
        "mode",
        "province",
        "law_article",
        "body",
        "route",
        "category",
        "is_official",
        "contribution",
    }
)
PENALTY_JOINS: Final = frozenset({"and", "or_both"})
RELATIONS: Final = frozenset({"exact", "narrower", "broader", "related", "none", "unfilled"})
NEXT_WORDS: Final = frozenset({"any", "previous", "review", "reopened"})
CLOCK_KINDS: Final = frozenset({"length", "until-event", "before-event", "at-once", "calendar", "rule"})
CLOCK_UNITS: Final = frozenset(unit.value for unit in Unit)
CLOCK_ROLLS: Final = frozenset(roll.value for roll in Roll)

CLOCK_DECIDED_BY: Final = frozenset({"penalty", "sentence"})
CLOCK_AGAINST: Final = frozenset({"longer", "within"})
CLOCK_BLOCKS: Final = frozenset({"identification_interview", "interview_invitation", "justice_interview"})
EARLY_ENDS: Final = frozenset({"own_recorded_wish"})
"""How a reflection period may end early: there is no other way."""

LAW_LISTS: Final = frozenset(
    {
        "offence",
        "penalty_modifier",
        "money_route",
        "right",
        "th_s4",
        "th_rtg",
        "holiday",
        "hotline",
        "clock",
        "screening_element",
        "screening_indicator",
        "screening_question",
        "screening_form",
        "identification_standard",
        "nrm_row",
        "nrm_column",
    }
)
"""Lists whose rows state law or what an authority set: each carries source, validity and confirmation."""

CHOICES_FROM: Final[dict[str, dict[str, str]]] = {
    "clock": {"actors": "clock_actor", "branches_of": "clock"},
    "exploitation_form": {"form_group": "form_group", "s4": "th_s4"},
    "industry_division": {"section": "industry"},
    "lead_channel": {"group": "channel_group", "hotline": "hotline"},
    "hotline": {"office": "office"},
    "office": {"organisation_kind": "organisation_kind"},
    "offence": {"law": "law", "basis": "conviction_basis"},
    "penalty_modifier": {"law": "law"},
    "province": {"region": "region"},
    "reflection": {"extension_by": "clock_actor", "phases": "clock"},
    "screening_indicator": {"elements": "screening_element"},
    "screening_form": {"questions": "screening_question", "situations": "screening_situation"},
    "screening_question": {
        "group": "screening_group",
        "raises": "screening_indicator",
        "add_to": "screening_form",
        "after": "screening_question",
    },
    "th_rtg": {"s4": "th_s4"},
    "tip_indicium": {"pillar": "tip_pillar"},
}
"""Which key of which list must hold a code of which other list."""
