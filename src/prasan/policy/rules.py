"""Policy: stages of a recommendation, tiers and official figures; what is refused, and what may never be joined."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from prasan.plain.problem import Problem
from prasan.plain.text import normalise
from prasan.plain.words import gettext_noop as _

STAGES = {
    "made": _("Made"),
    "accepted": _("Accepted"),
    "in_force": _("In force"),
    "rejected": _("Rejected"),
    "repeated": _("Repeated"),
}
STATES = {
    "made": ("accepted", "in_force", "rejected", "repeated"),
    "accepted": ("in_force", "rejected", "repeated"),
    "rejected": ("accepted", "in_force", "repeated"),
    "repeated": ("accepted", "in_force", "rejected", "repeated"),
    "in_force": (),
}
MEASURES = {code: label for code, label in STAGES.items() if code != "made"}
ADOPTED = "in_force"
CONTRIBUTIONS = {
    "led": _("Led: the team wrote and carried it"),
    "joint": _("Joint: written together with others"),
    "supported": _("Supported: the team supported another's proposal"),
    "informed": _("Informed: the team gave information only"),
}
ERROR_REASONS = {"wrong_date": _("Wrong date"), "twice": _("Entered twice"), "other": _("Other error")}
# US TIP Report: 1 best, 3 worst; ordinal, never a mean or a difference. `special` lies outside the order.
TIERS = ("1", "2", "2WL", "3")
# What the published series are called; whose they are stands beside each figure. `world_` are the world tables.
SERIES = {
    "arrests": _("Arrests"),
    "assets_seized": _("Assets seized"),
    "cases_at_attorney_general": _("Cases at the Attorney General"),
    "cases_decided_by_court": _("Cases decided by a court"),
    "cases_sent_to_court": _("Cases sent to court"),
    "compensation_ordered": _("Compensation ordered"),
    "compensation_paid": _("Compensation paid"),
    "convictions": _("Convictions"),
    "court_cases": _("Cases in court"),
    "court_cases_finished": _("Cases that a court finished"),
    "exploiters_convicted": _("Exploiters convicted"),
    "identification_centres": _("Centres of victim identification"),
    "investigations_opened": _("Investigations opened"),
    "labor_trafficking_investigations": _("Investigations of labour trafficking"),
    "legal_cases_assisted": _("Legal cases assisted"),
    "lives_impacted": _("Lives impacted"),
    "new_or_amended_laws": _("New or amended laws"),
    "offenders_arrested": _("Offenders arrested"),
    "offenders_arrested_and_convicted": _("Offenders arrested and convicted"),
    "offenders_convicted": _("Offenders convicted"),
    "officials_convicted": _("Officials convicted"),
    "officials_investigated": _("Officials investigated"),
    "officials_sentenced": _("Officials sentenced to prison"),
    "people_trained": _("People trained"),
    "persons_charged": _("Persons charged"),
    "professionals_trained": _("Professionals trained"),
    "prosecutions": _("Prosecutions"),
    "prosecutions_supported": _("Prosecutions supported"),
    "supported_safe_returns": _("Safe returns supported"),
    "survivors_supported": _("Survivors supported"),
    "suspects_arrested": _("Suspects arrested"),
    "victims_assisted": _("Victims assisted"),
    "victims_identified": _("Victims identified"),
    "victims_in_government_shelter": _("Victims in government shelters"),
    "victims_in_ngo_shelter": _("Victims in shelters of organisations"),
    "victims_liberated": _("Victims liberated"),
    "victims_removed_from_exploitation": _("Victims removed from exploitation"),
    "victims_removed_from_harm": _("Victims removed from harm"),
    "victims_served": _("Victims served"),
    "victims_served_outside_shelter": _("Victims served outside shelters"),
}
WORLD = "world_"
WORLD_NAME = _("World: %(series)s")
PUBLISHED_UNITS = {
    "case": _("cases"), "centre": _("centres"), "convictions": _("convictions"), "law": _("laws"),
    "person": _("persons"), "prosecutions": _("prosecutions"),
}  # fmt: skip
PERIOD_KINDS = {
    "calendar": _("Calendar year"),
    "fiscal_th": _("Thai fiscal year"),
    "tip": _("TIP reporting period (April to March)"),
    "quarter": _("Quarter"),
    "cumulative": _("Several years together"),
}
QUALIFIERS = {
    "exact": _("exact"),
    "approximately": _("about"),
    "more_than": _("more than"),
    "less_than": _("less than"),
}
FIGURE_STATUSES = {"first": _("First printed"), "restated": _("Restated"), "retracted": _("Retracted")}

NO_TEXT = _("Write the recommendation in Thai or in English.")
TOO_LONG = _("At most %(limit)s characters.")
NO_ADDRESSEE = _("Say to whom the recommendation was made.")
FUTURE = _("This date lies in the future.")
TOO_EARLY = _("Dates before 1990 are taken for a slip.")
NOT_INDICIUM = _("“%(code)s” is not one of the indicia.")
NO_CONTRIBUTION = _("Say how the team contributed: the figures need it.")
NOT_ALLOWED_MOVE = _("A recommendation that is “%(old)s” cannot become “%(new)s”.")
NO_EVIDENCE = _("Write what shows it: the document, the order, the statement.")
BEFORE_MADE = _("This lies before the recommendation was made.")
BEFORE_LAST = _("This lies before the last recorded measure.")
BAD_REASON = _("Choose the reason from the list.")
LONGEST = 4000


def day_problems(on: date, today: date, field: str) -> Iterator[Problem]:
    """A day that was, and not absurdly long ago."""
    if on > today:
        yield Problem(FUTURE, field=field)
    elif on.year < 1990:
        yield Problem(TOO_EARLY, field=field)


def recommendation_problems(
    *, text_en: str, text_th: str, made_on: date, addressed_to: str, indicia: Iterable[str], contribution: str,
    known: Iterable[str], today: date,
) -> Iterator[Problem]:  # fmt: skip
    """What is wrong with a recommendation as entered."""
    if not normalise(text_en) and not normalise(text_th):
        yield Problem(NO_TEXT, field="text_th")
    for name, text in (("text_en", text_en), ("text_th", text_th)):
        if len(text) > LONGEST:
            yield Problem(TOO_LONG, field=name, params={"limit": LONGEST})
    if not normalise(addressed_to):
        yield Problem(NO_ADDRESSEE, field="addressed_to")
    yield from day_problems(made_on, today, "made_on")
    for code in sorted(set(indicia) - set(known)):
        yield Problem(NOT_INDICIUM, field="indicia", params={"code": code})
    if contribution not in CONTRIBUTIONS:
        yield Problem(NO_CONTRIBUTION, field="contribution")


def measure_problems(
    *, old: str, stage: str, on: date, words: str, made_on: date, last_on: date | None, today: date
) -> Iterator[Problem]:
    """What is wrong with a measure: only the allowed moves, in their order, with what shows it."""
    if stage not in STATES[old]:
        labels = {"old": STAGES[old], "new": STAGES.get(stage, stage)}
        yield Problem(NOT_ALLOWED_MOVE, field="stage", params=labels)
    if not normalise(words):
        yield Problem(NO_EVIDENCE, field="words")
    elif len(words) > LONGEST:
        yield Problem(TOO_LONG, field="words", params={"limit": LONGEST})
    yield from day_problems(on, today, "on")
    if on < made_on:
        yield Problem(BEFORE_MADE, field="on")
    elif last_on is not None and on < last_on:
        yield Problem(BEFORE_LAST, field="on")


def years_in_a_row(tiers: Mapping[int, str], year: int, tier: str = "2WL") -> int:
    """How many report years up to and with `year` the country stood on this tier without a break or a gap."""
    count = 0
    while tiers.get(year - count) == tier:
        count += 1
    return count
