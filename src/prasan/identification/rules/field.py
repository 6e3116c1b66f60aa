"""Codes and rules of what a phone sends from the field."""

from prasan.plain.words import gettext_noop as _

SUBMISSION_STATUSES = {"waiting": _("Waits"), "accepted": _("Accepted"), "refused": _("Refused")}
# A finished form is small: words and ticks, no pictures.
MOST_BYTES = 256_000
