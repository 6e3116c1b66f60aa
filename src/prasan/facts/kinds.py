"""The closed set of fact kinds: what each counts, in which unit, and whether a contribution level is required."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of fact. `unit` is of the closed set; `contribution`: led/joint/... is required; `own_form`: the
    form of exploitation was decided for this person and does not follow the case."""

    unit: str
    meaning: str
    contribution: bool = False
    own_form: bool = False


KINDS: dict[str, Kind] = {
    "lead_received": Kind("lead", "A report of possible trafficking reached the team"),
    "investigation_opened": Kind("case", "Investigation of a case began"),
    "investigation_closed": Kind("case", "Investigation of a case ended"),
    "suspect_arrested": Kind("person", "A suspect was arrested in a case the team supported", True),
    "person_indicted": Kind("person", "The prosecutor filed the charge in court"),
    "offender_convicted": Kind("person", "A court found the accused guilty of an exploitation-related offence", True),
    "defendant_acquitted": Kind("person", "A court acquitted, or the case was dismissed or withdrawn"),
    "verdict_reversed": Kind("person", "A higher court reversed a verdict"),
    "sentence_imposed": Kind("person", "Imprisonment imposed (quantity in months)"),
    "official_investigated": Kind("case", "A public official was investigated for complicity"),
    "person_screened": Kind("person", "A person was screened for signs of trafficking (first stage)"),
    "victim_presumed": Kind("person", "Signs were found; no formal decision yet", own_form=True),
    "victim_identified": Kind("person", "The team formally identified a victim (second stage)", own_form=True),
    "person_not_identified": Kind("person", "The formal decision found no victim of trafficking", own_form=True),
    "removed_from_harm": Kind("person", "A person left the exploitative situation with the team's support", True),
    "reflection_started": Kind("person", "A reflection period began"),
    "reflection_ended": Kind("person", "A reflection period ended (quantity in days used)"),
    "service_given": Kind("person", "A service was delivered to a person"),
    "shelter_entered": Kind("person", "A shelter stay began"),
    "shelter_left": Kind("person", "A shelter stay ended (quantity in nights)"),
    "decision_on_justice": Kind("person", "A survivor decided about taking part in proceedings"),
    "case_closed_as_planned": Kind("person", "A person's plan was closed with its goals assessed as met"),
    "compensation_claimed": Kind("THB", "Money asked for a survivor"),
    "compensation_ordered": Kind("THB", "Money that a court or body ordered to be paid to a survivor"),
    "compensation_collected": Kind("THB", "Money received from the debtor, not yet in the survivor's hand"),
    "compensation_paid": Kind("THB", "Money in the survivor's hand"),
    "training_attended": Kind("attendance", "One person's attendance at a training session (quantity when counted)"),
    "test_scored": Kind("person", "A paired test before and after training (quantity in points gained)"),
    "recommendation_made": Kind("recommendation", "A policy recommendation was made"),
    "recommendation_adopted": Kind("recommendation", "A measure that follows a recommendation was documented"),
}

UNITS = ("person", "case", "event", "lead", "service", "recommendation", "attendance", "day", "hour", "percent")
