"""Work without a visitor: queued jobs, the day's signed checkpoint, sessions that have ended."""

import sys
import threading
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.utils.crypto import get_random_string

from prasan.access import drafts
from prasan.cases.actions import ticking
from prasan.evidence.actions import sweep
from prasan.exchange.actions import expire
from prasan.identification.actions import reflection
from prasan.journal import checking
from prasan.journal.models import Checkpoint

BANGKOK = ZoneInfo("Asia/Bangkok")
LOOK_AGAIN = 600.0


def close_day(at: datetime | None = None) -> Checkpoint | None:
    """Sign the journal once a day (Bangkok's day); None when today's is signed or nothing was written."""
    at = at or datetime.now(UTC)
    last = Checkpoint.objects.order_by("-count").first()
    if last and last.at.astimezone(BANGKOK).date() >= at.astimezone(BANGKOK).date():
        return None
    try:
        with transaction.atomic():
            return checking.close_segment(at)
    except IntegrityError:
        return None


def measure_tables() -> None:
    """Let the embedded database look how large its tables have become, so that it goes the shorter way."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("PRAGMA optimize = 0x10002")


def tend() -> None:
    """What is due now."""
    close_day()
    expire(datetime.now(UTC))
    drafts.expire(datetime.now(UTC))
    ticking.tick(datetime.now(UTC))
    reflection.run_out_everywhere(at=datetime.now(UTC))
    sweep(datetime.now(UTC))
    SessionStore.clear_expired()
    measure_tables()


class Background(threading.Thread):
    """Runs jobs as they come and tends to the day, until told to stop; a fault is told and outlived."""

    def __init__(self, interval: float = 2.0) -> None:
        super().__init__(name="prasan-background", daemon=True)
        self.interval = interval
        self.ended = threading.Event()
        self.worker = self._new_worker()

    def _new_worker(self) -> "object":
        from django_tasks_db.management.commands.db_worker import Worker

        return Worker(
            queue_names=["*"], interval=self.interval, batch=True, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=get_random_string(32), excluded_queue_names=[],
        )  # fmt: skip

    def run(self) -> None:
        since = LOOK_AGAIN
        while not self.ended.is_set():
            try:
                if since >= LOOK_AGAIN:
                    tend()
                    since = 0.0
                self.worker.run()  # type: ignore[attr-defined]
            except Exception as fault:
                sys.stderr.write(f"prasan background: {type(fault).__name__}\n")
            finally:
                close_old_connections()
            self.ended.wait(self.interval)
            since += self.interval

    def stop(self) -> None:
        self.ended.set()
        self.worker.running = False  # type: ignore[attr-defined]
