"""What runs in the background: large workbooks are checked, confirmed ones written. Payloads are ids only."""

from django.tasks import task

from prasan.access.check import may
from prasan.plain.dates import local_day
from prasan.web.clock import now

from . import actions
from .models import Upload


@task()
def check_upload(upload_id: str) -> None:
    """The dry run of a large workbook."""
    upload = Upload.objects.filter(pk=upload_id, status="waiting").select_related("staff").first()
    if upload is not None and may(upload.staff, actions.ACT):
        at = now()
        actions.examine(upload, at=at, today=local_day(at))


@task()
def write_upload(upload_id: str) -> None:
    """The writing of a confirmed workbook; whatever happens, its page can tell how it ended."""
    upload = Upload.objects.filter(pk=upload_id, status="writing").select_related("staff").first()
    if upload is None or not may(upload.staff, actions.ACT):
        return
    try:
        actions.write(upload, at=now())
    except Exception:
        Upload.objects.filter(pk=upload.pk).update(status="stopped", changed_at=now())
        raise
