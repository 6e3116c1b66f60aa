"""The disciplines of a team and the kinds of agencies: closed lists with their labels."""

from prasan.plain.words import gettext_noop

DISCIPLINES: dict[str, str] = {
    "investigator": gettext_noop("Investigator"),
    "social_worker": gettext_noop("Social worker"),
    "psychologist": gettext_noop("Psychologist"),
    "lawyer": gettext_noop("Lawyer"),
    "law_enforcement": gettext_noop("Law enforcement officer"),
    "prosecutor": gettext_noop("Prosecutor"),
    "shelter_staff": gettext_noop("Shelter staff"),
    "interpreter": gettext_noop("Interpreter"),
    "coordinator": gettext_noop("Coordinator"),
    "trainer": gettext_noop("Trainer"),
    "report_reader": gettext_noop("Report reader"),
    "custodian": gettext_noop("Custodian"),
    "administrator": gettext_noop("Administrator"),
}

# IOM Human Trafficking Case Data Standard 2.0, org_Type, and our marked extensions (packs: htcds.toml).
AGENCY_KINDS: dict[str, str] = {
    "ngo": gettext_noop("Non-governmental organisation"),
    "law_enforcement": gettext_noop("Law enforcement"),
    "health_service_organisation": gettext_noop("Health service"),
    "central_government_organisation": gettext_noop("Central government"),
    "local_government_organisation": gettext_noop("Local government"),
    "immigration_service": gettext_noop("Immigration service"),
    "legal_service": gettext_noop("Legal service"),
    "corporate_business": gettext_noop("Business"),
    "school_or_college": gettext_noop("School or college"),
    "prosecution_or_court": gettext_noop("Prosecution or court"),
    "shelter": gettext_noop("Shelter"),
    "embassy": gettext_noop("Embassy"),
    "international_organisation": gettext_noop("International organisation"),
}

LANGUAGES = {"th": gettext_noop("Thai"), "en": gettext_noop("English")}
DIGITS = {"arabic": gettext_noop("1234 (Arabic digits)"), "thai": gettext_noop("๑๒๓๔ (Thai digits)")}


def folded(username: str) -> str:
    """User names are compared case-folded and normalised, so that two look-alikes cannot both exist."""
    import unicodedata

    return unicodedata.normalize("NFKC", username).casefold().strip()
