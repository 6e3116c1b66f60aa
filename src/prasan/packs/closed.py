"""The closed sets that a pack may draw from: what the code can compute, and nothing a pack can widen."""

from typing import Final

LANGUAGES: Final = ("en", "th")
CONFIDENCE: Final = frozenset({"sourced", "unconfirmed"})
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
CLOCK_UNITS: Final = frozenset({"hours", "days", "working days", "weeks", "months", "years"})
CLOCK_ROLLS: Final = frozenset({"next working day", "previous working day", "never"})

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
        "identification_standard",
    }
)
"""Lists whose rows state law or what an authority set: each carries source, validity and confirmation."""

CHOICES_FROM: Final[dict[str, dict[str, str]]] = {
    "exploitation_form": {"form_group": "form_group", "s4": "th_s4"},
    "industry_division": {"section": "industry"},
    "lead_channel": {"group": "channel_group", "hotline": "hotline"},
    "hotline": {"office": "office"},
    "office": {"organisation_kind": "organisation_kind"},
    "offence": {"law": "law", "basis": "conviction_basis"},
    "penalty_modifier": {"law": "law"},
    "province": {"region": "region"},
    "screening_indicator": {"elements": "screening_element"},
    "screening_question": {"group": "screening_group", "raises": "screening_indicator"},
    "th_rtg": {"s4": "th_s4"},
    "tip_indicium": {"pillar": "tip_pillar"},
}
"""Which key of which list must hold a code of which other list."""
