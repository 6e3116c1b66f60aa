"""Keeps the documents of cases in step with their rows: at once after an act, or at the latest before a search."""

from collections import defaultdict
from typing import Any

from django.db import models

from prasan.access.system import system_read
from prasan.cases.models import Case, Note, Task

from .models import CaseDocument, IndexMark
from .write import text_of

AT_ONCE = 200  # cases brought up to date before one search; the next search goes on
BATCH = 500
# (model, its fields, and which rows): only class `case`, only notes that are about nobody.
SOURCES: tuple[tuple[type[models.Model], tuple[str, ...], models.Q], ...] = (
    (Task, ("title",), models.Q()),
    (Note, ("text",), models.Q(about=None)),
)


def states(cases: models.QuerySet[Case]) -> dict[Any, str]:
    """How the rows of each case stand: their numbers and versions, which every act raises."""
    parts: dict[Any, list[str]] = {
        pk: [f"{version}{closed}"] for pk, version, closed in cases.values_list("pk", "version", "closed_as")
    }
    for model, _fields, _which in SOURCES:
        rows = model._default_manager.filter(case_id__in=cases.values("pk")).order_by().values("case_id")
        for row in rows.annotate(n=models.Count("pk"), v=models.Sum("version")):
            parts[row["case_id"]].append(f"{model._meta.model_name}{row['n']}.{row['v']}")
    return {pk: " ".join(part) for pk, part in parts.items()}


def catch_up(viewer: Any) -> int:
    """Before a search: write again the documents of those of the viewer's cases whose rows have changed."""
    mine = Case.objects.all()
    now = states(mine)
    kept = dict(IndexMark.objects.values_list("case_id", "state"))
    changed = [pk for pk, state in now.items() if kept.get(pk) != state]
    if not changed:
        return 0
    with system_read("search_index"):
        newest = Case.objects.filter(pk__in=changed).order_by("-opened_on", "-code")[:AT_ONCE]
        return _write(list(newest))


def refresh(case: Case) -> None:
    """Write the documents of one case again; called after an act, inside its transaction."""
    with system_read("search_index", line=False):
        _write([Case.objects.get(pk=case.pk)])


def rebuild() -> int:
    """Write the documents of every case again (after a restore or an import); returns how many cases."""
    done = 0
    with system_read("search_index"):
        keys = list(Case.objects.order_by("code").values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            done += _write(list(Case.objects.filter(pk__in=keys[start : start + BATCH])))
    return done


def _documents(cases: list[Case]) -> dict[Any, dict[tuple[str, Any], CaseDocument]]:
    """What each case's documents should be, by kind and row."""
    found: dict[Any, dict[tuple[str, Any], CaseDocument]] = defaultdict(dict)
    rows: list[tuple[Any, tuple[str, ...]]] = [(c, ("code", "title", "summary")) for c in cases if c.in_force]
    for model, fields, which in SOURCES:
        live = model._default_manager.filter(which, case__in=cases, closed_as="")
        rows += [(row, fields) for row in live]
    for row, fields in rows:
        kind, case_id = row._meta.label_lower, getattr(row, "case_id", row.pk)
        found[case_id][kind, row.pk] = CaseDocument(
            kind=kind, target_id=row.pk, version=row.version, made_at=row.made_at, case_id=case_id,
            partition=getattr(row, "partition", "shared"), text=text_of(row, fields),
        )  # fmt: skip
    return found


def _write(cases: list[Case]) -> int:
    """Bring the documents of these cases to what their rows say; what did not change is left alone."""
    wanted, gone, new = _documents(cases), [], []
    kept: dict[Any, dict[tuple[str, Any], CaseDocument]] = defaultdict(dict)
    for document in CaseDocument.objects.filter(case__in=cases):
        kept[document.case_id][document.kind, document.target_id] = document
    for case in cases:
        should, has = wanted[case.pk], kept[case.pk]
        same = {k for k in should.keys() & has.keys() if _told(should[k]) == _told(has[k])}
        gone += [has[k].pk for k in has.keys() - same]
        new += [should[k] for k in should.keys() - same]
    for start in range(0, len(gone), BATCH):
        CaseDocument.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    CaseDocument.objects.bulk_create(new, batch_size=BATCH)
    for pk, state in states(Case.objects.filter(pk__in=[c.pk for c in cases])).items():
        IndexMark.objects.update_or_create(case_id=pk, defaults={"state": state})
    return len(cases)


def _told(document: CaseDocument) -> tuple[Any, ...]:
    return document.version, document.partition, document.made_at, document.text
