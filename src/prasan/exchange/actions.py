"""A coordinator hands in a workbook by the browser: kept sealed, checked, written when confirmed, gone after a day."""

import base64
import io
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import journal, vault
from prasan.access.check import check as allowed
from prasan.plain.dates import local_day
from prasan.plain.problem import Problem, Refused, refuse_if

from . import rules
from .applying import ACT, import_file
from .checking import check
from .models import Upload
from .report import Remark, Report
from .source import Source

LARGEST = 20 * 1024 * 1024
AT_ONCE = 300 * 1024  # a smaller workbook is checked while its sender waits
KEPT_FOR = timedelta(hours=24)
TAKEN_FOR_DEAD = timedelta(minutes=10)


def source_of(upload: Upload) -> Source:
    """The workbook, opened from its seal."""
    told = vault.open_blob(bytes(upload.sealed), vault.INSTANCE, f"upload:{upload.pk}")
    return Source(io.BytesIO(base64.b64decode(told["file"])), told["name"])


def report_of(upload: Upload) -> Report | None:
    """What the last check or import of it found."""
    if not upload.report:
        return None
    told = vault.open_blob(bytes(upload.report), vault.INSTANCE, f"upload-report:{upload.pk}")
    return Report.restored(told)


def _keep_report(upload: Upload, report: Report, status: str, at: datetime) -> None:
    upload.report = vault.seal_blob(report.stored(), vault.INSTANCE, f"upload-report:{upload.pk}")
    upload.status, upload.changed_at = status, at
    upload.save(update_fields=["report", "status", "changed_at", "done", "total", "sealed"])


def is_dead(upload: Upload, at: datetime) -> bool:
    """Whether the writing stopped without a word: the machine went off in the middle."""
    return upload.status in {"writing", "waiting"} and upload.changed_at < at - TAKEN_FOR_DEAD


def expire(at: datetime) -> int:
    """Workbooks whose day has passed are gone."""
    return Upload.objects.filter(expires_at__lte=at).exclude(status="writing").delete()[0]


def keep_upload(*, by: Any, name: str, content: bytes, at: datetime, today: date) -> Upload:
    """Take a workbook in, in place of the last one of this coordinator; a small one is checked at once, after
    the lock is given back."""
    upload = _take_in(by=by, name=name, content=content, at=at)
    if len(content) <= AT_ONCE:
        examine(upload, at=at, today=today)
    return upload


@transaction.atomic
def _take_in(*, by: Any, name: str, content: bytes, at: datetime) -> Upload:
    from .tasks import check_upload

    allowed(by, ACT)
    limit = {"limit": LARGEST // 1024 // 1024}
    refuse_if([Problem(rules.UPLOAD_TOO_LARGE, "file", limit)] if len(content) > LARGEST else [])
    mine = Upload.objects.filter(staff=by)
    writing = [one for one in mine.filter(status="writing") if not is_dead(one, at)]
    refuse_if([Problem(rules.BEING_WRITTEN, "file")] if writing else [])
    try:
        Source(io.BytesIO(content), name)
    except Refused as refused:
        raise Refused(Problem(p.message, "file", p.params) for p in refused.problems) from None
    mine.delete()
    expire(at)
    upload = Upload(id=uuid4(), staff=by, size=len(content), made_at=at, changed_at=at, expires_at=at + KEPT_FOR)
    told = {"name": name[-120:], "file": base64.b64encode(content).decode()}
    upload.sealed = vault.seal_blob(told, vault.INSTANCE, f"upload:{upload.pk}")
    upload.save(force_insert=True)
    journal.enter(by=by, act=ACT, target=upload, why="uploaded")
    if len(content) > AT_ONCE:
        check_upload.enqueue(str(upload.pk))
    return upload


def examine(upload: Upload, *, at: datetime, today: date) -> Report:
    """The dry run of an upload, with its outcome kept."""
    report = _guarded(lambda: check(source_of(upload), by=upload.staff, at=at, today=today))
    upload.total = report.total("new", "changed")
    _keep_report(upload, report, "stopped" if report.stopped else "checked", at)
    return report


def _guarded(work: Any) -> Report:
    """A workbook that turns out to be unreadable on its way is a report, not a fault."""
    try:
        return work()  # type: ignore[no-any-return]
    except Refused as refused:
        problem = refused.problems[0]
        return Report(stopped=Remark(problem.message, params=dict(problem.params)))


@transaction.atomic
def begin_writing(*, by: Any, upload: Upload, accept_good: bool, at: datetime) -> Upload:
    """The coordinator says yes: the rows are written in the background. A stopped writing goes on."""
    from .tasks import write_upload

    allowed(by, ACT)
    report, dead = report_of(upload), is_dead(upload, at)
    movable = "writing" in rules.STATES[upload.status] and (upload.status != "writing" or dead)
    refuse_if([
        *([Problem(rules.NOT_NOW)] if report is None or not movable or not upload.sealed else []),
        *([Problem(rules.NOT_ALL_GOOD)] if report and not report.good and not accept_good else []),
        *([Problem(rules.NOTHING_TO_WRITE)] if report and not report.total("new", "changed") else []),
    ])  # fmt: skip
    upload.status, upload.accept_good, upload.changed_at, upload.done = "writing", accept_good, at, 0
    upload.save(update_fields=["status", "accept_good", "changed_at", "done"])
    journal.enter(by=by, act=ACT, target=upload, why="confirmed")
    write_upload.enqueue(str(upload.pk))
    return upload


def write(upload: Upload, *, at: datetime) -> Report:
    """Write a confirmed upload, telling how far it is; the file itself is gone when all is written."""

    def tell(done: int) -> None:
        from prasan.web.clock import now

        Upload.objects.filter(pk=upload.pk).update(done=done, changed_at=now())

    report = _guarded(lambda: import_file(
        source_of(upload), by=upload.staff, at=at, today=local_day(at), accept_good=upload.accept_good, progress=tell,
    ))  # fmt: skip
    upload.done = report.written
    finished = report.stopped is None and (report.good or upload.accept_good)
    if finished:
        upload.sealed = b""
    _keep_report(upload, report, "done" if finished else "stopped", at)
    return report


@transaction.atomic
def discard(*, by: Any, upload: Upload) -> None:
    """Throw a workbook away before it is written, or its report after."""
    allowed(by, ACT)
    refuse_if([Problem(rules.BEING_WRITTEN)] if upload.status == "writing" else [])
    journal.enter(by=by, act=ACT, target=upload, why="discarded")
    upload.delete()
