"""Codes and rules of the time that runs in a case: clocks, interviews, days off."""

from prasan.plain.words import gettext_noop as _

CLOCK_STATES = {
    "running": _("Running"),
    "satisfied": _("Done in time"),
    "stopped": _("Stopped"),
}
PURPOSES = {
    "identification": _("Identification"),
    "inquiry": _("Police inquiry"),
    "prosecution": _("Prosecutor or court"),
    "care": _("Care and needs"),
    "compensation": _("Compensation"),
    "other": _("Other"),
}
INTERVIEW_PLACES = {
    "child_suitable": _("Separate place suitable for children"),
    "separate": _("Separate, private place"),
    "shelter": _("Shelter or safe place"),
    "office": _("Office"),
    "police_station": _("Police station"),
    "court": _("Court"),
    "remote": _("By phone or video"),
    "other": _("Other"),
}
RECORDINGS = {
    "none": _("None"),
    "written": _("Written record"),
    "audio": _("Sound"),
    "audio_video": _("Sound and picture, without a break"),
}
PRESENT = {
    "psychologist": _("Psychologist"),
    "social_worker": _("Social worker"),
    "asked_for": _("A person whom the interviewed person asked for"),
    "prosecutor": _("Public prosecutor"),
    "inquiry_officer": _("Inquiry officer"),
    "woman_officer": _("Woman inquiry officer"),
    "interpreter": _("Interpreter"),
    "guardian": _("Parent or guardian"),
    "representative": _("Representative for the case"),
    "lawyer": _("Lawyer"),
    "support": _("Support person"),
}
