"""Draws the components of the design kit from plain values, escaping all that was not made here."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader

SHORT = {"label", "hint", "errorMessage", "prefix", "suffix", "legend", "value_text", "summary"}
OWN = {"language-navigation": "web/language_navigation.html"}
TEXTS: dict[str, dict[str, Any]] = {
    "error-summary": {"titleText": _("There is a problem")},
    "notification-banner": {"titleText": _("Important")},
    "warning-text": {"iconFallbackText": _("Warning")},
    "service-navigation": {"menuButtonText": _("Menu"), "ariaLabel": _("Service information")},
    "skip-link": {"text": _("Skip to main content")},
    "back-link": {"text": _("Back")},
    "pagination": {"landmarkLabel": _("Pages")},
    "password-input": {
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
        "showPasswordAriaLabelText": _("Show password"),
        "hidePasswordAriaLabelText": _("Hide password"),
        "passwordShownAnnouncementText": _("Your password is visible"),
        "passwordHiddenAnnouncementText": _("Your password is hidden"),
    },
    "exit-this-page": {
        "text": _("Exit this page"),
        "activatedText": _("Leaving."),
        "timedOutText": _("Leaving has been called off."),
        "pressTwoMoreTimesText": _("Shift, press 2 more times to leave."),
        "pressOneMoreTimeText": _("Shift, press 1 more time to leave."),
    },
}


@cache
def _environment() -> Environment:
    """Give the one environment that reads the kit's macros, with escaping switched on."""
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(loader=loader, autoescape=True, undefined=ChainableUndefined, auto_reload=False)


@cache
def _macro(name: str) -> Any:
    """Give the macro of a component named as in the kit's documentation, such as `error-summary`."""
    template = _environment().get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    return getattr(template.module, "govuk" + name.title().replace("-", ""))


def camel(name: str) -> str:
    """Turn our `error_message` into the kit's `errorMessage`."""
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)


def nested(given: Mapping[str, Any]) -> dict[str, Any]:
    """Read `label__text="Name"` as `{"label": {"text": "Name"}}` and `label="Name"` as the same."""
    params: dict[str, Any] = {}
    for key, value in given.items():
        *path, last = [camel(part) for part in key.split("__")]
        place = params
        for step in path:
            place = place.setdefault(step, {})
        place[last] = {"text": value} if last in SHORT and isinstance(value, str | Promise) else value
    return params


def _clean(value: Any, *, markup: bool = False) -> Any:
    """Resolve lazy texts and escape what would be printed as markup but was not made as markup."""
    if isinstance(value, Mapping):
        return {
            str(key): _clean(
                inner, markup=_is_markup(str(key)) or (markup and not isinstance(inner, Mapping))
            )
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [_clean(inner, markup=markup) for inner in value]
    if isinstance(value, Promise):
        value = str(value)
    if markup and isinstance(value, str):
        return conditional_escape(value)
    return value


def _is_markup(key: str) -> bool:
    """Tell whether the kit prints this parameter unescaped."""
    return key in {"html", "slots"} or key.endswith("Html")


def _refuse_written_attributes(params: Mapping[str, Any]) -> None:
    """Attributes are given as a mapping; a string would be printed as it stands."""
    if isinstance(params.get("attributes"), str):
        raise TypeError("attributes are given as a mapping, not as written markup")


def component(name: str, /, **given: Any) -> SafeString:
    """Draw one component of the kit; `label__text=` and nested mappings both reach its parameters."""
    params = nested(given)
    _refuse_written_attributes(params)
    for key, value in TEXTS.get(name, {}).items():
        if key == "text" and ("html" in params or "text" in params):
            continue
        params.setdefault(key, value)
    if isinstance(params.get("errorMessage"), dict):
        params["errorMessage"] = {"visuallyHiddenText": _("Error"), **params["errorMessage"]}
    if name in OWN:
        return mark_safe(get_template(OWN[name]).render(params))  # noqa: S308  a template escaped it
    return mark_safe(str(_macro(name)(_clean(params))).strip())  # noqa: S308  the kit escaped it


def moj(name: str, /, **given: Any) -> SafeString:
    """Draw one of the hand-written case-working components under `web/moj/`."""
    return mark_safe(get_template(f"web/moj/{name}.html").render(nested(given)).strip())  # noqa: S308
