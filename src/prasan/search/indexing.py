"""Keeps the documents of cases in step with their rows: at once after an act, or at the latest before a search."""

from collections import defaultdict
from typing import Any

from django.db import models, transaction

from prasan.access.system import system_read
from prasan.cases.models import Case, Note, Task
from prasan.journal.models import Head, Line

from .models import CaseDocument, Progress
from .write import text_of

AT_ONCE = 200  # cases brought up to date before one search; the next search goes on
LINES = 2000  # lines of the journal looked at before one search
BATCH = 500
# (model, its fields, and which rows): only class `case`, only notes that are about nobody.
SOURCES: tuple[tuple[type[models.Model], tuple[str, ...], models.Q], ...] = (
    (Task, ("title",), models.Q()),
    (Note, ("text",), models.Q(about=None)),
)


def catch_up(viewer: Any) -> int:
    """Before a search: write again the documents of every case that an act has touched since the last time.

    The journal tells which: each act leaves a line with its case, so a search after which nothing changed
    costs two small questions, however many cases there are. Returns how many cases were written.
    """
    line, now = _line(), _head()
    if not _touched(line) and now - line < LINES:
        return 0
    with transaction.atomic():
        progress = Progress.objects.select_for_update().get_or_create(pk=1)[0]
        now, lines = _head(), _touched(progress.line)
        cases = list(dict.fromkeys(case_id for _n, case_id in lines))[:AT_ONCE]
        left = [n - 1 for n, case_id in lines if case_id not in cases]
        if len(lines) == LINES:
            left.append(lines[-1][0])
        if cases:
            with system_read("search_index"):
                _write(list(Case.objects.filter(pk__in=cases)))
        Progress.objects.filter(pk=1).update(line=min(left, default=now))
    return len(cases)


def _head() -> int:
    return Head.objects.values_list("count", flat=True).filter(pk=1).first() or 0


def _line() -> int:
    return Progress.objects.filter(pk=1).values_list("line", flat=True).first() or 0


def _touched(line: int) -> list[tuple[int, Any]]:
    """The lines after that one in which something of a case was done (not only opened), and their cases."""
    rows = Line.objects.filter(n__gt=line, case_id__isnull=False, outcome="done").exclude(act__startswith="vault.")
    return list(rows.order_by("n").values_list("n", "case_id")[:LINES])


def rebuild() -> int:
    """Write the documents of every case again (after a restore or an import); returns how many cases."""
    done = 0
    with system_read("search_index"):
        now = _head()
        keys = list(Case.objects.order_by("code").values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            done += _write(list(Case.objects.filter(pk__in=keys[start : start + BATCH])))
        Progress.objects.update_or_create(pk=1, defaults={"line": now})
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
    return len(cases)


def _told(document: CaseDocument) -> tuple[Any, ...]:
    return document.version, document.partition, document.made_at, document.text
