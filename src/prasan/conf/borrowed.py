"""Texts of Django and allauth that our pages show and whose Thai is missing or wrong there: ours come first."""

from prasan.plain.words import gettext_noop

TEXTS = (
    gettext_noop("This field is required."),
    gettext_noop("Add"),
    gettext_noop("Enter your password:"),
    gettext_noop("Name"),
    gettext_noop("Authenticator App"),
    gettext_noop("Security Key"),
    gettext_noop("Security Keys"),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a valid value."),
)
