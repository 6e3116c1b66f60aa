"""Codes and rules of an intake of many people: groups, states, who is taken first."""

from prasan.plain.words import gettext_noop as _

INTAKE_STATUSES = {"open": _("Open"), "closed": _("Closed")}
GROUPS = {"urgent": _("Urgent"), "normal": _("Next"), "later": _("Later")}
URGENT = {
    "child": _("Child, or age not known"),
    "injured": _("Injured or ill"),
    "pregnant": _("Pregnant or with a small child"),
    "alone": _("Alone, or separated from family"),
    "danger": _("In danger from somebody here"),
    "medicine": _("Needs medicine today"),
}
PERSON_STATUSES = {
    "waiting": _("Waits"),
    "claimed": _("Being screened"),
    "screened": _("Screened"),
    "moved": _("In a case"),
    "left": _("Left"),
    "refused": _("Refused"),
}
