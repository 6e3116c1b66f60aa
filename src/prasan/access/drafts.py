"""Drafts of forms, sealed on the server, so that an idle sign-out or a closed lid loses nothing."""

import hashlib
import re
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from prasan import vault

from .check import now
from .models import Draft

SKIPPED = {"csrfmiddlewaretoken", "version", "key", "draft_place", "save_draft", "discard_draft"}
LARGEST = 200_000
KEPT_FOR = timedelta(days=30)
_ROW = re.compile(r"/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=[/?#]|$)", re.IGNORECASE)


def place_of(path: str) -> str:
    """Where a draft belongs: a digest of the form's path, so that no path lies in the table."""
    return hashlib.sha256(path.encode()).hexdigest()


def about_of(path: str) -> str:
    """The row that the form's address names last, as a keyed token; "" when it names none."""
    rows = _ROW.findall(path.partition("?")[0])
    return token_of(rows[-1]) if rows else ""


def token_of(id: Any) -> str:
    return vault.token("draft-about", str(id).lower())


def keep(staff: Any, path: str, posted: Any) -> Draft | None:
    """Keep what was typed so far (text fields only, never files)."""
    values = {name: posted.getlist(name) for name in posted if name not in SKIPPED}
    if not any(v.strip() for texts in values.values() for v in texts):
        return None
    if sum(len(v) for texts in values.values() for v in texts) > LARGEST:
        return None
    place = place_of(path)
    sealed = vault.seal_blob(values, vault.INSTANCE, f"draft:{staff.pk}:{place}")
    return Draft.objects.update_or_create(
        staff_id=staff.pk, place=place, defaults={"sealed": sealed, "at": now(), "about": about_of(path)}
    )[0]


def kept(staff: Any, path: str) -> tuple[Draft, dict[str, list[str]]] | None:
    """One's own draft of this form, opened; nobody else's can be named here."""
    place = place_of(path)
    try:
        draft = Draft.objects.get(staff_id=staff.pk, place=place)
    except ObjectDoesNotExist:
        return None
    return draft, vault.open_blob(bytes(draft.sealed), vault.INSTANCE, f"draft:{staff.pk}:{place}")


def drop(staff: Any, path: str) -> None:
    Draft.objects.filter(staff_id=staff.pk, place=place_of(path)).delete()


def drop_everywhere(*ids: Any) -> None:
    """Destroy every draft, whoever keeps it, of every form about these rows: what they told is destroyed too."""
    Draft.objects.filter(about__in=[token_of(id) for id in ids]).delete()


def expire(at: datetime) -> None:
    """A draft that nobody went on with for 30 days is gone."""
    Draft.objects.filter(at__lt=at - KEPT_FOR).delete()
