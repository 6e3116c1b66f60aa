"""Cases, parts, tasks, custody and referrals: the codes, the allowed moves, and what is refused."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from prasan.plain.problem import Problem
from prasan.plain.text import normalise
from prasan.plain.words import gettext_noop as _

# HTCDS 2.0, cas_Status.
STATUSES = {
    "active": _("Active"),
    "follow_up": _("Follow-up"),
    "closed": _("Closed"),
    "closed_referred": _("Closed, referred"),
}
STATES = {
    "active": ("follow_up", "closed", "closed_referred"),
    "follow_up": ("active", "closed", "closed_referred"),
    "closed": ("active",),
    "closed_referred": ("active",),
}
MODES = {
    "online": _("Online"),
    "physical": _("Physical"),
    "mixed": _("Online and physical"),
    "unknown": _("Not known"),
}
PARTS = {
    "potential_victim": _("Potential victim"),
    "victim": _("Victim"),
    "witness": _("Witness"),
    "suspect": _("Suspect"),
    "accused": _("Accused"),
    "convicted": _("Convicted person"),
    "other": _("Other"),
}
SURVIVOR_PARTS = frozenset({"potential_victim", "victim"})
DEFENDANT_PARTS = frozenset({"suspect", "accused", "convicted"})
PARTITIONS = {
    "shared": _("Shared with the whole team"),
    "investigation": _("Investigation"),
    "care": _("Care"),
    "legal": _("Legal"),
}
CONTRIBUTIONS = {
    "led": _("Led: the team or its lawyer carried the act or the evidence it rests on"),
    "joint": _("Joint: planned and done together with the authority"),
    "supported": _("Supported: intelligence, advice, care or advocacy that the authority used"),
    "informed": _("Informed: passed on information only"),
}
APPOINTMENTS = {
    "hearing": _("Hearing"),
    "meeting": _("Team meeting"),
    "interview": _("Interview"),
    "visit": _("Visit"),
    "medical": _("Medical"),
    "other": _("Other"),
}
CUSTODY = {
    "arrested": _("Arrested"),
    "detained": _("Detained"),
    "remanded": _("Remanded in custody"),
    "bailed": _("Released on bail"),
    "released": _("Released"),
}
REFERRAL_REASONS = {
    "additional_services_required": _("Additional services required"),
    "migration_or_change_of_location": _("Migration or change of location"),
    "other": _("Other"),
}
REFERRAL_STATUSES = {
    "sent": _("Sent, no answer yet"),
    "accepted": _("Accepted"),
    "rejected": _("Rejected"),
    "done": _("Done"),
}
REFERRAL_STATES = {"sent": ("accepted", "rejected"), "accepted": ("done", "rejected"), "rejected": (), "done": ()}
ERROR_REASONS = {
    "wrong_person": _("Wrong person"),
    "wrong_case": _("Wrong case"),
    "wrong_date": _("Wrong date"),
    "twice": _("Entered twice"),
    "other": _("Other error"),
}
# What the timeline says; %(…)s are codes or numbers, never names.
EVENTS = {
    "case_opened": _("Case opened"),
    "case_closed": _("Case closed"),
    "case_reopened": _("Case re-opened"),
    "lead_accepted": _("Lead accepted into the case"),
    "member_joined": _("A member joined the team: %(discipline)s"),
    "member_left": _("A member left the team: %(discipline)s"),
    "person_added": _("%(person)s joined the case as %(part)s"),
    "part_changed": _("%(person)s is now %(part)s"),
    "custody": _("%(person)s: %(step)s"),
    "referred": _("%(person)s was referred to another agency"),
    "referral_answered": _("The referral of %(person)s was answered: %(status)s"),
    "screened": _("%(person)s was screened"),
    "interviewed": _("%(person)s was interviewed"),
    "age_assessed": _("The age of %(person)s was assessed"),
    "review_asked": _("A review of a decision on %(person)s was asked for"),
    "review_answered": _("A review of a decision on %(person)s was answered"),
    "protection_began": _("%(person)s was taken under temporary protection"),
    "stay_asked": _("%(person)s was asked about staying"),
    "protection_extended": _("The court extended the temporary protection of %(person)s"),
    "protection_ended": _("The temporary protection of %(person)s ended"),
    "reflection_began": _("The reflection period of %(person)s began"),
    "early_end_proposed": _("An early end of the reflection period of %(person)s was told and waits for a witness"),
    "early_end_refused": _("The witness refused the early end of the reflection period of %(person)s"),
    "reflection_ended": _("The reflection period of %(person)s ended"),
    "reflection_ended_by_wish": _("%(person)s ended the reflection period at own recorded wish"),
    "welfare_urgent": _("%(person)s needed help at once"),
    "rights_told": _("%(person)s was told of rights: %(count)s"),
    "identification_proposed": _("An identification decision on %(person)s was proposed"),
    "identified": _("The team decided on %(person)s: %(decision)s"),
    "service_given": _("A service was given to %(person)s"),
    "stay_began": _("A shelter stay of %(person)s began"),
    "stay_ended": _("A shelter stay of %(person)s ended"),
    "investigation_opened": _("Investigation opened"),
    "investigation_closed": _("Investigation closed"),
    "operation_planned": _("An operation was planned"),
    "operation_done": _("An operation was carried out"),
    "removed_from_harm": _("%(person)s was removed from harm"),
    "arrested": _("%(person)s was arrested"),
    "charged": _("%(person)s was charged under %(section)s"),
    "charge_moved": _("Charge of %(person)s under %(section)s: %(status)s"),
    "verdict": _("The court spoke on %(person)s: %(outcome)s"),
    "sentenced": _("%(person)s was sentenced"),
    "compensation_ordered": _("Compensation for %(person)s was ordered: %(amount)s"),
    "compensation_paid": _("%(person)s received %(amount)s"),
    "sealed": _("An attachment was sealed"),
    "clock_missed": _("Missed: %(clock)s %(person)s"),
    "clock_kept": _("%(event)s: %(clock)s %(person)s"),
    "clock_runs_again": _("Entered in error, runs again: %(clock)s %(person)s"),
    "clock_extended": _("Extended: %(clock)s %(person)s, to %(end)s"),
    "clock_overridden": _("Set by hand: %(clock)s %(person)s, %(end)s"),
    "clock_moved": _("Days off were corrected: %(clock)s %(person)s ends on %(end)s instead of %(was)s"),
    "entered_in_error": _("A record was marked as entered in error"),
    "superseded": _("A record was corrected by a new one"),
}

FUTURE = _("This date lies in the future.")
NO_TITLE = _("Give the case a short title that names nobody.")
NO_FORM = _("Choose at least one form of exploitation, or “not known”.")
NOT_ALLOWED_MOVE = _("A case that is %(old)s cannot become %(new)s.")
NO_REASON = _("Write the reason.")
NO_TEXT = _("Write something.")
TOO_LONG = _("At most %(limit)s characters.")
ENDS_FIRST = _("The end lies before the beginning.")
LAST_LEAD = _("The last lead member cannot leave: name another lead first.")
NOT_HELD = _("This colleague does not hold that discipline.")
ALREADY_MEMBER = _("This colleague is already on the team in that discipline.")
ALREADY_PART = _("This person already has that part in the case.")
OLDER_THAN_SYSTEM = _("Dates before 1990 are taken for a slip.")
OPEN_TASKS = _("There are %(count)s open tasks. Finish or hand them over first.")
LONGEST = 8000


def day_problems(on: date, today: date, field: str) -> Iterator[Problem]:
    """A day on which something happened is neither in the future nor absurdly far back."""
    if on > today:
        yield Problem(FUTURE, field=field)
    if on.year < 1990:
        yield Problem(OLDER_THAN_SYSTEM, field=field)


def text_problems(text: str, field: str, *, needed: bool = True, limit: int = LONGEST) -> Iterator[Problem]:
    if needed and not normalise(text):
        yield Problem(NO_TEXT, field=field)
    if len(text) > limit:
        yield Problem(TOO_LONG, field=field, params={"limit": limit})


def case_problems(*, title: str, forms: list[str], opened_on: date, today: date) -> Iterator[Problem]:
    if not normalise(title):
        yield Problem(NO_TITLE, field="title")
    yield from text_problems(title, "title", needed=False, limit=120)
    if not forms:
        yield Problem(NO_FORM, field="forms")
    yield from day_problems(opened_on, today, "opened_on")


def move_problems(*, old: str, new: str, reason: str) -> Iterator[Problem]:
    """Status moves by the dict above; closing and re-opening say why."""
    if new not in STATES[old]:
        yield Problem(NOT_ALLOWED_MOVE, field="status", params={"old": STATUSES[old], "new": STATUSES[new]})
    if not normalise(reason):
        yield Problem(NO_REASON, field="reason")


def appointment_problems(*, at: datetime, until: datetime | None) -> Iterator[Problem]:
    if until is not None and until < at:
        yield Problem(ENDS_FIRST, field="until")


def overdue(due_on: date, today: date) -> str:
    """How a due day stands: `late`, `today`, `soon` (within three days) or `later`."""
    if due_on < today:
        return "late"
    if due_on == today:
        return "today"
    return "soon" if due_on <= today + timedelta(days=3) else "later"
