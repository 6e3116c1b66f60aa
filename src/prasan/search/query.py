"""One search over what the viewer may see: newest first, in the viewer's cases, partitions and desks only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.urls import reverse

from prasan.cases.queries import in_sight
from prasan.plain.text import normalise

from . import indexing
from .models import CaseDocument, DeskDocument

MOST = 50
SHORTEST = 3
AROUND = 60


@dataclass(frozen=True)
class Hit:
    """One row that was found: which table, the row itself, its case or desk, and the words around the match."""

    kind: str
    target_id: UUID
    target: Any
    case: Any
    desk: Any
    made_at: datetime
    snippet: str

    @property
    def title(self) -> str:
        """The code under which the row is known, and a case's title, which names nobody."""
        if self.case is None:
            return str(self.target)
        return f"{self.case.code}: {self.case.title}"

    @property
    def href(self) -> str:
        """The page of the case, or of the lead."""
        if self.case is not None:
            return self.case.get_absolute_url()
        return reverse("leads:lead", kwargs={"lead": self.target.code})


class Found(list[Hit]):
    """The hits, at most 50, and whether there are more."""

    more: bool = False


def search(viewer: Any, q: str, at: datetime) -> Found:
    """What matches every word of `q` among the texts that the viewer may read at this instant.

    Needs the viewer's scope to be open. Each hit's row is fetched through its own scoped manager, so that
    a document can never show a row that the room itself would not. Words of fewer than three letters only
    narrow a search; alone they match beginnings of words.
    """
    words = normalise(q).split()
    found = Found()
    if not words:
        return found
    indexing.catch_up(viewer)
    rows: list[Any] = [
        *matching(CaseDocument.objects.filter(in_sight(viewer)).select_related("case"), words),
        *matching(DeskDocument.objects.select_related("desk"), words),
    ]
    rows.sort(key=lambda d: (d.made_at, d.pk), reverse=True)
    found.more = len(rows) > MOST
    targets = rows_of(rows[:MOST])
    for row in rows[:MOST]:
        target = targets.get((row.kind, row.target_id))
        if target is not None:
            found.append(Hit(
                row.kind, row.target_id, target, getattr(row, "case", None), getattr(row, "desk", None),
                row.made_at, snippet(row.text, words),
            ))  # fmt: skip
    return found


def matching(rows: models.QuerySet[Any], words: list[str]) -> list[Any]:
    """The newest documents in which every word stands, one more than is shown."""
    long = [word for word in words if len(word) >= SHORTEST]
    short = [word for word in words if len(word) < SHORTEST]
    if not long:
        for word in short:
            rows = rows.filter(models.Q(text__istartswith=word) | models.Q(text__icontains=f" {word}"))
        return newest(rows)
    if connection.vendor == "sqlite":
        table = rows.model._meta.db_table
        phrases = " AND ".join('"' + word.replace('"', '""') + '"' for word in long)
        inside = RawSQL(f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH %s", [phrases])  # noqa: S611
        rows, long = rows.filter(pk__in=inside), []
    for word in (*long, *short):
        rows = rows.filter(text__icontains=word)
    return newest(rows)


def newest(rows: models.QuerySet[Any]) -> list[Any]:
    return list(rows.order_by("-made_at", "-pk")[: MOST + 1])


def rows_of(documents: list[Any]) -> dict[tuple[str, UUID], Any]:
    """The rows behind documents, fetched by the viewer's own right, without those that no longer count."""
    wanted: dict[str, list[UUID]] = {}
    for document in documents:
        wanted.setdefault(document.kind, []).append(document.target_id)
    found = {}
    for kind, keys in wanted.items():
        for row in apps.get_model(kind)._default_manager.filter(pk__in=keys, closed_as=""):
            found[kind, row.pk] = row
    return found


def snippet(text: str, words: list[str]) -> str:
    """The words around the first match."""
    low = text.casefold()
    places = [place for place in (low.find(word.casefold()) for word in words) if place >= 0]
    start = max(0, min(places, default=0) - AROUND)
    end = min(len(text), start + 3 * AROUND)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"
