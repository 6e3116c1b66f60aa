"""What a discipline offers to the case page and to my day; `desk` imports and orders them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_noop

NOT_IN_FORCE = {
    "error": gettext_noop("No longer in force: this was entered in error."),
    "superseded": gettext_noop("No longer in force: a newer record stands in its place."),
}


def no_longer(row: Any) -> str:
    """The sentence that stands on top of a record which is not in force any more; "" while it is."""
    return gettext(NOT_IN_FORCE[row.closed_as]) if row.closed_as else ""


@dataclass(frozen=True)
class Link:
    """A way on: the words and the address. A refused one carries the sentence instead of the address."""

    text: str
    href: str = ""
    refusal: str = ""


@dataclass(frozen=True)
class Panel:
    """One discipline's part of the case page: a fragment with its context, and the acts that are open."""

    code: str
    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Due:
    """One line of my day: by when, what (codes only), where to go, how urgent (late, today, soon, later)."""

    on: date
    text: str
    href: str
    tone: str = "later"
    case: str = ""
